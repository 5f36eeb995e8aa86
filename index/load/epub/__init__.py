"""EPUB: a book's chapters in their order, each read as a page of HTML.

ebooklib gives a book's files in order, but refuses one of the two books of the tests, for a style
sheet that is not in it; markitdown adds 18% of words, and knows no pages
(`python -m benchmarks.libraries`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from index.errors import UnreadableDocument
from index.failures import Failure, why_of
from index.language import letters
from index.load.aside import with_aside
from index.load.formats import Parsed
from index.load.html import page_text
from index.load.unseen import Unseen
from index.load.writer import Writer, with_title
from index.types import BlockKind

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode as Node

    from index.load.unzip import Archive

NAME = "epub"
VERSION = 6


def read(data: bytes, source: str, known: Mapping[str, str]) -> Iterator[Parsed | Failure]:
    """The book as one text, its title first; what cannot be read, or seen, is a Failure."""
    from index.load.epub.package import package_of
    from index.load.html.blocks import write
    from index.load.html.tree import is_silent, parse
    from index.load.html.unseen import take_out
    from index.load.unzip import Archive

    unseen = Unseen()
    members = Archive(data, source)
    package = package_of(members, source)
    book, sheets = _Book(), _Sheets(members)
    for path in package.chapters:
        part = f"{source}/{path}"
        try:
            root = parse(page_text(members.read(path), part))
        except UnreadableDocument as exc:
            yield Failure(part, str(exc), why=why_of(exc))
            continue
        take_out(root, unseen, partial(sheets.at, path))
        book.names = dict(package.names.get(path, {}))
        page_of = _pages(package.pages.get(path, {}))
        body = root.css_first("body") or root
        write(body, book, lambda node: is_silent(node) or _breaks_page(node), page_of)
    parsed = book.parsed(package.meta)
    title = package.meta["title"]
    heads = (b for b in parsed.blocks if b.kind is BlockKind.HEADING)
    if title and all(letters(parsed.text[b.start : b.end]) != letters(title) for b in heads):
        parsed = with_title(parsed, title)
    yield with_aside(parsed, unseen.texts)
    yield from unseen.failures(source)


class _Sheets:
    """The style sheets of a book, each inflated once."""

    def __init__(self, members: Archive) -> None:
        self._members = members
        self._texts: dict[str, str | None] = {}

    def at(self, page: str, link: str) -> str | None:
        """The sheet that a chapter links to; None where there is none."""
        from index.load.epub.package import resolved

        path = resolved(page, link)
        if path not in self._texts:
            try:
                self._texts[path] = self._members.read(path).decode("utf-8", "replace")
            except UnreadableDocument:
                self._texts[path] = None
        return self._texts[path]


class _Book(Writer):
    """Some programs write chapters' names as paragraphs; the table of contents knows better."""

    names: dict[str, int]  # of the open chapter: the letters of a name, and its level

    def add(
        self,
        text: str,
        kind: BlockKind = BlockKind.PARAGRAPH,
        *,
        level: int = 0,
        marker: str = "",
    ) -> None:
        """Add a block; a paragraph that is a name in the table of contents is a heading."""
        named = self.names.get(letters(text)) if kind is BlockKind.PARAGRAPH else None
        if named and not marker:
            kind, level = BlockKind.HEADING, named
        super().add(text, kind, level=level, marker=marker)


def _pages(listed: Mapping[str, str]) -> Callable[[Node], str]:
    """What names the page that begins with an element: the list of pages, or the break itself."""

    def page_of(node: Node) -> str:
        held = node.attributes
        named = listed.get(held.get("id") or "", "")
        if named or not _breaks_page(node):
            return named
        label = held.get("title") or held.get("aria-label") or node.text()
        return f"p. {label.strip()}" if label.strip() else ""

    return page_of


def _breaks_page(node: Node) -> bool:
    held = node.attributes
    return "pagebreak" in (held.get("epub:type") or held.get("role") or "")
