"""Headings of a PDF whose tags name none: by the size and weight of their letters."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from index.language import letters
from index.load.pdf.paragraphs import Usual
from index.load.pdf.sheet import Part
from index.types import BlockKind

Outline = Mapping[tuple[int, str], int]  # a page, and the letters of a title there: its depth

_LONGEST = 200  # characters
_LARGE = 1.12  # times the usual size
_STOPS = re.compile(r"[.,;:!…][\"'”’)]*\Z")

_Style = tuple[float, bool, int]  # smaller numbers are above


def headed(parts: Sequence[Part], norm: Usual, outline: Outline) -> list[Part]:
    """The parts with their headings, which have levels 1-6 by size, weight and outline.

    Where the tags name headings, only what is larger than all of them is one, too: the title.
    """
    tagged = max((p.lines[0].size for p in parts if p.level), default=0.0)
    if tagged:
        norm = norm._replace(size=max(norm.size, tagged), bold=True)
        outline = {}
    styles = [_style(part, norm, outline) for part in parts]
    ranks = {style: n for n, style in enumerate(sorted({s for s in styles if s}), 1)}
    return [
        _heading(part, min(6, ranks[style])) if style else part
        for part, style in zip(parts, styles, strict=True)
    ]


def _heading(part: Part, level: int) -> Part:
    first = part.lines[0]
    lines = (first._replace(text=part.marker + first.text), *part.lines[1:])
    return Part(BlockKind.HEADING, lines, level, path=part.path)


def _style(part: Part, norm: Usual, outline: Outline) -> _Style | None:
    """What ranks a heading; None for other parts."""
    text = part.marker + " ".join(line.text for line in part.lines)
    lines = part.lines
    numbered = any(c.isalnum() for c in part.marker)
    if len(text) > _LONGEST or not (part.kind is BlockKind.PARAGRAPH or numbered):
        return None
    size, bold = round(lines[0].size * 2) / 2, all(line.bold for line in lines)
    depth = outline.get((lines[0].sheet, letters(text)), 0)
    if depth or _looks(text, lines[0].size / norm.size, bold and not norm.bold, len(lines)):
        return -size, not bold, depth
    return None


def _looks(text: str, scale: float, bold: bool, lines: int) -> bool:
    """Whether large or bold letters make a short text a heading."""
    words = len(text.split())
    if sum(c.isalpha() for c in text) < 2 or lines > 4:
        return False
    if scale >= _LARGE:
        return words <= 8 or not _STOPS.search(text)
    return bold and scale >= 0.95 and lines <= 2 and words <= 16 and not _STOPS.search(text)
