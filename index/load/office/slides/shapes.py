"""A slide's shapes in the order in which they are read, and what they inherit from its layout."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from index.load.office.package import (
    Element,
    Package,
    attr,
    child,
    children,
    chosen,
    link_id,
    local,
    whole,
)
from index.load.office.slides.charts import chart, diagram
from index.load.office.slides.drawings import Said, paragraphs, table
from index.load.office.slides.sight import (
    Palette,
    SlideSight,
    drawn_in,
    room_of,
    slide_room,
)
from index.load.unseen import Unseen

_TITLES = {"title", "ctrTitle"}
_FURNITURE = {"dt", "ftr", "hdr", "sldNum", "sldImg"}
_FAR = 2**62  # where a shape of unknown place is put


class Slide:
    """A slide with its layout and master. Raises UnreadableDocument when a part is damaged."""

    def __init__(self, package: Package, part: str, unseen: Unseen) -> None:
        self.root = package.xml(part)
        self.is_hidden = attr(self.root, "show") in ("0", "false")
        self._package = package
        self._links = package.link_ids(part)
        layout = package.linked(part, "slideLayout")
        master = package.linked(layout, "slideMaster") if layout else ""
        above = [name for name in (layout, master) if name]
        self._above = [package.shared(name) for name in above]
        self._unseen = unseen
        self._room = slide_room(package.root)
        roots = [self.root, *self._above]
        trees = (child(root, "cSld", "spTree") for root in roots)
        drawn = [(shape, room_of(shape)) for tree in trees for shape in drawn_in(tree)]
        titles = (e for e in self.root.iter("{*}sp") if role(e) in _TITLES and said_in(e).strip())
        self._title = next((e for e in titles if not self._is_hidden(e)), None)
        self._sight = SlideSight(Palette(package, above, roots), drawn)

    def title(self) -> str:
        """What stands in the title's place, or ""."""
        if self._title is None:
            return ""
        return " ".join(said.text for said in self._paragraphs(self._title))

    def said(self) -> Iterator[list[Said]]:
        """What each shape says, from top to bottom and from left to right, the title left out."""
        yield from self._tree(child(self.root, "cSld", "spTree"))

    def _tree(self, tree: Element | None) -> Iterator[list[Said]]:
        shapes = [] if tree is None else list(self._shapes(tree))
        for shape in _in_order([(self._place(shape), shape) for shape in shapes]):
            if local(shape) == "grpSp":
                yield from self._tree(shape)
            elif local(shape) == "graphicFrame":
                yield list(self._graphic(shape))
            elif shape is not self._title:
                yield list(self._paragraphs(shape))

    def _paragraphs(self, shape: Element) -> Iterator[Said]:
        """What is seen of a shape's text."""
        sources = list(self._inherited(shape))
        room = next(filter(None, map(room_of, sources)), None)
        behind = self._sight.behind(sources, room)

        def is_seen(run: Element) -> bool:
            if self._sight.misses(run, behind):
                self._unseen.add(said_in(run))
                return False
            return True

        lists = () if role(shape) in _TITLES else self._lists(shape)
        return paragraphs(child(shape, "txBody"), lists, is_seen)

    def _is_hidden(self, shape: Element) -> bool:
        """Whether a shape is hidden, or stands beside the slide."""
        named = next(children(next(iter(shape)), "cNvPr"), None) if len(shape) else None
        room = room_of(shape)
        beside = room is not None and self._room is not None and not room.meets(self._room)
        return beside or (named is not None and attr(named, "hidden") in ("1", "true"))

    def _shapes(self, tree: Element) -> Iterator[Element]:
        for shape in tree:
            if local(shape) == "AlternateContent":
                shown = chosen(shape)
                yield from self._shapes(shown) if shown is not None else ()
            elif local(shape) not in ("sp", "grpSp", "graphicFrame") or role(shape) in _FURNITURE:
                continue
            elif self._is_hidden(shape):
                self._unseen.add(said_in(shape))
            else:
                yield shape

    def _graphic(self, frame: Element) -> Iterator[Said]:
        data = child(frame, "graphic", "graphicData")
        for part in () if data is None else data:
            link = self._links.get(link_id(part, "dm" if local(part) == "relIds" else "id"))
            if local(part) == "tbl":
                yield from table(part)
            elif link and self._package.has(link.part):
                if local(part) == "chart":
                    yield from chart(self._package, link.part)
                elif local(part) == "relIds":
                    yield from diagram(self._package, link.part)

    def _inherited(self, shape: Element) -> Iterator[Element]:
        """The shape, and the placeholders of the layout and the master that it takes after."""
        yield shape
        holder = _holder(shape)
        for depth, root in enumerate(self._above if holder is not None else ()):
            others = (other for other in root.iter("{*}sp") if _is_for(other, holder, depth))
            yield from islice(others, 1)

    def _place(self, shape: Element) -> tuple[int, int]:
        """Top and left, in the units of what the shape stands in."""
        for source in self._inherited(shape):
            for look in (child(source, "spPr"), child(source, "grpSpPr"), source):
                offset = child(look, "xfrm", "off")
                if offset is not None:
                    return whole(attr(offset, "y")), whole(attr(offset, "x"))
        return _FAR, 0

    def _lists(self, shape: Element) -> Sequence[Element]:
        """What says whether the shape's paragraphs have bullets, nearest first."""
        found = [child(s, "txBody", "lstStyle") for s in list(self._inherited(shape))[1:]]
        if _holder(shape) is not None and len(self._above) == 2:
            found.append(child(self._above[1], "txStyles", "bodyStyle"))
        return [style for style in found if style is not None]


def _holder(shape: Element) -> Element | None:
    """The element that makes a shape a placeholder."""
    for part in shape:
        if local(part).startswith("nv"):
            return child(part, "nvPr", "ph")
    return None


def role(shape: Element) -> str:
    """What a shape is the place for: "title", "body", "obj"; "" when it is a mere text box."""
    holder = _holder(shape)
    return "" if holder is None else attr(holder, "type") or "obj"


def _is_for(shape: Element, holder: Element | None, depth: int) -> bool:
    """Whether a placeholder of the layout (depth 0) or the master is the one of `holder`."""
    held = _holder(shape)
    if held is None or holder is None:
        return False
    kind, wanted = (attr(e, "type") or "obj" for e in (held, holder))
    if depth:
        return kind == ("title" if wanted in _TITLES else "body")
    index = attr(holder, "idx")
    return attr(held, "idx") == index if index else kind == wanted


def said_in(element: Element) -> str:
    """All words in an element."""
    return " ".join(text.text or "" for text in element.iter("{*}t"))


def _in_order(placed: Sequence[tuple[tuple[int, int], Element]]) -> Iterator[Element]:
    """From top to bottom; what begins at nearly the same height, from left to right."""
    rest = sorted(placed, key=lambda p: p[0])
    known = [top for (top, _), _ in rest if top != _FAR]
    near = (max(known, default=0) - min(known, default=0)) // 20
    while rest:
        band = [p for p in rest if p[0][0] <= rest[0][0][0] + near]
        rest = rest[len(band) :]
        yield from (shape for _, shape in sorted(band, key=lambda p: p[0][1]))
