"""Rows that name the rows below them: "Northern region" alone in its row, above its stations.

A row with one cell may also be one whose other cells were left out. It names others only where
that is proven: it is set apart, or all the rows of the table together show what it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, pairwise
from typing import NamedTuple

from index.layout import is_total_label
from index.load.grid.header import filled, is_label

_SAMPLE = 1_000  # rows of a table that are looked at to see whether it has sections


class CellNote(NamedTuple):
    """What somebody wrote beside the cell of a column, counted from 0; None: beside no cell."""

    column: int | None
    text: str


class GridRow(NamedTuple):
    """A row of a sheet as people number it, and what is written beside its cells.

    `wide`: its first cell covers several columns; `bold`: that is how it is set.
    """

    number: int
    cells: Sequence[str]
    notes: Sequence[CellNote] = ()
    wide: bool = False
    bold: bool = False


class SectionedRow(NamedTuple):
    """A row, and the names of the sections that it is in, the outermost first.

    `names`: it is the name of one itself.
    """

    row: GridRow
    path: Sequence[str] = ()
    names: bool = False


def parted(rows: Sequence[GridRow]) -> bool:
    """Whether empty rows part sections: below each stands a lone cell, if anything but a note.

    There are two at least, of which the first may stand right below the header.
    """
    first = next((i for i, row in enumerate(rows) if not any(row.cells)), len(rows))
    above = [  # a fuller row
        i for i, (row, below) in enumerate(pairwise(rows)) if any(row.cells) and _is_fuller(below)
    ]
    begins = [i for i in above if i > first and not any(rows[i - 1].cells)]
    below_header = any(_is_lone(rows[i]) for i in above if 0 < i < first)
    return len(begins) + below_header > 1 and all(_is_lone(rows[i]) for i in begins)


def _is_fuller(row: GridRow) -> bool:
    return len(filled(row.cells)) > 1


def sectioned(rows: Iterable[GridRow], after_gap: bool = False) -> Iterator[SectionedRow]:
    """The rows of a table, each with the sections that it is in.

    `after_gap`: an empty row stands above each section. Where each section stands in a column of
    its own, its rows get it there.
    """
    stream = iter(rows)
    sample = list(islice(stream, _SAMPLE))
    proof = _Proof(sample, after_gap)
    path: list[str] = []
    names: list[str] = []  # of sections that begin here
    ended = False  # by a total: what follows is of no section until another begins
    for row, below in pairwise(chain(sample, stream, [None])):
        if row is None:
            continue
        if proof.holds(row) and below is not None and any(below.cells):
            names += filled(row.cells)
            yield SectionedRow(row, names=True)
            continue
        if names:
            path, names, ended = [*path[: max(0, len(path) - len(names))], *names], [], False
        own = () if ended else path
        if proof.column is None or not own:
            yield SectionedRow(row, own)
        else:
            yield SectionedRow(row._replace(cells=_with(row.cells, proof.column, own[-1])))
        ended = ended or bool(own and is_total(row))


def is_total(row: GridRow) -> bool:
    """Whether a row sums up those above it."""
    return is_total_label(next(iter(filled(row.cells)), ""))


def _with(cells: Sequence[str], column: int, text: str) -> Sequence[str]:
    """The cells with a text in a column, where that is empty."""
    if column >= len(cells) or cells[column]:
        return cells
    return [*cells[:column], text, *cells[column + 1 :]]


def _is_lone(row: GridRow) -> bool:
    """Whether a row has one cell alone, which may name others."""
    if len(row.cells) - row.cells.count("") != 1:
        return False
    said = filled(row.cells)[0]
    return is_label(said) and not is_total_label(said)


class _Proof:
    """What shows that the lone cells of a table name sections.

    `column` is where they stand, if all other rows leave it empty.
    """

    def __init__(self, rows: Sequence[GridRow], after_gap: bool) -> None:
        lone = [i for i, row in enumerate(rows[:-1]) if _is_lone(row)]
        plain = [row for row in rows if not is_total(row)]
        self.column = _own_column(plain)
        self._first = rows[0] if lone[:1] == [0] and after_gap else None
        self._by_bold = not any(row.bold and not _is_lone(row) for row in plain)
        self._all = lone[:1] == [0] and _is_whole(rows, lone)

    def holds(self, row: GridRow) -> bool:
        """Whether a row names those below it."""
        if not _is_lone(row):
            return False
        if row.wide or row is self._first:
            return True
        if self.column is not None:
            return any(row.cells[self.column : self.column + 1])
        return self._all or (self._by_bold and row.bold)


def _is_whole(rows: Sequence[GridRow], lone: Sequence[int]) -> bool:
    """Whether all but the lone cells, of which there are several, leave out no cell.

    Each names two rows and more, or, as it has to be of two columns, those that a total sums up.
    """
    others = (row for i, row in enumerate(rows) if i not in set(lone) and not is_total(row))
    widths = {len(filled(row.cells)) for row in others}
    runs = list(pairwise([*lone, len(rows)]))
    if len(widths) != 1 or min(widths) < 2 or len(runs) < 2:
        return False
    summed = all(is_total(rows[end - 1]) for _, end in runs)
    return summed or (widths.pop() > 2 and all(end - start > 2 for start, end in runs))


def _own_column(rows: Sequence[GridRow]) -> int | None:
    """The first column that any row fills, where those that do say nothing else."""
    firsts = [next((i for i, cell in enumerate(row.cells) if cell), None) for row in rows]
    column = min((i for i in firsts if i is not None), default=None)
    own = [row for row, i in zip(rows, firsts, strict=True) if i == column]
    return column if len(own) < len(rows) and all(map(_is_lone, own)) else None
