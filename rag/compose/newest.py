"""Where several editions say nearly the same: the newest first, the older ones marked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index import Document, Span, stems
from rag.citations import Citation, Older
from rag.compose.summary import akin, say_nearly_the_same
from rag.dates import written_dates
from rag.editions import are_of_one_kind, asks_for_present, edition_of
from rag.query import AskedQuestion
from rag.readings import Reading

_NAME = re.compile(r"(?<=\s)[^\W\d_a-zäöüßéèñ]\w+")
LEAD = 0.01  # log odds, by which the newest one is ahead


def newest_first(
    question: AskedQuestion, readings: Sequence[Reading], likely: float
) -> list[Reading]:
    """The readings, best first; the best one is of the newest edition that says nearly the same.

    Only where the question asks for what is so now, and what takes its place would answer by
    itself, its probability being `likely` or more.
    """
    if not readings or not asks_for_present(question.text):
        return list(readings)
    best = newest = readings[0]
    for reading in readings[1:]:
        if (
            reading.probability >= likely
            and _is_older(newest.hit.passage.document, reading.hit.passage.document)
            and say_nearly_the_same(best, reading)
            and _names(best.hit.passage.document, best.span)
            == _names(reading.hit.passage.document, reading.span)
        ):
            newest = reading
    if newest is best:
        return list(readings)
    rest = [reading for reading in readings if reading is not newest]
    return [replace(newest, score=round(best.score + LEAD, 6)), *rest]


def _is_older(one: Document, other: Document) -> bool:
    """Whether the other is a newer edition."""
    return bool(edition_of(one).is_older(edition_of(other))) and are_of_one_kind(one, other)


def _names(document: Document, sentence: Span) -> frozenset[str]:
    """The words of a sentence that are written as names, but for its first, and for its dates."""
    said = document.cut(sentence)
    told = written_dates(said)
    found = (m for m in _NAME.finditer(said) if not any(d.start <= m.start() < d.end for d in told))
    return frozenset(m[0] for m in found)


def with_older_marked(citations: Sequence[Citation]) -> tuple[Citation, ...]:
    """The citations; one of which another of a newer edition says nearly the same is `older`.

    It is their best sentences that are compared: they differ in few words, and in no name.
    """
    marked = []
    for citation in citations:
        newer = next((c for c in citations if _says_newer(citation, c)), None)
        if newer is not None:
            own, other = edition_of(citation.document), edition_of(newer.document)
            older = Older(own.beside(other), other.beside(own), newer.document.source)
            citation = replace(citation, older=older)
        marked.append(citation)
    return tuple(marked)


def _says_newer(one: Citation, other: Citation) -> bool:
    """Whether the other says nearly the same as a newer edition."""
    if not _is_older(one.document, other.document):
        return False
    same_names = _names(one.document, one.top) == _names(other.document, other.top)
    return same_names and akin(_plain_stems(one), _plain_stems(other))


def _plain_stems(citation: Citation) -> frozenset[str]:
    document = citation.document
    own = stems(document.cut(citation.top), document.language)
    return frozenset(w for w in own if not any(map(str.isdigit, w)))
