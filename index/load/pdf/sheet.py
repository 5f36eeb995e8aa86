"""What is known of a page: its runs of characters, and the lines that they make."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from index.types import BlockKind

if TYPE_CHECKING:
    from index.load.pdf.annotations import Note
    from index.load.pdf.ink import Box
    from index.load.pdf.view import PageView

WIDE = 1.0  # times the size of the letters: a gap that no word space has
APART = 0.5  # times: a gap that may part two cells, or words of a justified line
RAISED = 0.75  # how far a letter reaches above its base line, and
HANGING = 0.25  # below it, in sizes

STANDS_IN = -2  # a tag: this one and those below are of runs that stand for a table

Extent = tuple[float, float]  # from where to where, along a line
Path = tuple[int, ...]  # of an element in the structure tree: which child of which child

_by_base, _by_left = attrgetter("base"), attrgetter("left")


class Joint(NamedTuple):
    """Where a run's text objects meet: an offset, where the one ends and where the other begins."""

    at: int
    right: float
    left: float


class Run(NamedTuple):
    """Characters of one style on one base line, without a wide gap.

    In points, with x along the line and y upwards. `spaced`: white space stands before it in
    the page's own order; `tag` is the number that the structure tree knows it by, or -1;
    `aside`: the page says that it is no part of the text, or it is turned against the others.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool = False
    mono: bool = False
    spaced: bool = True
    tag: int = -1
    aside: bool = False
    joints: tuple[Joint, ...] = ()


class Stroke(NamedTuple):
    """A straight line on the page, along its lines or across them: a box without a width."""

    left: float
    bottom: float
    right: float
    top: float


class TextLine(NamedTuple):
    """Runs on one base line; `cells` are what wide gaps divide it into; `sheet` counts from 0.

    `runs` are its runs from left to right. `stretches` say of a row that is written out where in
    `text` each of its cells is.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool
    mono: bool
    cells: tuple[Run, ...]
    sheet: int
    runs: tuple[Run, ...] = ()
    stretches: tuple[CellStretch, ...] = ()


class CellStretch(NamedTuple):
    """Characters `start` to `end` of a row are what the lines of a cell say."""

    start: int
    end: int
    lines: tuple[TextLine, ...]


class PageCell(NamedTuple):
    """The lines of a table's cell, and how many columns and rows it covers."""

    lines: tuple[TextLine, ...] = ()
    columns: int = 1
    rows: int = 1


class PageTable(NamedTuple):
    """A table on one page: the cells of each row, those begun in a row above left out.

    `columns` are where they begin and end, in points; `header` counts the rows that are known to
    name columns.
    """

    rows: tuple[tuple[PageCell, ...], ...]
    columns: tuple[Extent, ...]
    header: int = 0

    @property
    def lines(self) -> tuple[TextLine, ...]:
        """All lines of its cells, row by row."""
        return tuple(line for row in self.rows for cell in row for line in cell.lines)


class Part(NamedTuple):
    """Lines that are one block. `path` is its element's, () where the tree has none for it.

    `table` is what its lines are the cells of, until its rows are written; `aside`: it stands in a
    box of its own, and the text goes on around it.
    """

    kind: BlockKind
    lines: tuple[TextLine, ...]
    level: int = 0
    marker: str = ""
    path: Path = ()
    table: PageTable | None = None
    aside: bool = False


class Element(NamedTuple):
    """A block of the structure tree: its role, "" for a mere group, and what it stands in."""

    path: Path
    role: str = ""
    item: Path = ()  # of a list; `label`: it is the item's marker
    label: bool = False
    table: Path = ()
    row: Path = ()
    cell: Path = ()
    head: bool = False  # the cell is a heading
    columns: int = 1  # that the cell covers
    rows: int = 1


class FilledField(NamedTuple):
    """What is filled in on a page, with its label, in one line; and where it stands.

    `box` is around the field and its label.
    """

    text: str
    left: float
    right: float
    base: float
    box: Box


class PdfPage(NamedTuple):
    """A page as it is read: what people call it, its runs and its tags, in their own order.

    `pictured`: there is something on it, but no text; `lost`: it is damaged; `undecoded`: its
    fonts do not say which characters its letters are. `unseen` are texts that nobody sees, `notes`
    what was written about it, `struck` is how many of its words are struck out, and `strokes` are
    the straight lines that are drawn on it. `view` is None where it has no size.
    """

    number: int
    name: str
    runs: tuple[Run, ...]
    tags: tuple[tuple[Element, int], ...] = ()
    pictured: bool = False
    lost: bool = False
    undecoded: bool = False
    unseen: tuple[str, ...] = ()
    entries: tuple[FilledField, ...] = ()
    notes: tuple[Note, ...] = ()
    struck: int = 0
    strokes: tuple[Stroke, ...] = ()
    view: PageView | None = None


def overlap(a: Run | TextLine, b: Run | TextLine) -> bool:
    """Whether both stand on one line: half of the lower letters' height is shared."""
    low, high = (a, b) if a.size < b.size else (b, a)  # by size: it is asked of each pair of runs
    above, top = low.base + RAISED * low.size, high.base + RAISED * high.size
    below, bottom = low.base - HANGING * low.size, high.base - HANGING * high.size
    return (above if above < top else top) - (below if below > bottom else bottom) > 0.5 * low.size


def lines_of(runs: Iterable[Run], sheet: int) -> list[TextLine]:
    """The lines that runs make by where they stand, from top to bottom.

    A run that stands for a table is one alone.
    """
    rows: list[list[Run]] = []
    main: Run | None = None
    for run in sorted(runs, key=_by_base, reverse=True):
        if main is not None and min(main.tag, run.tag) > STANDS_IN and overlap(main, run):
            rows[-1].append(run)
            main = run if run.size > main.size else main
        else:
            rows.append([run])
            main = run
    return [line_of(row, sheet) for row in rows]


def line_of(row: Sequence[Run], sheet: int) -> TextLine:
    """The line of runs that stand beside one another."""
    if len(row) == 1:  # as most are
        (run,) = cells = tuple(row)
        bold = run.bold or not _says(run)
        return TextLine(
            run.text, run.left, run.right, run.base, run.size, bold, run.mono, cells, sheet, cells
        )
    runs = tuple(sorted(row, key=_by_left))
    cells = tuple(joined(runs, WIDE))
    main = max(row, key=lambda r: len(r.text))
    return TextLine(
        " ".join([cell.text for cell in cells]),
        cells[0].left,
        max([run.right for run in row]),
        main.base,
        main.size,
        all(run.bold or not _says(run) for run in row),
        all(run.mono for run in row),
        cells,
        sheet,
        runs,
    )


def joined(runs: Iterable[Run], gap: float) -> list[Run]:
    """Runs from left to right, those made one that are closer than `gap` times their size."""
    cells: list[Run] = []
    last: Run | None = None
    for run in runs:
        near = last is not None and run.left - last.right < gap * max(run.size, last.size)
        if last is not None and near:
            last = cells[-1] = _joined(last, run)
        else:
            cells.append(run)
            last = run
    return cells


def _joined(a: Run, b: Run) -> Run:
    apart = b.spaced or b.left - a.right > 0.3 * b.size
    text = f"{a.text} {b.text}" if apart else a.text + b.text
    right, size = max(a.right, b.right), max(a.size, b.size)
    return Run(text, a.left, right, a.base, size, a.bold, a.mono, a.spaced, a.tag, a.aside)


def _says(run: Run) -> bool:
    return any(map(str.isalnum, run.text))
