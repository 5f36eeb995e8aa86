"""The grid of a Word table: which cells stand in which rows and columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from index.load.office.package import (
    Element,
    attr,
    child,
    is_on,
    local,
    whole,
)
from index.load.office.word.text import is_placeholder

_MOST = 1000  # columns; a span may say any number


class Cell(NamedTuple):
    """A cell that begins in column `at`; `continues`: it is part of the one above."""

    element: Element
    at: int
    continues: bool


class TableRow(NamedTuple):
    """A row; `head`: it is marked to be repeated on each page."""

    cells: Sequence[Cell]
    head: bool


def rows_of(table: Element) -> list[TableRow]:
    """The rows, without those whose deletion is tracked."""
    found = []
    for row in _within(table, "tr"):
        look = child(row, "trPr")
        if child(look, "del") is None:
            before = child(look, "gridBefore")
            at = 0 if before is None else whole(attr(before, "val"), 0)
            found.append(TableRow(list(_cells(row, at)), is_on(child(look, "tblHeader"))))
    return found


def is_layout(rows: Sequence[TableRow]) -> bool:
    """Whether a table only places its text: it has one row or one column, or holds tables."""
    if len(rows) < 2 or max(len(row.cells) for row in rows) < 2:
        return True
    return any(next(c.element.iter("{*}tbl"), None) is not None for r in rows for c in r.cells)


def filled_down(rows: Sequence[TableRow], texts: Sequence[Sequence[str]]) -> list[list[str]]:
    """The text of each cell by column.

    What is merged downwards stands once, but in the first column it names each of its rows. (A
    sum over three rows is not the sum of each.)
    """
    grid: list[list[str]] = []
    for row, said in zip(rows, texts, strict=True):
        line = [""] * max((cell.at + 1 for cell in row.cells), default=0)
        for cell, text in zip(row.cells, said, strict=True):
            names = grid and grid[-1] and cell.continues and cell.at == 0
            line[cell.at] = grid[-1][0] if names and not text else text
        grid.append(line)
    return grid


def _cells(row: Element, at: int) -> Iterator[Cell]:
    at = min(max(at, 0), _MOST)
    for cell in _within(row, "tc"):
        look = child(cell, "tcPr")
        span, merge = child(look, "gridSpan"), child(look, "vMerge")
        if child(look, "cellDel") is None:
            yield Cell(cell, at, merge is not None and attr(merge, "val") != "restart")
        at = min(at + max(1 if span is None else whole(attr(span, "val"), 1), 1), _MOST)


def _within(element: Element | None, name: str) -> Iterator[Element]:
    """Rows or cells, those in content controls and other wrappers too."""
    for part in () if element is None else element:
        if local(part) == name:
            yield part
        elif local(part) in ("sdtContent", "customXml", "ins", "moveTo"):
            yield from _within(part, name)
        elif local(part) == "sdt" and not is_placeholder(part):
            yield from _within(child(part, "sdtContent"), name)
