"""How a page is shown: turned and cropped as its file says, whichever way its text runs."""

from __future__ import annotations

from typing import Any, NamedTuple

from index.load.pdf.characters import ASKEW
from index.load.pdf.ink import to_pixels
from index.load.pdf.runs import Direction
from index.load.pdf.strokes import Matrix, times

_PARTS = 2**16  # of the page's width, and of its height
_LARGEST = 100_000  # points: what is larger is no page that is shown


class PageView(NamedTuple):
    """A page's width and height in points, as it is shown.

    `to_shares` leads from where its runs stand to shares (0-1) of these, y downwards.
    """

    width: float
    height: float
    to_shares: Matrix


def view_of(pdfium: Any, page: Any, turn: Direction) -> PageView | None:
    """How `page` is shown whose runs stand along `turn`; None where it has no size."""
    width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    if not (0 < width < _LARGEST and 0 < height < _LARGEST):
        return None
    shares = (1 / _PARTS, 0.0, 0.0, 1 / _PARTS, 0.0, 0.0)
    matrix = times(to_pixels(pdfium, page, _PARTS, _PARTS), shares)
    return PageView(width, height, times(_back(turn), matrix))


def _back(turn: Direction) -> Matrix:
    """From where runs stand to the page's own coordinates."""
    x = -1.0 if turn.mirrored else 1.0
    return (
        (x, 0.0, 0.0, 1.0, 0.0, 0.0),
        (0.0, x, -1.0, 0.0, 0.0, 0.0),
        (-x, 0.0, 0.0, -1.0, 0.0, 0.0),
        (0.0, -x, 1.0, 0.0, 0.0, 0.0),
    )[turn.quarters % ASKEW]
