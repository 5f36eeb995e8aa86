"""Tables that are ruled: the strokes that cross make a lattice, and what none of them parts a cell.

As in Anssi Nurminen, Algorithmic Extraction of Data in Tables in PDF Documents (Tampere, 2013),
which Tabula and pdfplumber follow too: segments made one, their crossings, the cells between them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from index.load.pdf.sheet import Stroke
from index.load.pdf.strokes import THIN, spans

_MOST = 400  # lines along or across that may be one page's tables: more are a drawing's
_CELLS = 20_000  # of a lattice
_RULED = 0.6  # share of a cell's side that is to be drawn
_OPEN = 0.1  # share of the cells that may be parted by nothing from what is beside them

_Drawn = Sequence[Sequence[tuple[float, float]]]
_Lines = list[tuple[float, list[tuple[float, float]]]]  # where, and from where to where


class LatticeCell(NamedTuple):
    """A cell by its first row and column, and how many it covers."""

    row: int
    column: int
    rows: int
    columns: int


class Lattice:
    """Where columns and rows end, in points; rows are counted from above."""

    def __init__(self, xs: Sequence[float], ys: Sequence[float], cells: Sequence[LatticeCell]):
        self.xs, self.ys, self.cells = xs, ys, cells
        self._downwards = [-y for y in ys]
        self._owner = {
            (row, column): cell
            for cell in cells
            for row in range(cell.row, cell.row + cell.rows)
            for column in range(cell.column, cell.column + cell.columns)
        }

    def at(self, x: float, y: float) -> LatticeCell | None:
        """The cell that a point is in."""
        place = bisect_right(self._downwards, -y) - 1, bisect_right(self.xs, x) - 1
        return self.cell(*place)

    def cell(self, row: int, column: int) -> LatticeCell | None:
        """The cell that covers a place of the lattice."""
        return self._owner.get((row, column))


def lattices(strokes: Sequence[Stroke]) -> list[Lattice]:
    """The lattices of a page that have two columns and two rows at least, from above."""
    flat = _lines([(s.bottom, s.left, s.right) for s in strokes if _is_flat(s)])
    upright = _lines([(s.left, s.bottom, s.top) for s in strokes if not _is_flat(s)])
    if not flat or not upright or max(len(flat), len(upright)) > _MOST:
        return []
    found = [_lattice(rows, columns) for rows, columns in _crossing(flat, upright)]
    return sorted((one for one in found if one), key=lambda one: -one.ys[0])


def _is_flat(stroke: Stroke) -> bool:
    return stroke.right - stroke.left > stroke.top - stroke.bottom


def _lines(segments: Sequence[tuple[float, float, float]]) -> _Lines:
    """Segments on one line made one; lines that are hardly apart are one."""
    found: list[tuple[float, list[tuple[float, float]]]] = []
    for at, low, high in sorted(segments):
        if found and at - found[-1][0] <= THIN:
            found[-1][1].append((low, high))
        else:
            found.append((at, [(low, high)]))
    return [(at, spans(held, THIN)) for at, held in found]


def _crossing(flat: _Lines, upright: _Lines) -> Iterator[tuple[_Lines, _Lines]]:
    """The segments that hang together: those along and those across, by line."""
    along = [(y, span) for y, held in flat for span in held]
    across = [(x, span) for x, held in upright for span in held]
    if max(len(along), len(across)) > _MOST:
        return
    group = list(range(len(along) + len(across)))

    def root(i: int) -> int:
        while group[i] != i:
            group[i] = i = group[group[i]]
        return i

    xs = [x for x, _ in across]
    for i, (y, (left, right)) in enumerate(along):
        for j in range(bisect_left(xs, left - THIN), bisect_right(xs, right + THIN)):
            bottom, top = across[j][1]
            if bottom - THIN <= y <= top + THIN:
                group[root(i)] = root(len(along) + j)
    found: dict[int, tuple[dict[float, list[tuple[float, float]]], ...]] = {}
    for i, (at, span) in enumerate((*along, *across)):
        found.setdefault(root(i), ({}, {}))[i >= len(along)].setdefault(at, []).append(span)
    for rows, columns in found.values():
        yield sorted(rows.items()), sorted(columns.items())


def _lattice(flat: _Lines, upright: _Lines) -> Lattice | None:
    """The lattice of lines that cross; where they end it is closed, though nothing is drawn."""
    if not flat or not upright:
        return None
    flat, upright = _closed(flat, upright), _closed(upright, flat)
    ys, xs = [y for y, _ in reversed(flat)], [x for x, _ in upright]
    if len(ys) < 3 or len(xs) < 3 or len(ys) * len(xs) > _CELLS:
        return None
    below = [held for _, held in reversed(flat)]
    beside = [held for _, held in upright]
    taken: set[tuple[int, int]] = set()
    cells: list[LatticeCell] = []
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            if (row, column) in taken:
                continue
            wide = 1
            while (
                column + wide < len(xs) - 1
                and (row, column + wide) not in taken
                and not _is_ruled(beside[column + wide], ys[row + 1], ys[row])
            ):
                wide += 1
            high = 1
            while row + high < len(ys) - 1 and not any(
                _is_ruled(below[row + high], xs[c], xs[c + 1]) for c in range(column, column + wide)
            ):
                high += 1
            cells.append(LatticeCell(row, column, high, wide))
            taken.update(
                (r, c) for r in range(row, row + high) for c in range(column, column + wide)
            )
    open_sides = sum(_open(cell, xs, ys, below, beside) for cell in cells)
    return Lattice(xs, ys, cells) if open_sides <= _OPEN * len(cells) else None


def _open(
    cell: LatticeCell, xs: Sequence[float], ys: Sequence[float], below: _Drawn, beside: _Drawn
) -> bool:
    """Whether a cell is parted by nothing from what is right of it or below it.

    So are those around the boxes of a drawing, whose room is no rectangle.
    """
    row, column = cell.row + cell.rows, cell.column + cell.columns
    right = column < len(xs) - 1 and not _is_ruled(beside[column], ys[row], ys[cell.row])
    down = row < len(ys) - 1 and not _is_ruled(below[row], xs[cell.column], xs[column])
    return right or down


def _closed(lines: _Lines, across: _Lines) -> _Lines:
    """The lines with one at either end of those that cross them."""
    low = min(span[0] for _, held in across for span in held)
    high = max(span[1] for _, held in across for span in held)
    whole = [(across[0][0], across[-1][0])]
    first = [] if lines[0][0] - low <= 2 * THIN else [(low, whole)]
    last = [] if high - lines[-1][0] <= 2 * THIN else [(high, whole)]
    return [*first, *lines, *last]


def _is_ruled(held: Sequence[tuple[float, float]], low: float, high: float) -> bool:
    """Whether most of the way from one place to another is drawn."""
    at = max(0, bisect_left(held, (low,)) - 1)
    drawn = 0.0
    while at < len(held) and held[at][0] < high:
        drawn += max(0.0, min(high, held[at][1]) - max(low, held[at][0]))
        at += 1
    return drawn >= _RULED * (high - low)
