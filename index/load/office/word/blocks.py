"""The blocks of a Word document: its title and the headings that are only set in bold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from index.layout import looks_like_heading
from index.load.text import typed_marker
from index.load.writer import Writer
from index.types import Block, BlockKind

_TOP = 15  # blocks in which a title is looked for
_WORDS = re.compile(r"\w+")


class FoundBlock(NamedTuple):
    """A block before it is written; `title`: the file itself says that it is the title."""

    kind: BlockKind
    text: str
    page: int = 1
    level: int = 0
    marker: str = ""
    bold: bool = False
    title: bool = False


def titled(found: Sequence[FoundBlock], title: str) -> list[FoundBlock]:
    """With the title that the file's properties name, where no style or heading says one.

    It may stand in the text as a plain line; if it does not it comes first, so that it is seen.
    """
    if not title or not found or any(block.level for block in found):
        return list(found)
    words = _WORDS.findall(title.casefold())
    head = FoundBlock(BlockKind.HEADING, title, found[0].page, 1, title=True)
    for i, block in enumerate(found[:_TOP]):
        if _WORDS.findall(block.text.casefold()) == words:
            return [*found[:i], head._replace(text=block.text, page=block.page), *found[i + 1 :]]
    return [head, *found]


def guessed(found: Sequence[FoundBlock]) -> Iterator[FoundBlock]:
    """A short line all in bold, above text that is not, is a heading; nobody gave it the style."""
    for i, block in enumerate(found):
        after = found[i + 1] if i + 1 < len(found) else block
        line = Block(BlockKind.PARAGRAPH, 0, len(block.text), 0)
        bold = block.kind is BlockKind.PARAGRAPH and block.bold and not after.bold
        if bold and looks_like_heading(block.text.strip(), line):
            block = block._replace(kind=BlockKind.HEADING)
        yield block


def without_running_titles(found: Sequence[FoundBlock]) -> list[FoundBlock]:
    """A line in the margin that says a heading again is the page's."""
    headings = {" ".join(b.text.split()) for b in found if b.kind is BlockKind.HEADING}
    return [
        b._replace(kind=BlockKind.RULE) if b.kind is BlockKind.ROWS and b.text in headings else b
        for b in found
    ]


def write(found: Sequence[FoundBlock], writer: Writer, pages: bool) -> None:
    """Add the blocks, with the names of their pages where these are known."""
    page = 0
    for block in found:
        if pages and block.page != page:
            page = block.page
            writer.page(f"p. {page}")
        block = _itemized(block)
        writer.add(block.text, block.kind, level=block.level, marker=block.marker)


def _itemized(block: FoundBlock) -> FoundBlock:
    """A paragraph that begins with a marker its writer typed is an item of a list."""
    marker, words = typed_marker(block.text)
    if block.kind is not BlockKind.PARAGRAPH or block.marker or not marker:
        return block
    return block._replace(kind=BlockKind.ITEM, text=words, marker=marker)
