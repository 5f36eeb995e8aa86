"""XML: data as values, prose as it is read: paragraphs, headings, lists, tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import unescape
from typing import TYPE_CHECKING, Any

from index.errors import UnreadableDocument
from index.failures import Failure
from index.load import html
from index.load.aside import with_aside
from index.load.formats import Parsed
from index.load.grid import Cell, named, table_lines
from index.load.records import VERSION as VALUES, texts_of
from index.load.writer import Writer
from index.types import BlockKind

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

NAME = "xml"
VERSION = VALUES + 1

_PARAGRAPHS = frozenset(("p", "para", "simpara", "ab", "l", "line", "abstract", "term"))
_TITLES = frozenset(("title", "head", "heading", "article-title", "subtitle", "bridgehead"))
_ITEMS = frozenset(("listitem", "li", "list-item", "item"))
_ROWS = frozenset(("row", "tr"))
_LINES = frozenset(("programlisting", "screen", "literallayout", "preformat", "code", "verse"))
_INFO = "info"  # "bookinfo": what is said of a section, its title too
_PROSE = 4  # a text of which a fourth is words with elements among them is no data


def read(data: bytes, source: str, known: Mapping[str, str]) -> Iterator[Parsed | Failure]:
    """The file's texts: of its records, or the one that people read.

    An entity is what the file itself says that it stands for; nothing is fetched.
    """
    root = _parsed(data, source)
    if _name(root) == "html":
        yield from html.read(data, source, known)
    elif _is_prose(root):
        yield _prose(root)
    else:
        value = _value(root)
        yield from texts_of(
            value if isinstance(value, dict) else {_name(root): value}, source, known
        )


def _parsed(data: bytes, source: str) -> Element:
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(data.strip(), parser)
    except (etree.XMLSyntaxError, ValueError) as exc:
        raise UnreadableDocument(
            f"{source}: this is not valid XML ({' '.join(str(exc).split())}); correct it, or save "
            "it as .txt"
        ) from exc


def _name(element: Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _words(element: Element) -> str:
    """All words in an element, with those that entities stand for."""
    parts: list[str] = []
    for one in element.iter():
        parts.append((one.text or "") if _name(one) else _entity(one))
        if one is not element:
            parts.append(one.tail or "")
    return "".join(parts)


def _entity(reference: Element) -> str:
    """What a file says that an entity stands for, or HTML does; else the reference as it stands.

    What is said is not looked into for others: a few lines of them would stand for gigabytes.
    """
    called = reference.text or ""
    declared = reference.getroottree().docinfo.internalDTD
    own = [] if declared is None else declared.entities()  # type: ignore[attr-defined]  # stubs
    said = (one.content for one in own if f"&{one.name};" == called)
    return next(filter(None, said), "") or unescape(called)


def _is_mixed(element: Element) -> bool:
    """Whether words stand beside its elements."""
    inner = [one for one in element if _name(one)]
    if not inner:
        return False
    beside = [element.text, *(one.tail for one in inner)]
    return any(one and any(map(str.isalnum, one)) for one in beside)


def _is_prose(root: Element) -> bool:
    """Whether a good part of the words is in paragraphs: those called so, or with marked words."""
    said = prose = 0
    for one in root.iter():
        said += len((one.text or "").strip()) + len((one.tail or "").strip())
        if _is_mixed(one) or (_name(one) in _PARAGRAPHS and not len(one)):
            prose += len((one.text or "").strip()) + sum(len((i.tail or "").strip()) for i in one)
    return prose * _PROSE > said


def _value(element: Element) -> Any:
    """An element as a value: attributes and elements by their names, words under none."""
    inner: list[tuple[str, Any]] = [(_local(k), v) for k, v in element.attrib.items()]
    if _is_mixed(element):
        return {**dict(inner), "": _words(element)} if inner else _words(element)
    inner += ((_name(one), _value(one)) for one in element if _name(one))
    said = "" if any(_name(one) for one in element) else _words(element)
    if not inner:
        return said
    value: dict[str, Any] = {}
    several: set[str] = set()
    for name, one in inner:
        if name not in value:
            value[name] = one
        elif name in several:
            value[name].append(one)
        else:
            value[name] = [value[name], one]
            several.add(name)
    return {**value, "": said} if said.strip() else value


def _local(name: str | bytes) -> str:
    return str(name).rpartition("}")[2]


def _prose(root: Element) -> Parsed:
    walk = _ProseWalk()
    walk.element(root, 0, "")
    return with_aside(walk.writer.parsed(), walk.attributes)


class _ProseWalk:
    """Elements to blocks, in their order; libxml2 nests no deeper than 256."""

    def __init__(self) -> None:
        self.writer = Writer()
        self.attributes: list[str] = []

    def element(self, element: Element, level: int, marker: str) -> str:
        """Add an element; gives the marker that is still to be set before what follows."""
        name = _name(element)
        self.attributes += map(str, element.attrib.values())
        if name in _TITLES:
            self.writer.add(_words(element), BlockKind.HEADING, level=min(max(level, 1), 6))
        elif name in _LINES:
            self.writer.add(_words(element), BlockKind.ROWS)
        elif any(_name(one) in _ROWS for one in element):
            for line in table_lines([*map(_cell, row)] for row in element if _name(row) in _ROWS):
                self.writer.add(line, BlockKind.ROWS)
        elif _is_mixed(element) or not any(_name(one) for one in element):
            return self._words(element, name, marker)
        else:
            deeper = level + (_INFO not in name and _is_titled(element))
            for one in element:
                if _name(one):
                    marker = self.element(one, deeper, "- " if name in _ITEMS else marker)
        return marker

    def _words(self, element: Element, name: str, marker: str) -> str:
        said = " ".join(_words(element).split())
        if not said:
            return marker
        if marker or name in _ITEMS:
            self.writer.add(said, BlockKind.ITEM, marker=marker or "- ")
        elif name in _PARAGRAPHS or _is_mixed(element):
            self.writer.add(said)
        else:
            self.writer.add(named(name, said), BlockKind.ROWS)
        return ""


def _is_titled(element: Element) -> bool:
    """Whether an element has a title, itself or in what is said of it first."""
    inner = (part for one in element for part in (one, *(one if _INFO in _name(one) else ())))
    return any(_name(part) in _TITLES for part in inner)


def _cell(element: Element) -> Cell:
    return Cell(" ".join(_words(element).split()), header=_name(element) == "th")
