"""Takes out of a page what no reader of it sees, whatever is done to it.

It goes by what the file itself says: attributes, inline styles and style sheets. What the page
shows in another state is text: a panel that a control opens, or what another rule of its sheets
shows. Where something may be seen it stays: behind white letters may be a picture.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from index.load.colours import BLACK, WHITE, Colour, is_clear, is_lost, over
from index.load.html.panels import Panels
from index.load.html.sheets import Sheets
from index.load.html.tree import BLOCKS, is_silent, steps
from index.load.unseen import Unseen

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode as Node

_SMALLEST = 2.0  # pixels: no letter of that height can be read
_USUAL = 16.0
_FAR = 900.0  # pixels: a drawer waits nearer at the edge of the page
_FAINT = 0.05  # of opacity
_LINK = Colour(0, 0, 0.93)
_UNITS = {
    "": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 37.8, "mm": 3.78, "q": 0.945,
    "%": 12.0, "rem": _USUAL, "vw": 12.0, "vh": 8.0, "ch": 8.0, "ex": 8.0,
}  # fmt: skip
_LENGTH = re.compile(r"(-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?)([a-z%]*)")
_NOTHING = re.compile(
    r"(?:rect\((?:[01](?:px)?[,\s]*){4}\)|inset\((?:[5-9]\d|100)%[^)]*\)|circle\(0[^)]*\))"
)
_SHRUNK = re.compile(r"scale(?:3d|x|y)?\(\s*0*(?:\.0+\d*)?\s*[,)]")
_MOVED = re.compile(r"translate(?:3d|x|y)?\(\s*([^,)]+)(?:,([^,)]+))?")
# what programs and people call words that only a screen reader says
_SPOKEN = frozenset((
    "a11y-only", "assistive-text", "hidden-visually", "screen-reader-only", "screen-reader-text",
    "show-for-sr", "skip-link", "sr-only", "u-visually-hidden", "visually-hidden",
    "visuallyhidden",
))  # fmt: skip
_EDGES = ("left", "top", "right")
_SIZES = ("height", "max-height", "width", "max-width")
_WORDS = re.compile(r"[^\W\d_]{2,}\W+[^\W\d_]{2,}")
_PICTURES = "img, picture, video, canvas, svg, iframe, object"
_INHERITED = ("color", "background-color", "font-size", "visibility")
_DIALOGS = ("alertdialog", "dialog")
_PAGE = frozenset(("html", "body", "main"))


class _State(NamedTuple):
    """What an element hands down; a colour is None where it is not known."""

    shown: bool = True
    size: float = _USUAL
    letters: Colour | None = BLACK
    behind: Colour | None = WHITE


def take_out(root: Node, unseen: Unseen) -> None:
    """Take what is not seen out of the tree below `root`, and count it.

    A page of which nothing would be left is shown by a script: all of it stays.
    """
    walk = _Walk(root)
    for node, begins in steps(root, walk.hides):
        if node.is_text_node:
            walk.text(node)
        elif not begins:
            walk.end()
    walk.take_out(unseen)


class _Walk:
    """Where on the page a step is."""

    def __init__(self, root: Node) -> None:
        self._sheets = Sheets(root)
        self._panels = Panels(root)
        self._states = [_State(letters=None, behind=None) if self._sheets.foreign else _State()]
        self._states.append(self._state(root, self._sheets.of(root), None))
        self._found: list[Node] = []
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
        if _is_unseen(self._states[-1], node):
            self._found.append(node)
        else:
            self._seen = True

    def take_out(self, unseen: Unseen) -> None:
        """Take out what was found."""
        for node in self._found if self._seen else ():
            if node.tag != "a":  # a link that jumps over the menu
                unseen.add(_text_of(node))
            node.decompose()

    def _opens(self, node: Node, by: Mapping[str, str]) -> bool:
        return self._panels.holds(node) or self._sheets.turns(node, by)

    def _state(self, node: Node, said: Mapping[str, str], by: Mapping[str, str] | None) -> _State:
        state = self._states[-1]
        held = node.attributes
        named = node.tag in BLOCKS or "id" in held or "class" in held
        if self._sheets.foreign and named:  # a sheet that is not here may say otherwise
            state = state._replace(letters=None, behind=None)
        if node.tag == "a" and "href" in held and state.letters:
            state = state._replace(letters=_LINK)
        if said or held:
            state = _changed(state, node, said)
        own = {name: said[name] for name in _INHERITED if name in said}
        if by is not None or (own and self._opens(node, own)):
            state = state._replace(shown=True, letters=None, size=_USUAL)
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
    name = next(_hiding(said), "") if said else ""
    return {name: said[name]} if name else None


def _is_closed(node: Node, held: Mapping[str, str | None]) -> bool:
    """Whether an element is not shown unless a style sheet says so."""
    hidden = "hidden" in held and held["hidden"] != "until-found"
    return hidden or "popover" in held or (node.tag == "dialog" and "open" not in held)


def _is_said(node: Node) -> bool:
    """Whether there are words in it, rather than a symbol or the looks of a formula."""
    around = node.parent
    formula = around is not None and around.css_first("math") is not None
    return not formula and bool(_WORDS.search(node.text()))


def _hiding(said: Mapping[str, str]) -> Iterator[str]:
    """The properties that hide an element with all that is in it."""
    if said.get("content-visibility") == "hidden":
        yield "content-visibility"
    if _px(said.get("opacity", "1"), 1.0) <= _FAINT:
        yield "opacity"
    if "opacity(0" in said.get("filter", "").replace("opacity(0.", ""):
        yield "filter"
    if _is_transformed_away(said.get("transform", "")):
        yield "transform"
    if said.get("position", "static") not in ("static", "sticky"):
        yield from (name for name in _EDGES if _px(said.get(name, "0")) < -_FAR)
        if _NOTHING.match(said.get("clip", "")):
            yield "clip"
    if _NOTHING.match(said.get("clip-path", "")):
        yield "clip-path"
    if said.get("overflow", "visible").split()[0] in ("hidden", "clip") and not _is_padded(said):
        yield from (name for name in _SIZES if _px(said.get(name, "9")) <= 1)
    if abs(_px(said.get("text-indent", "0"))) > _FAR:
        yield "text-indent"
    if _px(said.get("margin-left", "0")) < -_FAR and "padding-left" not in said:
        yield "margin-left"


def _is_transformed_away(transform: str) -> bool:
    moved = _MOVED.search(transform)
    ways = [way for way in moved.groups() if way] if moved else []
    return bool(_SHRUNK.search(transform)) or any(_px(way.strip()) < -_FAR for way in ways)


def _is_padded(said: Mapping[str, str]) -> bool:
    """Whether an element has room without a height of its own."""
    paddings = (said[name] for name in ("padding", "padding-top", "padding-bottom") if name in said)
    return any(_px(part, 9.0) > 1 for value in paddings for part in value.split())


def _changed(state: _State, node: Node, said: Mapping[str, str]) -> _State:
    """The state of what stands in an element."""
    visibility = said.get("visibility", "")
    shown = state.shown if visibility in ("", "inherit") else visibility == "visible"
    return _State(
        shown,
        _size(said.get("font-size", ""), state.size),
        _letters(state, node, said),
        _behind(state, node, said),
    )


def _size(said: str, around: float) -> float:
    """The height of letters in pixels."""
    length = _LENGTH.fullmatch(said)
    if said in ("", "inherit", "smaller", "larger"):
        return around
    if length is None:
        return _USUAL
    if length[2] in ("em", "%"):
        return float(length[1]) * around / (100 if length[2] == "%" else 1)
    return float(length[1]) * _UNITS.get(length[2], _USUAL)


def _letters(state: _State, node: Node, said: Mapping[str, str]) -> Colour | None:
    if said.get("background-clip") == "text" or said.get("text-shadow", "none") != "none":
        return None
    held = node.attributes
    own = said.get("-webkit-text-fill-color") or said.get("color")
    own = own or held.get("color" if node.tag == "font" else "text") or ""
    if own in ("", "inherit", "currentcolor"):
        return state.letters
    return _colour(own)


def _behind(state: _State, node: Node, said: Mapping[str, str]) -> Colour | None:
    held = node.attributes
    drawn = said.get("background-image", "none") != "none" or held.get("background")
    if drawn or "mix-blend-mode" in said or "filter" in said or "color-scheme" in said:
        return None
    floats = said.get("position") in ("absolute", "fixed", "sticky")
    around = None if floats else state.behind
    own = said.get("background-color") or held.get("bgcolor") or ""
    if own in ("", "inherit", "none", "initial", "unset"):
        return around
    colour = _colour(own)
    if colour is None or is_clear(colour):
        return around if colour else None
    return over(colour, around) if around else colour if colour.alpha == 1 else None


@lru_cache(maxsize=1000)
def _colour(said: str) -> Colour | None:
    """The first colour that a value names, None where it names none that is known here."""
    import tinycss2
    from tinycss2.color4 import parse_color

    if "var(" in said or "gradient(" in said:
        return None
    for token in tinycss2.parse_component_value_list(said):
        found = parse_color(token)
        if found == "currentcolor":
            return None
        if found is not None:
            try:
                red, green, blue = found.to("srgb").coordinates
            except NotImplementedError:
                return None
            return Colour(red or 0, green or 0, blue or 0, found.alpha or 0)
    return None


def _px(said: str, otherwise: float = 0.0) -> float:
    """A length in pixels, roughly; `otherwise` where it is none."""
    length = _LENGTH.fullmatch(said.split("!")[0].strip())
    if length is None:
        return otherwise
    return float(length[1]) * _UNITS.get(length[2], _USUAL)


def _is_unseen(state: _State, node: Node) -> bool:
    """Whether words in this state are not seen where they stand."""
    if not state.shown or state.size < _SMALLEST:
        return True
    if state.letters is None:
        return False
    if is_clear(state.letters):
        return True
    lost = state.behind is not None and is_lost(state.letters, state.behind)
    return lost and not _is_over_picture(node)


def _is_over_picture(node: Node) -> bool:
    """Whether a picture stands near: it may be behind the words."""
    around = node.parent
    for _ in range(3):
        if around is None or around.tag in ("body", "html", "main", "article"):
            return False
        if around.css_first(_PICTURES) is not None:
            return True
        around = around.parent
    return False


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
