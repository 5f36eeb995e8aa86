"""A table as text for a terminal: as many questions beside one another as it is wide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from ui.show.plain import shortened, visible, wrap
from ui.show.table.words import (
    DOCUMENT,
    NOT_FOUND,
    not_read_of,
    question_of,
    source_of,
    words_of,
)

if TYPE_CHECKING:
    from rag.table import AnswerCell, AnswerTable, DocumentRow

WIDTH = 100  # where the output is no terminal
NARROWEST = 24  # characters of a column
SHOWN = 160  # characters of a quotation; all of it stands in a file
_GAP = "  "


def to_lines(table: AnswerTable, *, width: int | None = None) -> str:
    """Tables one under another, each of all documents and of the questions that fit beside them."""
    width = width or WIDTH
    beside = max(1, width // (NARROWEST + len(_GAP)) - 1)
    parts = [
        "\n".join(_part(table, range(first, min(first + beside, len(table.columns))), width))
        for first in range(0, len(table.columns), beside)
    ]
    left = not_read_of(table)
    return "\n\n\n".join([*parts, *([f"not read: {left}"] if left else [])])


def _part(table: AnswerTable, columns: range, width: int) -> Iterator[str]:
    room = max(NARROWEST, (width - len(_GAP) * len(columns)) // (1 + len(columns)))
    heads = [question_of(table.columns[i]) for i in columns]
    yield from _beside([[DOCUMENT], *(_wrapped(head, room) for head in heads)], room)
    yield _GAP.join(["-" * room] * (1 + len(columns)))
    for row in table.rows:
        name = _wrapped(source_of(row), room)
        cells = [_cell(row, i, room) for i in columns]
        yield from _beside([name, *cells], room)
        yield ""


def _cell(row: DocumentRow, column: int, room: int) -> list[str]:
    if row.cells:
        return _said(row.cells[column], room)
    return _wrapped(visible(row.unread), room) if column == 0 else []


def _said(cell: AnswerCell, room: int) -> list[str]:
    words = words_of(cell)
    if words.found == NOT_FOUND:
        return [f"({NOT_FOUND})"]
    parts = [
        *([f"[{words.cut}]"] if words.cut else []),
        shortened(words.quote, SHOWN),
        f"{words.place}  {words.sure}",
    ]
    return [line for part in parts for line in _wrapped(part, room)]


def _wrapped(text: str, room: int) -> list[str]:
    """Lines of at most `room` characters: a longer word is broken."""
    lines = wrap(text, room).split("\n")
    return [line[at : at + room] for line in lines for at in range(0, max(1, len(line)), room)]


def _beside(cells: Sequence[Sequence[str]], room: int) -> Iterator[str]:
    for lines in zip_longest(*cells, fillvalue=""):
        yield _GAP.join(f"{line:<{room}}" for line in lines).rstrip()
