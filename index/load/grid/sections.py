"""Rows that name the rows below them: "Northern region" alone in its row, above its stations.

A row with one cell may also be one whose other cells were left out. It names others only where
that is proven: it is set apart, or all the rows of the table together show what it is. What names
others stays a row too.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import chain, islice, pairwise, takewhile
from typing import NamedTuple

from index.layout import is_total_label
from index.load.grid.header import filled, is_label, is_value

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


class CellForm(NamedTuple):
    """What cells of one kind have in common."""

    digits: bool
    capitals: bool
    colon: bool
    words: bool  # more than one


def parted(rows: Sequence[GridRow]) -> CellForm | None:
    """The form of the lone cells that begin sections below empty rows; None where none do.

    Below each empty row stands one, if anything but a note; the first may stand below the header.
    """
    first = next((i for i, row in enumerate(rows) if not any(row.cells)), len(rows))
    header = next((i for i, row in enumerate(rows) if _is_fuller(row)), 0)
    above = [  # a fuller row
        i for i, (row, below) in enumerate(pairwise(rows)) if any(row.cells) and _is_fuller(below)
    ]
    lone = [i for i in above if i == header + 1 < first and _is_lone(rows[i])]
    lone += (i for i in above if i > first and not any(rows[i - 1].cells))
    return _proven(rows, lone) if all(_is_lone(rows[i]) for i in lone) else None


def _is_fuller(row: GridRow) -> bool:
    return len(filled(row.cells)) > 1


def sectioned(rows: Iterable[GridRow], after_gap: CellForm | None = None) -> Iterator[SectionedRow]:
    """The rows of a table, each with the sections that it is in.

    `after_gap`: so looks what names a section below an empty row. Where each section stands in a
    column of its own, its rows get it there.
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
    return is_total_label(_said(row))


def _with(cells: Sequence[str], column: int, text: str) -> Sequence[str]:
    """The cells with a text in a column, where that is empty."""
    if column >= len(cells) or cells[column]:
        return cells
    return [*cells[:column], text, *cells[column + 1 :]]


def _is_lone(row: GridRow) -> bool:
    """Whether a row has one cell alone, which may name others."""
    if len(row.cells) - row.cells.count("") != 1:
        return False
    return is_label(_said(row)) and not is_total(row)


def _said(row: GridRow) -> str:
    """The first cell that holds something."""
    return next(iter(filled(row.cells)), "")


def _form(cell: str) -> CellForm:
    digits, words = any(map(str.isdigit, cell)), len(cell.split()) > 1
    return CellForm(digits, cell.isupper(), cell.endswith(":"), words)


class _Proof:
    """What shows that the lone cells of a table name sections.

    `column` is where they stand, if all other rows leave it empty.
    """

    def __init__(self, rows: Sequence[GridRow], after_gap: CellForm | None) -> None:
        lone = [i for i, row in enumerate(rows[:-1]) if _is_lone(row)]
        plain = [row for row in rows if not is_total(row)]
        self.column = _own_column(plain)
        begins = lone[:1] == [0]
        self._first = rows[0] if begins and after_gap == _form(_said(rows[0])) else None
        self._by_bold = not any(row.bold and not _is_lone(row) for row in plain)
        self._form = _proven(rows, lone) if begins and _is_whole(rows, lone) else None

    def holds(self, row: GridRow) -> bool:
        """Whether a row names those below it."""
        if not _is_lone(row):
            return False
        if row.wide or row is self._first:
            return True
        if self.column is not None:
            return any(row.cells[self.column : self.column + 1])
        return self._form == _form(_said(row)) or (self._by_bold and row.bold)


def _is_whole(rows: Sequence[GridRow], lone: Sequence[int]) -> bool:
    """Whether all but the lone cells, and totals, leave out no cell."""
    others = (row for i, row in enumerate(rows) if i not in set(lone) and not is_total(row))
    widths = {len(filled(row.cells)) for row in others}
    return len(widths) == 1 and min(widths) > 1


def _proven(rows: Sequence[GridRow], lone: Sequence[int]) -> CellForm | None:
    """The form of lone cells that name sections; None where they may be rows like the others.

    A total ends each section; or there are three, of different names and two rows and more.
    """
    forms = {_form(_said(rows[i])) for i in lone}
    if len(lone) < 2 or len(forms) != 1:
        return None
    sections = [
        list(takewhile(lambda row: any(row.cells), rows[at + 1 : end]))
        for at, end in pairwise([*lone, len(rows)])
    ]
    form = forms.pop()
    if all(section and is_total(section[-1]) for section in sections):
        return form
    several = len({_said(rows[i]) for i in lone}) == len(lone) > 2
    long = all(len(section) > 1 for section in sections)
    below = chain.from_iterable(sections)
    return form if several and long and _is_other(form, [rows[i] for i in lone], below) else None


def _is_other(form: CellForm, lone: Iterable[GridRow], below: Iterable[GridRow]) -> bool:
    """Whether the column of lone cells holds words below them, and none in their form.

    Among dates and numbers a word is a remark.
    """
    columns = {_first_filled(row) for row in lone}
    cells = [cell for row in below if not is_total(row) for cell in _in_columns(row, columns)]
    words = all(not is_value(cell) and _form(cell) != form for cell in cells)
    return len(columns) == 1 and bool(cells) and words


def _in_columns(row: GridRow, columns: Container[int | None]) -> list[str]:
    return [cell for i, cell in enumerate(row.cells) if cell and i in columns]


def _first_filled(row: GridRow) -> int | None:
    """The first column in which a row holds something."""
    return next((i for i, cell in enumerate(row.cells) if cell), None)


def _own_column(rows: Sequence[GridRow]) -> int | None:
    """The first column that any row fills, where those that do say nothing else.

    The first row and another do, with different names.
    """
    firsts = [_first_filled(row) for row in rows]
    column = min((i for i in firsts if i is not None), default=None)
    own = [row for row, i in zip(rows, firsts, strict=True) if i == column]
    several = len({_said(row) for row in own}) == len(own) > 1 and firsts[0] == column
    return column if several and len(own) < len(rows) and all(map(_is_lone, own)) else None
