"""A tagged table's cells at their columns: some programs leave out the cells that are empty."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from index.load.pdf.sheet import Extent, PageCell, PageTable, TextLine

_SPAN = 200  # rows that a cell may cover


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

    Where a row has fewer cells than columns, each is where its text stands.
    """
    width = max(sum(cell.columns for cell in row) for row in rows)
    columns: list[Extent | None] = [None] * width
    for row in rows:
        if len(row) == width:
            for i, cell in enumerate(row):
                columns[i] = _wider(columns[i], cell.extent) if cell.lines else columns[i]
    taken: dict[int, int] = {}  # the rows that a column is still covered in
    made: list[tuple[PageCell, ...]] = []
    for row in rows:
        free = [i for i in range(width) if not taken.get(i)]
        taken = {i: n - 1 for i, n in taken.items() if n > 1}
        cells = dict(_placed(row, free, columns))
        held: list[PageCell] = []
        end = 0
        for i in free:
            if i < end:
                continue
            cell = cells.get(i, TaggedCell(()))
            across, down = min(cell.columns, width - i), min(cell.rows, _SPAN)
            held.append(PageCell(cell.lines, across, down))
            end = i + across
            taken.update((c, down - 1) for c in range(i, end) if down > 1)
        made.append(tuple(held))
    extents = tuple(extent or (0.0, 0.0) for extent in columns)
    heads = [all(cell.head for cell in row) for row in rows]
    header = heads.index(False) if False in heads else 0
    return PageTable(tuple(made), extents, header)


def _wider(a: Extent | None, b: Extent) -> Extent:
    return (min(a[0], b[0]), max(a[1], b[1])) if a else b


def _placed(
    row: Sequence[TaggedCell], free: Sequence[int], columns: Sequence[Extent | None]
) -> Iterator[tuple[int, TaggedCell]]:
    """The cells of a row, each with its first column."""
    at = 0  # counts in `free`
    spare = len(free) - sum(cell.columns for cell in row)
    for cell in row:
        if spare > 0 and cell.lines:
            step = min(range(spare + 1), key=lambda n: _away(columns[free[at + n]], cell.extent))
            at, spare = at + step, spare - step
        if at >= len(free):
            return
        yield free[at], cell
        at += cell.columns


def _away(column: Extent | None, cell: Extent) -> float:
    """How far a cell is from a column: less than nothing where they stand under one another."""
    if column is None:
        return float("inf")
    return max(column[0], cell[0]) - min(column[1], cell[1])
