"""Ruled tables on a page: what stands in each cell of its lattices; a stand-in takes their place.

The stand-in is one run, so that the order of what a page says is found as if a table were a line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from index.load.pdf.lattice import Lattice, LatticeCell, lattices
from index.load.pdf.lines import lines_of
from index.load.pdf.rows import banded
from index.load.pdf.sheet import RAISED, STANDS_IN, PageCell, PageTable, PdfPage, Run, TextLine

_LONGEST = 1000  # characters of a cell: more is text that a frame stands around
_FILLED = 0.3  # share of the cells that say something: fewer are a form's or a drawing's
_SAID = 0.7  # share of the rows and columns, too: a drawing has room between its boxes

Held = dict[LatticeCell, list[Run]]


def with_tables(sheet: PdfPage) -> tuple[PdfPage, Mapping[int, PageTable]]:
    """The page with a run for each ruled table, and the tables by the tags of these runs."""
    tables: dict[int, PageTable] = {}
    runs = list(sheet.runs)
    for lattice in lattices(sheet.strokes) if runs else ():
        inside = _inside(lattice, runs)
        table = _table(lattice, inside, sheet.number)
        if table is None:
            continue
        tag = STANDS_IN - len(tables)
        tables[tag] = table
        held = {id(run) for cell in inside.values() for run in cell}
        at = next(i for i, run in enumerate(runs) if id(run) in held)
        rest = [run for run in runs[at:] if id(run) not in held]
        runs = [*runs[:at], _stand_in(table, lattice, tag), *rest]
    return sheet._replace(runs=tuple(runs)), tables


def is_table(lattice: Lattice, runs: Iterable[Run]) -> bool:
    """Whether runs in a lattice's cells make a table."""
    return _table(lattice, _inside(lattice, runs), 0) is not None


def _inside(lattice: Lattice, runs: Iterable[Run]) -> Held:
    inside: Held = {}
    for run in runs:
        cell = None if run.aside or run.tag <= STANDS_IN else cell_of(lattice, run)
        if cell:
            inside.setdefault(cell, []).append(run)
    return inside


def cell_of(lattice: Lattice, run: Run) -> LatticeCell | None:
    """The cell that a run begins in."""
    inset = min(run.size, run.right - run.left) / 2
    return lattice.at(run.left + inset, run.base + RAISED * run.size / 2)


def _table(lattice: Lattice, inside: Held, sheet: int) -> PageTable | None:
    """The table that a lattice rules; None where it only stands around text or pictures."""
    cells = {cell: tuple(lines_of(runs, sheet)) for cell, runs in inside.items()}
    rows = sorted({cell.row for cell in cells})
    columns = sorted({cell.column for cell in cells})
    if len(rows) < 2 or len(columns) < 2 or len(cells) < _FILLED * len(lattice.cells):
        return None
    if len(rows) + len(columns) < _SAID * (len(lattice.xs) + len(lattice.ys) - 2):
        return None
    if any(sum(len(line.text) for line in lines) > _LONGEST for lines in cells.values()):
        return None
    placed: list[list[tuple[int, PageCell]]] = [[] for _ in rows]
    for cell in lattice.cells:
        within = [c for c in columns if cell.column <= c < cell.column + cell.columns]
        over = [r for r in rows if cell.row <= r < cell.row + cell.rows]
        if within and over:
            held = PageCell(cells.get(cell, ()), len(within), len(over))
            placed[rows.index(over[0])].append((cell.column, held))
    found = [tuple(cell for _, cell in sorted(row, key=lambda c: c[0])) for row in placed]
    ends = (*columns[1:], len(lattice.xs) - 1)
    extents = zip((lattice.xs[i] for i in columns), (lattice.xs[i] for i in ends), strict=True)
    return PageTable(tuple(banded(found)), tuple(extents))


def _stand_in(table: PageTable, lattice: Lattice, tag: int) -> Run:
    first: TextLine = table.lines[0]
    text = " ".join(line.text for line in table.lines)
    return Run(text, lattice.xs[0], lattice.xs[-1], first.base, first.size, tag=tag)
