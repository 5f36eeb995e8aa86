"""Whether one answer is what was expected.

A quote counts as quoted when a cited sentence and a place where the quote stands in the
documents share at least half of the characters of the shorter of the two: so it does when the
sentence holds the quote, and when the quote holds the sentence. `places.Locator` says where a quote
stands. The sentence shown before a quotation as its context is not quoted. Of several
expected quotes one is enough; of several unexpected ones one is too much.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from index import Document, Span
from rag.answers import Answer
from rag.citations import Citation
from rag.evaluation.places import Place, overlaps
from rag.evaluation.questions import GoldenQuestion


class Outcome(Enum):
    """What became of one question."""

    RIGHT_BEST = "right_best"  # in the quotation with the highest score, which confidence judges
    RIGHT_OTHER = "right_other"  # in another quotation alone
    WRONG = "wrong"
    ABSTAINED_WRONGLY = "abstained_wrongly"
    ABSTAINED_RIGHTLY = "abstained_rightly"
    ANSWERED_WRONGLY = "answered_wrongly"
    MET = "met"  # the condition, where no more than one is known
    UNMET = "unmet"
    NOT_COUNTED = "not_counted"  # no quote it is judged by is in the documents; it was not asked


@dataclass(frozen=True, slots=True)
class ExpectedQuote:
    """A quote of the file, expected or not, and the places where it stands.

    Where there is none, `fault` says why.
    """

    quote: str
    places: tuple[Place, ...]
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """One question, its answer, and whether that is right.

    `quoted` says it of each expected quote, `quoted_unexpected` of each unexpected one.
    `best_is_right`: the best quotation, or the closest passage of an abstention, holds an expected
    quote. `passage` is the number, from 1, of the first passage looked at that holds one, or None.
    `answer` is None when the question was not asked.
    """

    question: GoldenQuestion
    expected: tuple[ExpectedQuote, ...]
    outcome: Outcome = Outcome.NOT_COUNTED
    answer: Answer | None = None
    quoted: tuple[bool, ...] = ()
    best_is_right: bool = False
    passage: int | None = None
    unexpected: tuple[ExpectedQuote, ...] = ()
    quoted_unexpected: tuple[bool, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """A JSON-ready dict; `answer` is what `ibid ask --json` prints."""
        return {
            "id": self.question.id,
            "line": self.question.line,
            "question": self.question.text,
            "outcome": self.outcome.value,
            "expected": _quotes_as_json(self.expected, self.quoted),
            "unexpected": _quotes_as_json(self.unexpected, self.quoted_unexpected),
            "best_is_right": self.best_is_right,
            "passage": self.passage,
            "answer": self.answer.to_dict() if self.answer is not None else None,
        }


def _quotes_as_json(
    quotes: Sequence[ExpectedQuote], quoted: Sequence[bool]
) -> list[dict[str, Any]]:
    return [
        {
            "quote": one.quote,
            "quoted": was_quoted,
            "fault": one.fault or None,
            "places": [place.to_dict() for place in one.places],
        }
        for one, was_quoted in zip(quotes, quoted, strict=True)
    ]


def not_asked(
    question: GoldenQuestion,
    expected: Sequence[ExpectedQuote],
    unexpected: Sequence[ExpectedQuote] = (),
) -> Judgement:
    """A question whose quotes are not in the documents: nothing can be said of it."""
    return Judgement(
        question,
        tuple(expected),
        quoted=(False,) * len(expected),
        unexpected=tuple(unexpected),
        quoted_unexpected=(False,) * len(unexpected),
    )


def judge(
    question: GoldenQuestion,
    expected: Sequence[ExpectedQuote],
    answer: Answer,
    unexpected: Sequence[ExpectedQuote] = (),
) -> Judgement:
    """Compare an answer with what its question asks for."""
    best = [answer.best] if answer.best else answer.closest[:1]
    places = [place for e in expected for place in e.places]
    said = _claimed_sentences(answer.citations)
    quoted, unwanted = (
        tuple(_is_at_any(one.places, said) for one in quotes) for quotes in (expected, unexpected)
    )
    best_is_right = _is_at_any(places, _claimed_sentences(best))
    return Judgement(
        question,
        tuple(expected),
        _decide_outcome(question, answer, any(quoted), any(unwanted), best_is_right),
        answer,
        quoted,
        best_is_right,
        _first_passage(places, answer),
        tuple(unexpected),
        unwanted,
    )


def _decide_outcome(
    question: GoldenQuestion, answer: Answer, right: bool, unwanted: bool, best_is_right: bool
) -> Outcome:
    if question.conditional:
        silent = question.anything and not answer.citations
        return Outcome.UNMET if unwanted or silent else Outcome.MET
    if not question.expected:
        return Outcome.ANSWERED_WRONGLY if answer.citations else Outcome.ABSTAINED_RIGHTLY
    if not answer.citations:
        return Outcome.ABSTAINED_WRONGLY
    if unwanted or not right:
        return Outcome.WRONG
    return Outcome.RIGHT_BEST if best_is_right else Outcome.RIGHT_OTHER


def _first_passage(places: Sequence[Place], answer: Answer) -> int | None:
    passages = [hit.passage for hit in answer.hits]
    for number, passage in enumerate(passages, 1):
        if _is_at_any(places, [(passage.document, Span(passage.start, passage.end))]):
            return number
    return None


def _claimed_sentences(citations: Iterable[Citation]) -> list[tuple[Document, Span]]:
    """What is claimed: the sentences of each quotation, or the whole of it if they are unknown."""
    return [
        (c.document, span) for c in citations for span in c.sentences or (Span(c.start, c.end),)
    ]


def _is_at_any(places: Sequence[Place], stretches: Sequence[tuple[Document, Span]]) -> bool:
    return any(
        place.document == document and overlaps(place.span, span)
        for document, span in stretches
        for place in places
    )
