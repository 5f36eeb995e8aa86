"""What Word, PowerPoint and Excel files have in common: a zip of XML parts with links.

The parts are read as they are, without python-docx and its like: those refuse macro-enabled and
Strict files and a link to a part that is not there, and whatever else they raise over a damaged
file would have to be guessed. Names of elements are compared without their namespace, which
differs between the two kinds of the format (Transitional and Strict).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from index.errors import UnreadableDocument
from index.load.formats import xml_parser
from index.load.office.mistaken import (
    kind_of,
    mistaken,
    what_else,
    what_zip,
)
from index.load.unzip import Archive

if TYPE_CHECKING:
    from lxml.etree import _Element

Element: TypeAlias = "_Element"


class Link(NamedTuple):
    """From one part to another; `kind` is the last word of its type: "styles", "slide"."""

    kind: str
    part: str


class Package:
    """The parts of a file; the names of parts are compared without case, as Office does.

    Raises UnreadableDocument when it is not of the kind `root` ("document", "presentation",
    "workbook"), protected by a password, damaged, or larger than it may be.
    """

    def __init__(self, data: bytes, source: str, root: str) -> None:
        self.source = source
        if not data.startswith(b"PK"):
            raise kind_of(data)(f"{source}: {what_else(data, root)}")
        self._zip = Archive(data, source, member="{source}: {name} in it")
        self._zip.check_sizes()
        self._names = {name.lower(): name for name in self._zip.names()}
        self._links: dict[str, Mapping[str, Link]] = {}
        self._shared: dict[str, Element] = {}
        self.main = next((x.part for x in self.links("") if x.kind == "officeDocument"), "")
        if not self.has(self.main):
            raise UnreadableDocument(f"{source}: {what_zip(self._names, root)}")
        self.root = self.xml(self.main)
        if local(self.root) != root:
            raise UnreadableDocument(f"{source}: {mistaken(local(self.root), root)}")

    def has(self, part: str) -> bool:
        """Whether there is such a part."""
        return part.lower() in self._names

    def bytes_of(self, part: str) -> bytes:
        """A part as it is; raises UnreadableDocument."""
        return self._zip.read(self._names.get(part.lower(), part))

    def xml(self, part: str) -> Element:
        """The root of a part; raises UnreadableDocument, for a DTD as well."""
        from lxml import etree

        try:
            root = etree.fromstring(self.xml_bytes(part), xml_parser())
        except (etree.XMLSyntaxError, ValueError, LookupError) as exc:
            raise UnreadableDocument(
                f"{self.source}: {part} in it is damaged; get it again"
            ) from exc
        if root.getroottree().docinfo.internalDTD is not None:  # in a rare encoding
            raise self._declares(part)
        return root

    def shared(self, part: str) -> Element:
        """The root of a part that several others need, such as a layout; it is read once."""
        if part not in self._shared:
            self._shared[part] = self.xml(part)
        return self._shared[part]

    def xml_bytes(self, part: str) -> bytes:
        """An XML part whose bytes declare no DTD; raises UnreadableDocument.

        Office writes none: what has one means to make the parser read or grow something.
        """
        data = self.bytes_of(part)
        if b"<!DOCTYPE" in data.replace(b"\0", b""):
            raise self._declares(part)
        return data

    def _declares(self, part: str) -> UnreadableDocument:
        return UnreadableDocument(
            f"{self.source}: {part} in it declares a DTD, which no office program writes; save it "
            "again with a program that you trust"
        )

    def links(self, part: str) -> list[Link]:
        """The links of a part in order, those of the file itself for ""."""
        return list(self.link_ids(part).values())

    def link_ids(self, part: str) -> Mapping[str, Link]:
        """The links of a part by their ids; none where the list of links is missing."""
        if part not in self._links:
            self._links[part] = self._listed(part)
        return self._links[part]

    def _listed(self, part: str) -> dict[str, Link]:
        folder, name = posixpath.split(part)
        listed = posixpath.join(folder, "_rels", f"{name}.rels")
        if not self.has(listed):
            return {}
        found = {}
        for link in children(self.xml(listed), "Relationship"):
            if attr(link, "TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, attr(link, "Target")))
                kind = attr(link, "Type").rpartition("/")[2]
                found[attr(link, "Id")] = Link(kind, target.lstrip("/"))
        return found

    def linked(self, part: str, kind: str) -> str:
        """The first part of that kind that `part` links to and that is there, or ""."""
        return next((x.part for x in self.links(part) if x.kind == kind and self.has(x.part)), "")


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def attr(element: Element, name: str) -> str:
    """The value of an attribute of that name in any namespace, or ""."""
    return next((str(v) for k, v in element.attrib.items() if _local(k) == name), "")


def link_id(element: Element, name: str = "id") -> str:
    """The value of an attribute that names a link ("r:id"), or ""."""
    end = f"relationships}}{name}"
    return next((str(v) for k, v in element.attrib.items() if str(k).endswith(end)), "")


def children(element: Element | None, name: str) -> Iterator[Element]:
    """The children of that name."""
    return iter(()) if element is None else element.iterchildren(f"{{*}}{name}")


def child(element: Element | None, *path: str) -> Element | None:
    """The first descendant along a path of names, or None."""
    for name in path:
        element = next(children(element, name), None)
    return element


def whole(text: str, otherwise: int = 0) -> int:
    """The whole number that an attribute's value says."""
    return int(text) if re.fullmatch(r"-?[0-9]{1,15}", text) else otherwise


def is_on(element: Element | None) -> bool:
    """Whether a switch ("w:b") is there and not turned off."""
    return element is not None and attr(element, "val") not in ("0", "false", "off", "none")


def chosen(alternate: Element) -> Element | None:
    """Of an mc:AlternateContent its first choice, else its fallback: one of them is shown."""
    return next((e for e in alternate if local(e) in ("Choice", "Fallback")), None)


def _local(name: str | bytes) -> str:
    return str(name).rpartition("}")[2]
