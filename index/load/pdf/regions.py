"""The lines of a page's regions to blocks: tables, text, and what stands in boxes.

Pages are read by several processes, but a table may go on from the page before, and its first line
may be known from there: so blocks are guessed, and made anew where what was asked is otherwise.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from index.load.pdf.aligned import tables_in
from index.load.pdf.framed import FramedText
from index.load.pdf.joins import joined_flows
from index.load.pdf.order import regions
from index.load.pdf.paragraphs import Usual, parts
from index.load.pdf.sheet import Extent, PageTable, Part, PdfPage, TextLine
from index.load.pdf.strokes import THIN
from index.types import BlockKind


class StandIns(NamedTuple):
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


class GuessedPage(NamedTuple):
    """The blocks of a page's regions, if what is known of the pages before is what was asked.

    `before` and `last` are the columns of a table that may go on, before the page and after it;
    `heads` are the first lines of its own tables.
    """

    flows: list[list[Part]]
    asked: Mapping[str, bool]
    heads: Set[str]
    before: tuple[Extent, ...]
    last: tuple[Extent, ...]


class Regions:
    """Makes blocks of one region after the other; remembers the tables that may go on."""

    def __init__(self, norm: Usual) -> None:
        self._norm = norm
        self._known: set[str] = set()  # the first lines of tables on the pages before
        self._heads = _Heads(self._known)
        self._last: tuple[Extent, ...] = ()  # the columns of one that the last region ends with

    def page(
        self,
        divided: Iterable[Sequence[TextLine]],
        stand_ins: StandIns,
        sheet: PdfPage,
        guess: GuessedPage | None = None,
    ) -> GuessedPage:
        """The blocks of a page's regions: those of a guess, if that is right.

        `stand_ins` is what runs of the page stand for.
        """
        before = self._last
        if guess is None or not self._bears(guess):
            self._heads = _Heads(self._known)
            flows = [list(self.parts(region, stand_ins, sheet)) for region in divided]
            guess = GuessedPage(flows, self._heads.asked, self._heads.fresh, before, self._last)
        self._known |= guess.heads
        self._last = guess.last
        return guess

    def _bears(self, guess: GuessedPage) -> bool:
        """Whether a guess was made with what is known."""
        asked = guess.asked.items()
        return guess.before == self._last and all((t in self._known) == was for t, was in asked)

    def parts(
        self, lines: Sequence[TextLine], stand_ins: StandIns, sheet: PdfPage
    ) -> Iterator[Part]:
        """The blocks of a region, in order.

        The text of a box comes behind the block that it stands beside, or that it interrupts.
        """
        beside: list[FramedText] = []
        held: list[TextLine] = []
        for line in lines:
            framed = stand_ins.boxes.get(line.cells[0].tag)
            if framed is None:
                held.append(line)
            elif any(_is_beside(other, framed) for other in lines):
                beside.append(framed)
            else:
                yield from self._around(held, beside, stand_ins, sheet)
                yield from self._boxed(framed, stand_ins, sheet)
                held, beside = [], []
        yield from self._around(held, beside, stand_ins, sheet)

    def _around(
        self,
        lines: Sequence[TextLine],
        beside: Sequence[FramedText],
        stand_ins: StandIns,
        sheet: PdfPage,
    ) -> Iterator[Part]:
        """The blocks of lines, and of the boxes beside them."""
        waiting = list(beside)
        for found in self._plain(lines, stand_ins.tables, sheet):
            yield found
            while waiting and found.lines[-1].base < waiting[0].box.bottom:
                yield from self._boxed(waiting.pop(0), stand_ins, sheet)
        for framed in waiting:
            yield from self._boxed(framed, stand_ins, sheet)

    def _boxed(self, framed: FramedText, stand_ins: StandIns, sheet: PdfPage) -> Iterator[Part]:
        last = self._last
        flows = [
            list(self.parts(region, stand_ins, sheet)) for region in regions(framed.runs, sheet)
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


def _is_beside(line: TextLine, framed: FramedText) -> bool:
    """Whether a line stands left or right of a box."""
    box = framed.box
    apart = line.right < box.left + THIN or line.left > box.right - THIN
    return apart and box.bottom < line.base < box.top
