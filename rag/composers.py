"""Which composer answers which kind of question: the one place where a kind gets its own."""

from __future__ import annotations

from collections.abc import Mapping

from rag.comparison import compose_comparison
from rag.compose import Composed, Composer, Material, compose_fact, compose_list, compose_number
from rag.kinds import QuestionKind, kind_of
from rag.overview import compose_overview
from rag.viewpoints import compose_debate, compose_viewpoints

# What a composer gives nothing for is answered as a fact is; a new kind is a line here.
COMPOSERS: Mapping[QuestionKind, Composer] = {
    QuestionKind.OVERVIEW: compose_overview,
    QuestionKind.LIST: compose_list,
    QuestionKind.COUNT: compose_list,
    QuestionKind.COMPARISON: compose_comparison,
    QuestionKind.VIEWPOINTS: compose_viewpoints,
}


def compose(material: Material, kind: QuestionKind | None) -> tuple[QuestionKind, Composed]:
    """The answer, and of what kind it is: a fact where there is nothing of the kind asked for.

    Without a kind the words of the question say it. A number that they ask for is a count too where
    rows of a table of such things can be counted; and what should be is debated where sentences say
    yes, and others no.
    """
    if kind is None:
        kind = kind_of(material.asked)
        if kind is QuestionKind.FACT and (counted := compose_number(material)):
            return QuestionKind.COUNT, counted
        if kind is QuestionKind.FACT and (debated := compose_debate(material)):
            return QuestionKind.VIEWPOINTS, debated
    composer = COMPOSERS.get(kind)
    made = composer(material._replace(kind=kind)) if composer is not None else None
    return (kind, made) if made else (QuestionKind.FACT, compose_fact(material))
