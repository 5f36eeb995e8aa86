"""PDF: pdfium gives characters and where they stand; the blocks and their order are made of that.

A page is called by its label, which is what is printed on it and what viewers go to: "p. iv";
where a label stands on several pages the running number follows: "p. 4 (9 of 300)", and so it does
where there are no labels and the number is read off the page, for viewers do not know it. Running
headers, footers and page numbers stay in the text as rules, so that it is complete and they are
never quoted; they stand between the paragraphs, of which a page's end parts none.

pdfplumber (52 MB, 2.4 of this time), pypdf and markitdown keep 98% of these words and a fifth of
the labels (`python -m benchmarks.libraries`); decision 34 says more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from index.errors import EmptyDocument, UnreadableDocument
from index.failures import Failure
from index.load.aside import with_aside
from index.load.formats import Parsed
from index.load.pdf.boxes import PageBoxes
from index.load.pdf.flow import blocks
from index.load.pdf.headings import headed
from index.load.pdf.meta import said
from index.load.pdf.pdfium import Book, read_book
from index.load.pdf.placed import placed
from index.load.pdf.printed import numbered
from index.load.pdf.sheet import Part, PdfPage, TextLine
from index.load.pdf.undecoded import is_noise, lost_of
from index.load.pdf.words import Vocabulary
from index.load.unseen import Unseen
from index.load.writer import Writer
from index.types import BlockKind

NAME = "pdf"
VERSION = 8

_ANEW = "open it in a PDF viewer and save it anew"
_OCR = "run OCR over the file, for example ocrmypdf, and add what it writes"
_FORCE = (
    "save it again from the program that made it, or run OCR over it (ocrmypdf --force-ocr), and "
    "add what that writes"
)


def read(data: bytes, source: str, known: Mapping[str, str]) -> Iterator[Parsed | Failure]:
    """The file's one text; what is wrong with pages is a Failure for each kind of it.

    Raises UnreadableDocument when it is damaged, protected, over 2,000 pages, or has no text.
    """
    book = read_book(data, source)
    faults = {
        f"damaged; {_ANEW}": [sheet for sheet in book.sheets if sheet.lost],
        f"set in letters that cannot be decoded; {_FORCE}": [
            sheet for sheet in book.sheets if sheet.undecoded
        ],
        f"pictures without text; {_OCR}": [sheet for sheet in book.sheets if sheet.pictured],
    }
    if not any(sheet.runs or sheet.entries or sheet.notes for sheet in book.sheets):
        raise _empty(faults, book.sheets, source)
    words = Vocabulary(run.text for sheet in book.sheets for run in sheet.runs)
    found, norm = blocks(book.sheets, words)
    book = book._replace(sheets=numbered(book.sheets, found))
    parts = headed([part for part in found if not is_noise(part)], norm, book.outline)
    parts = placed(parts, book.sheets)
    hidden = (text for sheet in book.sheets for text in sheet.unseen)
    yield with_aside(_parsed(parts, book, source, words), hidden)
    for why, sheets in faults.items():
        if sheets:
            part = f"{source}, {_named(sheets)}"
            yield Failure(part, f"{part}: {why}")
    yield from _unknown(found, book, source)
    yield from _unseen(book.sheets, source)
    yield from _struck(book.sheets, source)


def _empty(
    faults: Mapping[str, Sequence[PdfPage]], sheets: Sequence[PdfPage], source: str
) -> UnreadableDocument:
    """Why there is no text on any page: what is wrong with most of them."""
    why, found = max(faults.items(), key=lambda fault: len(fault[1]))
    if found:
        return UnreadableDocument(f"{source}: its pages are {why}")
    if any(sheet.unseen for sheet in sheets):
        why = "no reader of it sees any of its text; make it visible and save the file again"
        return UnreadableDocument(f"{source}: {why}")
    return EmptyDocument(f"{source}: its pages are empty; remove it")


def _unknown(parts: Iterable[Part], book: Book, source: str) -> Iterator[Failure]:
    """The characters of pages that are read which their fonts do not name."""
    lost = Counter[int]()
    for part in parts:
        lost.update(lost_of(part))
    if lost:
        pages = f"{source}, {_named([book.sheets[i] for i in sorted(lost)])}"
        count = f"{lost.total():,} characters" if lost.total() > 1 else "a character"
        why = f"{count} cannot be decoded, and \ufffd stands for what is read of them; {_FORCE}"
        yield Failure(pages, f"{pages}: {why}", partly=True)


def _unseen(sheets: Sequence[PdfPage], source: str) -> Iterator[Failure]:
    """What nobody sees, with the pages that it is on."""
    held = [sheet for sheet in sheets if sheet.unseen]
    unseen = Unseen()
    for sheet in held:
        for text in sheet.unseen:
            unseen.add(text)
    yield from unseen.failures(f"{source}, {_named(held)}" if held else source)


def _struck(sheets: Sequence[PdfPage], source: str) -> Iterator[Failure]:
    """What somebody struck out on a page: it is read, for nothing says that it no longer holds."""
    held = [sheet for sheet in sheets if sheet.struck]
    if held:
        pages, count = f"{source}, {_named(held)}", sum(sheet.struck for sheet in held)
        said = f"{count:,} passages are" if count > 1 else "a passage is"
        why = (
            f"{said} struck out and read all the same; to have it left out, delete it and save anew"
        )
        yield Failure(pages, f"{pages}: {why}", partly=True)


def _parsed(parts: Sequence[Part], book: Book, source: str, words: Vocabulary) -> Parsed:
    meta = said(book.info, source)
    writer, boxes = Writer(), PageBoxes(book.sheets, words)
    if parts and not any(part.kind is BlockKind.HEADING for part in parts):
        writer.page(book.sheets[parts[0].lines[0].sheet].name)
        writer.add(meta["title"], BlockKind.HEADING, level=1)
    for part in parts:
        _write(writer, boxes, part, book.sheets, words)
    return writer.parsed(meta)._replace(boxes=boxes.boxes())


def _write(
    writer: Writer, boxes: PageBoxes, part: Part, sheets: Sequence[PdfPage], words: Vocabulary
) -> None:
    """Add a block, and say where in it a page begins, and where on its pages it stands."""
    here = part.lines[0].sheet
    writer.page(sheets[here].name)
    if part.kind in (BlockKind.ROWS, BlockKind.CODE):
        for line, text in zip(part.lines, _indented(part.lines), strict=True):
            boxes.add(writer.add(text, part.kind), (line,), line.text, (0,))
        return
    text, starts = words.join(line.text for line in part.lines)
    block = writer.add(text, part.kind, level=part.level, marker=part.marker)
    boxes.add(block, part.lines, text, starts)
    for line, start in zip(part.lines, starts, strict=True):
        if line.sheet != here:
            here = line.sheet
            writer.page(sheets[here].name, len(text) - start)


def _indented(lines: Sequence[TextLine]) -> Iterator[str]:
    """Lines of code with the white space that they begin with on the page."""
    edge = min(line.left for line in lines)
    for line in lines:
        width = (line.right - line.left) / len(line.text)
        yield " " * round((line.left - edge) / max(width, 1)) + line.text


def _named(sheets: Sequence[PdfPage]) -> str:
    """Pages as people write them: "pp. 3, 5-7"."""
    runs: list[list[PdfPage]] = []
    for sheet in sheets:
        if runs and runs[-1][-1].number == sheet.number - 1:
            runs[-1].append(sheet)
        else:
            runs.append([sheet])
    ends = (dict.fromkeys(s.name.removeprefix("p. ") for s in (run[0], run[-1])) for run in runs)
    return f"{'p.' if len(sheets) == 1 else 'pp.'} {', '.join('-'.join(names) for names in ends)}"
