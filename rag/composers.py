"""Which composer answers which kind of question: the one place where a kind gets its own."""

from __future__ import annotations

from collections.abc import Mapping

from rag.compose import Composed, Composer, Material, compose_fact, compose_list
from rag.kinds import QuestionKind
from rag.overview import compose_overview

# A kind without a composer is answered as a fact is; a new one is a line here.
COMPOSERS: Mapping[QuestionKind, Composer] = {
    QuestionKind.OVERVIEW: compose_overview,
    QuestionKind.LIST: compose_list,
    QuestionKind.COUNT: compose_list,
}


def compose(material: Material) -> tuple[QuestionKind, Composed]:
    """The answer, and of what kind it is: a fact where there is nothing of the kind asked for."""
    composer = COMPOSERS.get(material.kind)
    made = composer(material) if composer is not None else None
    return (material.kind, made) if made else (QuestionKind.FACT, compose_fact(material))
