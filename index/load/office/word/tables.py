"""The cells of a Word table, as the grid of all formats takes them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from index.load.grid import Cell
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


class TableCell(NamedTuple):
    """A cell that begins in column `at`; `continues`: it is part of the one above."""

    element: Element
    at: int
    columns: int
    continues: bool


class TableRow(NamedTuple):
    """A row; `head`: it is marked to be repeated on each page."""

    cells: Sequence[TableCell]
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


def cells_of(
    rows: Sequence[TableRow], said: Sequence[Sequence[tuple[str, bool]]]
) -> Iterator[list[Cell]]:
    """The rows as cells; `said` is the text of each, and whether it is bold.

    The first rows that are marked are the header, unless all are.
    """
    heads = next((i for i, row in enumerate(rows) if not row.head), 0)
    for i, row in enumerate(rows):
        cells: list[Cell] = []
        end = 0
        for cell, (text, bold) in zip(row.cells, said[i], strict=True):
            if cell.at > end:
                cells.append(Cell("", cell.at - end))
            cells.append(Cell(text, cell.columns, 1, i < heads, bold, cell.continues))
            end = cell.at + cell.columns
        yield cells


def _cells(row: Element, at: int) -> Iterator[TableCell]:
    at = min(max(at, 0), _MOST)
    for cell in _within(row, "tc"):
        look = child(cell, "tcPr")
        span, merge = child(look, "gridSpan"), child(look, "vMerge")
        columns = max(1 if span is None else whole(attr(span, "val"), 1), 1)
        if child(look, "cellDel") is None:
            continues = merge is not None and attr(merge, "val") != "restart"
            yield TableCell(cell, at, columns, continues)
        at = min(at + columns, _MOST)


def _within(element: Element | None, name: str) -> Iterator[Element]:
    """Rows or cells, those in content controls and other wrappers too."""
    for part in () if element is None else element:
        if local(part) == name:
            yield part
        elif local(part) in ("sdtContent", "customXml", "ins", "moveTo"):
            yield from _within(part, name)
        elif local(part) == "sdt" and not is_placeholder(part):
            yield from _within(child(part, "sdtContent"), name)
