"""A tagged table's cells at their columns: some programs leave out the cells that are empty."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from index.load.pdf.sheet import Extent, PageCell, PageTable, TextLine

_SPAN = 200  # rows that a cell may cover
_WIDEST = 200  # columns, unless the cells of one row are more


class TaggedCell(NamedTuple):
    """The lines of a cell, how many columns and rows its tags say that it covers; a heading?"""

    lines: tuple[TextLine, ...]
    columns: int = 1
    rows: int = 1
    head: bool = False

    @property
    def extent(self) -> Extent:
        """From where to where its text reaches, in points; empty cells have none."""
        return min(line.left for line in self.lines), max(line.right for line in self.lines)


def tagged_table(rows: Sequence[Sequence[TaggedCell]]) -> PageTable:
    """The table that rows of cells make, of which one at least says something.

    Where a row has fewer cells than columns, each is where its text stands. A row that says
    nothing is none, but the cells above it cover it, too.
    """
    ends, width = _reach(rows)
    columns: list[Extent | None] = [None] * width
    for row in rows:
        if len(row) == width:
            for i, cell in enumerate(row):
                columns[i] = _wider(columns[i], cell.extent) if cell.lines else columns[i]
    speaks = [any(cell.lines for cell in row) for row in rows]
    taken: dict[int, int] = {}  # up to which row a cell covers a column
    blank: dict[int, int] = {}  # the same for cells of rows that are none
    made: list[tuple[PageCell, ...]] = []
    for n, row in enumerate(rows):
        open_ = [i for i in range(width) if taken.get(i, 0) <= n]
        cells = dict(_placed(row, [i for i in open_ if blank.get(i, 0) <= n], columns))
        held: list[PageCell] = []
        end = 0
        for i in (*open_, *(i for i in cells if i >= width)):
            if i < end:
                continue
            cell = cells.get(i, TaggedCell(()))
            across = max(1, min(cell.columns, width - i))
            last = min(n + min(cell.rows, _SPAN), ends[n])
            held.append(PageCell(cell.lines, across, max(1, sum(speaks[n:last]))))
            end = i + across
            if last > n + 1:
                (taken if speaks[n] else blank).update((c, last) for c in range(i, end))
        if speaks[n]:
            made.append(tuple(held))
    extents = tuple(extent or (0.0, 0.0) for extent in columns)
    heads = [all(c.head for c in row) for row, said in zip(rows, speaks, strict=True) if said]
    header = heads.index(False) if False in heads else 0
    return PageTable(tuple(made), extents, header)


def _reach(rows: Sequence[Sequence[TaggedCell]]) -> tuple[list[int], int]:
    """Up to which row the cells of each may reach, and how many columns there are.

    Rows without cells may have no tags: where a row has cells and no column is free for them, what
    covers them has ended.
    """
    plain = width = max(sum(cell.columns for cell in row) for row in rows)
    over: list[tuple[int, int]] = []  # how many columns are covered, up to which row
    ends = [len(rows)] * len(rows)
    for n, row in enumerate(rows):
        over = [(columns, end) for columns, end in over if end > n]
        covered = sum(columns for columns, _ in over)
        if row and covered >= plain:
            ends[:n] = [min(end, n) for end in ends[:n]]
            over, covered = [], 0
        width = max(width, min(covered + sum(cell.columns for cell in row), _WIDEST))
        over += [(cell.columns, n + min(cell.rows, _SPAN)) for cell in row if cell.rows > 1]
    return ends, width


def _wider(a: Extent | None, b: Extent) -> Extent:
    return (min(a[0], b[0]), max(a[1], b[1])) if a else b


def _placed(
    row: Sequence[TaggedCell], free: Sequence[int], columns: Sequence[Extent | None]
) -> Iterator[tuple[int, TaggedCell]]:
    """The cells of a row, each with its first column."""
    at = 0  # counts in `free`
    width = len(columns)  # more cells than are free stand beyond them
    spare = len(free) - sum(cell.columns for cell in row)
    for cell in row:
        if spare > 0 and cell.lines:
            step = min(range(spare + 1), key=lambda n: _away(columns[free[at + n]], cell.extent))
            at, spare = at + step, spare - step
        yield free[at] if at < len(free) else width + at - len(free), cell
        at += cell.columns


def _away(column: Extent | None, cell: Extent) -> float:
    """How far a cell is from a column: less than nothing where they stand under one another."""
    if column is None:
        return float("inf")
    return max(column[0], cell[0]) - min(column[1], cell[1])
