"""Word (.docx, .docm): what a reader sees of it when all changes are accepted.

Headers and footers stand once, where a section begins that has others than the one before it.
Left out: comments, deleted and hidden text. Footnotes and endnotes stand
after the paragraph, the list or the table that refers to them: there are their page and their
section. Pages are told only where the program that saved the file marked each of them.

docx2txt, mammoth, python-docx and markitdown keep 92 to 97% of these words: list numbers, headers
or notes are lost, hidden and deleted text is kept, and nine cells of ten have no label
(`python -m benchmarks.libraries`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress

from index.errors import UnreadableDocument
from index.failures import Failure
from index.load.aside import with_aside
from index.load.formats import Parsed, check_length
from index.load.grid import table_lines
from index.load.numerals import raised
from index.load.office.package import (
    Element,
    Package,
    attr,
    child,
    children,
    chosen,
    local,
    whole,
)
from index.load.office.properties import properties, stated
from index.load.office.word.blocks import (
    FoundBlock,
    guessed,
    titled,
    without_running_titles,
    write,
)
from index.load.office.word.margins import Margins
from index.load.office.word.numbering import Numbering
from index.load.office.word.sight import RunSight
from index.load.office.word.styles import ParagraphStyle, Styles, heading_level
from index.load.office.word.tables import cells_of, is_layout, rows_of
from index.load.office.word.text import ParagraphText, is_placeholder, paragraphs
from index.load.writer import Writer
from index.types import BlockKind

NAME = "docx"
VERSION = 7

_HEADING = 250  # a longer "heading" is a paragraph that was given the style for its looks
_PARAGRAPHS = re.compile(r"\n[ \t]*\n\s*")


def read(data: bytes, source: str, known: Mapping[str, str]) -> Iterator[Parsed | Failure]:
    """The file's one text; what no reader of it sees is a Failure."""
    package = Package(data, source, "document")
    body = _Body(package)
    body.say(stated(package))
    body.turn()
    body.walk(child(package.root, "body"))
    body.finish()
    meta = properties(package)
    found = without_running_titles(titled(list(guessed(body.found)), meta["title"]))
    writer = Writer()
    write(found, writer, body.tells_pages())
    title = next((block.text for block in found if block.title), "")
    yield with_aside(writer.parsed(meta)._replace(title=" ".join(title.split())), _said(package))
    yield from body.sight.unseen.failures(source)


def _said(package: Package) -> Iterator[str]:
    """The words of every paragraph, of headers, footers and comments, deleted and hidden ones."""
    roots = [package.root]
    for link in package.links(package.main):
        if link.kind in ("header", "footer", "comments") and package.has(link.part):
            with suppress(UnreadableDocument):  # the text can be read without it
                roots.append(package.shared(link.part))
    for paragraph in (p for root in roots for p in root.iter("{*}p")):
        runs = paragraph.iter("{*}t", "{*}delText", "{*}tab", "{*}br")
        yield "".join(run.text or " " for run in runs)


class _Body:
    """Walks a document in order."""

    def __init__(self, package: Package) -> None:
        self.found: list[FoundBlock] = []
        self._package = package
        self._styles = Styles(package)
        self.sight = RunSight(package, self._styles)
        self._numbering = Numbering(package, self._styles)
        self._notes = {kind: _notes(package, kind) for kind in ("footnote", "endnote")}
        self._numbered = 0  # notes so far
        self._waiting: list[FoundBlock] = []  # notes of a list or a table that goes on
        self._margins = Margins(package, self._words_of)
        self._open = ""  # the words of a paragraph whose end is deleted
        self._page = 1
        self._size = 0

    def say(self, lines: Iterable[str]) -> None:
        """Add lines that stand beside the text."""
        for line in lines:
            self._add(FoundBlock(BlockKind.ROWS, line, self._page))

    def turn(self) -> None:
        """Add what stands in the margins of the section that begins."""
        for kind, line in self._margins.turn():
            self._add(FoundBlock(kind, line, self._page))

    def walk(self, container: Element | None) -> None:
        """Add what stands in a body, a cell or a text box."""
        for part in () if container is None else container:
            name = local(part)
            if name == "p":
                self._paragraph(part)
            elif name == "tbl":
                self._table(part)
            elif name == "sdt" and not is_placeholder(part):
                self.walk(child(part, "sdtContent"))
            elif name in ("ins", "moveTo", "customXml"):
                self.walk(part)
            elif name == "AlternateContent":
                self.walk(chosen(part))

    def finish(self) -> None:
        """Add what waits."""
        if self._open.strip():
            self._add(FoundBlock(BlockKind.PARAGRAPH, self._open, self._page))
        self._flush()

    def tells_pages(self) -> bool:
        """Whether as many pages were marked as the program counted, and they count from 1.

        Word marks the page breaks that it last showed, but not all of them in every file.
        """
        part = self._package.linked("", "extended-properties")
        said = child(self._package.shared(part), "Pages") if part else None
        if said is None or self._page < 2 or whole(said.text or "", 0) != self._page:
            return False
        numbers = list(self._package.root.iter("{*}pgNumType"))
        return all(attr(e, "fmt") in ("", "decimal") and not attr(e, "start") for e in numbers)

    def _paragraph(self, paragraph: Element) -> None:
        style_id, style = self._style(paragraph)
        words = ParagraphText(paragraph, style, self._styles, self.sight)
        marker = self._marker(paragraph, style_id, style)
        self._page += words.before
        text, self._open = self._open + words.text, ""
        if words.joined:
            self._open = text
        elif text.strip():
            self._add(self._block(paragraph, style, text, marker, words.bold))
        self._page += words.pages - words.before
        self._refer(words)
        for box in words.boxes:
            self.walk(box)
        if child(paragraph, "pPr", "sectPr") is not None:
            self.turn()

    def _words_of(self, paragraph: Element) -> str:
        """What a paragraph in a margin says, and the text boxes in it."""
        words = ParagraphText(paragraph, self._style(paragraph)[1], self._styles, self.sight)
        return "\t".join((words.text, *(self._text(box)[0] for box in words.boxes)))

    def _style(self, paragraph: Element) -> tuple[str, ParagraphStyle]:
        named = child(paragraph, "pPr", "pStyle")
        style_id = "" if named is None else attr(named, "val")
        return style_id, self._styles.of(style_id)

    def _marker(self, paragraph: Element, style_id: str, style: ParagraphStyle) -> str:
        own = child(paragraph, "pPr", "numPr")
        listed, level = child(own, "numId"), child(own, "ilvl")
        num_id = style.num_id if listed is None else attr(listed, "val")
        ilvl = style.ilvl if level is None else whole(attr(level, "val"), 0)
        if ilvl < 0:
            ilvl = self._numbering.level_of(num_id, style_id)
        return self._numbering.marker(num_id, ilvl) or ("- " if style.listed else "")

    def _block(
        self, paragraph: Element, style: ParagraphStyle, text: str, marker: str, bold: bool
    ) -> FoundBlock:
        outline = child(paragraph, "pPr", "outlineLvl")
        level = style.level if outline is None else heading_level(outline)
        if style.title and not level:
            level = 1
        if style.contents:
            return FoundBlock(BlockKind.RULE, text, self._page)
        if level and len(text) <= _HEADING:
            number = marker if any(map(str.isalnum, marker)) else ""
            return FoundBlock(BlockKind.HEADING, text, self._page, level, number, title=style.title)
        if style.code:
            return FoundBlock(BlockKind.ROWS, text, self._page)
        kind = BlockKind.ITEM if marker else BlockKind.PARAGRAPH
        return FoundBlock(kind, text, self._page, 0, marker, bold)

    def _flush(self) -> None:
        self.found += self._waiting
        self._waiting.clear()

    def _add(self, block: FoundBlock) -> None:
        self._size += len(block.text)
        check_length(self._size)
        if block.kind not in (BlockKind.ITEM, BlockKind.ROWS):
            self._flush()
        parts = _PARAGRAPHS.split(block.text) if block.kind is BlockKind.PARAGRAPH else [block.text]
        self.found += (block._replace(text=part) for part in parts)

    def _refer(self, words: ParagraphText) -> None:
        """The notes that a paragraph refers to wait until it, its list or its table ends."""
        for kind, note_id in words.notes:
            note = self._notes[kind].pop(note_id, None)
            if note is not None:
                self._numbered += 1
                marker = f"{raised(str(self._numbered))} "
                text = self._text(note, False)[0]
                self._waiting.append(FoundBlock(BlockKind.PARAGRAPH, text, self._page, 0, marker))

    def _table(self, table: Element) -> None:
        rows = rows_of(table)
        if is_layout(rows):
            for row in rows:
                for cell in row.cells:
                    self.walk(cell.element)
            return
        said = [[self._text(cell.element) for cell in row.cells] for row in rows]
        for line in table_lines(cells_of(rows, said)):
            self._add(FoundBlock(BlockKind.ROWS, line, self._page))

    def _text(self, container: Element, refers: bool = True) -> tuple[str, bool]:
        """The paragraphs of a cell or a note in one line, and whether all of it is bold."""
        found: list[str] = []
        bold = True
        for paragraph in paragraphs(container):
            words = ParagraphText(paragraph, self._style(paragraph)[1], self._styles, self.sight)
            inside = [self._text(box)[0] for box in words.boxes]
            found += filter(None, (" ".join(words.text.split()), *inside))
            bold = bold and (words.bold or not words.text.strip())
            self._page += words.pages
            if refers:
                self._refer(words)
        ends = (text if text.endswith((*".,;:!?–",)) else f"{text}," for text in found[:-1])
        return " ".join([*ends, *found[-1:]]), bold and bool(found)


def _notes(package: Package, kind: str) -> dict[str, Element]:
    """The footnotes or endnotes by their ids."""
    part = package.linked(package.main, f"{kind}s")
    return {attr(e, "id"): e for e in children(package.xml(part), kind)} if part else {}
