"""Of two rows of a table the one that holds more of what is asked for is the better answer.

All rows say the same labels, so a model reads them alike; what tells them apart are the names and
numbers in them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from index import Document, name_stems, stems
from rag.query import AskedQuestion
from rag.types import Reading

_ROW = re.compile(r"[^:;\n]{1,300}: [^;\n]*(?:; [^:;\n]{1,300}: [^;\n]*)+")  # as grids are written
_LESS = 0.01  # log odds below the rows that are better


def rank_rows(question: AskedQuestion, readings: Sequence[Reading]) -> list[Reading]:
    """The readings, best first, where no row stands before one that holds all that it holds of the
    question's words, and more. What a row's table and its file are called it holds, too. Ties stay
    in order.
    """
    rows: dict[str, list[tuple[Reading, frozenset[str]]]] = defaultdict(list)
    for reading in readings:
        document = reading.hit.passage.document
        if _ROW.fullmatch(document.text, *reading.span):
            asked = question.words(document.language).asked_stems
            table = _table_stems(document, reading.hit.passage.headings)
            rows[document.language].append((reading, asked.intersection((*reading.stems, *table))))
    scores: dict[int, float] = {}
    for own in rows.values():
        for reading, held in own:
            better = [other.score for other, more in own if held < more]
            if better and min(better) < reading.score:
                scores[id(reading)] = min(better) - _LESS
    if not scores:
        return list(readings)
    placed = [replace(r, score=scores.get(id(r), r.score)) for r in readings]
    return sorted(placed, key=lambda r: -r.score)


def _table_stems(document: Document, headings: Sequence[str]) -> frozenset[str]:
    """The stems of what a table and its file are called."""
    called = stems(" ".join((document.title, *headings)), document.language)
    return name_stems(document.source, document.language).union(called)
