"""Which composer answers which kind of question: the one place where a kind gets its own."""

from __future__ import annotations

from collections.abc import Mapping

from rag.comparison import compose_comparison
from rag.compose import (
    Composed,
    Composer,
    Material,
    compose_counted_list,
    compose_fact,
    compose_list,
    compose_mentions,
    compose_number,
)
from rag.kinds import QuestionKind, kind_of
from rag.overview import compose_overview
from rag.timeline import compose_timeline
from rag.viewpoints import compose_debate, compose_viewpoints
from rag.who import compose_names


def compose_named(material: Material) -> Composed | None:
    """What mentions a thing, or the names of a kind, where that is asked for."""
    return compose_mentions(material) or compose_names(material)


# What is made of the index alone: nothing need be looked for and read.
UNREAD: Mapping[QuestionKind, Composer] = {
    QuestionKind.OVERVIEW: compose_overview,
    QuestionKind.TIMELINE: compose_timeline,
    QuestionKind.LIST: compose_named,
    QuestionKind.COUNT: compose_named,
}
# What is made of what was read. What neither gives is answered as a fact is.
COMPOSERS: Mapping[QuestionKind, Composer] = {
    QuestionKind.LIST: compose_list,
    QuestionKind.COUNT: compose_list,
    QuestionKind.COMPARISON: compose_comparison,
    QuestionKind.VIEWPOINTS: compose_viewpoints,
}


def compose_unread(
    material: Material, kind: QuestionKind | None
) -> tuple[QuestionKind, Composed] | None:
    """The answer, of material without readings, and its kind; None where it needs readings.

    Without a kind the words of the question say it.
    """
    kind = kind or kind_of(material.asked)
    return _made(UNREAD, material, kind)


def compose(
    material: Material, kind: QuestionKind | None, *, was_tried: bool = False
) -> tuple[QuestionKind, Composed]:
    """The answer, and of what kind it is: a fact where there is nothing of the kind asked for.

    Without a kind the words of the question say it. A number that they ask for is a count too where
    rows of a table of such things can be counted or, where nothing states it, the items of a list;
    and what should be is debated where sentences say yes, and others no. Of a question that
    `was_tried` without readings what is made so is not tried again.
    """
    if not was_tried and (made := compose_unread(material, kind)):
        return made
    if kind is None and (kind := kind_of(material.asked)) is QuestionKind.FACT:
        return _fact_or_more(material)
    return _made(COMPOSERS, material, kind) or (QuestionKind.FACT, compose_fact(material))


def _made(
    composers: Mapping[QuestionKind, Composer], material: Material, kind: QuestionKind
) -> tuple[QuestionKind, Composed] | None:
    composer = composers.get(kind)
    made = composer(material._replace(kind=kind)) if composer is not None else None
    return (kind, made) if made else None


def _fact_or_more(material: Material) -> tuple[QuestionKind, Composed]:
    """What a question that seems to ask for a fact is answered with."""
    if counted := compose_number(material):
        return QuestionKind.COUNT, counted
    if debated := compose_debate(material):
        return QuestionKind.VIEWPOINTS, debated
    fact = compose_fact(material)
    if not fact.citations and (counted := compose_counted_list(material)):
        return QuestionKind.COUNT, counted
    return QuestionKind.FACT, fact
