"""Where a page has columns: a gutter that nothing crosses but what ends the columns above it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import groupby, pairwise
from statistics import median
from typing import NamedTuple

from index.load.pdf.extents import covered, place
from index.load.pdf.sheet import Extent, Run

_MOST = 60  # left edges that are tried
_LARGEST = 3000  # strips of a page that may have columns
_GUTTER = 0.7  # times the size of the letters: the least white between two columns
_ALIKE = 3.0  # points: lines that begin as near begin at one place
_CLOSE = 1.6  # times the size: lines of one text are no further apart
_LEVEL = 0.1  # times: base lines that differ by less are one
_LONG = 20  # letters of a line of prose
_FULL = 0.7  # share of its column's width that it fills
_LINES = 3  # of prose beside as many others are columns


class Strip(NamedTuple):
    """Runs that follow one another on a line without a wide gap; `at` counts in their order."""

    at: int
    runs: tuple[Run, ...]
    left: float
    right: float
    base: float
    size: float
    letters: int


class Zone:
    """Strips on both sides of a gutter, in the page's own order; `right` may be empty."""

    def __init__(self, strips: Sequence[Strip], edge: float) -> None:
        self.strips = strips
        self.is_right = [s.left >= edge - 1 for s in strips]
        self.left = [s for s, right in zip(strips, self.is_right, strict=True) if not right]
        self.right = [s for s, right in zip(strips, self.is_right, strict=True) if right]
        self._edge = edge

    @property
    def height(self) -> int:
        """How many lines stand on the shorter side."""
        return min(_rows(self.left), _rows(self.right))

    @property
    def is_row(self) -> bool:
        """Whether all stands on one line, as in a table's row."""
        return all(abs(s.base - self.strips[0].base) < 0.5 * s.size for s in self.strips)

    @cached_property
    def turns(self) -> list[tuple[bool, int]]:
        """Which side is drawn, true for the right one, and how many lines of it in a row."""
        drawn = zip(self.is_right, (round(s.base) for s in self.strips), strict=True)
        lines = (right for (right, _), _ in groupby(drawn))
        return [(right, len(list(group))) for right, group in groupby(lines)]

    @property
    def is_across(self) -> bool:
        """Whether it is drawn line by line across both sides, for the most part."""
        return sum(lines == 1 for _, lines in self.turns) * 2 > len(self.turns)

    def stretches(self) -> tuple[float, float]:
        """How many lines each side draws, left and right, before the other has its turn."""
        left = [lines for right, lines in self.turns if not right]
        right = [lines for right, lines in self.turns if right]
        return sum(left) / max(1, len(left)), sum(right) / max(1, len(right))

    def bands(self) -> list[Zone]:
        """The zone from top to bottom: the rows of a table whose cells have several lines each.

        The next row is where the page's own order comes back to the left, below all before.
        Prose that is drawn across its columns line by line is one band, and so is a caption beside
        the text.
        """
        if self.is_uneven or (self.is_across and self.is_prose):
            return [self]
        bands: list[list[Strip]] = [[]]
        lowest, was_right = float("inf"), False
        for strip, is_right in zip(self.strips, self.is_right, strict=True):
            if was_right and not is_right and strip.base < lowest - 0.3 * strip.size:
                bands.append([])
            bands[-1].append(strip)
            was_right = is_right
            lowest = min(lowest, strip.base)
        return [Zone(band, self._edge) for band in bands]

    @property
    def is_prose(self) -> bool:
        """Whether most lines of both sides are long, and as long as their column is wide."""
        return _is_prose(self.left) and _is_prose(self.right)

    @property
    def is_uneven(self) -> bool:
        """Whether all lines of one side are close below one another, of another size, beside none.

        So is a caption or a pulled quotation beside the text. Cells of several rows are not close,
        and most are of the size of those beside them, though their lines may be at other heights.
        """
        fewer, more = sorted((self.left, self.right), key=_rows)
        lines = sorted({s.base: s.size for s in fewer}.items())
        others = sorted(s.base for s in more)
        close = all(b[0] - a[0] < _CLOSE * a[1] for a, b in pairwise(lines))
        met = sum(_is_met(others, base, _LEVEL * size) for base, size in lines)
        sizes = [median(s.size for s in side) for side in (fewer, more) if side]
        return close and met * 2 < len(lines) and max(sizes) > (1 + _LEVEL) * min(sizes)

    @property
    def is_crossed(self) -> bool:
        """Whether all lines of the left side reach across the gutter, as outdented ones do."""
        return all(_side(s, self._edge) == 0 for s in self.left)

    @property
    def is_columns(self) -> bool:
        """Whether the sides are columns rather than cells of rows.

        The page's own order says it, which most programs draw column by column, and rows cell by
        cell; prose is columns however it was drawn, and so is a caption beside the text.
        """
        if self.is_crossed:
            return False
        left, right = self.stretches()
        if self.height < _LINES:
            return self.height == _LINES - 1 and min(left, right) >= 2
        return self.is_prose or self.is_uneven or (right >= 1.5 and left + right >= 3.6)

    @property
    def is_aligned(self) -> bool:
        """Whether lines of the right side begin at the gutter, a quarter of them at least."""
        at_edge = _rows(s for s in self.right if s.left <= self._edge + _ALIKE)
        return at_edge >= max(2, 0.25 * _rows(self.right))


def gutter_of(strips: Sequence[Strip]) -> float | None:
    """Where the right one of two columns begins that stand beside each other; None: nowhere."""
    if len(strips) > _LARGEST:
        return None
    lefts = sorted(s.left for s in strips)
    best, gutter = 1, None  # lines on the shorter side
    smallest = min(s.size for s in strips)
    spans = covered(((s.left, s.right) for s in strips), _GUTTER * smallest)
    clear = {left for left, _ in spans}  # no line begins there if an initial pushes all away
    edges: list[float] = []
    for left in lefts:
        if not edges or left > edges[-1] + _ALIKE:
            edges.append(left)
    for edge in edges[1:_MOST]:
        near = bisect_right(lefts, edge + _ALIKE) - bisect_left(lefts, edge - 1)
        if (near < 2 and edge not in clear) or _is_crossed(strips, edge):
            continue
        for zone in zones(strips, edge):
            for part in (zone, *zone.bands()) if zone.height > best else ():
                sure = part.is_aligned or (edge in clear and part.is_prose)
                if part.height > best and sure and part.is_columns:
                    best, gutter = part.height, edge
    return gutter


def zones(strips: Sequence[Strip], edge: float) -> list[Zone]:
    """The strips from top to bottom, cut where one reaches across the gutter."""
    spans = _spanning(strips, edge)
    cuts = sorted(s.base for s, across in zip(strips, spans, strict=True) if across)
    found: dict[int, list[Strip]] = {}
    for strip, across in zip(strips, spans, strict=True):
        below = len(cuts) - (bisect_left if across else bisect_right)(cuts, strip.base)
        found.setdefault(2 * below - across, []).append(strip)
    return [Zone(found[key], edge) for key in sorted(found)]


def _side(strip: Strip, edge: float) -> int:
    """-1 left of the gutter, 1 right of it, 0 across."""
    if strip.left >= edge - 1:
        return 1
    return -1 if strip.right <= edge - _GUTTER * strip.size + 1 else 0


def _is_crossed(strips: Sequence[Strip], edge: float) -> bool:
    """Whether lines run across the gutter that have something beside them."""
    sides = [_side(s, edge) for s in strips]
    rest = sorted(s.base for s, side in zip(strips, sides, strict=True) if side == 1)
    across = [s for s, side in zip(strips, sides, strict=True) if side == 0]
    return sum(_is_beside(rest, s) for s in across) * 10 > len(strips)


def _spanning(strips: Sequence[Strip], edge: float) -> list[bool]:
    """Whether each strip ends the columns above it: it reaches across, or heads what is below."""
    rest = sorted(s.base for s in strips if _side(s, edge) == 1)
    body, first = median(s.size for s in strips), min(s.left for s in strips)
    spans = [_side(s, edge) == 0 and not _is_beside(rest, s) for s in strips]
    above: Strip | None = None  # the last line left of the gutter that heads nothing
    for i, strip in sorted(enumerate(strips), key=lambda one: -one[1].base):
        if _side(strip, edge) >= 0:
            continue
        large = strip.size > 1.15 * body and strip.left < first + strip.size
        if large and not _goes_on(above, strip) and _is_clear(strip, rest):
            spans[i] = True
        else:
            above = strip
    return spans


def _goes_on(above: Strip | None, strip: Strip) -> bool:
    """Whether a line is of the text whose last line is right above it."""
    if above is None or abs(above.size - strip.size) > _LEVEL * strip.size:
        return False
    return above.base - strip.base < _CLOSE * strip.size


def _is_clear(strip: Strip, rest: Sequence[float]) -> bool:
    """Whether nothing is beside a line where a column's lines would have shown, but below it."""
    at = bisect_left(rest, strip.base - 0.5 * strip.size)
    return at > 0 and (at == len(rest) or rest[at] > strip.base + 1.2 * strip.size)


def _is_beside(bases: Sequence[float], strip: Strip) -> bool:
    return _is_met(bases, strip.base, 0.6 * strip.size)


def _is_met(bases: Sequence[float], base: float, near: float) -> bool:
    at = bisect_left(bases, base - near)
    return at < len(bases) and bases[at] < base + near


def _is_prose(strips: Sequence[Strip]) -> bool:
    if not strips:
        return False
    spans = covered(((s.left, s.right) for s in strips), _GUTTER * min(s.size for s in strips))
    lines: dict[tuple[int, int], list[Strip]] = {}  # of each column: a side may have several
    for strip in strips:
        lines.setdefault((place(spans, strip.left), round(strip.base)), []).append(strip)
    full = [line for (at, _), line in lines.items() if _is_full(line, spans[at])]
    return len(full) * 2 >= len(lines)


def _is_full(line: Sequence[Strip], span: Extent) -> bool:
    """Whether a line is long, and nearly as long as its column is wide; no typewritten one is."""
    if all(run.mono for s in line for run in s.runs):
        return False
    wide = max(s.right for s in line) - min(s.left for s in line)
    return sum(s.letters for s in line) >= _LONG and wide > _FULL * (span[1] - span[0])


def _rows(strips: Iterable[Strip]) -> int:
    return len({round(s.base) for s in strips})
