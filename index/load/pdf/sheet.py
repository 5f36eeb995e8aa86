"""What is known of a page: its runs of characters, and what they make."""

from __future__ import annotations

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

STANDS_IN = -2  # a tag: this one and those below are of runs that stand for a table or box

Extent = tuple[float, float]  # from where to where, along a line
Path = tuple[int, ...]  # of an element in the structure tree: which child of which child


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
