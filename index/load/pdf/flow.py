"""Pages to blocks: what runs along is set aside, what stands in boxes has its place in the text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from index.forks import shared_ranges
from index.load.pdf.framed import with_boxes
from index.load.pdf.joins import joined_flows
from index.load.pdf.lines import lines_of
from index.load.pdf.order import regions
from index.load.pdf.paragraphs import Usual, usual
from index.load.pdf.regions import GuessedPage, Regions, StandIns
from index.load.pdf.ruled import with_tables
from index.load.pdf.running import margins
from index.load.pdf.sheet import STANDS_IN, Part, PdfPage, Run, TextLine
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

    def divided(numbers: range) -> list[GuessedPage]:
        untagged = Regions(norm)
        pages = ((looks[i], *framed[i]) for i in numbers)
        return [
            untagged.page(page, StandIns(tables[sheet.number], boxes), sheet)
            for page, sheet, boxes in pages
        ]

    untagged = Regions(norm)
    guesses = shared_ranges(divided, len(framed), _PART)
    for (sheet, boxes), page, guess in zip(framed, looks, guesses, strict=True):
        head, foot = _running(sheet)
        tagged = list(structure.parts(sheet)) if sheet.tags else []
        texts = untagged.page(page, StandIns(tables[sheet.number], boxes), sheet, guess).flows
        flows += [head, tagged, *texts, foot]
    return list(with_rows(joined_flows(flows, norm), words)), norm


def _alone(lines: Iterable[TextLine]) -> list[TextLine]:
    """The lines that stand for nothing else."""
    return [line for line in lines if line.cells[0].tag > STANDS_IN]


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
