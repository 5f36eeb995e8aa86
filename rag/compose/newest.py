"""Where several editions say nearly the same: the newest first, the older ones marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import product

from index import Span, stems
from rag.compose.summary import akin, say_nearly_the_same
from rag.editions import Edition, asks_for_present, edition_of
from rag.query import AskedQuestion
from rag.types import Citation, Older, Reading

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
            and _edition(newest).is_older(_edition(reading))
            and say_nearly_the_same(best, reading)
        ):
            newest = reading
    if newest is best:
        return list(readings)
    rest = [reading for reading in readings if reading is not newest]
    return [replace(newest, score=round(best.score + LEAD, 6)), *rest]


def _edition(reading: Reading) -> Edition:
    return edition_of(reading.hit.passage.document)


def with_older_marked(citations: Sequence[Citation]) -> tuple[Citation, ...]:
    """The citations; one of which another of a newer edition says nearly the same is `older`."""
    words = [[_plain_stems(c, part) for part in c.parts] for c in citations]
    editions = [edition_of(c.document) for c in citations]
    marked = []
    for citation, own, said in zip(citations, editions, words, strict=True):
        newer = [
            Older(own.beside(other), other.beside(own), c.document.source)
            for c, other, others in zip(citations, editions, words, strict=True)
            if own.is_older(other) and any(akin(a, b) for a, b in product(said, others))
        ]
        marked.append(replace(citation, older=newer[0]) if newer else citation)
    return tuple(marked)


def _plain_stems(citation: Citation, part: Span) -> frozenset[str]:
    document = citation.document
    own = stems(document.cut(part), document.language)
    return frozenset(w for w in own if not any(map(str.isdigit, w)))
