"""What can be seen on a page: it is drawn, coarsely and without its pictures, and looked at.

So that whatever hides letters (their colour, a box over them, a layer that is off) need not be
known. Pictures, patterns, shadings and what is transparent are not drawn: that may take minutes,
and what stands on one is never said to be unseen.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import addressof, byref, c_float, c_int, c_uint, c_void_p, cast, string_at
from typing import Any, NamedTuple

from index.load.colours import Colour
from index.load.pdf.calls import plain
from index.load.pdf.sheet import HANGING, RAISED, Stroke
from index.load.pdf.strokes import Matrix, Pen, times

_PIXELS = 2_000_000  # at most; one is a point otherwise
_OBJECTS = 100_000  # of a page that are looked at
_SHAPES = 20_000  # a page with more of them, a map, takes long to draw
_STROKES = 20_000  # a page with more of them is a drawing
_PICTURES = 2_000  # where there are more, they are everywhere
_GREY = 191
_DEEPEST = 8  # forms in one another
_FINE = 1000  # parts of a pixel
_TELLS = 0xF0F0F0  # the bits of a colour in which ink differs from paper
_WHITE = 0xFFFFFFFF


class Box(NamedTuple):
    """A rectangle on a page, in points."""

    left: float
    bottom: float
    right: float
    top: float

    @classmethod
    def on(cls, left: float, right: float, base: float, size: float) -> Box:
        """The room of letters of a size on a base line."""
        return cls(left, base - HANGING * size, right, base + RAISED * size)

    @property
    def middle(self) -> tuple[float, float]:
        """Its middle."""
        return (self.left + self.right) / 2, (self.bottom + self.top) / 2

    def around(self, *others: Box) -> Box:
        """The smallest one that it and others are in."""
        lefts, bottoms, rights, tops = zip(self, *others, strict=True)
        return Box(min(lefts), min(bottoms), max(rights), max(tops))

    def holds(self, x: float, y: float) -> bool:
        """Whether a point is in it."""
        return self.left <= x <= self.right and self.bottom <= y <= self.top


class Ink:
    """Tells of places on one page whether something is drawn there.

    The text of the page is to be loaded before: its pictures are turned off for good.
    """

    def __init__(self, pdfium: Any, page: Any) -> None:
        self._pdfium, self._page = pdfium, page
        self._pictures: list[Box] = []
        self._shapes: list[Any] = []
        walk = _InkWalk(pdfium)
        for is_shape, thing, box in walk.objects(page):
            if is_shape:
                self._shapes.append(thing)
            else:
                pdfium.FPDFPageObj_SetIsActive(thing, False)
                self._pictures.append(box)
        self.strokes = walk.strokes if len(walk.strokes) < _STROKES else []
        bounds = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(page, byref(bounds))
        self.paper = Box(bounds.left, bounds.bottom, bounds.right, bounds.top)
        self._drawing = _Drawing(pdfium, page) if len(self._shapes) < _SHAPES else None
        self._bare: _Drawing | None = None

    def is_pictured(self, box: Box) -> bool:
        """Whether a picture stands behind it, or before."""
        many = len(self._pictures) > _PICTURES
        return many or any(picture.holds(*box.middle) for picture in self._pictures)

    def is_blank(self, box: Box) -> bool:
        """Whether nothing is drawn there, as far as is known."""
        return self._drawing is not None and self._drawing.is_blank(box)

    def behind(self, box: Box) -> Colour | None:
        """The colour that is seen in a blank place."""
        return None if self._drawing is None else self._drawing.colour(box)

    def is_covered(self, box: Box) -> bool:
        """Whether letters are drawn in a blank place, and a shape over them."""
        return bool(self._shapes) and not self._letters().is_blank(box)

    def is_shape(self, box: Box) -> bool:
        """Whether what is drawn there is no letter, as far as is known."""
        return self._drawing is None or (bool(self._shapes) and self._letters().is_blank(box))

    def _letters(self) -> _Drawing:
        """The page without its shapes."""
        if self._bare is None:
            for shape in self._shapes:
                self._pdfium.FPDFPageObj_SetIsActive(shape, False)
            self._bare = _Drawing(self._pdfium, self._page)
        return self._bare


class _Drawing:
    """A page as it is drawn."""

    def __init__(self, pdfium: Any, page: Any) -> None:
        import numpy as np

        wide, high = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
        scale = min(1.0, (_PIXELS / max(wide * high, 1)) ** 0.5)
        self._wide, self._high = (max(1, min(round(n * scale), _PIXELS)) for n in (wide, high))
        self._to_pixels = to_pixels(pdfium, page, self._wide, self._high)
        with _bitmap(pdfium, self._wide, self._high) as bitmap:
            pdfium.FPDF_RenderPageBitmap(
                bitmap, page, 0, 0, self._wide, self._high, 0, pdfium.FPDF_ANNOT
            )
            stride = pdfium.FPDFBitmap_GetStride(bitmap)
            raw = string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * self._high)
        rows = np.frombuffer(raw, dtype="<u4").reshape(self._high, stride // 4)
        self._seen = rows[:, : self._wide]
        self._told = self._seen & _TELLS
        self._bytes = self._told.tobytes()

    def is_blank(self, box: Box) -> bool:
        """Whether it is of one colour there."""
        left, top, right, bottom = self._pixels(box)
        if left == right or top == bottom:
            return True
        at = 4 * ((top + bottom) // 2 * self._wide + left)
        row = self._bytes[at : at + 4 * (right - left)]  # through the middle of letters, most often
        if row[4:] != row[:-4]:
            return False
        place = self._told[top:bottom, left:right]
        return not (place != place[0, 0]).any()

    def colour(self, box: Box) -> Colour:
        """What is seen in its corner, where pale letters reach least."""
        left, top, *_ = self._pixels(box)
        code = int(self._seen[min(top, self._high - 1), min(left, self._wide - 1)])
        return Colour(*((code >> shift & 0xFF) / 0xFF for shift in (16, 8, 0)))

    def _pixels(self, box: Box) -> tuple[int, int, int, int]:
        a, b, c, d, e, f = self._to_pixels
        x = _within(a * box.left + c * box.bottom + e, self._wide)
        z = _within(a * box.right + c * box.top + e, self._wide)
        y = _within(b * box.left + d * box.bottom + f, self._high)
        w = _within(b * box.right + d * box.top + f, self._high)
        return min(x, z), min(y, w), max(x, z), max(y, w)


def _within(at: float, most: int) -> int:
    """The nearest pixel of so many."""
    return min(max(round(at), 0), most)


def to_pixels(pdfium: Any, page: Any, wide: int, high: int) -> Matrix:
    """From points to pixels, whichever way the page is turned."""
    x, y = c_int(), c_int()

    def at(left: float, bottom: float) -> tuple[float, float]:
        pdfium.FPDF_PageToDevice(
            page, 0, 0, wide * _FINE, high * _FINE, 0, left, bottom, byref(x), byref(y)
        )
        return x.value / _FINE, y.value / _FINE

    (e, f), (a, b), (c, d) = at(0, 0), at(100, 0), at(0, 100)
    return (a - e) / 100, (b - f) / 100, (c - e) / 100, (d - f) / 100, e, f


@contextmanager
def _bitmap(pdfium: Any, wide: int, high: int) -> Iterator[Any]:
    bitmap = pdfium.FPDFBitmap_CreateEx(wide, high, pdfium.FPDFBitmap_BGRx, None, 0)
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, wide, high, _WHITE)
        yield bitmap
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)


class _InkWalk:
    """Goes through the objects of a page, and those of its forms."""

    def __init__(self, pdfium: Any) -> None:
        self._pdfium = pdfium
        self._left = _OBJECTS
        self._pen = Pen(pdfium)
        self.strokes: list[Stroke] = []
        self._kind_of = plain(pdfium.FPDFPageObj_GetType, c_int, c_void_p)
        self._is_clear = plain(pdfium.FPDFPageObj_HasTransparency, c_int, c_void_p)
        self._colours = [
            plain(get, c_int, c_void_p, *[c_void_p] * 4)
            for get in (pdfium.FPDFPageObj_GetFillColor, pdfium.FPDFPageObj_GetStrokeColor)
        ]
        self._parts = [c_uint() for _ in range(4)]
        self._at_parts = [addressof(part) for part in self._parts]

    def objects(self, page: Any) -> Iterator[tuple[bool, Any, Box]]:
        """Shapes (True), and what is not to be drawn; each with its place."""
        pdfium = self._pdfium
        get = plain(pdfium.FPDFPage_GetObject, c_void_p, c_void_p, c_int)
        count = min(pdfium.FPDFPage_CountObjects(page), self._left)
        yield from self._of(page, count, get, (1, 0, 0, 1, 0, 0), 0)

    def _of(
        self, holder: Any, count: int, get: Any, matrix: Matrix, depth: int
    ) -> Iterator[tuple[bool, Any, Box]]:
        pdfium = self._pdfium
        self._left -= count
        for i in range(count):
            held = get(holder, i)
            kind = self._kind_of(held)
            shape = kind == pdfium.FPDF_PAGEOBJ_PATH
            if kind == pdfium.FPDF_PAGEOBJ_TEXT and not self._is_patterned(held):
                continue
            thing = cast(held, pdfium.FPDF_PAGEOBJECT)
            clear = (shape or kind == pdfium.FPDF_PAGEOBJ_FORM) and self._is_clear(held)
            if kind != pdfium.FPDF_PAGEOBJ_FORM or clear:
                drawn = shape and not clear and not self._is_patterned(held)
                box = self._box(thing, matrix)
                if shape and len(self.strokes) < _STROKES:
                    self.strokes += self._pen.strokes(held, box, matrix)
                yield drawn, thing, box
            elif depth < _DEEPEST:
                inner = min(pdfium.FPDFFormObj_CountObjects(thing), max(self._left, 0))
                own = pdfium.FS_MATRIX()
                pdfium.FPDFPageObj_GetMatrix(thing, byref(own))
                place = times((own.a, own.b, own.c, own.d, own.e, own.f), matrix)
                yield from self._of(thing, inner, pdfium.FPDFFormObj_GetObject, place, depth + 1)

    def _is_patterned(self, held: int) -> bool:
        """Whether it may be filled or drawn with a pattern: pdfium says that they are grey."""
        red, green, blue, _ = self._parts
        return any(
            colour(held, *self._at_parts) and red.value == green.value == blue.value == _GREY
            for colour in self._colours
        )

    def _box(self, thing: Any, matrix: Matrix) -> Box:
        left, bottom, right, top = (c_float() for _ in range(4))
        self._pdfium.FPDFPageObj_GetBounds(
            thing, byref(left), byref(bottom), byref(right), byref(top)
        )
        a, b, c, d, e, f = matrix
        corners = [
            (a * x + c * y + e, b * x + d * y + f)
            for x in (left.value, right.value)
            for y in (bottom.value, top.value)
        ]
        xs, ys = zip(*corners, strict=True)
        return Box(min(xs), min(ys), max(xs), max(ys))
