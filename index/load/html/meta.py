"""What a page says of itself: title, author, publisher, date and language."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from index.language import code_of
from index.load.meta import day_of, name_of, names_of, title_of

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode as Node

_AUTHORS = ("author", "article:author", "dc.creator", "dcterms.creator")
_PUBLISHERS = ("og:site_name", "dc.publisher", "dcterms.publisher")
_DATES = ("article:published_time", "date", "datepublished", "dc.date", "dc.date.issued",
          "dcterms.date", "dcterms.created", "pubdate")  # fmt: skip
_BYLINE = 120  # characters of a line that says who wrote the text and when
_SCRIPTS, _LONGEST = 20, 500_000  # how many, and of how many characters


def meta_of(root: Node, main: Node) -> dict[str, str]:
    """`title`, `author`, `publisher`, `date` and `language`; "" where the page does not say."""
    said = _metas(root)
    linked = list(_linked(root))
    title = root.css_first("head > title")
    return {
        "title": title_of(title.text() if title else "") or title_of(said.get("og:title")),
        "author": _first(said, _AUTHORS, name_of) or _named(linked, "author"),
        "publisher": _first(said, _PUBLISHERS, name_of) or _named(linked, "publisher"),
        "date": _date(said, linked, main),
        "language": _language(root),
    }


def _language(root: Node) -> str:
    tops = (root, root.css_first("body"))
    held = [node.attributes for node in tops if node is not None]
    said = (code_of(top.get(key) or "") for top in held for key in ("lang", "xml:lang"))
    return next(filter(None, said), "")


def _metas(root: Node) -> dict[str, str]:
    """The page's `<meta>` elements by name, in small letters; the first of a name counts."""
    found: dict[str, str] = {}
    for node in root.css("meta"):
        held = node.attributes
        name = held.get("property") or held.get("name") or held.get("itemprop")
        if name and held.get("content"):
            found.setdefault(name.strip().lower(), held["content"] or "")
    return found


def _first(
    said: Mapping[str, str], names: Sequence[str], plain: Callable[[str | None], str]
) -> str:
    return next(filter(None, (plain(said.get(name)) for name in names)), "")


def _date(said: Mapping[str, str], linked: Sequence[Mapping[str, Any]], main: Node) -> str:
    """When it was published; a time in the text is it only at the text's head."""
    found = _first(said, _DATES, day_of)
    for entry in linked:
        value = entry.get("datePublished")
        found = found or day_of(value if isinstance(value, str) else "")
    if found:
        return found
    time = main.css_first("time[itemprop=datePublished], time[pubdate]")
    head = main.css_first("p, time[datetime]")
    if time is None and head is not None:
        time = head if head.tag == "time" else head.css_first("time[datetime]")
        if time is not None and len(head.text()) > _BYLINE:
            return ""
    return day_of(time.attributes.get("datetime")) if time is not None else ""


def _named(linked: Sequence[Mapping[str, Any]], role: str) -> str:
    """The names of a role in JSON-LD: a string, an object with a name, or several of them."""
    for entry in linked:
        value = entry.get(role)
        holders = value if isinstance(value, list) else [value]
        said = [held.get("name") if isinstance(held, dict) else held for held in holders]
        if names := names_of(name for name in said if isinstance(name, str)):
            return names
    return ""


def _linked(root: Node) -> Iterator[Mapping[str, Any]]:
    """The objects of the page's JSON-LD, those of its graphs as well."""
    for script in root.css("script[type='application/ld+json']")[:_SCRIPTS]:
        text = script.text()
        try:
            held = json.loads(text) if len(text) < _LONGEST else None
        except (ValueError, RecursionError):
            continue
        for entry in held if isinstance(held, list) else [held]:
            graph = entry.get("@graph") if isinstance(entry, dict) else None
            for part in [entry, *(graph if isinstance(graph, list) else [])]:
                if isinstance(part, dict):
                    yield part
