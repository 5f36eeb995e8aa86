"""Which lines of a table are one row: cells wrap, and no line is drawn between most rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, pairwise
from statistics import median
from typing import NamedTuple

from index.load.grid import is_value
from index.load.pdf.lines import overlap
from index.load.pdf.paragraphs import fits
from index.load.pdf.sheet import PageCell, TextLine

_BANDS = 3  # rows that are ruled: where there are fewer, one may hold several
_INTO = 0.8  # times the letters' size: lines that are closer reach into one another
_PITCH = 1.15  # times the letters' size: lines of a cell are hardly closer
_TRIES = 3
_JUMP = 1.15  # times the pitch within a cell is that between rows
_TIGHT = 1.5  # times the letters' size: lines of one cell are no further apart
_PROSE = 15  # letters of a line


class PlacedLine(NamedTuple):
    """What stands on one line of a table, by column; `ruled`: a stroke is drawn above it.

    `beside` are lines that reach into it, as those of a cell in the middle of a higher one;
    `held` is how many of the page's lines it is, those beside it too.
    """

    cells: Mapping[int, TextLine]
    ruled: bool = False
    beside: tuple[PlacedLine, ...] = ()
    held: int = 1

    @property
    def base(self) -> float:
        """Its base line."""
        return max(line.base for line in self.cells.values())

    @property
    def low(self) -> float:
        """The lowest of its base lines, and of those beside it."""
        return min([line.base for line in self.cells.values()] + [b.low for b in self.beside])

    @property
    def size(self) -> float:
        """The size of its largest letters."""
        return max(line.size for line in self.cells.values())


def row_lines(lines: Sequence[PlacedLine], columns: int) -> list[list[PlacedLine]]:
    """The lines of each row, from above.

    Rows are what strokes part, or wider gaps than those within cells; else a line goes on with the
    row above it where the first column is empty, or where a cell alone is clearly wrapped.
    """
    lines = _united(lines)
    rows = _parted(lines, [line.ruled for line in lines])
    if len(rows) < 3 or any(map(_clash, rows)):
        rows = _by_pitch(lines, columns) or _by_cells(lines, columns)
    return [[part for line in row for part in (line, *line.beside)] for row in rows]


def _united(lines: Sequence[PlacedLine]) -> list[PlacedLine]:
    """The lines, those made one that reach into one another."""
    groups: list[list[PlacedLine]] = []
    for line in lines:
        if groups and groups[-1][-1].base - line.base < _INTO * line.size:
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_together(held) if len(held) > 1 else held[0] for held in groups]


def _together(lines: Sequence[PlacedLine]) -> PlacedLine:
    """Lines as one, which has the first cell of each column; the others are beside it."""
    cells: dict[int, TextLine] = {}
    beside: list[PlacedLine] = []
    for line in lines:
        fresh = {c: cell for c, cell in line.cells.items() if c not in cells}
        rest = {c: cell for c, cell in line.cells.items() if c in cells}
        cells |= fresh
        beside += [PlacedLine(rest, held=0)] if rest else []
    return PlacedLine(cells, lines[0].ruled, tuple(beside), len(lines))


def _parted(lines: Sequence[PlacedLine], begins: Sequence[bool]) -> list[list[PlacedLine]]:
    rows: list[list[PlacedLine]] = []
    for line, new in zip(lines, begins, strict=True):
        if new or not rows:
            rows.append([])
        rows[-1].append(line)
    return rows


def _clash(row: Sequence[PlacedLine]) -> bool:
    """Whether two values would stand in one cell."""
    values = Counter(c for line in row for c, cell in line.cells.items() if is_value(cell.text))
    return any(count > 1 for count in values.values())


def _by_pitch(lines: Sequence[PlacedLine], columns: int) -> list[list[PlacedLine]] | None:
    """Rows by the gaps between lines; None where these do not tell."""
    pitches = [max(a.low - b.base, _PITCH * a.size) for a, b in pairwise(lines)]
    steps = ((a, b) for a, b in pairwise(sorted(pitches)) if b > _JUMP * a)
    for tight, wide in islice(steps, _TRIES):
        between = (tight + wide) / 2
        apart = (pitch > between for pitch in pitches)
        begins = (a or _is_fresh(line, columns) for a, line in zip(apart, lines[1:], strict=True))
        rows = _parted(lines, [True, *begins])
        more = [line for row in rows for line in row[1:]]
        whole = sum(len(line.cells) == columns for line in more)
        if len(rows) > 2 and whole * 2 <= len(more) and not any(map(_clash, rows)):
            return rows
    return None


def _is_fresh(line: PlacedLine, columns: int) -> bool:
    """Whether half the columns, the first too, have words that begin something, as a row's do."""
    fresh = sum(not cell.text[0].islower() for cell in line.cells.values())
    return 0 in line.cells and fresh * 2 > len(line.cells) >= max(3, columns / 2)


def _by_cells(lines: Sequence[PlacedLine], columns: int) -> list[list[PlacedLine]]:
    """Rows by which cells their lines have."""
    edges: dict[int, float] = {}
    for line in lines:
        for column, cell in line.cells.items():
            edges[column] = max(edges.get(column, cell.right), cell.right)
    full = [line for line in lines if len(line.cells) > 1]
    pitch = median([a.base - b.base for a, b in pairwise(full)] or [0.0])
    rows: list[list[PlacedLine]] = []
    for line in lines:
        if rows and not line.ruled and _goes_on(rows[-1], line, columns, pitch, edges):
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _goes_on(
    row: Sequence[PlacedLine],
    line: PlacedLine,
    columns: int,
    pitch: float,
    edges: Mapping[int, float],
) -> bool:
    """Whether a line is the rest of the row above it."""
    step = row[-1].low - line.base
    if step > _TIGHT * line.size or _clash((*row, line)):
        return False
    above = {column: cell for held in row for column, cell in held.cells.items()}
    if not line.cells.keys() <= above.keys():
        return False
    wrapped = any(not fits(above[c], cell, edges[c]) for c, cell in line.cells.items())
    if 0 not in line.cells:
        return columns == 2 or len(line.cells) < columns - 1 or wrapped
    return len(line.cells) < len(row[0].cells) and (wrapped or step < 0.8 * pitch)


def cells_of(row: Sequence[PlacedLine], columns: int) -> tuple[PageCell, ...]:
    """The cells of a row, each with its lines."""
    return tuple(
        PageCell(tuple(line.cells[column] for line in row if column in line.cells))
        for column in range(columns)
    )


def banded(rows: Sequence[tuple[PageCell, ...]]) -> Iterator[tuple[PageCell, ...]]:
    """The rows of a lattice; where hardly any are ruled, those that stand in one of them."""
    for row in rows:
        plain = all(cell.columns == cell.rows == 1 for cell in row)
        if len(rows) > _BANDS or not plain or any(map(_is_prose, row)):
            yield row
        else:
            held = row_lines(_placed(row), len(row))
            yield from (cells_of(lines, len(row)) for lines in held)


def _placed(row: Sequence[PageCell]) -> list[PlacedLine]:
    """The lines of cells that stand beside one another, from above."""
    every = [(column, line) for column, cell in enumerate(row) for line in cell.lines]
    found: list[dict[int, TextLine]] = []
    last: TextLine | None = None
    for column, line in sorted(every, key=lambda held: -held[1].base):
        if last is not None and overlap(last, line) and column not in found[-1]:
            found[-1][column] = line
        else:
            found.append({column: line})
            last = line
    return [PlacedLine(cells) for cells in found]


def _is_prose(cell: PageCell) -> bool:
    """Whether its lines end where the cell does, as those of a paragraph."""
    edge = max((line.right for line in cell.lines), default=0.0)
    wraps = [not fits(a, b, edge) for a, b in pairwise(cell.lines)]
    letters = sum(len(line.text) for line in cell.lines)
    return sum(wraps) * 2 > len(wraps) and letters >= _PROSE * len(cell.lines)
