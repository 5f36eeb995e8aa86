"""A tree to blocks: what a reader sees of a page, as paragraphs, headings, items and rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from index.layout import is_code
from index.load import text as plain
from index.load.grid import named
from index.load.html.marks import markers, sup_or_sub
from index.load.html.tables import rows_of
from index.load.html.tree import BLOCKS, steps
from index.load.writer import Writer
from index.types import BlockKind

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode as Node

_SPACE = re.compile(r"[ \t\n\r\f]+")
_EMPTY_LINE = re.compile(r"\n[ \n]*\n")
_LISTS = frozenset(("ul", "ol", "menu", "dir"))
_LONG_TERM = 80  # characters: a longer term of a definition is a text of its own
_LEVELS = {f"h{level}": level for level in range(1, 7)}
_INVISIBLE = " \t\n\r\f\xa0\u200b\u200c\u200d\u2060\ufeff\xad"


def write(
    root: Node,
    writer: Writer,
    left_out: Callable[[Node], bool],
    page_of: Callable[[Node], str] = lambda node: "",
) -> None:
    """Add the text below `root` to `writer`, without what is `left_out`.

    `page_of` names the page that begins with an element, in books whose pages are known.
    """
    walk = _BlockWalk(writer, left_out, page_of)
    for node, begins in steps(root, walk.passes):
        if node.is_text_node:
            walk.text(node.text_content or "")
        elif begins:
            walk.begin(node, node.tag or "")
        else:
            walk.end(node, node.tag or "")
    walk.flush()


class _BlockWalk:
    """Where in the page a step is, and the words that are no block yet."""

    def __init__(
        self,
        writer: Writer,
        left_out: Callable[[Node], bool],
        page_of: Callable[[Node], str],
    ) -> None:
        self._writer = writer
        self._left_out = left_out
        self._page_of = page_of
        self._page = ""  # that begins amid the words
        self._words: list[str] = []
        self._head: Node | None = None  # the heading or the term that is open
        self._level = 0  # of that heading
        self._code = 0  # `pre` elements that are open
        self._listing = False  # whether the last of them says that it holds code
        self._quotes = 0
        self._lists: list[Iterator[str]] = []  # the markers to come
        self._marker = ""  # of the item whose words have not begun
        self._raised: list[int] = []  # where an open superscript or subscript begins
        self._table = False  # in a table that is written already
        self._terms: list[str] = []
        self._defined = False  # whether the terms have had a definition
        self._term = ""  # to be said before the next paragraph

    def passes(self, node: Node) -> bool:
        """Come to an element, and say whether to pass it over; a button may be all of a heading."""
        if self._table:
            return True
        if node.tag in BLOCKS:
            self._bound()
        if page := self._page_of(node):
            self._turn(page)
        if node.tag == "button" and self._head is not None:
            return node.text().strip() != self._head.text().strip()
        return self._left_out(node)

    def text(self, words: str) -> None:
        """Take the words of a text node."""
        if not self._table:
            self._words.append(words if self._code else _SPACE.sub(" ", words))

    def begin(self, node: Node, name: str) -> None:
        """Step into an element."""
        if name == "br":
            self._words.append("\n")
        elif name == "q":
            self._words.append("“")
        elif name in ("sup", "sub"):
            self._raised.append(len(self._words))
        elif name in _LEVELS:
            self._say_term()
            self._head, self._level = node, _LEVELS[name]
        elif name == "pre":
            self._code += 1
            self._listing = node.css_first("code, samp, kbd, span") is not None
        elif name == "blockquote":
            self._quotes += 1
        elif name in _LISTS:
            self._lists.append(markers(node))
        elif name == "li":
            self._say_term()
            self._marker = next(self._lists[-1]) if self._lists else "- "
        elif name in ("dt", "dd"):
            self._begin_definition(node, name)
        elif name == "table":
            self._begin_table(node)

    def end(self, node: Node, name: str) -> None:
        """Step out of an element."""
        if name in ("sup", "sub") and self._raised:
            start = self._raised.pop()
            if not self._code:
                self._words[start:] = [sup_or_sub("".join(self._words[start:]), node)]
        elif name == "q":
            self._words.append("”")
        elif name in _LEVELS or name == "pre":
            self.flush()
        elif name in BLOCKS and name != "dt":
            self._bound()
        if name in _LEVELS:
            self._head, self._level = None, 0
        elif name == "pre":
            self._code -= 1
        elif name == "blockquote":
            self._quotes -= 1
        elif name in _LISTS:
            self._lists.pop()
        elif name == "li":
            self._marker = ""
        elif name in ("dt", "dd", "dl"):
            self._end_definition(name)
        elif name == "table":
            self._table = False

    def flush(self) -> None:
        """Make a block, or several, of the words so far."""
        words = "".join(self._words)
        self._words.clear()
        self._raised.clear()
        if self._level:
            self._writer.add(words, BlockKind.HEADING, level=self._level)
        elif self._code:
            self._say_term()
            code = self._listing or is_code(words.split("\n"))
            self._writer.add(words, BlockKind.CODE if code else BlockKind.ROWS)
        elif words.strip(_INVISIBLE):
            for part in _EMPTY_LINE.split(words):
                self._paragraph(part)
        if self._page:
            self._writer.page(self._page)
            self._page = ""

    def _turn(self, page: str) -> None:
        """A paragraph is on the page where it begins."""
        if any(words.strip(_INVISIBLE) for words in self._words):
            self._page = page
        else:
            self._writer.page(page)

    def _bound(self) -> None:
        """A block's edge begins a block; in a heading or a term it is a space, in code a line."""
        if self._head is not None:
            self._words.append(" ")
        elif not self._code:
            self.flush()
        elif self._words and not self._words[-1].endswith("\n"):
            self._words.append("\n")

    def _paragraph(self, words: str) -> None:
        """One paragraph; of lines that the page broke, what plain text makes of them."""
        lines = "\n".join(filter(None, map(str.strip, words.split("\n"))))
        if "\n" not in lines:
            self._add(lines)
            return
        for block in plain.blocks(lines):
            self._add(lines[block.body : block.end], block.kind, lines[block.start : block.body])

    def _add(self, words: str, kind: BlockKind = BlockKind.PARAGRAPH, marker: str = "") -> None:
        if written := plain.MARKER.match(words):  # "(1) …", which the writer numbered
            kind, marker, words = BlockKind.ITEM, written[0], words[written.end() :]
        if self._marker and any(map(str.isalnum, words)):
            kind, marker, self._marker = BlockKind.ITEM, self._marker + marker, ""
        elif self._term:
            words, self._term = named(self._term, words), ""
        self._writer.add(words, kind, marker=min(self._quotes, 3) * "> " + marker)

    def _begin_table(self, node: Node) -> None:
        rows = rows_of(node, self._left_out, self._text_of)
        if rows is None:
            return
        self._say_term()
        for caption in node.css("caption")[:1]:
            self._writer.add(self._text_of(caption))
        self._writer.add("\n".join(rows), BlockKind.ROWS)
        self._table = True

    def _text_of(self, cell: Node) -> str:
        """A cell's text in one line."""
        writer = Writer()
        write(cell, writer, self._left_out)
        return _SPACE.sub(" ", writer.parsed().text)

    def _begin_definition(self, node: Node, name: str) -> None:
        self._say_term()
        if name == "dt":
            self._head = node
            if self._defined:
                self._terms.clear()
                self._defined = False
        else:
            self._term, self._defined = ", ".join(self._terms), True

    def _end_definition(self, name: str) -> None:
        if name == "dd":
            self._say_term()
        elif name == "dl":
            if not self._defined:
                self._term = ", ".join(self._terms)
                self._say_term()
            self._terms.clear()
        elif self._head is not None:
            self._head = None
            term = _SPACE.sub(" ", "".join(self._words)).strip()
            self._words.clear()
            if len(term) > _LONG_TERM:
                self._writer.add(term)
            elif term:
                self._terms.append(term)

    def _say_term(self) -> None:
        """A term whose definition does not begin with a paragraph stands by itself."""
        self._writer.add(self._term)
        self._term = ""
