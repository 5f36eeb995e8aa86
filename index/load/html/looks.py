"""How a page draws its words: their size, their colour and what is behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from index.load.colours import BLACK, WHITE, Colour, is_clear, is_lost, over

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode as Node

_SMALLEST = 2.0  # pixels: no letter of that height can be read
_USUAL = 16.0
_FAR = 900.0  # pixels: a drawer waits nearer at the edge of the page
_FAINT = 0.05  # of opacity
LINK = Colour(0, 0, 0.93)
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
# a page that is scrolled while a box lies over it is moved up
_EDGES = {"left": _FAR, "right": _FAR, "top": 5 * _FAR}
_SIZES = ("height", "max-height", "width", "max-width")


class State(NamedTuple):
    """What an element hands down; a colour is None where it is not known."""

    shown: bool = True
    size: float = _USUAL
    letters: Colour | None = BLACK
    behind: Colour | None = WHITE


def is_unseen(state: State) -> bool:
    """Whether words in this state are hidden, too small or transparent."""
    clear = state.letters is not None and is_clear(state.letters)
    return clear or not state.shown or state.size < _SMALLEST


def is_pale(state: State) -> bool:
    """Whether words in this state have the colour of what is behind them."""
    letters, behind = state.letters, state.behind
    return letters is not None and behind is not None and is_lost(letters, behind)


def changed(state: State, node: Node, said: Mapping[str, str]) -> State:
    """The state of what stands in an element."""
    visibility = said.get("visibility", "")
    shown = state.shown if visibility in ("", "inherit") else visibility == "visible"
    return State(
        shown,
        _size(said.get("font-size", ""), state.size),
        _letters(state, node, said),
        _behind(state, node, said),
    )


def hiding(said: Mapping[str, str]) -> Iterator[str]:
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
        yield from (name for name, far in _EDGES.items() if _px(said.get(name, "0")) < -far)
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


def _letters(state: State, node: Node, said: Mapping[str, str]) -> Colour | None:
    if said.get("background-clip") == "text" or said.get("text-shadow", "none") != "none":
        return None
    held = node.attributes
    own = said.get("-webkit-text-fill-color") or said.get("color")
    own = own or held.get("color" if node.tag == "font" else "text") or ""
    if own in ("", "inherit", "currentcolor"):
        return state.letters
    return _colour(own)


def _behind(state: State, node: Node, said: Mapping[str, str]) -> Colour | None:
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
