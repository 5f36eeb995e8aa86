"""Which runs of a Word document no reader sees."""

from __future__ import annotations

from collections.abc import Iterator

from index.load.colours import WHITE, Colour, is_lost, of_hex
from index.load.office.package import (
    Element,
    Package,
    attr,
    child,
    is_on,
    local,
    whole,
)
from index.load.office.word.styles import ParagraphStyle, Styles
from index.load.unseen import Unseen

_SMALLEST = 3  # half points: nobody reads letters of that size


class RunSight:
    """Judges the runs of a document, and counts what is left out."""

    def __init__(self, package: Package, styles: Styles) -> None:
        self.unseen = Unseen()
        self._styles = styles
        self._page = _page_colour(package)

    def misses(
        self, run: Element, look: Element | None, style: ParagraphStyle, around: ParagraphStyle
    ) -> bool:
        """Whether a run is hidden, too small, or of the colour behind it.

        `style` is the run's own, `around` its paragraph's.
        """
        vanish = child(look, "vanish")
        if is_on(vanish) or (vanish is None and (style.hidden or around.hidden)):
            return True
        # a table of contents has its page numbers so: to be read on paper
        if not around.contents and (is_on(child(look, "webHidden")) or style.web_hidden):
            return True
        own = child(look, "sz")
        size = style.size or around.size if own is None else whole(attr(own, "val"))
        return 0 < size <= _SMALLEST or self._is_lost(run, look, style, around)

    def hides(self, drawing: Element) -> bool:
        """Whether a drawing is hidden."""
        named = drawing.iter("{*}docPr")
        shapes = drawing.iter("{*}shape", "{*}rect")
        return any(attr(e, "hidden") in ("1", "true") for e in named) or any(
            "visibility:hidden" in (e.get("style") or "").replace(" ", "") for e in shapes
        )

    def _is_lost(
        self, run: Element, look: Element | None, style: ParagraphStyle, around: ParagraphStyle
    ) -> bool:
        if child(look, "textFill", "noFill") is not None:
            return True
        own = child(look, "color")
        colour = of_hex((style.colour or around.colour) if own is None else attr(own, "val"))
        if colour is None:
            return False
        behind = self._behind(run, look, style, around)
        return behind is not None and is_lost(colour, behind)

    def _behind(
        self, run: Element, look: Element | None, style: ParagraphStyle, around: ParagraphStyle
    ) -> Colour | None:
        """The colour behind a run; None where it is not known."""
        highlight = child(look, "highlight")
        if highlight is not None:
            return WHITE if attr(highlight, "val") == "white" else None
        for fill in (_fill(child(look, "shd")), style.fill, *self._around(run), around.fill):
            if fill:
                return of_hex(fill)
        return self._page

    def _around(self, run: Element) -> Iterator[str]:
        """How what a run stands in is filled; "?" where that is not known."""
        for element in run.iterancestors():
            name = local(element)
            if name == "p":
                yield _fill(child(element, "pPr", "shd"))
            elif name == "tc":
                yield _fill(child(element, "tcPr", "shd"))
            elif name == "tbl":
                yield _fill(child(element, "tblPr", "shd"))
                named = child(element, "tblPr", "tblStyle")
                yield "?" if named is not None and self._styles.fills(attr(named, "val")) else ""
            elif name == "txbxContent":
                yield "?"


def _fill(shading: Element | None) -> str:
    """The colour of a w:shd, "" for none, "?" for a pattern."""
    if shading is None:
        return ""
    fill = attr(shading, "fill")
    if attr(shading, "val") not in ("", "clear", "nil"):
        return "?"
    return "" if fill in ("", "auto") else fill


def _page_colour(package: Package) -> Colour | None:
    """The colour of the pages; None where something may lie behind the text."""
    if any(
        attr(anchor, "behindDoc") in ("1", "true") for anchor in package.root.iter("{*}anchor")
    ) or any(
        "z-index:-" in (e.get("style") or "") for e in package.root.iter("{*}shape", "{*}rect")
    ):
        return None
    background = child(package.root, "background")
    if background is None:
        return WHITE
    return of_hex(attr(background, "color")) if not len(background) else None
