"""PDF: pdfium gives characters and where they stand; the blocks and their order are made of that.

A page is called by its label, which is what is printed on it and what viewers go to: "p. iv";
where a label stands on several pages the running number follows: "p. 4 (9 of 300)". Running
headers, footers and page numbers stay in the text as rules, so that it is complete and they are
never quoted; they stand between the paragraphs, of which a page's end parts none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from index.errors import UnreadableDocument
from index.load.formats import Failure, Parsed
from index.load.pdf.flow import blocks
from index.load.pdf.headings import headed
from index.load.pdf.meta import said
from index.load.pdf.pdfium import read_book
from index.load.pdf.sheet import Line, Part, Sheet
from index.load.pdf.words import Words
from index.load.writer import Writer
from index.types import BlockKind

NAME = "pdf"
VERSION = 1

_ANEW = "open it in a PDF viewer and save it anew"
_OCR = "run OCR over the file, for example ocrmypdf, and add what it writes"


def read(data: bytes, source: str, known: Mapping[str, str]) -> Iterator[Parsed | Failure]:
    """The file's one text; the pages without text are one Failure, the damaged ones another.

    Raises UnreadableDocument when it is damaged, protected, over 2,000 pages, or has no text.
    """
    book = read_book(data, source)
    if not any(sheet.runs for sheet in book.sheets):
        _refuse(book.sheets, source)
    words = Words(run.text for sheet in book.sheets for run in sheet.runs)
    parts, norm = blocks(book.sheets, words)
    meta = said(book.info, source)
    writer = Writer()
    for part in headed(parts, norm, book.outline):
        _write(writer, part, book.sheets, words)
    yield writer.parsed(meta)
    for pages, why in (
        ([s for s in book.sheets if s.pictured], f"there are pictures without text; {_OCR}"),
        ([s for s in book.sheets if s.lost], f"damaged; {_ANEW}"),
    ):
        if pages:
            part = f", {_named(pages)}"
            yield Failure(source + part, f"{source}{part}: {why}")


def _refuse(sheets: Sequence[Sheet], source: str) -> None:
    if any(sheet.pictured for sheet in sheets):
        why = f"its pages are pictures without text, as a scanner makes them; {_OCR}"
    elif any(sheet.lost for sheet in sheets):
        why = f"its pages are damaged; {_ANEW}"
    else:
        why = "its pages are empty; remove it"
    raise UnreadableDocument(f"{source}: {why}")


def _named(sheets: Sequence[Sheet]) -> str:
    """Pages as people write them: "pp. 3, 5-7"."""
    runs: list[list[Sheet]] = []
    for sheet in sheets:
        if runs and runs[-1][-1].number == sheet.number - 1:
            runs[-1].append(sheet)
        else:
            runs.append([sheet])
    names = [[s.name.removeprefix("p. ") for s in (run[0], run[-1])] for run in runs]
    said = ", ".join(a if len(run) == 1 else f"{a}-{b}" for run, (a, b) in zip(runs, names, strict=True))
    return f"{'p.' if len(sheets) == 1 else 'pp.'} {said}"


def _write(writer: Writer, part: Part, sheets: Sequence[Sheet], words: Words) -> None:
    """Add a block, and say where in it a page begins."""
    here = part.lines[0].sheet
    writer.page(sheets[here].name)
    if part.kind is BlockKind.ROWS:
        writer.add("\n".join(indented(part.lines)), part.kind)
        return
    text, starts = words.join(line.text for line in part.lines)
    writer.add(text, part.kind, level=part.level, marker=part.marker)
    for line, start in zip(part.lines, starts, strict=True):
        if line.sheet != here:
            here = line.sheet
            writer.page(sheets[here].name, len(text) - start)


def indented(lines: Sequence[Line]) -> Iterator[str]:
    """Lines of code with the white space that they begin with on the page."""
    edge = min(line.left for line in lines)
    for line in lines:
        width = (line.right - line.left) / max(1, len(line.text))
        yield " " * round((line.left - edge) / max(width, 1)) + line.text
