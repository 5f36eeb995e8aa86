"""What an EPUB says of itself: its chapters in order, their names, pages and the book's data."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from index.errors import ProtectedDocument, UnreadableDocument
from index.language import code_of, letters
from index.load.meta import day_of, name_of, names_of, title_of
from index.load.unzip import Archive

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_CONTAINER = "META-INF/container.xml"
_LOCKS = "META-INF/encryption.xml"
# fonts are made unreadable outside their book; that hides no text
_FONTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_CHAPTERS = ("application/xhtml+xml", "text/html")
_NCX = "application/x-dtbncx+xml"
_TYPE = "{http://www.idpf.org/2007/ops}type"
_EVENT = "{http://www.idpf.org/2007/opf}event"
_ROLE = "{http://www.idpf.org/2007/opf}role"


class BookPackage(NamedTuple):
    """The book's data (as in `Parsed.meta`) and its chapters' paths, in reading order.

    By path: `names` holds the chapters' names in the table of contents (their letters, and the
    level from 1), `pages` what the page is called that begins at an element's id.
    """

    meta: Mapping[str, str]
    chapters: tuple[str, ...]
    names: Mapping[str, Mapping[str, int]]
    pages: Mapping[str, Mapping[str, str]]


def package_of(members: Archive, source: str) -> BookPackage:
    """What the package says; raises UnreadableDocument when it is protected or damaged."""
    _refuse_locked(members, source)
    path = _package_path(members)
    root = _xml(members.read(path)) if path else None
    if root is None:
        raise UnreadableDocument(f"{source}: it does not say its chapters; fetch the book again")
    items = {item.get("id"): item for item in root.iter("{*}item")}
    paths = {key: resolved(path, item.get("href")) for key, item in items.items()}
    spine = (ref.get("idref") for ref in root.iter("{*}itemref"))
    lists = [
        key
        for key, item in items.items()
        if "nav" in (item.get("properties") or "").split() or item.get("media-type") == _NCX
    ]
    chapters = (
        paths[key]
        for key in spine
        if key in items and key not in lists and items[key].get("media-type") in _CHAPTERS
    )
    names: dict[str, dict[str, int]] = {}
    pages: dict[str, dict[str, str]] = {}
    for key in lists:
        for kind, depth, label, target in _entries(members, paths[key]):
            file, _, mark = target.partition("#")
            at = resolved(paths[key], file)
            if kind == "toc":
                names.setdefault(at, {}).setdefault(letters(label), min(depth, 6))
            elif mark and label:
                pages.setdefault(at, {}).setdefault(unquote(mark), f"p. {label}")
    return BookPackage(_meta(root), tuple(dict.fromkeys(chapters)), names, pages)


def _refuse_locked(members: Archive, source: str) -> None:
    root = _xml(members.read(_LOCKS)) if _LOCKS in members.names() else None
    methods = root.iter("{*}EncryptionMethod") if root is not None else ()
    if any(method.get("Algorithm") not in _FONTS for method in methods):
        raise ProtectedDocument(f"{source}: it is protected (DRM); add a copy that is not")


def _package_path(members: Archive) -> str:
    """Where the package is, as the container says; in a broken one, by its suffix."""
    root = _xml(members.read(_CONTAINER)) if _CONTAINER in members.names() else None
    files = root.iter("{*}rootfile") if root is not None else ()
    said = (resolved("", file.get("full-path")) for file in files)
    found = (name for name in members.names() if name.lower().endswith(".opf"))
    return next((path for path in (*said, *found) if path in members.names()), "")


def _xml(data: bytes) -> Element | None:
    """The root of an XML file, None where there is none; no entity and no DTD is resolved."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, recover=True, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return None


def resolved(base: str, link: str | None) -> str:
    """The path in the zip file that a link in the file `base` leads to."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(link or "")))


def _entries(members: Archive, path: str) -> Iterator[tuple[str, int, str, str]]:
    """Of a table of contents: "toc" or "page-list", the depth from 1, the label and the target.

    One that is damaged has none; the chapters can be read without it.
    """
    try:
        root = _xml(members.read(path))
    except UnreadableDocument:
        return
    if root is None:
        return
    for nav in root.iter("{*}nav"):  # EPUB 3
        kind = next((k for k in ("toc", "page-list") if k in (nav.get(_TYPE) or "").split()), "")
        for link in nav.iter("{*}a") if kind else ():
            depth = sum(1 for _ in link.iterancestors("{*}ol"))
            yield kind, depth, _text(link), link.get("href") or ""
    for kind, tag in (("toc", "{*}navPoint"), ("page-list", "{*}pageTarget")):  # EPUB 2
        for point in root.iter(tag):
            label, content = point.find("{*}navLabel"), point.find("{*}content")
            if label is not None and content is not None:
                depth = 1 + sum(1 for _ in point.iterancestors(tag))
                yield kind, depth, _text(label), content.get("src") or ""


def _text(element: Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())


def _meta(root: Element) -> dict[str, str]:
    """The book's data; of several titles the first, of its makers those who wrote it."""
    said: dict[str, list[Element]] = {}
    for holder in root.iter("{*}metadata"):
        for element in holder.iter("{http://purl.org/dc/elements/1.1/}*"):
            said.setdefault(str(element.tag).partition("}")[2], []).append(element)
    authors = [e for e in said.get("creator", ()) if e.get(_ROLE) in (None, "aut")]
    dates = sorted(said.get("date", ()), key=lambda e: e.get(_EVENT) != "publication")
    languages = (code_of(e.text or "") for e in said.get("language", ()))
    return {
        "title": next(filter(None, (title_of(e.text) for e in said.get("title", ()))), ""),
        "author": names_of(e.text for e in authors),
        "publisher": next(filter(None, (name_of(e.text) for e in said.get("publisher", ()))), ""),
        "date": next(filter(None, (day_of(e.text) for e in dates)), ""),
        "language": next(filter(None, languages), ""),
    }
