"""reStructuredText: what a reader of the page sees, from docutils' tree."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from index.errors import UnreadableDocument
from index.load.decode import decode
from index.load.formats import Parsed, TooMuchText, check_length
from index.load.meta import day_of, names_of
from index.load.numerals import NumeralStyle, numeral
from index.load.rst.tables import rows_of
from index.load.rst.tree import text_of, tree_of
from index.load.writer import Writer
from index.types import BlockKind

NAME = "rst"
VERSION = 6

_SKIPPED = {
    "comment", "substitution_definition", "target", "pending", "raw", "meta", "decoration",
    "image", "transition", "label",
}  # fmt: skip
_SPHINX = {"orphan", "tocdepth", "nocomments", "nosearch"}  # fields that speak to a program
_META = {"author": "author", "authors": "author", "date": "date", "organization": "publisher"}
_LONGEST = 50_000  # characters of a paragraph: docutils takes time by their square
_EMPTY_LINE = re.compile(r"\n[ \t\r]*\n")
_STYLES = {
    "loweralpha": (NumeralStyle.LETTERS, False), "upperalpha": (NumeralStyle.LETTERS, True),
    "lowerroman": (NumeralStyle.ROMAN, False), "upperroman": (NumeralStyle.ROMAN, True),
}  # fmt: skip
_ERROR = 3  # docutils' level from which what it could not read stands in its message


def read(data: bytes, source: str, known: Mapping[str, str]) -> Iterator[Parsed]:
    """The file's one text; its fields (author, date …) are rows at the head of it."""
    text = decode(data, source)
    check_length(len(text))
    if max(map(len, _EMPTY_LINE.split(text))) > _LONGEST:
        raise UnreadableDocument(
            f"{source}: a paragraph in it has over {_LONGEST:,} characters; save it as .txt"
        )
    reader = _TreeReader()
    try:
        reader.inside(tree_of(text), 0)
    except TooMuchText:
        raise
    except Exception as exc:  # docutils raises whatever a directive does
        raise UnreadableDocument(
            f"{source}: docutils cannot read it ({type(exc).__name__}); save it as .txt"
        ) from exc
    yield reader.writer.parsed(reader.meta)


class _TreeReader:
    """Goes through a tree; each kind of node has its method, and the others are gone into."""

    def __init__(self) -> None:
        self.writer = Writer()
        self.meta: dict[str, str] = {}

    def inside(self, node: Any, level: int) -> None:
        """All that is in `node`, which lies in `level` titled sections."""
        for child in node.children:
            self.take(child, level)

    def take(self, node: Any, level: int) -> None:
        kind = node.tagname
        method: Callable[[Any, int], None] | None = getattr(self, f"_{kind}", None)
        if kind in _SKIPPED:
            return
        if method is not None:
            method(node, level)
        elif any(child.tagname != "#text" for child in node.children) and not _is_text(node):
            self.inside(node, level)
        else:
            self.writer.add(text_of(node))

    def _title(self, node: Any, level: int) -> None:
        parent = node.parent.tagname
        if parent not in ("document", "section"):  # of a topic, a table, an admonition
            self.writer.add(text_of(node))
            return
        if parent == "document":
            self.meta["title"] = text_of(node)
        self.writer.add(text_of(node), BlockKind.HEADING, level=min(max(level, 1), 6))

    def _section(self, node: Any, level: int) -> None:
        titled = node.parent.tagname == "document" and any(
            child.tagname == "title" for child in node.parent.children
        )
        self.inside(node, level + 1 + titled)

    def _topic(self, node: Any, level: int) -> None:
        if "contents" not in node["classes"]:
            self.inside(node, level)

    def _system_message(self, node: Any, level: int) -> None:
        if node["level"] >= _ERROR:
            for child in node.children:
                if child.tagname == "literal_block":
                    self._lines(child, level)

    def _docinfo(self, node: Any, level: int) -> None:
        for child in node.children:
            if child.tagname == "field":
                self._field(child, level)
                continue
            parts = child.children if child.tagname == "authors" else [child]
            said = [" ".join(text_of(part).split()) for part in parts]
            self.writer.add(f"{child.tagname.capitalize()}: {', '.join(said)}", BlockKind.ROWS)
            if key := _META.get(child.tagname):
                self.meta[key] = day_of(said[0]) if key == "date" else names_of(said)

    def _field(self, node: Any, level: int) -> None:
        name, body = (" ".join(text_of(child).split()) for child in node.children[:2])
        if name.casefold() in _SPHINX or not body:
            return
        self.writer.add(f"{name}: {body}", BlockKind.ROWS)
        if name.casefold() in ("language", "lang"):
            self.meta["language"] = body

    def _bullet_list(self, node: Any, level: int) -> None:
        self._items(node, level, ["- "] * len(node.children))

    def _enumerated_list(self, node: Any, level: int) -> None:
        first = node.get("start", 1)
        numbers = range(first, first + len(node.children))
        before, after = node.get("prefix", ""), node.get("suffix", ".")
        style = _STYLES.get(node.get("enumtype"), (NumeralStyle.FIGURES, False))
        marks = [f"{before}{numeral(n, *style)}{after} " for n in numbers]
        self._items(node, level, marks)

    def _items(self, node: Any, level: int, markers: Sequence[str]) -> None:
        for item, marker in zip(node.children, markers, strict=True):
            self._led(item.children, level, BlockKind.ITEM, marker=marker)

    def _definition_list_item(self, node: Any, level: int) -> None:
        *terms, definition = node.children
        said = [text_of(child) for child in terms]
        classes = [
            f"({one})"
            for one, child in zip(said, terms, strict=True)
            if child.tagname == "classifier"
        ]
        named = ", ".join(o for o, c in zip(said, terms, strict=True) if c.tagname == "term")
        self._led(definition.children, level, BlockKind.PARAGRAPH, lead=" ".join([named, *classes]))

    def _option_list_item(self, node: Any, level: int) -> None:
        group, description = node.children
        options = ", ".join(text_of(child) for child in group.children)
        self._led(description.children, level, BlockKind.PARAGRAPH, lead=options)

    def _footnote(self, node: Any, level: int) -> None:
        label, *inner = node.children
        if inner and inner[0].tagname != "paragraph":
            self.writer.add(f"[{text_of(label)}]")
        self._led(inner, level, BlockKind.ITEM, marker=f"[{text_of(label)}] ")

    _citation = _footnote

    def _led(
        self, nodes: Sequence[Any], level: int, kind: BlockKind, *, marker: str = "", lead: str = ""
    ) -> None:
        """A marker or a lead ("term:") with the paragraph that it stands before, and the rest."""
        nodes = list(nodes)
        first = text_of(nodes.pop(0)) if nodes and nodes[0].tagname == "paragraph" else ""
        said = f"{lead}: {first}" if lead and first else lead or first
        self.writer.add(said, kind, marker=marker)
        for node in nodes:
            self.take(node, level)

    def _attribution(self, node: Any, level: int) -> None:
        self.writer.add(f"— {text_of(node)}")

    def _literal_block(self, node: Any, level: int) -> None:
        self.writer.add(text_of(node), BlockKind.CODE)

    _doctest_block = _literal_block

    def _lines(self, node: Any, level: int) -> None:
        self.writer.add(text_of(node), BlockKind.ROWS)

    _math_block = _lines

    def _line_block(self, node: Any, level: int) -> None:
        for child in node.children:
            if child.tagname == "line_block":
                self._line_block(child, level)
            else:
                self.writer.add(text_of(child), BlockKind.ROWS)

    def _table(self, node: Any, level: int) -> None:
        for child in node.children:
            if child.tagname == "title":
                self._title(child, level)
            elif child.tagname == "tgroup":
                for row in rows_of(child):
                    self.writer.add(row, BlockKind.ROWS)


def _is_text(node: Any) -> bool:
    """Whether a node holds text and inline markup, and no blocks."""
    from docutils.nodes import TextElement

    return isinstance(node, TextElement)
