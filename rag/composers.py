"""Which composer answers which kind of question: the one place where a kind gets its own."""

from __future__ import annotations

from collections.abc import Mapping

from rag.compose import Composed, Composer, Material, compose_fact, compose_list, compose_number
from rag.kinds import QuestionKind, kind_of
from rag.overview import compose_overview
from rag.timeline import compose_timeline

# A kind without a composer is answered as a fact is; a new one is a line here.
COMPOSERS: Mapping[QuestionKind, Composer] = {
    QuestionKind.OVERVIEW: compose_overview,
    QuestionKind.LIST: compose_list,
    QuestionKind.COUNT: compose_list,
    QuestionKind.TIMELINE: compose_timeline,
}


def compose(material: Material, kind: QuestionKind | None) -> tuple[QuestionKind, Composed]:
    """The answer, and of what kind it is: a fact where there is nothing of the kind asked for.

    Without a kind the words of the question say it. A number that they ask for is a count too where
    rows of a table of such things can be counted.
    """
    if kind is None:
        kind = kind_of(material.asked)
        if kind is QuestionKind.FACT and (counted := compose_number(material)):
            return QuestionKind.COUNT, counted
    composer = COMPOSERS.get(kind)
    made = composer(material._replace(kind=kind)) if composer is not None else None
    return (kind, made) if made else (QuestionKind.FACT, compose_fact(material))
