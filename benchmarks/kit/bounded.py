"""What pdfium finds in a rectangle of a page: an oracle for boxes that reads no line of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import byref, c_double
from typing import Any

import pypdfium2
from pypdfium2 import raw

from index.boxes import PageBox

_FINE = 1000  # parts of a point
_DROPPED = re.compile(r"[\s\x02\xad\ufffe‐-]+")


@contextmanager
def opened(data: bytes) -> Iterator[Any]:
    """The file, as pypdfium2 has it."""
    document = pypdfium2.PdfDocument(data)
    try:
        yield document
    finally:
        document.close()


def words_in(document: Any, box: PageBox, inset: float = 0.0) -> str:
    """The letters that pdfium finds in a box that is made smaller by `inset` points."""
    page = document[box.page]
    x, y = c_double(), c_double()
    corners = []
    for across, down in (
        (box.left + inset, box.top + inset),
        (box.right - inset, box.bottom - inset),
    ):
        raw.FPDF_DeviceToPage(
            page.raw, 0, 0, round(box.width * _FINE), round(box.height * _FINE), 0,
            round(across * _FINE), round(down * _FINE), byref(x), byref(y),
        )  # fmt: skip
        corners.append((x.value, y.value))
    (left, right), (bottom, top) = (sorted(pair) for pair in zip(*corners, strict=True))
    text = page.get_textpage()
    try:
        return bare(text.get_text_bounded(left, bottom, right, top))
    finally:
        text.close()


def bare(text: str) -> str:
    """A text without white space and without hyphens, which a line's end may take away."""
    return _DROPPED.sub("", text)
