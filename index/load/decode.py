"""Bytes to text."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from index.errors import UnreadableDocument
from index.load import encodings

# UTF-32 first: its little-endian mark starts with UTF-16's
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x7f]")
_CONTROLS = bytes([*range(0x09), *range(0x0E, 0x20), 0x7F])
_ESCAPES = (b"\x1b$B", b"\x1b$@")  # how Japanese begins in ISO-2022-JP
# codecs of texts; Python has others, for bytes, names of hosts and program text
_TEXTUAL = re.compile(r"(?:utf-8|iso8859|cp|koi8|mac|gb|big5|euc|shift|johab|tis|ptcp|kz).*")
# what is declared, and the larger set that such texts are written in
_MEANT = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "big5": "cp950", "shift_jis": "cp932",
    "euc_kr": "cp949",
}  # fmt: skip
# at most, of the characters that are not ASCII: of UTF-8 and what is declared, and of others
_DAMAGE_SURE, _DAMAGE = 0.3, 0.02


def decode(data: bytes, source: str, declared: str = "") -> str:
    """The text, unchanged but for a dropped byte-order mark.

    The surest is asked first. Bytes are hardly ever valid UTF-8 by chance; only ISO-2022-JP and the
    NULs of UTF-16 are valid always, and looked at apart. The marks of UTF-16 and UTF-32 never are,
    so they lose nothing by their place. Where most lines are UTF-8 another program added the rest,
    and no name that a file declares is right for both. Then comes that name, and at last what makes
    words. A damaged byte here and there becomes U+FFFD.

    Raises UnreadableDocument for binary data, and where no encoding makes words.
    """
    if any(escape in data for escape in _ESCAPES) and (text := _whole(data, "iso2022_jp_ext")):
        return text
    if b"\x00" not in data and (text := _whole(data, "utf-8-sig")) is not None:
        return text
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            if (text := _whole(data[len(mark) :], encoding)) is None:
                raise UnreadableDocument(f"{source}: not valid {encoding}; save it as UTF-8")
            return text
    if b"\x00" in data and (text := _unmarked_utf16(data)):
        return text
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if b"\x00" in data or controls > len(data) * 0.03:
        raise UnreadableDocument(f"{source}: this is binary data, not text; save it as UTF-8")
    if data.startswith(codecs.BOM_UTF8) and not _fits(data, "utf-8-sig", _DAMAGE_SURE):
        raise UnreadableDocument(f"{source}: not valid UTF-8; save it anew as UTF-8")
    data, named = data.removeprefix(codecs.BOM_UTF8), _meant(declared)
    if text := _by_line(data, named):
        return text
    if older := _older(data, named):
        return data.decode(older, "replace")
    raise UnreadableDocument(f"{source}: its encoding is not known; save it as UTF-8")


def _whole(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark: of spaces and digits one half is NUL.

    So it is of numbers of 16 bits, which make no words.
    """
    first, second = data[::2].count(0), data[1::2].count(0)
    text = _whole(data, "utf-16-be" if first > second else "utf-16-le")
    return text if text and not _CONTROL.search(text) and encodings.is_words(text[:4000]) else None


def _by_line(data: bytes, named: str) -> str | None:
    """A text whose lines that are not ASCII are UTF-8, most of them; the others have one encoding.

    A line of theirs that is UTF-8 but for a damaged character is none of the others.
    """
    lines = data.splitlines(keepends=True)
    broken = [line for line in lines if _whole(line, "utf-8") is None]
    if 2 * len(broken) >= len([line for line in lines if not line.isascii()]):
        return None
    others = dict.fromkeys(line for line in broken if not _fits(line, "utf-8", _DAMAGE_SURE))
    older = _older(b"".join(others), named) or "utf-8"
    return "".join(line.decode(older if line in others else "utf-8", "replace") for line in lines)


def _older(data: bytes, named: str) -> str | None:
    """The encoding of a text that is not UTF-8 throughout."""
    for encoding, damage in _candidates(data, named):
        if _fits(data, encoding, damage):
            return encoding
    return None


def _fits(data: bytes, encoding: str, damage: float) -> bool:
    text = data.decode(encoding, "replace")
    foreign = len(text) - len(text.encode("ascii", "ignore"))
    return text.count("\ufffd") <= damage * foreign


def _candidates(data: bytes, named: str) -> Iterator[tuple[str, float]]:
    """The encodings that `data` may be in, and how damaged it may be in each."""
    if named:
        yield named, _DAMAGE_SURE
    yield "utf-8", _DAMAGE_SURE
    for encoding in encodings.detect(data):
        yield encoding, _DAMAGE


def _meant(declared: str) -> str:
    """The codec that is meant by a declared name, "" where that is none of a text's."""
    try:
        name = codecs.lookup(declared.strip()).name
    except (LookupError, ValueError):  # ValueError: a NUL in the name
        return ""
    return _MEANT.get(name, name if _TEXTUAL.fullmatch(name) else "")
