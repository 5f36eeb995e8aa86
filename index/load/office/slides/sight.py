"""Which shapes of a slide, and which words in them, no reader sees."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from index.load.colours import Colour, is_clear, is_lost, of_hex
from index.load.office.package import (
    Element,
    Package,
    attr,
    child,
    children,
    local,
    whole,
)

_SMALLEST = 150  # hundredths of a point: nobody reads letters of that size
_CLEAR = 5_000  # of 100,000
_FILLS = ("solidFill", "gradFill", "blipFill", "pattFill", "grpFill", "noFill")
_PLAIN = "1001"  # the background of a theme that is one colour


class ShapeBox(NamedTuple):
    """Where a shape stands: left, top, right and bottom."""

    left: int
    top: int
    right: int
    bottom: int

    def meets(self, other: ShapeBox) -> bool:
        """Whether two shapes have a place in common."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


class Palette:
    """The colours that a slide's theme names, and the one of its background."""

    def __init__(self, package: Package, above: Sequence[str], roots: Sequence[Element]) -> None:
        master = above[-1] if above else ""
        theme = package.linked(master, "theme") if master else ""
        scheme = child(package.shared(theme), "themeElements", "clrScheme") if theme else None
        self._named = {local(e): _own(e) for e in (() if scheme is None else scheme)}
        mapped = child(roots[-1], "clrMap")
        self._map = {} if mapped is None else {str(k): str(v) for k, v in mapped.attrib.items()}
        self.paper = self._paper(roots)

    def colour(self, fill: Element | None) -> Colour | None:
        """The colour of a fill, None where it is none that is known."""
        for element in () if fill is None else fill:
            changed = [e for e in element if local(e) != "alpha"]
            name = attr(element, "val")
            found = self._named.get(self._map.get(name, name)) or of_hex(name)
            alpha = child(element, "alpha")
            if alpha is not None and whole(attr(alpha, "val"), _CLEAR + 1) <= _CLEAR:
                return Colour(0, 0, 0, 0)
            return None if changed or alpha is not None else found
        return None

    def _paper(self, roots: Sequence[Element]) -> Colour | None:
        for root in roots:
            background = child(root, "cSld", "bg")
            if background is not None:
                named = child(background, "bgRef")
                if named is not None:
                    return self.colour(named) if attr(named, "idx") == _PLAIN else None
                return self.colour(child(background, "bgPr", "solidFill"))
        return None


class SlideSight:
    """Judges what stands in the shapes of one slide."""

    def __init__(self, palette: Palette, drawn: Sequence[tuple[Element, ShapeBox | None]]) -> None:
        self._palette = palette
        self._drawn = drawn  # what may lie behind a text, and where

    def behind(self, sources: Sequence[Element], room: ShapeBox | None) -> Colour | None:
        """The colour behind the words of a shape; `sources` are it and what it takes after."""
        for source in sources:
            look = child(source, "spPr")
            fill = next((e for e in (() if look is None else look) if local(e) in _FILLS), None)
            if fill is not None and local(fill) != "noFill":
                return self._palette.colour(fill) if local(fill) == "solidFill" else None
            named = child(source, "style", "fillRef")
            if fill is None and named is not None and attr(named, "idx") != "0":
                return None
            if fill is not None:
                break
        others = (place for shape, place in self._drawn if shape is not sources[0])
        if any(room is None or place is None or room.meets(place) for place in others):
            return None
        return self._palette.paper

    def misses(self, run: Element, behind: Colour | None) -> bool:
        """Whether nobody sees a run of letters on that colour."""
        look = child(run, "rPr")
        if look is None:
            return False
        if 0 < whole(attr(look, "sz")) <= _SMALLEST:
            return True
        if child(look, "noFill") is not None:
            return child(look, "ln") is None
        colour = self._palette.colour(child(look, "solidFill"))
        if colour is None:
            return False
        return is_clear(colour) or (behind is not None and is_lost(colour, behind))


def drawn_in(tree: Element | None) -> Iterator[Element]:
    """The shapes of a tree that hide what is behind them, or may."""
    for shape in () if tree is None else tree:
        name = local(shape)
        look = child(shape, "spPr")
        filled = any(
            local(e) in _FILLS and local(e) != "noFill" for e in (() if look is None else look)
        )
        named = child(shape, "style", "fillRef")
        styled = named is not None and attr(named, "idx") != "0"
        if name in ("pic", "graphicFrame", "grpSp", "AlternateContent") or filled or styled:
            yield shape


def room_of(shape: Element) -> ShapeBox | None:
    """Where a shape says that it stands; None in a group, which has a measure of its own."""
    around = shape.getparent()
    if around is None or local(around) != "spTree":
        return None
    for look in (child(shape, "spPr"), child(shape, "grpSpPr"), shape):
        place, size = child(look, "xfrm", "off"), child(look, "xfrm", "ext")
        if place is not None and size is not None:
            left, top = whole(attr(place, "x")), whole(attr(place, "y"))
            return ShapeBox(
                left, top, left + whole(attr(size, "cx")), top + whole(attr(size, "cy"))
            )
    return None


def slide_room(root: Element) -> ShapeBox | None:
    """The slide itself, as the presentation says its size."""
    size = next(children(root, "sldSz"), None)
    return (
        None if size is None else ShapeBox(0, 0, whole(attr(size, "cx")), whole(attr(size, "cy")))
    )


def _own(element: Element) -> Colour | None:
    """The colour of a theme."""
    for said in element:
        return of_hex(attr(said, "lastClr") or attr(said, "val"))
    return None
