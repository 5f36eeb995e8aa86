"""XML: data as values, prose as it is read: paragraphs, headings, lists, tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import unescape
from typing import TYPE_CHECKING, Any

from index.errors import UnreadableDocument
from index.failures import Failure
from index.load import html
from index.load.aside import with_aside
from index.load.formats import Parsed, xml_parser
from index.load.grid import Cell, named, table_lines
from index.load.records import VERSION as VALUES, texts_of
from index.load.records.json_values import gathered
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
_PARTS = frozenset(("thead", "tbody", "tfoot"))
_LINES = frozenset(("programlisting", "screen", "literallayout", "preformat", "code", "verse"))
_INFO = "info"  # "bookinfo": what is said of a section, its title too
Entities = Mapping[str, str]  # what a file says that they stand for, by "&name;"
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
        value = _value(root, _entities(root))
        yield from texts_of(
            value if isinstance(value, dict) else {_name(root): value}, source, known
        )


def _parsed(data: bytes, source: str) -> Element:
    from lxml import etree

    try:
        return etree.fromstring(data.lstrip(), xml_parser())
    except (etree.XMLSyntaxError, ValueError) as exc:
        raise UnreadableDocument(
            f"{source}: this is not valid XML ({' '.join(str(exc).split())}); correct it, or save "
            "it as .txt"
        ) from exc


def _name(element: Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _words(element: Element, entities: Entities) -> str:
    """All words in an element, with those that entities stand for."""
    parts: list[str] = []
    for one in element.iter():
        parts.append((one.text or "") if _name(one) else _entity(one, entities))
        if one is not element:
            parts.append(one.tail or "")
    return "".join(parts)


def _entities(root: Element) -> Entities:
    declared = root.getroottree().docinfo.internalDTD
    own = [] if declared is None else [*declared.entities()]  # type: ignore[attr-defined]  # stubs
    return {f"&{one.name};": one.content for one in reversed(own) if one.content}


def _entity(reference: Element, entities: Entities) -> str:
    """What a file says that an entity stands for, or HTML does; else the reference as it stands.

    What is said is not looked into for others: a few lines of them would stand for gigabytes.
    """
    called = reference.text or ""
    return entities.get(called) or unescape(called)


def _is_mixed(element: Element) -> bool:
    """Whether words stand beside its elements."""
    if not any(_name(one) for one in element):
        return False
    return any(one and any(map(str.isalnum, one)) for one in _beside(element))


def _beside(element: Element) -> Iterator[str | None]:
    """What stands beside the elements in one."""
    yield element.text
    yield from (one.tail for one in element)


def _is_prose(root: Element) -> bool:
    """Whether a good part of the words is in paragraphs: those called so, or with marked words."""
    said = prose = 0
    for one in root.iter():
        said += len((one.text or "").strip()) + len((one.tail or "").strip())
        if _is_mixed(one) or (_name(one) in _PARAGRAPHS and not len(one)):
            prose += len((one.text or "").strip()) + sum(len((i.tail or "").strip()) for i in one)
    return prose * _PROSE > said


def _value(element: Element, entities: Entities) -> Any:
    """An element as a value: attributes and elements by their names, words under none."""
    parts: list[tuple[str, Any]] = [*_attributes(element)]
    inner = [one for one in element if _name(one)]
    if mixed := _is_mixed(element):
        within = (one for one in element.iterdescendants() if one.attrib)
        parts += ((_name(one), dict(_attributes(one))) for one in within)
    else:
        parts += ((_name(one), _value(one, entities)) for one in inner)
    said = _words(element, entities) if mixed or not inner else ""
    if not parts:
        return said
    return {**gathered(parts), "": said} if said.strip() else gathered(parts)


def _attributes(element: Element) -> Iterator[tuple[str, str]]:
    return ((str(name).rpartition("}")[2], str(said)) for name, said in element.attrib.items())


def _prose(root: Element) -> Parsed:
    walk = _ProseWalk(_entities(root))
    walk.element(root, 0, "")
    return with_aside(walk.writer.parsed(), (v for one in root.iter() for _, v in _attributes(one)))


class _ProseWalk:
    """Elements to blocks, in their order; libxml2 nests no deeper than 256."""

    def __init__(self, entities: Entities) -> None:
        self.writer = Writer()
        self._entities = entities

    def element(self, element: Element, level: int, marker: str) -> str:
        """Add an element; gives the marker that is still to be set before what follows."""
        name = _name(element)
        if name in _TITLES:
            said = _words(element, self._entities)
            self.writer.add(said, BlockKind.HEADING, level=min(max(level, 1), 6))
        elif name in _LINES:
            self.writer.add(_words(element, self._entities), BlockKind.ROWS)
        elif not (rows := dict(_rows(element))) and (
            _is_mixed(element) or not any(_name(one) for one in element)
        ):
            return self._words(element, name, marker)
        else:
            shown = False
            if rows and _is_mixed(element):
                self.writer.add(" ".join(filter(None, _beside(element))))
            deeper = level + (_INFO not in name and _is_titled(element))
            for one in _children(element):
                if one not in rows:
                    marker = self.element(one, deeper, "- " if name in _ITEMS else marker)
                elif not shown:  # all of them stand where the first does
                    self._table(rows)
                    shown = True
        return marker

    def _table(self, rows: Mapping[Element, bool]) -> None:
        for line in table_lines(
            [self._cell(one, head) for one in row] for row, head in rows.items()
        ):
            self.writer.add(line, BlockKind.ROWS)

    def _cell(self, element: Element, head: bool) -> Cell:
        said = " ".join(_words(element, self._entities).split())
        return Cell(said, header=head or _name(element) == "th")

    def _words(self, element: Element, name: str, marker: str) -> str:
        said = " ".join(_words(element, self._entities).split())
        if not said:
            return marker
        if marker or name in _ITEMS:
            self.writer.add(said, BlockKind.ITEM, marker=marker or "- ")
        elif name in _PARAGRAPHS or _is_mixed(element):
            self.writer.add(said)
        else:
            self.writer.add(named(name, said), BlockKind.ROWS)
        return ""


def _children(element: Element) -> Iterator[Element]:
    """The elements in one, and those in the parts of a table in place of the part."""
    for one in element:
        if _name(one) in _PARTS and any(_name(inner) in _ROWS for inner in one):
            yield from (inner for inner in one if _name(inner))
        elif _name(one):
            yield one


def _rows(element: Element) -> Iterator[tuple[Element, bool]]:
    """The rows of a table, each with whether it is of its head."""
    for row in _children(element):
        if _name(row) in _ROWS:
            parent = row.getparent()
            yield row, parent is not None and _name(parent) == "thead"


def _is_titled(element: Element) -> bool:
    """Whether an element has a title, itself or in what is said of it first."""
    inner = (part for one in element for part in (one, *(one if _INFO in _name(one) else ())))
    return any(_name(part) in _TITLES for part in inner)
