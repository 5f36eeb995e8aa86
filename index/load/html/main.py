"""Where the main text of a page is, and which parts around it are the page's."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from index.load.html.tree import is_silent, steps

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode as Node

_SECTIONS = frozenset(("article", "aside", "main", "nav", "section"))
_ROLES = {"banner": "header", "contentinfo": "footer", "complementary": "aside"}
_MARKS = (("main, [role=main]", 0.3), ("article", 0.5))  # and the least share of the page's text
_MOST = 50  # elements that are weighed
_LINKS = 0.6  # of an element's letters: more make it a list of links
_FRAME = 0.8  # of a page's characters, at most, for its lists of links
# how pages that mark no main part name what is around it
_NAMED = re.compile(r"(?i)(?:\A|[\s_-])(?:nav|menu|side-?bar|breadcrumb|footer|related|skip)")


def main_of(root: Node) -> Node:
    """The part that the page marks as its main one and that holds its text; else all of it."""
    body = root.css_first("body") or root
    whole = _length(body)
    for query, share in _MARKS:
        sized = [(_length(node), node) for node in body.css(query)[:_MOST]]
        length, best = max(sized, key=lambda one: one[0], default=(0, body))
        inside = {node.mem_id for node in best.css(query)}
        alone = all(node.mem_id in inside for size, node in sized if size)
        if length and alone and length >= share * whole:
            return best
    return body


def _length(part: Node) -> int:
    """The characters of a part, without what is silent."""
    return sum(
        len((node.text_content or "").strip())
        for node, begins in steps(part, is_silent)
        if begins and node.is_text_node
    )


def left_out_of(main: Node) -> Callable[[Node], bool]:
    """What says of an element below `main` whether it is no text or the page's frame."""
    articles = main.tag == "article" or main.css_first("article") is not None
    links = _link_lists(main)

    def left_out(node: Node) -> bool:
        return is_silent(node) or node.mem_id in links or _is_frame(node, main, articles)

    return left_out


def _is_frame(node: Node, main: Node, articles: bool) -> bool:
    """Whether it is the page's header or footer, or stands aside of the text."""
    role = _role(node)
    if role == "aside":
        section = _section(node, main)
        return section == "" or (articles and section != "article")
    if role not in ("header", "footer") or _section(node, main):
        return False
    return role == "footer" or node.css_first("h1") is None


def _role(node: Node) -> str:
    return _ROLES.get(node.attributes.get("role") or "", node.tag or "")


def _section(node: Node, main: Node) -> str:
    """The tag of the section that the element stands in, up to `main`; "" where it is none."""
    while node.mem_id != main.mem_id and node.parent is not None:
        node = node.parent
        if node.tag in _SECTIONS:
            return node.tag or ""
        if node.attributes.get("role") == "main":
            return "main"
    return ""


def _link_lists(main: Node) -> set[int]:
    """The asides that are mostly links; in an unmarked page, what is named a menu as well."""
    open_ = [[0, 0]]  # of each element that is open: its characters, and those of links
    found: list[tuple[int, int]] = []
    for node, begins in steps(main, is_silent):
        if node.is_text_node:
            open_[-1][0] += len((node.text_content or "").strip())
        elif begins:
            open_.append([0, 0])
        else:
            whole, linked = open_.pop()
            linked = whole if node.tag == "a" else linked
            if linked > _LINKS * whole and (
                _role(node) == "aside" or (main.tag == "body" and _is_named(node))
            ):
                found.append((whole, node.mem_id))
            open_[-1][0] += whole
            open_[-1][1] += linked
    # a page that is little else is an index, whatever its parts are named
    return {place for whole, place in found if whole <= _FRAME * open_[0][0]}


def _is_named(node: Node) -> bool:
    held = node.attributes
    return bool(_NAMED.search(f"{held.get('id') or ''} {held.get('class') or ''}"))
