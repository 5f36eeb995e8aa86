"""Which cells of a workbook show nothing, though they hold something."""

from __future__ import annotations

from collections.abc import Sequence

from index.load.colours import BLACK, WHITE, Colour, is_lost, of_hex
from index.load.office.package import (
    Element,
    attr,
    child,
    children,
    whole,
)

_SMALLEST = 1.5  # points: nobody reads letters of that size
_THEME = {"0": WHITE, "1": BLACK}
_INDEXED = {"0": BLACK, "1": WHITE, "8": BLACK, "9": WHITE, "64": BLACK}
# what gives cells another look than their own
_LOOKS = (b"conditionalFormatting", b"tablePart", b"<picture")


class CellSight:
    """The styles of cells that hide what is in them, by number."""

    def __init__(self, styles: Element | None, formats: Sequence[str]) -> None:
        self._silent = [_silences(code) for code in formats]
        fonts = list(children(child(styles, "fonts"), "font"))
        fills = list(children(child(styles, "fills"), "fill"))
        cells = list(children(child(styles, "cellXfs"), "xf"))
        self._small = [0 < _size(_nth(fonts, attr(e, "fontId"))) <= _SMALLEST for e in cells]
        self._lost = [
            _is_lost(_nth(fonts, attr(e, "fontId")), _nth(fills, attr(e, "fillId"))) for e in cells
        ]

    def misses(self, cell: Element, coloured: bool) -> bool:
        """Whether a cell shows nothing of its value; `coloured`: its sheet gives cells colours."""
        style = whole(cell.get("s", ""), 0)
        if not 0 <= style < len(self._silent):
            return False
        number, text = self._silent[style]
        if number if cell.get("t", "n") == "n" else text:
            return True
        if self._small[style]:
            return True
        return self._lost[style] and not coloured


def is_coloured(sheet: bytes) -> bool:
    """Whether cells of a sheet may have other colours than their own."""
    return any(look in sheet for look in _LOOKS)


def _silences(code: str) -> tuple[bool, bool]:
    """Whether a format shows no number, and no text: ";;;"."""
    parts = [part.strip(' "') for part in code.split(";")]
    number = len(parts) > 2 and not any(parts[:3])
    return number, number and len(parts) > 3 and not parts[3]


def _nth(of: Sequence[Element], said: str) -> Element | None:
    at = whole(said, -1)
    return of[at] if 0 <= at < len(of) else None


def _size(font: Element | None) -> float:
    size = child(font, "sz")
    try:
        return 0.0 if size is None else float(attr(size, "val"))
    except ValueError:
        return 0.0


def _is_lost(font: Element | None, fill: Element | None) -> bool:
    letters = _colour(child(font, "color"))
    pattern = child(fill, "patternFill")
    kind = "" if pattern is None else attr(pattern, "patternType")
    if fill is not None and pattern is None:
        return False  # a gradient
    behind = _colour(child(pattern, "fgColor")) if kind == "solid" else WHITE
    plain = kind in ("", "none", "solid")
    return plain and letters is not None and behind is not None and is_lost(letters, behind)


def _colour(element: Element | None) -> Colour | None:
    """A colour that needs no palette to be known."""
    if element is None or attr(element, "tint") not in ("", "0"):
        return None
    if said := attr(element, "rgb"):
        return of_hex(said[-6:])
    return _THEME.get(attr(element, "theme")) or _INDEXED.get(attr(element, "indexed"))
