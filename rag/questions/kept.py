"""The questions of a document as an index keeps them: where each was made, never its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

from index import Document, Span, Storing
from rag.query import AskedQuestion
from rag.questions.ask_from import CandidateQuestion, asks_the_same, questions_from
from rag.questions.casing import Casing
from rag.reader import is_reference

MOST = 40  # of a document, those that read best


class QuestionRecipe(NamedTuple):
    """How a question is made again: of which passage of its document, and the how manyth of it.

    `span` is where its answer stands.
    """

    passage: int
    place: int
    span: Span


class QuestionsAnnotator:
    """Finds the questions that a document asks and those that its sentences answer."""

    name = "questions"
    version = 1  # raised with whatever makes others of the same passages

    def annotate(self, retriever: Storing, document: Document) -> list[list[int]]:
        """Of each question its recipe, those that read best first."""
        best = sorted(made_of(retriever, document), key=lambda made: (-made[1].promise, made[0]))
        kept: list[QuestionRecipe] = []
        asked: list[frozenset[str]] = []
        for recipe, candidate in best:
            own = AskedQuestion(candidate.question).words().asked_stems
            if len(kept) < MOST and not any(asks_the_same(own, other) for other in asked):
                kept.append(recipe)
                asked.append(own)
        return [[one.passage, one.place, *one.span] for one in kept]


def made_of(
    retriever: Storing, document: Document, passages: Sequence[int] | None = None
) -> Iterator[tuple[QuestionRecipe, CandidateQuestion]]:
    """All questions of a document, or of some of its passages, with their recipes.

    By the casing of the document alone: it is to be the same whatever stands beside it.
    """
    table = retriever.passages
    number = table.number(document.id)
    rows = range(0) if number is None else table.rows_of(number)
    casing = Casing(document.text)
    for at in range(len(rows)) if passages is None else passages:
        if not 0 <= at < len(rows) or is_reference(passage := table[rows[at]]):
            continue
        for place, candidate in enumerate(questions_from(passage, casing)):
            yield QuestionRecipe(at, place, candidate.span), candidate


def document_questions(
    retriever: Storing, document: Document, kept: Any = None, most: int = MOST
) -> list[CandidateQuestion]:
    """The questions of a document that read best, made again of its sentences, best first.

    `kept` is what `QuestionsAnnotator.annotate` gave; where it is nothing of that kind, they are
    chosen now.
    """
    recipes = _read(kept)
    if recipes is None:
        recipes = _read(QuestionsAnnotator().annotate(retriever, document)) or []
    passages = sorted({recipe.passage for recipe in recipes[:most]})
    made = dict(made_of(retriever, document, passages)) if passages else {}
    return [made[recipe] for recipe in recipes[:most] if recipe in made]


def _read(kept: Any) -> list[QuestionRecipe] | None:
    with suppress(ValueError, TypeError):
        if all(type(n) is int for row in kept for n in row):
            return [QuestionRecipe(at, place, Span(start, end)) for at, place, start, end in kept]
    return None
