"""The characters of a page, as pdfium gives them, to runs."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from ctypes import CFUNCTYPE, byref, c_double, c_int, c_ulong, c_void_p, cast, create_string_buffer
from functools import lru_cache
from itertools import repeat
from typing import Any, NamedTuple

from index.load.pdf.sheet import WIDE, Run

_SPACE = frozenset(map(ord, " \t\r\n\x0b\x0c\0"))
_SPACES = re.compile(r"[ \t\r\n\x0b\x0c\x85\u2028\u2029]+")
_CONTROL = re.compile(r"[\x00\x01\x03-\x08\x0e-\x1f\x7f-\x9f]|\x02(?!\Z)|(?<!\w)\x02")
_SURROGATE = re.compile("[\ud800-\udfff]")
_BOLD = re.compile(r"(?i)bold|black|heavy|demi|-medi\b|(?:\b|\+)(?:cm|sf)bx")
_MONO = re.compile(r"(?i)mono|courier|consol|typewriter|menlo|(?:\b|\+)(?:cm|sf)tt")
_LABEL = re.compile(r"\(?\d{1,3}[.)]|[•‣▪]")  # of a list; what follows may touch it
_FIXED_PITCH = 1  # a flag of a font's descriptor
_ASKEW = 4  # an angle that is no multiple of 90 degrees


class _Style(NamedTuple):
    """What holds for all characters of a text object; `angle` in quarter turns."""

    size: float
    bold: bool
    mono: bool
    angle: int
    tag: int
    aside: bool
    hidden: bool  # what OCR lays over a picture
    named: bool  # the font says which characters its shapes are


class Reader:
    """Reads the runs of pages through pdfium's C functions."""

    def __init__(self, pdfium: Any) -> None:
        self._pdfium = pdfium
        address = cast(pdfium.FPDFText_GetTextObject, c_void_p).value
        assert address is not None
        # as declared it makes a pointer object a character; a number is enough to compare
        self._object = CFUNCTYPE(c_void_p, c_void_p, c_int)(address)

    def runs(self, page: Any) -> tuple[Run, ...]:
        """The runs of `page` in its own order; what is turned against most of it is aside."""
        text = self._pdfium.FPDFText_LoadPage(page)
        if not text:
            return ()
        try:
            found = _levelled(list(self._runs(text)))
        finally:
            self._pdfium.FPDFText_ClosePage(text)
        turns = Counter[int]()
        for run, style in found:
            turns[style.angle] += len(run.text)
        main = turns.most_common(1)[0][0] if turns else 0
        return tuple(run._replace(aside=run.aside or s.angle != main) for run, s in found)

    def _runs(self, text: Any) -> Iterator[tuple[Run, _Style]]:
        """Runs with their style; neighbours of one style are made one."""
        styles: dict[int, _Style] = {}
        last: Run | None = None
        before: _Style | None = None
        for start, end, held, chars, spaced in self._stretches(text):
            style = styles.get(held) or styles.setdefault(held, self._style(text, start, held))
            if not (style.named and chars):
                continue
            left, base = self._start(text, start, style.angle)
            right = max(left, self._end(text, end - 1, style.angle))
            run = Run(
                chars, left, right, base, style.size, style.bold, style.mono, spaced,
                style.tag, style.aside,
            )  # fmt: skip
            if last is not None and style == before and _goes_on(last, run):
                apart = spaced or (_LABEL.fullmatch(last.text) and chars[0].isalpha())
                last = last._replace(text=f"{last.text}{' ' * bool(apart)}{chars}", right=right)
                continue
            if last is not None and before is not None:
                yield last, before
            last, before = run, style
        if last is not None and before is not None:
            yield last, before

    def _stretches(self, text: Any) -> Iterator[tuple[int, int, int, str, bool]]:
        """Characters of one object without a wide gap: start, end, object, text, spaced."""
        count = self._pdfium.FPDFText_CountChars(text)
        codes = list(map(self._pdfium.FPDFText_GetUnicode, repeat(text), range(count)))
        objects = map(self._object, repeat(text), range(count))
        held: int | None = None
        start = end = gap = 0
        spaced = True
        for i, (code, here) in enumerate(zip(codes, objects, strict=True)):
            if code in _SPACE:
                gap += 1 + (here is None)  # pdfium made it of the distance alone
                continue
            if here != held or (gap > 1 and self._is_wide(text, end - 1, i)):
                if held is not None:
                    yield start, end, held, _chars(codes[start:end]), spaced
                held, start, spaced = here, i, gap > 0
            end, gap = i + 1, 0
        if held is not None:
            yield start, end, held, _chars(codes[start:end]), spaced

    def _is_wide(self, text: Any, before: int, after: int) -> bool:
        matrix = self._pdfium.FS_MATRIX()
        self._pdfium.FPDFText_GetMatrix(text, after, byref(matrix))
        angle = _angle(matrix.a, matrix.b)
        size = abs(self._pdfium.FPDFText_GetFontSize(text, after)) * math.hypot(matrix.c, matrix.d)
        gap = self._start(text, after, angle)[0] - self._end(text, before, angle)
        return abs(gap) > WIDE * size

    def _start(self, text: Any, index: int, angle: int) -> tuple[float, float]:
        """Where a character stands, along its line and across it."""
        x, y = c_double(), c_double()
        self._pdfium.FPDFText_GetCharOrigin(text, index, byref(x), byref(y))
        turned = ((x.value, y.value), (y.value, -x.value), (-x.value, -y.value), (-y.value, x.value))
        return turned[angle % _ASKEW]

    def _end(self, text: Any, index: int, angle: int) -> float:
        """Where the room of a character ends along its line."""
        box = self._pdfium.FS_RECTF()
        self._pdfium.FPDFText_GetLooseCharBox(text, index, byref(box))
        return float((box.right, box.top, -box.left, -box.bottom)[angle % _ASKEW])

    def _style(self, text: Any, index: int, held: int) -> _Style:
        pdfium = self._pdfium
        matrix, flags, name = pdfium.FS_MATRIX(), c_int(), create_string_buffer(128)
        pdfium.FPDFText_GetMatrix(text, index, byref(matrix))
        pdfium.FPDFText_GetFontInfo(text, index, name, len(name), byref(flags))
        bold, mono = _looks(name.value)
        size = abs(pdfium.FPDFText_GetFontSize(text, index)) * math.hypot(matrix.c, matrix.d)
        thing = cast(held, pdfium.FPDF_PAGEOBJECT)
        tag, artifact = self._mark(thing)
        angle = _angle(matrix.a, matrix.b)
        mono = mono or bool(flags.value & _FIXED_PITCH)
        return _Style(
            round(size, 2) or 1.0, bold, mono, angle, tag,
            artifact or angle == _ASKEW,
            pdfium.FPDFTextObj_GetTextRenderMode(thing) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE,
            pdfium.FPDFText_HasUnicodeMapError(text, index) != 1,
        )  # fmt: skip

    def _mark(self, thing: Any) -> tuple[int, bool]:
        """The number by which the structure tree knows a text object; whether it is an artifact."""
        pdfium = self._pdfium
        tag = int(pdfium.FPDFPageObj_GetMarkedContentID(thing))
        if tag >= 0:
            return tag, False
        name, size = create_string_buffer(32), c_ulong()
        for i in range(pdfium.FPDFPageObj_CountMarks(thing)):
            mark = pdfium.FPDFPageObj_GetMark(thing, i)
            words = cast(name, pdfium.FPDFPageObjMark_GetName.argtypes[1])
            pdfium.FPDFPageObjMark_GetName(mark, words, len(name), byref(size))
            if name.raw[: size.value].decode("utf-16-le", "replace").rstrip("\0") == "Artifact":
                return -1, True
        return -1, False


@lru_cache(maxsize=1000)
def _looks(font: bytes) -> tuple[bool, bool]:
    """Whether a font is bold and whether its letters are all as wide, by its name."""
    name = font.decode("utf-8", "replace")
    return bool(_BOLD.search(name)), bool(_MONO.search(name))


def _levelled(found: list[tuple[Run, _Style]]) -> list[tuple[Run, _Style]]:
    """The runs of a scanned page with the same size: OCR guesses one for each line."""
    hidden = sorted(run.size for run, style in found if style.hidden)
    if len(hidden) * 2 <= len(found):
        return found
    usual = hidden[len(hidden) // 2]
    return [
        (run._replace(size=usual) if 0.6 < run.size / usual < 1.6 else run, style)
        for run, style in found
    ]


def _angle(a: float, b: float) -> int:
    turns = math.atan2(b, a) / (math.pi / 2)
    return round(turns) % _ASKEW if abs(turns - round(turns)) < 0.1 else _ASKEW


def _goes_on(a: Run, b: Run) -> bool:
    gap = b.left - a.right
    return abs(a.base - b.base) < 0.05 * a.size and -0.5 * a.size < gap < WIDE * a.size


def _chars(codes: list[int]) -> str:
    """Characters with pdfium's marks of line ends taken out."""
    try:
        text = "".join(map(chr, codes))
    except ValueError:  # a font may name what is no character
        text = "".join(chr(c) if c < 0x110000 else "\ufffd" for c in codes)
    if text.isprintable() and "  " not in text:
        return text.strip(" ")
    text = text.replace("\ufffe", "\x02").replace("\xad", "-")
    text = _SPACES.sub(" ", _CONTROL.sub("", text)).strip(" ")
    if _SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text
