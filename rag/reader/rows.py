"""Of two rows of a table the one that holds more of what is asked for is the better answer.

All rows say the same labels, so a model reads them alike; what tells them apart are the names and
numbers in them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from index import Document, name_stems, stems
from rag.query import AskedQuestion
from rag.readings import Reading

_ROW = re.compile(r"[^:;\n]{1,300}: [^;\n]*(?:; [^:;\n]{1,300}: [^;\n]*)+")  # as grids are written
_FIRST = re.compile(r"(?:([^:;>\n]{1,300}) > )?[^:;\n]{1,300}: ([^;\n]*)")
_LESS = 0.01  # log odds below the rows that are better
_OF_ANOTHER = (
    6.0  # below those of what is named: so far, that a row of another is not quoted beside
)


class _Row(NamedTuple):
    """A row, the question's words that it holds, and those of them that name it.

    It is named by its first cell, or by what stands before it: "Norway > capital: Oslo". Of "berth
    47" it holds a third word, the two together, where a label says the one and its value the other.
    """

    reading: Reading
    held: frozenset[str]
    first: frozenset[str]


def rank_rows(question: AskedQuestion, readings: Sequence[Reading]) -> list[Reading]:
    """The readings, best first, where no row stands before one that holds all that it holds of the
    question's words, and more. What a row's table and its file are called it holds, too. Where the
    question says what the other's first cell says, or a name or number of it, the row is of another
    thing, and far below. Ties stay in order.
    """
    rows: dict[str, list[_Row]] = defaultdict(list)
    for reading in readings:
        document = reading.hit.passage.document
        if _ROW.fullmatch(document.text, *reading.span):
            rows[document.language].append(_row(question, reading))
    scores: dict[int, float] = {}
    for language, own in rows.items():
        named = _named(question, language)
        for row in own:
            better = [
                other.reading.score - _less(row, other, named)
                for other in own
                if row.held < other.held
            ]
            if better and min(better) < row.reading.score:
                scores[id(row.reading)] = min(better)
    if not scores:
        return list(readings)
    placed = [replace(r, score=scores.get(id(r), r.score)) for r in readings]
    return sorted(placed, key=lambda r: -r.score)


def _row(question: AskedQuestion, reading: Reading) -> _Row:
    document = reading.hit.passage.document
    asked = question.words(document.language).asked_stems
    table = _table_stems(document, reading.hit.passage.headings)
    held = asked.intersection((*reading.stems, *table))
    pairs = _labelled(question, document.cut(reading.span), held, document.language)
    first = _FIRST.match(document.text, *reading.span)
    cell = stems(" ".join(filter(None, first.groups())) if first else "", document.language)
    return _Row(reading, held | pairs, asked.intersection(cell) | pairs)


def _labelled(
    question: AskedQuestion, row: str, held: frozenset[str], language: str
) -> frozenset[str]:
    """Two words of the question on end, "47" behind "berth", as a label and its value say them."""
    asked = [stem for _, stem in question.words(language).asked]
    near = [pair for pair in pairwise(asked) if held.issuperset(pair)]
    if not near:
        return frozenset()
    cells = [cell.partition(": ") for cell in row.split("; ")]
    said = [(set(stems(label, language)), set(stems(value, language))) for label, _, value in cells]
    return frozenset(
        f"{a} {b}"
        for a, b in near
        if any((a in x and b in y) or (b in x and a in y) for x, y in said)
    )


def _less(row: _Row, other: _Row, named: frozenset[str]) -> float:
    """How far a row is below one that holds more, in log odds."""
    lacks = other.held - row.held
    return _LESS if lacks.isdisjoint(named | other.first) else _OF_ANOTHER


def _named(question: AskedQuestion, language: str) -> frozenset[str]:
    """The stems of the question's names and numbers: capitals behind its first word, digits."""
    begins = question.cleaned.lstrip(" \"'“‘¿¡")
    return frozenset(
        stem
        for word, stem in question.words(language).asked
        if any(map(str.isdigit, word)) or (word[0].isupper() and not begins.startswith(word))
    )


def _table_stems(document: Document, headings: Sequence[str]) -> frozenset[str]:
    """The stems of what a table and its file are called."""
    called = stems(" ".join((document.title, *headings)), document.language)
    return name_stems(document.source, document.language).union(called)
