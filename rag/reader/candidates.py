"""What in a sentence could answer a question, and whether what a reader points at stands alone.

Times, numbers and names are told by their looks, which is English. Where a sentence has two of a
kind, a reader that points at one is wrong most often, and a reader's margin over the other says
little: it must be large.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from index import Span
from rag.dates import month_names, written_dates
from rag.query import AskedQuestion
from rag.statements import LISTS, LONGEST, is_word


class CandidateKind(Enum):
    """What a candidate is."""

    TIME = "time"
    NUMBER = "number"
    NAME = "name"


class Candidate(NamedTuple):
    """Characters `span` of a text, that could be an answer of this kind."""

    kind: CandidateKind
    span: Span


# log odds over the best stretch beside it, from which one of two is as often right as one that
# stands alone: training.margins
CLEAR = 6.0
_ASKED = {
    "time": {CandidateKind.TIME},
    "quantity": {CandidateKind.NUMBER, CandidateKind.TIME},
    "person": {CandidateKind.NAME},
}


class Standing(Enum):
    """What stands beside words of a sentence that are pointed at."""

    ALONE = "nothing of their kind"
    BESIDE = "another of their kind"
    UNKNOWN = "of no kind that is known"
    NONE = "not what is asked for, or two at once"


def standing(question: AskedQuestion, sentence: str, words: Span) -> Standing:
    """How these `words` of the sentence stand in it; what the question names does not count."""
    if len(sentence) > LONGEST:
        return Standing.UNKNOWN
    found = [
        c for c in candidates_in(sentence) if not _is_named(sentence[slice(*c.span)], question.text)
    ]
    held = [c.kind for c in found if c.span.start < words.end and words.start < c.span.end]
    beside = {c.kind for c in found if c.span.end <= words.start or words.end <= c.span.start}
    expected = question.expectation
    if (expected and not _ASKED[expected.kind] & set(held)) or len(held) > len(set(held)):
        return Standing.NONE
    if not held:
        return Standing.UNKNOWN
    return Standing.BESIDE if beside & set(held) else Standing.ALONE


def _is_named(words: str, question: str) -> bool:
    return bool(re.search(rf"(?i)(?<!\w){re.escape(words)}(?!\w)", question))


def stands_out(question: AskedQuestion, sentence: str, words: Span, margin: float) -> bool:
    """Whether nothing else in a sentence could be meant than these `words` of it.

    `margin` is the reader's, in log odds, over the best that stands beside them.
    """
    how = standing(question, sentence, words)
    return how is Standing.ALONE or (how is not Standing.NONE and margin >= CLEAR)


_MONTHS = "|".join(month_names("en"))
_TIME = re.compile(
    rf"""(?x) \b(?:1[0-9]|20)\d\d(?:s|-\d\d)?\b | \b\d{{1,2}}[:.]\d\d\b(?:\ ?[ap]\.?m\.?)?
    | \b\d{{1,2}}\ ?[ap]\.?m\b\.? | \b\d{{4}}-\d\d-\d\d\b
    | \b(?:{_MONTHS})\b | \b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?\b
    | \b(?i:(?:spring|summer|autumn|winter|noon|midnight|morning|afternoon|evening|dawn|dusk
      |today|yesterday|tomorrow|Easter|Christmas))\b
    | \b(?:\d+(?:st|nd|rd|th)|\w+th|first|second|third)[ ]centur(?:y|ies)\b"""
)
_LISTED = LISTS["numbers"]
_WORDS = "|".join(
    (*_LISTED["small"].split(), *_LISTED["tens"].split(), *_LISTED["scales"], "dozen", "half",
     "thirds?", "quarters?", "twice")
)  # fmt: skip
_NUMBER = re.compile(
    r"(?:[$€£] ?)?\d+(?:[.,:]\d+)*(?:[-–/]\d+(?:[.,]\d+)*)?"
    rf"|(?i:\b(?:{_WORDS})\b(?:[ -](?:{_WORDS})\b)*)"
)
_NAME = re.compile(
    r"(?:[^\W\d_a-zß-öø-ÿ][\w'’.-]*\w|[A-Z]\b)"
    r"(?:\ (?:(?:of|the|de|la|van|von|der|den|du|and\ Sons|&)\ )*[^\W\d_a-zß-öø-ÿ][\w'’.-]*)*"
)


def candidates_in(text: str) -> list[Candidate]:
    """The candidates of a text, in order; a time is no number, and neither is a name.

    "Sunday, 9 June" is one.
    """
    found: list[Candidate] = []
    for kind, spans in (
        (CandidateKind.TIME, _times(text)),
        (CandidateKind.NUMBER, _spans(_NUMBER, text)),
        (CandidateKind.NAME, _names(text)),
    ):
        for span in spans:
            if all(span.end <= c.span.start or c.span.end <= span.start for c in found):
                found.append(Candidate(kind, span))
    joined: list[Candidate] = []
    for kind, span in sorted(found, key=lambda c: c.span):
        last = joined[-1] if joined else None
        between = text[last.span.end : span.start].strip(" ,") if last else "."
        if last and last.kind is kind is CandidateKind.TIME and not between:
            joined[-1] = Candidate(kind, Span(last.span.start, span.end))
        else:
            joined.append(Candidate(kind, span))
    return joined


def _times(text: str) -> Iterator[Span]:
    for start, end, _ in written_dates(text, ["en"]):
        yield Span(start, end)
    yield from _spans(_TIME, text)


def _spans(pattern: re.Pattern[str], text: str) -> Iterator[Span]:
    for match in pattern.finditer(text):
        yield Span(match.start(), match.end())


def _names(text: str) -> Iterator[Span]:
    """The names; a word with which the text begins is one where it is no other word."""
    for span in _spans(_NAME, text):
        first = text[span.start : span.end].split(" ")[0].casefold()
        if span.start > 0 or " " in text[span.start : span.end] or not is_word(first):
            yield span
