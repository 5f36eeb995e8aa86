"""Bytes to text: by their byte-order mark, as UTF-8, as they declare, or as their letters tell."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from index.errors import UnreadableDocument
from index.load import encodings

# UTF-32 first: its little-endian mark starts with UTF-16's
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x7f]")
_CONTROLS = bytes([*range(0x09), *range(0x0E, 0x20), 0x7F])
_JAPANESE = (b"\x1b$B", b"\x1b$@")  # how ISO-2022-JP, which is all ASCII, begins
# codecs of texts; Python has others, for bytes, names of hosts and program text
_TEXTUAL = re.compile(r"(?:utf-8|iso8859|cp|koi8|mac|gb|big5|euc|shift|johab|tis|ptcp|kz).*")
# what is declared, and the larger set that such texts are written in
_MEANT = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "big5": "cp950", "shift_jis": "cp932",
    "euc_kr": "cp949",
}  # fmt: skip
_DAMAGE, _DAMAGE_DECLARED = 0.02, 0.3  # at most, of the characters that are not ASCII


def decode(data: bytes, source: str, declared: str = "") -> str:
    """The text, unchanged but for a dropped byte-order mark.

    Without a mark it is UTF-8 if it can be, else what `declared` names, else what makes words of
    it. A damaged byte here and there becomes U+FFFD. Raises UnreadableDocument for binary data,
    and where no encoding makes words.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding, source)
    if b"\x00" in data:
        wide = _unmarked_utf16(data)
        if wide is None:
            raise UnreadableDocument(f"{source}: this is binary data, not text; save it as UTF-8")
        return _strict(data, wide, source)
    japanese = any(mark in data for mark in _JAPANESE)
    for encoding in ("iso2022_jp_ext",) * japanese + ("utf-8",):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text:  # a mark of ISO-2022-JP alone is none
            return text
    return _in_bytes(data, source, _meant(declared))


def _in_bytes(data: bytes, source: str, named: str) -> str:
    """Text that is no valid Unicode."""
    if len(data) - len(data.translate(None, _CONTROLS)) > len(data) * 0.03:
        raise UnreadableDocument(f"{source}: this is binary data, not text; save it as UTF-8")
    for encoding, damage in _candidates(data, named):
        text = data.decode(encoding, "replace")
        foreign = len(text) - len(text.encode("ascii", "ignore"))
        if text.count("\ufffd") <= damage * foreign:
            return text
    raise UnreadableDocument(f"{source}: its encoding is not known; save it as UTF-8")


def _candidates(data: bytes, named: str) -> Iterator[tuple[str, float]]:
    """The encodings that `data` may be in, and how damaged it may be in each."""
    if named:
        yield named, _DAMAGE_DECLARED
    yield "utf-8", _DAMAGE
    for encoding in encodings.detect(data):
        yield encoding, _DAMAGE


def _meant(declared: str) -> str:
    """The codec that is meant by a declared name, "" where that is none of a text's."""
    try:
        name = codecs.lookup(declared.strip()).name
    except (LookupError, ValueError):  # ValueError: a NUL in the name
        return ""
    return _MEANT.get(name, name) if _TEXTUAL.fullmatch(name) else ""


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
