"""Which letters of a page no reader sees.

Those that OCR lays over a picture are text, though they are not drawn: what stands on a picture is
always kept. So is what this machine cannot draw for want of its font.
"""

from __future__ import annotations

from ctypes import byref, c_uint, cast
from typing import Any

from index.load.colours import Colour, is_clear, is_lost, is_plain
from index.load.pdf.characters import ASKEW, Characters, CharacterStyle, Stretch
from index.load.pdf.ink import Box, Ink
from index.load.pdf.sheet import HANGING, RAISED

_SMALLEST = 1.0  # points
_PAGE = 700  # times a page's height is a letter that is too small, on a page of tiny units


class PageSight:
    """Looks at the stretches of a page, whose text is loaded."""

    def __init__(self, pdfium: Any, page: Any, characters: Characters) -> None:
        self._pdfium, self._characters = pdfium, characters
        self._ink = Ink(pdfium, page)
        self.strokes = self._ink.strokes
        paper = self._ink.paper
        self._paper = paper
        self._smallest = min(_SMALLEST, (paper.top - paper.bottom) / _PAGE)

    def misses(
        self, stretch: Stretch, style: CharacterStyle, left: float, right: float, base: float
    ) -> bool:
        """Whether nobody sees a stretch that begins, ends and stands there."""
        if style.angle == ASKEW:
            return False
        box = _box(style, left, right, base)
        paper = self._paper
        if (
            box.right < paper.left
            or box.left > paper.right
            or box.top < paper.bottom
            or box.bottom > paper.top
        ):
            return True
        if style.size < self._smallest:
            return self._characters.height(stretch) < self._smallest
        blank = self._ink.is_blank(box)
        if not (blank or style.hidden) or self._ink.is_pictured(box):
            return False
        if style.hidden:
            return blank or not self._ink.is_shape(box)
        return self._is_lost(stretch, box)

    def _is_lost(self, stretch: Stretch, box: Box) -> bool:
        """Whether letters are to be drawn where nothing is seen, and why is known."""
        colour, behind = self._colour(stretch), self._ink.behind(box)
        if colour is None or behind is None:
            return False
        if is_clear(colour) or is_lost(colour, behind):
            return True
        # fine grey letters leave hardly more ink than none, black ones do
        if not (is_plain(colour, behind) and any(map(str.isalnum, stretch.chars))):
            return False
        return self._ink.is_covered(box) or self._characters.is_optional(stretch)

    def _colour(self, stretch: Stretch) -> Colour | None:
        """In which colour letters are drawn; None for a pattern."""
        pdfium = self._pdfium
        stroked = self._characters.is_stroked(stretch)
        ask = pdfium.FPDFPageObj_GetStrokeColor if stroked else pdfium.FPDFPageObj_GetFillColor
        parts = [c_uint() for _ in range(4)]
        if not ask(cast(stretch.held, pdfium.FPDF_PAGEOBJECT), *map(byref, parts)):
            return None
        return Colour(*(part.value / 255 for part in parts))


def _box(style: CharacterStyle, left: float, right: float, base: float) -> Box:
    """The place on the page of letters whose line may be turned."""
    low, high = base - HANGING * style.size, base + RAISED * style.size
    return (
        Box(left, low, right, high),
        Box(-high, left, -low, right),
        Box(-right, -high, -left, -low),
        Box(low, -right, high, -left),
    )[style.angle]
