"""Bytes to text: UTF-8, or UTF-16/32 where a byte-order mark says so."""

from __future__ import annotations

import codecs
import re

from index.errors import UnreadableDocument

# UTF-32 first: its little-endian mark starts with UTF-16's
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x7f]")


def decode(data: bytes, source: str) -> str:
    """The text, unchanged but for a dropped byte-order mark.

    Without a mark it is UTF-8 or, where that fails, Windows-1252 (every Western single-byte
    text is readable in it). Raises UnreadableDocument for binary data.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding, source)
    if b"\x00" in data:
        wide = _unmarked_utf16(data)
        if wide is None:
            raise UnreadableDocument(f"{source}: this is binary data, not text; save it as UTF-8")
        return _strict(data, wide, source)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _strict(data, "cp1252", source)


def _strict(data: bytes, encoding: str, source: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as exc:
        raise UnreadableDocument(f"{source}: not valid {encoding}; save it as UTF-8") from exc


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark has NULs at odd or at even places only, in Western text."""
    head = data[:4000]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if odd > len(head) * 0.2 and even == 0:
        guess = "utf-16-le"
    elif even > len(head) * 0.2 and odd == 0:
        guess = "utf-16-be"
    else:
        return None
    # numbers of 16 bits look the same, but text has no control characters
    return None if _CONTROL.search(head.decode(guess, "ignore")) else guess
