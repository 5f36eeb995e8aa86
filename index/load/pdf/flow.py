"""Pages to blocks: what a page's end interrupts is joined, what runs along is set aside."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from index.forks import shared_ranges
from index.load.pdf.aligned import tables_in
from index.load.pdf.order import regions
from index.load.pdf.paragraphs import Usual, ended, fits, parts, usual
from index.load.pdf.ruled import with_tables
from index.load.pdf.running import margins
from index.load.pdf.sheet import Extent, PageTable, Part, Path, PdfPage, Run, TextLine, lines_of
from index.load.pdf.structure import Structure
from index.load.pdf.tables import with_rows
from index.load.pdf.tags import HEADINGS
from index.load.pdf.words import HYPHENS, Vocabulary
from index.types import BlockKind

_TAGGED = 0.8  # share of a page's letters that its tree must know
_PART = 16  # pages that one process divides, one after the other
_SMALL = 0.95  # times the usual size: footnotes and captions are smaller
_TEXT = (BlockKind.PARAGRAPH, BlockKind.ITEM)


def blocks(sheets: Sequence[PdfPage], words: Vocabulary) -> tuple[list[Part], Usual]:
    """The blocks of all pages in reading order, and what is usual in them."""
    pages = [with_tables(s) if not _is_tagged(s) else (s, {}) for s in sheets]
    tables = {sheet.number: found for sheet, found in pages}
    sheets = [sheet for sheet, _ in pages]
    lines = [lines_of((r for r in s.runs if not r.aside), s.number) for s in sheets]
    bodies = [_body(s, *edges) for s, edges in zip(sheets, margins(lines), strict=True)]

    def ordered(numbers: range) -> list[list[list[TextLine]]]:
        return [regions(_unknown(bodies[i]), bodies[i]) for i in numbers]

    looks = shared_ranges(ordered, len(bodies), _PART)
    norm = usual([*lines, *(region for page in looks for region in page)])
    structure = Structure(norm)
    flows: list[list[Part]] = []

    def divided(numbers: range) -> list[_Guess]:
        untagged = _Regions(norm)
        return [untagged.page(looks[i], tables[bodies[i].number], bodies[i]) for i in numbers]

    untagged = _Regions(norm)
    guesses = shared_ranges(divided, len(bodies), _PART)
    for sheet, page, guess in zip(bodies, looks, guesses, strict=True):
        head, foot = _running(sheet)
        tagged = list(structure.parts(sheet)) if sheet.tags else []
        texts = untagged.page(page, tables[sheet.number], sheet, guess).flows
        flows += [head, tagged, *texts, foot]
    return list(with_rows(_joined(flows, norm), words)), norm


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
        ruled: Mapping[int, PageTable],
        sheet: PdfPage,
        guess: _Guess | None = None,
    ) -> _Guess:
        """The blocks of a page's regions: those of a guess, if that is right."""
        before = self._last
        if guess is None or not self._bears(guess):
            self._heads = _Heads(self._known)
            flows = [list(self.parts(region, ruled, sheet)) for region in regions]
            guess = _Guess(flows, self._heads.asked, self._heads.fresh, before, self._last)
        self._known |= guess.heads
        self._last = guess.last
        return guess

    def _bears(self, guess: _Guess) -> bool:
        """Whether a guess was made with what is known."""
        asked = guess.asked.items()
        return guess.before == self._last and all((t in self._known) == was for t, was in asked)

    def parts(
        self, lines: Sequence[TextLine], ruled: Mapping[int, PageTable], sheet: PdfPage
    ) -> Iterator[Part]:
        """The blocks of a region, in order; `ruled` are the tables that runs stand for."""
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


def _joined(flows: Iterable[Sequence[Part]], norm: Usual) -> list[Part]:
    """The blocks of all flows (a flow is a column, or a tagged page), parted ones made whole.

    A flow's last text may go on with the next one's first; footnotes, captions, tables and what
    runs along may stand between them.
    """
    done: list[Part] = []
    elements: dict[Path, int] = {}
    last: int | None = None
    edge = 0.0  # where the lines of the flow end at the right that `last` is of
    for flow in flows:
        waiting, newest = last, None
        for part in flow:
            known = elements.get(part.path) if part.path else None
            if known is None and waiting is not None and not _passes(part, norm):
                known = waiting if _goes_on(done[waiting], part, edge) else None
                waiting = None
            if known is not None and done[known].kind in _TEXT:
                done[known] = done[known]._replace(lines=done[known].lines + part.lines)
                newest = known
                continue
            if part.path:
                elements[part.path] = len(done)
            if not _passes(part, norm):
                newest = len(done)
            done.append(part)
        if newest is not None:
            last = newest if done[newest].kind in _TEXT else None
            edge = _edge([line for part in flow for line in part.lines])
    return done


def _passes(part: Part, norm: Usual) -> bool:
    small = part.kind in _TEXT and part.lines[0].size < _SMALL * norm.size
    return small or part.kind in (BlockKind.RULE, BlockKind.ROWS, BlockKind.CODE)


def _goes_on(a: Part, b: Part, edge: float) -> bool:
    """Whether a paragraph clearly goes on: no sentence ends, and its last line is full."""
    before, after = a.lines[-1], b.lines[0]
    alike = abs(before.size - after.size) < 0.05 * after.size and before.bold == after.bold
    if (a.path and b.path) or b.kind is not BlockKind.PARAGRAPH or not alike:
        return False  # two elements are two paragraphs
    return before.text[-1] in HYPHENS or not (ended(before) or fits(before, after, edge))


def _edge(lines: Sequence[TextLine]) -> float:
    """Where lines end at the right; endless if none is as long as another."""
    ends = sorted((line.right for line in lines), reverse=True)
    return ends[0] if len(ends) > 1 and ends[1] > ends[0] - 3 * lines[0].size else float("inf")
