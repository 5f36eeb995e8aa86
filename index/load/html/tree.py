"""A page's tree, as a browser builds it, and what of it nobody reads."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode as Node

BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
    "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form",
    "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend",
    "li", "main", "menu", "nav", "noframes", "ol", "p", "pre", "search", "section", "summary",
    "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
))  # fmt: skip
_VOID = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param",
    "source", "track", "wbr", "frame", "basefont",
))  # fmt: skip
# an open one ends where the next begins, or with its parent: they do not nest when left open
_ENDED_BY_OTHERS = frozenset((
    "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup",
    "rb", "rt", "rp", "colgroup",
))  # fmt: skip
_TAG = re.compile(r"""<(/?)([a-zA-Z][^\s<>/]*)((?:[^<>=]|=\s*(?:"[^"]*"|'[^']*')?)*)""")
_SLASH = re.compile(r"""(?:\A|[\s"'])/\Z""")
_DEEPEST, _LONGEST = 1_000, 50_000  # elements in one another; characters of a tag

# no text: programs, pictures, what is played or filled in, how a word is pronounced
_SILENT = frozenset((
    "annotation", "annotation-xml", "applet", "area", "audio", "base", "button", "canvas",
    "datalist", "embed", "frame", "head", "iframe", "img", "input", "link", "map", "meta",
    "meter", "nav", "noscript", "object", "option", "optgroup", "picture", "progress", "rp",
    "rt", "script", "select", "style", "svg", "template", "textarea", "title", "video",
))  # fmt: skip
_PROGRAMS = frozenset(("script", "style", "template"))
_SILENT_ROLES = frozenset((
    "alertdialog", "dialog", "menu", "menubar", "navigation", "search", "toolbar", "tooltip",
))  # fmt: skip
# what programs put into pages: marks of links to headings, numbers of lines
_SILENT_CLASSES = frozenset((
    "headerlink", "anchorjs-link", "hash-link", "mw-editsection", "linenos", "lineno",
))  # fmt: skip


def parse(text: str) -> Node:
    """The root of the tree, `html`."""
    from selectolax.lexbor import LexborHTMLParser

    root = LexborHTMLParser(_tamed(text)).root
    assert root is not None  # HTML has no text that is no page
    return root


def _tamed(text: str) -> str:
    """The page without what takes a parser quadratic time, and with empty elements closed.

    Elements beyond the 1,000th within one another lose their tags, a tag of 50,000 characters
    its attributes. `<title/>` is how XHTML writes an empty one; to HTML it has no end.
    """
    depth = 0

    def tame(found: re.Match[str]) -> str:
        nonlocal depth
        ends, name, rest = found[1], found[2].lower(), found[3]
        short = found[0] if len(rest) < _LONGEST else f"<{ends}{name}"
        if name in _VOID:
            return short
        if not ends and _SLASH.search(rest):
            return f"<{name}{rest[:-1]}></{name}"
        if name in _ENDED_BY_OTHERS:
            return short
        depth = max(0, depth - 1) if ends else depth + 1
        return "<br" if depth + bool(ends) > _DEEPEST else short

    return _TAG.sub(tame, text)


def steps(root: Node, left_out: Callable[[Node], bool]) -> Iterator[tuple[Node, bool]]:
    """Every node below `root`, as it begins (True) and as it ends (False); texts only begin.

    It goes by steps rather than by recursion, for trees may be deep.
    """
    depth, node = 0, root.child
    while node is not None:
        inner = None
        if node.is_text_node:
            yield node, True
        elif node.is_element_node and not left_out(node):
            yield node, True
            inner = node.child
            if inner is None:
                yield node, False
        if inner is not None:
            node, depth = inner, depth + 1
            continue
        while node.next is None and depth:
            parent = node.parent
            assert parent is not None
            node, depth = parent, depth - 1
            yield node, False
        node = node.next


def texts(root: Node) -> list[str]:
    """Every text of a page, seen or not, but for what programs are told."""
    nodes = steps(root, lambda node: node.tag in _PROGRAMS)
    return [node.text_content or "" for node, _ in nodes if node.is_text_node]


def is_silent(node: Node) -> bool:
    """Whether an element is never text for a reader, wherever it stands."""
    name, held = node.tag or "", node.attributes
    if name in _SILENT:
        return True
    if not held:
        return False
    if held.get("role") in _SILENT_ROLES:
        return True
    if held.get("aria-hidden") == "true" and name not in BLOCKS:  # a symbol, a formula's looks
        return True
    if not _SILENT_CLASSES.isdisjoint((held.get("class") or "").split()):
        return True
    return _is_mark(node, name, held.get("href"))


def _is_mark(node: Node, name: str, target: str | None) -> bool:
    """A link from a place to itself: "¶", "§", "#"."""
    if name != "a" or not (target or "").startswith("#"):
        return False
    words = node.text().strip()
    return len(words) < 3 and not any(c.isalnum() for c in words)
