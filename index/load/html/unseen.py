"""Takes out of a page what no reader of it sees, whatever is done to it.

It goes by what the file itself says: attributes, inline styles and style sheets. What the page
shows in another state is text: a panel that a control opens, or what another rule of its sheets
shows. Where something may be seen it stays: behind white letters may be a picture.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from index.load.html.looks import LINK, State, changed, hiding, is_pale, is_unseen
from index.load.html.panels import Panels
from index.load.html.sheets import Sheets
from index.load.html.tree import BLOCKS, is_silent, steps
from index.load.unseen import Unseen

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode as Node

# what programs and people call words that only a screen reader says
_SPOKEN = frozenset((
    "a11y-only", "assistive-text", "hidden-visually", "screen-reader-only", "screen-reader-text",
    "show-for-sr", "skip-link", "sr-only", "u-visually-hidden", "visually-hidden",
    "visuallyhidden",
))  # fmt: skip
_WORDS = re.compile(r"[^\W\d_]{2,}\W+[^\W\d_]{2,}")
_PICTURES = "img, picture, video, canvas, svg, iframe, object"
_INHERITED = ("color", "background-color", "font-size", "visibility")
_DIALOGS = ("alertdialog", "dialog")
_PAGE = frozenset(("html", "body", "main"))
_WIDE = _PAGE | {"article"}


def take_out(
    root: Node, unseen: Unseen, sheet_at: Callable[[str], str | None] = lambda link: None
) -> None:
    """Take what is not seen out of the tree below `root`, and count it.

    `sheet_at` gives the style sheet that a link leads to, None where it is not at hand.
    A page of which nothing would be left is shown by a script: all of it stays.
    """
    walk = _UnseenWalk(root, sheet_at)
    for node, begins in steps(root, walk.hides):
        if node.is_text_node:
            walk.text(node)
        elif not begins:
            walk.end()
    walk.take_out(unseen)


class _UnseenWalk:
    """Where on the page a step is."""

    def __init__(self, root: Node, sheet_at: Callable[[str], str | None]) -> None:
        self._sheets = Sheets(root, sheet_at)
        self._panels = Panels(root)
        self._states = [State(letters=None, behind=None) if self._sheets.foreign else State()]
        self._states.append(self._state(root, self._sheets.of(root), None))
        self._found: list[Node] = []
        self._pictured: dict[int, bool] = {}
        self._seen = False  # whether some text is

    def hides(self, node: Node) -> bool:
        """Come to an element, and say whether all of it is unseen, or no text."""
        said = self._sheets.of(node)
        held = node.attributes
        by = _hidden_by(node, said, held)
        if by is not None and not _is_page(node) and not self._opens(node, by):
            self._found.append(node)
            return True
        if held.get("role") in _DIALOGS and self._panels.refers(node):
            del node.attrs["role"]  # what a click opens is text
        if is_silent(node):
            return True
        self._states.append(self._state(node, said, by))
        return False

    def end(self) -> None:
        """Leave an element."""
        self._states.pop()

    def text(self, node: Node) -> None:
        """Come to words."""
        words = (node.text_content or "").strip()
        if not words:
            return
        state = self._states[-1]
        if is_unseen(state) or (is_pale(state) and not self._is_pictured(node)):
            self._found.append(node)
        else:
            self._seen = True

    def take_out(self, unseen: Unseen) -> None:
        """Take out what was found."""
        for node in self._found if self._seen else ():
            if node.tag != "a":  # a link that jumps over the menu
                unseen.add(_text_of(node))
            node.decompose()

    def _is_pictured(self, node: Node) -> bool:
        """Whether a picture stands near: it may be behind the words."""
        around = node.parent
        for _ in range(3):
            if around is None or around.tag in _WIDE:
                return False
            held = self._pictured.get(around.mem_id)
            if held is None:
                held = around.css_first(_PICTURES) is not None
                self._pictured[around.mem_id] = held
            if held:
                return True
            around = around.parent
        return False

    def _opens(self, node: Node, by: Mapping[str, str]) -> bool:
        return self._panels.holds(node) or self._sheets.turns(node, by)

    def _state(self, node: Node, said: Mapping[str, str], by: Mapping[str, str] | None) -> State:
        state = self._states[-1]
        held = node.attributes
        named = node.tag in BLOCKS or "id" in held or "class" in held
        if self._sheets.foreign and named:  # a sheet that is not here may say otherwise
            state = state._replace(letters=None, behind=None)
        if node.tag == "a" and "href" in held and state.letters:
            state = state._replace(letters=LINK)
        if said or held:
            state = changed(state, node, said)
        own = {name: said[name] for name in _INHERITED if name in said}
        if by is not None or (own and self._opens(node, own)):
            state = state._replace(shown=True, letters=None, size=State().size)
        return state


def _hidden_by(
    node: Node, said: Mapping[str, str], held: Mapping[str, str | None]
) -> Mapping[str, str] | None:
    """The declaration, or what is like one, that hides all of an element; None: it is shown."""
    if said.get("display", "none" if _is_closed(node, held) else "") == "none":
        return {"display": "none"}
    if not _SPOKEN.isdisjoint((held.get("class") or "").split()):
        return {"position": "absolute"}
    if held.get("aria-hidden") == "true" and (node.tag in BLOCKS or _is_said(node)):
        return {"aria-hidden": "true"}
    if "animation" in said or "transition" in said:
        return None
    name = next(hiding(said), "") if said else ""
    return {name: said[name]} if name else None


def _is_closed(node: Node, held: Mapping[str, str | None]) -> bool:
    """Whether an element is not shown unless a style sheet says so."""
    hidden = "hidden" in held and held["hidden"] != "until-found"
    return hidden or "popover" in held or (node.tag == "dialog" and "open" not in held)


def _is_said(node: Node) -> bool:
    """Whether there are words in it, rather than a symbol or the looks of a formula."""
    beside = (node.prev, node.next)
    formula = any(one is not None and one.css_first("math") is not None for one in beside)
    return not formula and bool(_WORDS.search(node.text()))


def _is_page(node: Node) -> bool:
    """Whether an element is what the whole page stands in."""
    held = node.attributes
    return (
        node.tag in _PAGE
        or held.get("role") == "main"
        or node.css_first("main, [role=main]") is not None
    )


def _text_of(node: Node) -> str:
    """The words of a node, without what is no text."""
    if node.is_text_node:
        return node.text_content or ""
    found = (one.text_content or "" for one, _ in steps(node, is_silent) if one.is_text_node)
    return " ".join(found)
