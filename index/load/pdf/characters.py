"""The characters of a page through pdfium's C functions: where they stand, and in which style."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from ctypes import (
    addressof,
    byref,
    c_double,
    c_int,
    c_uint,
    c_ulong,
    c_void_p,
    cast,
    create_string_buffer,
)
from functools import cached_property, lru_cache
from itertools import islice, repeat
from typing import Any, NamedTuple

from index.load.pdf.calls import plain
from index.load.pdf.codes import accented, chars
from index.load.pdf.sheet import APART

GUESSED, REAL = 1, 2  # a space that pdfium made of the distance, and one that stands there
UNNAMED = 0xFFFD
ASKEW = 4  # an angle that is no multiple of 90 degrees

_SPACE = frozenset(map(ord, " \t\r\n\x0b\x0c\0"))
# no characters, whatever a font says; pdfium's hyphen at a line's end is another, \x02
_CONTROLS = frozenset((1, *range(3, 9), *range(14, 32), *range(0x7F, 0xA0))) - {0x85}
_BOLD = re.compile(r"(?i)bold|black|heavy|demi|-medi\b|(?:\b|\+)(?:cm|sf)bx")
_MONO = re.compile(r"(?i)mono|courier|consol|typewriter|menlo|(?:\b|\+)(?:cm|sf)tt")
_BLANK = 0.002  # times the font's size: no stroke is as thin, and pdfium's box of nothing is
_LOOSE = 0.65  # times the font's size: letters that are wider each have gaps between them
_SPACES_SEEN = 40  # of a page
_SQUARE = 0x2E80  # from here on they are as wide as high
_FIXED_PITCH = 1  # a flag of a font's descriptor


class CharacterStyle(NamedTuple):
    """What holds for all characters of a text object; `angle` is in quarter turns.

    `tag` is the number that the structure tree knows it by, or -1; `aside`: the page says that it
    is no part of the text; `hidden`: it is not drawn, as what OCR lays over a picture.
    """

    size: float
    bold: bool
    mono: bool
    angle: int
    tag: int
    aside: bool
    hidden: bool


class Stretch(NamedTuple):
    """Characters `start` to `end` of one text object, without a wide gap; the space before."""

    start: int
    end: int
    held: int
    chars: str
    space: int


class Characters:
    """The characters of one page.

    What prints web pages makes a text object of each letter: what is asked of one is asked half a
    million times of a book, so that the places pdfium writes its answers to are made once.
    """

    def __init__(self, pdfium: Any, text: Any) -> None:
        self._pdfium = pdfium
        self._text = text
        self._address = cast(text, c_void_p).value  # which plain functions take sooner
        self._codes_of: list[int] = []
        self._styles: dict[int, CharacterStyle] = {}
        self._known: dict[tuple[object, ...], CharacterStyle] = {}
        self._x, self._y, self._box, self._matrix = (
            c_double(), c_double(), pdfium.FS_RECTF(), pdfium.FS_MATRIX()
        )  # fmt: skip
        self._at_x, self._at_y, self._at_box, self._at_matrix = map(
            addressof, (self._x, self._y, self._box, self._matrix)
        )
        # as declared they make a pointer object of each text object; a number is enough
        self._code_of = plain(pdfium.FPDFText_GetUnicode, c_uint, c_void_p, c_int)
        self._is_unnamed = plain(pdfium.FPDFText_HasUnicodeMapError, c_int, c_void_p, c_int)
        self._origin_of = plain(
            pdfium.FPDFText_GetCharOrigin, c_int, c_void_p, c_int, c_void_p, c_void_p
        )
        self._room_of = plain(pdfium.FPDFText_GetLooseCharBox, c_int, c_void_p, c_int, c_void_p)
        self._turn_of = plain(pdfium.FPDFText_GetMatrix, c_int, c_void_p, c_int, c_void_p)
        self._size_of = plain(pdfium.FPDFText_GetFontSize, c_double, c_void_p, c_int)
        self._object_of = plain(pdfium.FPDFText_GetTextObject, c_void_p, c_void_p, c_int)
        self._font_of = plain(pdfium.FPDFTextObj_GetFont, c_void_p, c_void_p)
        self._mode_of = plain(pdfium.FPDFTextObj_GetTextRenderMode, c_int, c_void_p)
        self._tag_of = plain(pdfium.FPDFPageObj_GetMarkedContentID, c_int, c_void_p)
        self._marks_of = plain(pdfium.FPDFPageObj_CountMarks, c_int, c_void_p)

    def stretches(self) -> Iterator[Stretch]:
        """The characters in the page's own order."""
        count = self._pdfium.FPDFText_CountChars(self._text)
        codes = self._codes_of = self._codes(count)
        held: int | None = None
        start = end = gap = space = 0
        real = False
        for i, here in enumerate(map(self._object_of, repeat(self._address), range(count))):
            if codes[i] in _SPACE:
                gap += 1 + (here is None)
                real = real or here is not None
                continue
            if here != held or (gap > 1 and self._is_wide(end - 1, i)):
                if held is not None:
                    yield Stretch(start, end, held, self._text_of(start, end), space)
                held, start = here, i
                space = (REAL if real else GUESSED) if gap else 0
            end, gap, real = i + 1, 0, False
        if held is not None:
            yield Stretch(start, end, held, self._text_of(start, end), space)

    def _text_of(self, start: int, end: int) -> str:
        codes = self._codes_of[start:end]
        text = chars(codes)
        if text.isascii() or not self._is_kerned:
            return text
        return chars(accented(codes, lambda i: self._is_over(start + i)))

    def _is_over(self, index: int) -> bool:
        """Whether a character is drawn over the one before it."""
        angle = self._size(index)[1]
        left, right = self.start(index - 1, angle)[0], self.end(index - 1, angle)
        return self.start(index, angle)[0] < (left + right) / 2

    def may_part(self, stretch: Stretch, size: float, wide: float) -> bool:
        """Whether there may be wide gaps in a stretch."""
        loose = wide > _LOOSE * size * (stretch.end - stretch.start)
        may = loose or (" " in stretch.chars and self._is_kerned)
        return may and len(stretch.chars) > 1 and ord(stretch.chars[0]) < _SQUARE

    def parted(self, stretch: Stretch, style: CharacterStyle, wide: float) -> Iterator[Stretch]:
        """A stretch, cut at its wide gaps.

        So some programs, TeX among them, set a table's row as one text object.
        """
        codes, held = self._codes_of, stretch.held
        loose = wide > _LOOSE * style.size * (stretch.end - stretch.start)
        first = last = stretch.start
        space = stretch.space
        for i, code in enumerate(codes[first + 1 : stretch.end], first + 1):
            if code in _SPACE:
                continue
            if loose or last < i - 1:
                gap = self.start(i, style.angle)[0] - self.end(last, style.angle)
                if gap > APART * style.size:
                    yield Stretch(first, last + 1, held, self._text_of(first, last + 1), space)
                    first, space = i, REAL
            last = i
        if first == stretch.start:
            yield stretch
        else:
            yield Stretch(first, last + 1, held, self._text_of(first, last + 1), space)

    @cached_property
    def _is_kerned(self) -> bool:
        """Whether words are set apart within text objects, without a space, as TeX does."""
        spaces = (i for i, code in enumerate(self._codes_of) if code == ord(" "))
        return any(
            self._pdfium.FPDFText_IsGenerated(self._text, i) == 1
            and self._object_of(self._address, i)
            for i in islice(spaces, _SPACES_SEEN)
        )

    def _codes(self, count: int) -> list[int]:
        """The code points; U+FFFD for a shape whose font does not say which character it is."""
        text = repeat(self._address)
        codes = list(map(self._code_of, text, range(count)))
        for i, unnamed in enumerate(map(self._is_unnamed, text, range(count))):
            if unnamed == 1 or codes[i] in _CONTROLS:
                codes[i] = ord(" ") if self._is_blank(i) else UNNAMED
        return codes

    def _is_blank(self, index: int) -> bool:
        """Whether a character draws nothing: it is a space, whatever its font calls it."""
        return min(self._extent(index)) < _BLANK * float(self._size_of(self._address, index))

    def _extent(self, index: int) -> tuple[float, float]:
        """How wide and how high the shape of a character is."""
        left, right, bottom, top = (c_double() for _ in range(4))
        self._pdfium.FPDFText_GetCharBox(
            self._text, index, byref(left), byref(right), byref(bottom), byref(top)
        )
        return right.value - left.value, top.value - bottom.value

    def height(self, stretch: Stretch) -> float:
        """How high its first character is."""
        return max(self._extent(stretch.start))

    def is_stroked(self, stretch: Stretch) -> bool:
        """Whether only the outlines of its letters are drawn."""
        pdfium = self._pdfium
        return self._mode_of(stretch.held) in (
            pdfium.FPDF_TEXTRENDERMODE_STROKE,
            pdfium.FPDF_TEXTRENDERMODE_STROKE_CLIP,
        )

    def is_optional(self, stretch: Stretch) -> bool:
        """Whether it is on a layer, which may be off."""
        return self._marks_of(stretch.held) > 0 and self._is_marked(stretch.held, "OC")

    def _is_wide(self, before: int, after: int) -> bool:
        size, angle = self._size(after)
        right = self.start(after, angle)[0] - self.end(before, angle)
        left = self.start(before, angle)[0] - self.end(after, angle)  # of what runs to the left
        return max(left, right) > APART * size

    def start(self, index: int, angle: int) -> tuple[float, float]:
        """Where a character stands, along its line and across it."""
        if not self._origin_of(self._address, index, self._at_x, self._at_y):
            self._x.value = self._y.value = 0.0
        a, b = self._x.value, self._y.value
        return (a, b) if not angle % ASKEW else ((b, -a), (-a, -b), (-b, a))[angle - 1]

    def end(self, index: int, angle: int) -> float:
        """Where the room of a character ends along its line."""
        box = self._box
        if not self._room_of(self._address, index, self._at_box):
            box.left = box.top = box.right = box.bottom = 0.0
        if not angle % ASKEW:
            return float(box.right)
        return float((box.top, -box.left, -box.bottom)[angle - 1])

    def style(self, stretch: Stretch) -> CharacterStyle:
        """The style of a stretch, looked up once for each text object."""
        known = self._styles.get(stretch.held)
        return known or self._styles.setdefault(stretch.held, self._style(stretch))

    def _style(self, stretch: Stretch) -> CharacterStyle:
        index, held = stretch.start, stretch.held
        tag = self._tag_of(held)
        told = (
            self._font_of(held), *self._drawn(index), self._mode_of(held), tag,
            tag < 0 and self._marks_of(held) > 0 and self._is_marked(held, "Artifact"),
        )  # fmt: skip
        found = self._known.get(told)
        if found is None:
            found = self._known[told] = self._made(index, *told[-3:])
        return found

    def _made(self, index: int, mode: int, tag: int, artifact: bool) -> CharacterStyle:
        name, flags = create_string_buffer(128), c_int()
        self._pdfium.FPDFText_GetFontInfo(self._text, index, name, len(name), byref(flags))
        bold, mono = _looks(name.value)
        size, angle = self._size(index)
        return CharacterStyle(
            size,
            bold,
            mono or bool(flags.value & _FIXED_PITCH),
            angle,
            max(tag, -1),
            artifact or angle == ASKEW,
            mode == self._pdfium.FPDF_TEXTRENDERMODE_INVISIBLE,
        )

    def _size(self, index: int) -> tuple[float, int]:
        """The size of a letter as it is seen, in points, and its angle."""
        size, a, b, c, d = self._drawn(index)
        turns = math.atan2(b, a) / (math.pi / 2)
        straight = abs(turns - round(turns)) < 0.1
        return (
            round(abs(size) * math.hypot(c, d), 2) or 1.0,
            round(turns) % ASKEW if straight else ASKEW,
        )

    def _drawn(self, index: int) -> tuple[float, float, float, float, float]:
        """The size that the font is set in, and how it is then stretched and turned."""
        matrix = self._matrix
        if not self._turn_of(self._address, index, self._at_matrix):
            matrix.a = matrix.b = matrix.c = matrix.d = 0.0
        return self._size_of(self._address, index), matrix.a, matrix.b, matrix.c, matrix.d

    def _is_marked(self, held: int, kind: str) -> bool:
        """Whether a text object is marked: "Artifact" is no part of the text, "OC" on a layer."""
        pdfium, thing = self._pdfium, cast(held, self._pdfium.FPDF_PAGEOBJECT)
        name, size = create_string_buffer(32), c_ulong()
        for i in range(self._marks_of(held)):
            mark = pdfium.FPDFPageObj_GetMark(thing, i)
            words = cast(name, pdfium.FPDFPageObjMark_GetName.argtypes[1])
            pdfium.FPDFPageObjMark_GetName(mark, words, len(name), byref(size))
            if name.raw[: size.value].decode("utf-16-le", "replace").rstrip("\0") == kind:
                return True
        return False


@lru_cache(maxsize=1000)
def _looks(font: bytes) -> tuple[bool, bool]:
    """Whether a font is bold and whether its letters are all as wide, by its name."""
    name = font.decode("utf-8", "replace")
    return bool(_BOLD.search(name)), bool(_MONO.search(name))
