"""The straight lines that are drawn on a page: what rules a table, and the edges of its boxes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from ctypes import addressof, c_float, c_int, c_void_p
from typing import Any

from index.load.pdf.calls import plain
from index.load.pdf.sheet import RAISED, Stroke

THIN = 3.0  # points: a box as thin is a line
_SHORT = 3.0  # points: what is no longer is a dot
_SMALL = 8.0  # points: a shape is no cell
_SEGMENTS = 200  # of a shape that are looked at: one of more is no rule

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]


class Pen:
    """Tells the straight lines of shapes."""

    def __init__(self, pdfium: Any) -> None:
        self._pdfium = pdfium
        self._count_of = plain(pdfium.FPDFPath_CountSegments, c_int, c_void_p)
        self._segment_of = plain(pdfium.FPDFPath_GetPathSegment, c_void_p, c_void_p, c_int)
        self._point_of = plain(pdfium.FPDFPathSegment_GetPoint, c_int, c_void_p, c_void_p, c_void_p)
        self._matrix_of = plain(pdfium.FPDFPageObj_GetMatrix, c_int, c_void_p, c_void_p)
        self._kind_of = plain(pdfium.FPDFPathSegment_GetType, c_int, c_void_p)
        self._is_closing = plain(pdfium.FPDFPathSegment_GetClose, c_int, c_void_p)
        self._x, self._y = c_float(), c_float()
        self._at_x, self._at_y = addressof(self._x), addressof(self._y)

    def strokes(
        self, held: int, box: tuple[float, float, float, float], matrix: Matrix
    ) -> Iterator[Stroke]:
        """The strokes of a shape that stands in `box`; `matrix` is that of what it is in."""
        left, bottom, right, top = box
        if right - left <= THIN or top - bottom <= THIN:
            yield from _straight((left, bottom), (right, top))
        elif max(right - left, top - bottom) > _SMALL and self._count_of(held) <= _SEGMENTS:
            for one, other in self._sides(held, matrix):
                yield from _straight(one, other)

    def _sides(self, held: int, matrix: Matrix) -> Iterator[tuple[Point, Point]]:
        """The straight segments of a shape; a curve's are none."""
        own = self._pdfium.FS_MATRIX()
        self._matrix_of(held, addressof(own))
        a, b, c, d, e, f = times((own.a, own.b, own.c, own.d, own.e, own.f), matrix)
        start = last = None
        for i in range(self._count_of(held)):
            segment = self._segment_of(held, i)
            self._point_of(segment, self._at_x, self._at_y)
            x, y = self._x.value, self._y.value
            here = a * x + c * y + e, b * x + d * y + f
            kind = self._kind_of(segment)
            if kind == self._pdfium.FPDF_SEGMENT_MOVETO:
                start = here
            elif kind == self._pdfium.FPDF_SEGMENT_LINETO and last is not None:
                yield last, here
            last = here
            if start is not None and self._is_closing(segment):
                yield here, start
                last = start


def times(first: Matrix, then: Matrix) -> Matrix:
    """The matrix of one after the other."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )


def _straight(a: Point, b: Point) -> Iterator[Stroke]:
    """The stroke from one point to another, if it is along the page or across and no dot."""
    wide, high = abs(a[0] - b[0]), abs(a[1] - b[1])
    if min(wide, high) > THIN or max(wide, high) < _SHORT:
        return
    left, bottom, right, top = min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])
    if wide > high:
        middle = (bottom + top) / 2
        yield Stroke(left, middle, right, middle)
    else:
        middle = (left + right) / 2
        yield Stroke(middle, bottom, middle, top)


def turned(strokes: Iterable[Stroke], angle: int) -> list[Stroke]:
    """The strokes with x along lines that are turned by so many quarters, as runs have it."""
    if angle == 1:
        return [Stroke(s.bottom, -s.right, s.top, -s.left) for s in strokes]
    if angle == 2:
        return [Stroke(-s.right, -s.top, -s.left, -s.bottom) for s in strokes]
    if angle == 3:
        return [Stroke(-s.top, s.left, -s.bottom, s.right) for s in strokes]
    return list(strokes)


def spans(strokes: Iterable[tuple[float, float]], gap: float) -> list[tuple[float, float]]:
    """Intervals in order, those made one that are no more than `gap` apart."""
    found: list[tuple[float, float]] = []
    for low, high in sorted(strokes):
        if found and low <= found[-1][1] + gap:
            found[-1] = found[-1][0], max(found[-1][1], high)
        else:
            found.append((low, high))
    return found


class Walls:
    """The strokes of a page that part what stands beside one another."""

    def __init__(self, strokes: Sequence[Stroke]) -> None:
        self._strokes = strokes
        self._at: dict[int, dict[int, list[tuple[float, float]]]] = {}

    def part(self, angle: int, left: float, right: float, base: float, size: float) -> bool:
        """Whether a stroke stands between the end of a run and the start of what follows it."""
        if not self._strokes:
            return False
        walls = self._at.get(angle)
        if walls is None:
            walls = self._at[angle] = _upright(turned(self._strokes, angle))
        middle = base + RAISED * size / 2
        for x in range(int(min(left, right)) - 1, int(max(left, right)) + 2):
            high = walls.get(x, ())
            at = bisect_left(high, (middle,)) - 1
            if at >= 0 and high[at][1] >= middle:
                return True
        return False


def _upright(strokes: Iterable[Stroke]) -> dict[int, list[tuple[float, float]]]:
    """Where strokes reach from and to, by their place along the lines, in whole points."""
    found: dict[int, list[tuple[float, float]]] = {}
    for stroke in strokes:
        if stroke.top - stroke.bottom > stroke.right - stroke.left:
            found.setdefault(round(stroke.left), []).append((stroke.bottom, stroke.top))
    return {x: spans(held, 0) for x, held in found.items()}
