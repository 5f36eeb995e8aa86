"""Pages to blocks: what runs along is set aside, what stands in boxes has its place in the text."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from index.forks import shared_ranges
from index.load.pdf.aligned import tables_in
from index.load.pdf.framed import FramedText, with_boxes
from index.load.pdf.joins import joined_flows
from index.load.pdf.order import regions
from index.load.pdf.paragraphs import Usual, parts, usual
from index.load.pdf.ruled import with_tables
from index.load.pdf.running import margins
from index.load.pdf.sheet import (
    STANDS_IN,
    Extent,
    PageTable,
    Part,
    PdfPage,
    Run,
    TextLine,
    lines_of,
)
from index.load.pdf.strokes import THIN
from index.load.pdf.structure import Structure
from index.load.pdf.tables import with_rows
from index.load.pdf.tags import HEADINGS
from index.load.pdf.words import Vocabulary
from index.types import BlockKind

_TAGGED = 0.8  # share of a page's letters that its tree must know
_PART = 16  # pages that one process divides, one after the other


def blocks(sheets: Sequence[PdfPage], words: Vocabulary) -> tuple[list[Part], Usual]:
    """The blocks of all pages in reading order, and what is usual in them."""
    pages = [with_tables(s) if not _is_tagged(s) else (s, {}) for s in sheets]
    tables = {sheet.number: found for sheet, found in pages}
    sheets = [sheet for sheet, _ in pages]
    lines = [lines_of((r for r in s.runs if not r.aside), s.number) for s in sheets]
    bodies = [_body(s, *edges) for s, edges in zip(sheets, margins(lines), strict=True)]
    framed = [with_boxes(s) if not s.tags else (s, {}) for s in bodies]

    def ordered(numbers: range) -> list[list[list[TextLine]]]:
        return [regions(_unknown(sheet), sheet) for sheet, _ in (framed[i] for i in numbers)]

    looks = shared_ranges(ordered, len(framed), _PART)
    norm = usual([*lines, *(_alone(region) for page in looks for region in page)])
    structure = Structure(norm)
    flows: list[list[Part]] = []

    def divided(numbers: range) -> list[_Guess]:
        untagged = _Regions(norm)
        pages = ((looks[i], *framed[i]) for i in numbers)
        return [
            untagged.page(page, _Standing(tables[sheet.number], boxes), sheet)
            for page, sheet, boxes in pages
        ]

    untagged = _Regions(norm)
    guesses = shared_ranges(divided, len(framed), _PART)
    for (sheet, boxes), page, guess in zip(framed, looks, guesses, strict=True):
        head, foot = _running(sheet)
        tagged = list(structure.parts(sheet)) if sheet.tags else []
        texts = untagged.page(page, _Standing(tables[sheet.number], boxes), sheet, guess).flows
        flows += [head, tagged, *texts, foot]
    return list(with_rows(joined_flows(flows, norm), words)), norm


class _Standing(NamedTuple):
    """What runs of a page stand for, by their tags."""

    tables: Mapping[int, PageTable]
    boxes: Mapping[int, FramedText]


class _Heads:
    """The first lines of tables; `fresh` are those of this page, `asked` is what was asked of it.

    Answers that come of this page are none that others could change.
    """

    def __init__(self, known: Container[str]) -> None:
        self._known, self.asked = known, dict[str, bool]()
        self.fresh: set[str] = set()

    def __contains__(self, line: object) -> bool:
        if line in self.fresh:
            return True
        return self.asked.setdefault(str(line), line in self._known)


class _Guess(NamedTuple):
    """The blocks of a page's regions, if what is known of the pages before is what was asked.

    `before` and `last` are the columns of a table that may go on, before the page and after it;
    `heads` are the first lines of its own tables.
    """

    flows: list[list[Part]]
    asked: Mapping[str, bool]
    heads: Set[str]
    before: tuple[Extent, ...]
    last: tuple[Extent, ...]


class _Regions:
    """Makes blocks of one region after the other; remembers the tables that may go on."""

    def __init__(self, norm: Usual) -> None:
        self._norm = norm
        self._known: set[str] = set()  # the first lines of tables on the pages before
        self._heads = _Heads(self._known)
        self._last: tuple[Extent, ...] = ()  # the columns of one that the last region ends with

    def page(
        self,
        regions: Iterable[Sequence[TextLine]],
        standing: _Standing,
        sheet: PdfPage,
        guess: _Guess | None = None,
    ) -> _Guess:
        """The blocks of a page's regions: those of a guess, if that is right.

        `standing` is what runs of the page stand for.
        """
        before = self._last
        if guess is None or not self._bears(guess):
            self._heads = _Heads(self._known)
            flows = [list(self.parts(region, standing, sheet)) for region in regions]
            guess = _Guess(flows, self._heads.asked, self._heads.fresh, before, self._last)
        self._known |= guess.heads
        self._last = guess.last
        return guess

    def _bears(self, guess: _Guess) -> bool:
        """Whether a guess was made with what is known."""
        asked = guess.asked.items()
        return guess.before == self._last and all((t in self._known) == was for t, was in asked)

    def parts(
        self, lines: Sequence[TextLine], standing: _Standing, sheet: PdfPage
    ) -> Iterator[Part]:
        """The blocks of a region, in order.

        The text of a box comes behind the block that it stands beside, or that it interrupts.
        """
        beside: list[FramedText] = []
        held: list[TextLine] = []
        for line in lines:
            framed = standing.boxes.get(line.cells[0].tag)
            if framed is None:
                held.append(line)
            elif any(_is_beside(other, framed) for other in lines):
                beside.append(framed)
            else:
                yield from self._around(held, beside, standing, sheet)
                yield from self._boxed(framed, standing, sheet)
                held, beside = [], []
        yield from self._around(held, beside, standing, sheet)

    def _around(
        self,
        lines: Sequence[TextLine],
        beside: Sequence[FramedText],
        standing: _Standing,
        sheet: PdfPage,
    ) -> Iterator[Part]:
        """The blocks of lines, and of the boxes beside them."""
        waiting = list(beside)
        for found in self._plain(lines, standing.tables, sheet):
            yield found
            while waiting and found.lines[-1].base < waiting[0].box.bottom:
                yield from self._boxed(waiting.pop(0), standing, sheet)
        for framed in waiting:
            yield from self._boxed(framed, standing, sheet)

    def _boxed(self, framed: FramedText, standing: _Standing, sheet: PdfPage) -> Iterator[Part]:
        last = self._last
        flows = [
            list(self.parts(region, standing, sheet)) for region in regions(framed.runs, sheet)
        ]
        for found in joined_flows(flows, self._norm):
            yield found._replace(aside=True)
        self._last = last

    def _plain(
        self, lines: Sequence[TextLine], ruled: Mapping[int, PageTable], sheet: PdfPage
    ) -> Iterator[Part]:
        done = 0
        last, self._last = self._last, ()
        for found in tables_in(lines, sheet.strokes, ruled, self._heads, last):
            yield from parts(lines[done : found.start], self._norm)
            done = found.end
            if found.table is None:
                yield from (Part(BlockKind.RULE, (line,)) for line in lines[found.start : done])
                continue
            self._heads.fresh.add(lines[found.start].text)
            self._last = found.table.columns if done == len(lines) else ()
            yield Part(BlockKind.ROWS, found.table.lines, table=found.table)
        yield from parts(lines[done:], self._norm)


def _alone(lines: Iterable[TextLine]) -> list[TextLine]:
    """The lines that stand for nothing else."""
    return [line for line in lines if line.cells[0].tag > STANDS_IN]


def _is_beside(line: TextLine, framed: FramedText) -> bool:
    """Whether a line stands left or right of a box."""
    box = framed.box
    apart = line.right < box.left + THIN or line.left > box.right - THIN
    return apart and box.bottom < line.base < box.top


def _body(sheet: PdfPage, floor: float, ceiling: float) -> PdfPage:
    """The page with its running lines aside; without tags where they know too little of it.

    What is tagged as a heading or in a table is no running line, though other pages have it.
    """
    named = {tag for e, tag in sheet.tags if tag >= 0 and (e.row or e.role in HEADINGS)}
    runs = tuple(
        run
        if run.aside or floor < run.base < ceiling or run.tag in named
        else run._replace(aside=True)
        for run in sheet.runs
    )
    sheet = sheet._replace(runs=runs)
    return sheet if _is_tagged(sheet) else sheet._replace(tags=())


def _is_tagged(sheet: PdfPage) -> bool:
    """Whether the page's tree knows most of its letters."""
    tags = {tag for _, tag in sheet.tags if tag >= 0}
    letters = sum(len(run.text) for run in sheet.runs if not run.aside)
    known = sum(len(run.text) for run in sheet.runs if not run.aside and run.tag in tags)
    return bool(tags) and known >= _TAGGED * letters


def _unknown(sheet: PdfPage) -> list[Run]:
    """What the page's tree does not know: all of it where there is none."""
    tags = {tag for _, tag in sheet.tags if tag >= 0}
    return [run for run in sheet.runs if not run.aside and run.tag not in tags]


def _running(sheet: PdfPage) -> tuple[list[Part], list[Part]]:
    """What stands aside, above the text and below it."""
    top = max((run.base for run in sheet.runs if not run.aside), default=float("inf"))
    lines = lines_of((run for run in sheet.runs if run.aside), sheet.number)
    rules = [(line.base > top, Part(BlockKind.RULE, (line,))) for line in lines]
    return [part for above, part in rules if above], [part for above, part in rules if not above]
