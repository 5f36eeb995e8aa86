"""In which encoding a text that is no Unicode was written.

Two are asked. The standards of Korea, Japan, China and Taiwan put what is written often into a
first level: where all of a text is of one's first level, it is that one, though it be a table of
names; no language has to be learnt for it. Of all other texts chardet is believed, which knows the
pairs of letters of fifty languages. Either is heard only where letters stand as they do in words.
Compared with others by `python -m benchmarks.decoding`.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

_SAMPLE = 20_000  # bytes that are looked at
_OFTEN = 0.9  # at least, of the letters of two bytes, for a standard to have a text
_DIFFERENT = 4  # at least, of these letters: "°C" and "°F" are two of Big5's
_TORN, _TORN_WIDE = 0.1, 0.5  # less, of what is not ASCII; "PDFファイル" is no damage
_JIS_X_0208 = ("shift_jis", bytes([0x81, 0x82, 0x83, *range(0x88, 0x99)]))
# For each encoding a codec of its standard alone, and the first bytes of what is frequent there:
# syllables, signs that are letters and the first level of characters. The smallest level first:
# Korean syllables would be of the first level of Japan and China too.
_WIDE: Mapping[str, tuple[str, bytes]] = {
    "cp949": ("euc_kr", bytes([0xA1, 0xA3, *range(0xB0, 0xC9)])),  # KS X 1001
    "cp932": _JIS_X_0208,
    "euc_jp": _JIS_X_0208,
    "gb18030": ("gb2312", bytes([0xA1, 0xA3, *range(0xB0, 0xD8)])),
    "cp950": ("big5", bytes([0xA1, *range(0xA4, 0xC7)])),
}
# What Windows, Unix and DOS wrote in each country, and the Macintosh in the West. With all that
# chardet knows (EBCDIC among it) a short text is told less well, and in twice the time.
_ASKED = (
    *(f"cp{page}" for page in (437, 737, 850, 852, 866, 874, 932, 949, *range(1250, 1259))),
    *(f"iso8859-{part}" for part in (2, 5, 6, 7, 13, 15)),
    *("koi8-r", "koi8-u", "mac-roman", "euc-jp", "gb18030", "big5"),
)
# What most texts that are not UTF-8 are in, and what is added to its likelihood (0-1): of twenty
# letters chardet says 0.028 for one encoding and 0.026 for another.
_USUAL, _ADDED = "cp1252", 0.003
_PYTHON = {"euc_jis_2004": "euc_jp", "big5hkscs": "cp950"}  # as other programs write them

_LATIN = "A-Za-zª²³µ¹º¼-¾À-ÖØ-öø-ɏḀ-ỿ"
_OTHER, _LETTER = rf"[^\W\d_{_LATIN}]", r"[^\W\d_]"
# what may stand between two letters: apostrophes, dots, accents and vowels that are added
_JOINTS = re.escape("’‘\xa0…—–·、。，：；！？（）「」『』・\u3000")
_JOINTS += "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
_NEVER = re.compile(r"[\x00-\x08\x0e-\x1a\x7f-\x9f\ue000-\uf8ff]")  # control; nobody's characters
_MIXED = re.compile(rf"[{_LATIN}](?={_OTHER})|{_OTHER}(?=[{_LATIN}])")
_AMID = re.compile(rf"(?<={_LETTER})[^\w\x00-\x7f{_JOINTS}](?={_LETTER})")
_HALF_WIDTH = re.compile("[\uff61-\uff9f]")  # one byte each


def detect(data: bytes) -> Iterator[str]:
    """The encodings in which `data`, which is not all ASCII, is words; the likeliest first.

    They are names of Python's codecs; none where it is no text.
    """
    import chardet  # a folder that is all UTF-8 never loads it

    sample = _sample(data)
    often = {encoding: _often(sample, encoding) for encoding in _WIDE}
    likeliest = max(often, key=lambda encoding: often[encoding])  # of equals the first
    # GB 2312 is left to chardet: the small letters of KOI8-R are of its first level
    if often[likeliest] >= _OFTEN and likeliest != "gb18030":
        yield likeliest
    all_found = chardet.detect_all(
        sample, ignore_threshold=True, compat_names=False, include_encodings=_ASKED
    )
    for found in sorted(all_found, key=_likelihood, reverse=True):
        encoding = found["encoding"] or "ascii"
        encoding = _PYTHON.get(encoding, encoding)
        if is_words(_decoded(sample, encoding), _TORN_WIDE if encoding in _WIDE else _TORN):
            yield encoding


def _likelihood(found: Mapping[str, Any]) -> float:
    """How likely chardet holds an encoding for, what is usual for a little more."""
    likely: float = found["confidence"]
    return likely + _ADDED if found["encoding"] == _USUAL else likely


def is_words(text: str, torn: float = _TORN) -> bool:
    """Whether letters stand as in words, but for a share `torn` of what is not ASCII.

    No word has letters of two alphabets, a capital after a small letter, one of them not of ASCII,
    or a symbol between letters; and no text has control characters.
    """
    foreign = len(text) - len(text.encode("ascii", "ignore"))
    rises = [b for a, b in pairwise(text) if a.islower() and b.isupper() and not (a + b).isascii()]
    tears = [*_NEVER.findall(text), *_MIXED.findall(text), *_AMID.findall(text), *rises]
    return text != "" and len(tears) < max(1, foreign * torn)


def _often(sample: bytes, encoding: str) -> float:
    """The share of letters of two bytes that the standard of `encoding` calls frequent."""
    text = _decoded(sample, encoding)
    wide = "".join(c for c in _HALF_WIDTH.sub("", text) if c > "\x7f" and c.isalpha())
    if len(set(wide)) < _DIFFERENT or not is_words(text, _TORN_WIDE):
        return 0.0
    standard, frequent = _WIDE[encoding]
    firsts = wide.encode(standard, "ignore")[::2]
    return len([first for first in firsts if first in frequent]) / len(wide)


def _sample(data: bytes) -> bytes:
    """The first lines that are not ASCII."""
    lines: list[bytes] = []
    room = _SAMPLE
    for line in data.splitlines(keepends=True):
        if room > 0 and not line.isascii():
            lines.append(line[:room])
            room -= len(line)
    return b"".join(lines)


def _decoded(sample: bytes, encoding: str) -> str:
    """The text, which may end amid a character; "" where it is none."""
    try:
        return codecs.getincrementaldecoder(encoding)().decode(sample)
    except UnicodeDecodeError:
        return ""
