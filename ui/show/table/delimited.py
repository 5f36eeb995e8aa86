"""A table as CSV: a row a document, some columns a question."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ui.show.plain import one_line, visible
from ui.show.table.words import DOCUMENT, question_of, source_of, words_of

if TYPE_CHECKING:
    from rag.table import AnswerCell, AnswerTable, TableColumn

# with one of these a program for sheets begins to compute; the wide forms are taken for them
_BEGINS_FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def to_csv(table: AnswerTable) -> str:
    """RFC 4180, with a byte order mark, by which Excel knows UTF-8.

    A cell that would begin a formula begins with an apostrophe, which Excel shows as it is.
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    heads = [head for column in table.columns for head in _heads(column)]
    writer.writerow(map(inert, [DOCUMENT, "Title", "Not read", *heads]))
    for row in table.rows:
        cells = [
            word
            for column, cell in zip(table.columns, row.cells, strict=False)
            for word in _words(column, cell)
        ]
        known = [source_of(row), one_line(row.title), visible(row.unread)]
        writer.writerow(map(inert, [*known, *(cells or [""] * len(heads))]))
    return f"\ufeff{stream.getvalue()}"


def inert(word: str) -> str:
    """A word that no program takes for a formula."""
    return f"'{word}" if word.startswith(_BEGINS_FORMULA) else word


def _heads(column: TableColumn) -> Iterator[str]:
    question = question_of(column)
    if column.kind:
        yield f"{question} [{column.kind.value}]"
    yield question
    yield from (f"{question} ({what})" for what in ("place", "found", "confidence"))


def _words(column: TableColumn, cell: AnswerCell) -> Iterator[str]:
    words = words_of(cell)
    if column.kind:
        yield words.cut
    yield from (words.quote, words.place, words.found, f"{words.confidence:.2f}")
