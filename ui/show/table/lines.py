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
NAMES = 24  # characters of the first column, at most
NARROWEST = 24  # characters of the others
SHOWN = 160  # characters of a quotation; all of it stands in a file
_GAP = "  "


def to_lines(table: AnswerTable, *, width: int | None = None) -> str:
    """Tables one under another, each of all documents and of the questions that fit beside them."""
    names = [source_of(row) for row in table.rows]
    first = min(NAMES, max(map(len, [DOCUMENT, *names])))
    left = (width or WIDTH) - first
    beside = max(1, left // (NARROWEST + len(_GAP)))
    columns = range(len(table.columns))
    parts = [columns[at : at + beside] for at in range(0, len(columns), beside)]
    shown = ["\n".join(_part(table, part, first, left)) for part in parts]
    unread = not_read_of(table)
    return "\n\n\n".join([*shown, *([f"not read: {unread}"] if unread else [])])


def _part(table: AnswerTable, columns: range, first: int, left: int) -> Iterator[str]:
    room = max(NARROWEST, left // len(columns) - len(_GAP))
    rooms = [first, *[room] * len(columns)]
    heads = [_wrapped(question_of(table.columns[i]), room) for i in columns]
    yield from _beside([[DOCUMENT], *heads], rooms)
    yield _GAP.join("-" * width for width in rooms)
    for row in table.rows:
        name = _wrapped(source_of(row), first)
        yield from _beside([name, *(_cell(row, i, room) for i in columns)], rooms)
        yield ""


def _cell(row: DocumentRow, column: int, room: int) -> list[str]:
    if row.cells:
        return _said(row.cells[column], room)
    return _wrapped(visible(row.unread), room) if column == 0 else [""]


def _said(cell: AnswerCell, room: int) -> list[str]:
    words = words_of(cell)
    if words.found == NOT_FOUND:
        return [f"({NOT_FOUND})"]
    parts = [
        *([f"[{words.cut}]"] if words.cut else []),
        _around(words.quote, words.cut),
        f"{words.place}  {words.sure}",
    ]
    return [line for part in parts for line in _wrapped(part, room)]


def _around(quote: str, cut: str) -> str:
    """What is shown of a quotation: its beginning or, of a long one, the words around the cut."""
    at = quote.find(cut) if cut else -1
    if at + len(cut) <= SHOWN:
        return shortened(quote, SHOWN)
    start = quote.find(" ", at - SHOWN // 3, at) + 1 or at
    return f"… {shortened(quote[start:], SHOWN)}"


def _wrapped(text: str, room: int) -> list[str]:
    """Lines of at most `room` characters: a longer word is broken."""
    lines = wrap(text, room).split("\n")
    return [line[at : at + room] for line in lines for at in range(0, max(1, len(line)), room)]


def _beside(cells: Sequence[Sequence[str]], rooms: Sequence[int]) -> Iterator[str]:
    for lines in zip_longest(*cells, fillvalue=""):
        yield _GAP.join(f"{a:<{room}}" for a, room in zip(lines, rooms, strict=True)).rstrip()
