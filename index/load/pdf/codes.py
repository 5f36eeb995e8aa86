"""The code points of a text object as a text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

_ACCENTS = frozenset(map(ord, "\u00a8\u00b4\u02c6\u02c7\u02da\u02dc"))
_LETTER = re.compile("[A-Za-z\u0131]")
_SPACES = re.compile(r"[ \t\r\n\x0b\x0c\x85\u2028\u2029]+")
_TORN = re.compile(r"\x02(?!\Z)")
_SURROGATE = re.compile("[\ud800-\udfff]")


def chars(codes: list[int]) -> str:
    """Characters with spaces made single; what a font maps to no character is "\ufffd"."""
    try:
        text = "".join(map(chr, codes))
    except ValueError:
        text = "".join(chr(c) if c < 0x110000 else "\ufffd" for c in codes)
    if text.isprintable() and "  " not in text:
        return text.strip(" ")
    text = text.replace("\ufffe", "\x02").replace("\xad", "-")  # a soft one that is drawn
    text = _SPACES.sub(" ", _TORN.sub("\ufffd", text)).strip(" ")
    if _SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def accented(codes: list[int], is_on: Callable[[int], bool]) -> list[int]:
    """The code points, with accents on their letters that are drawn before them, as by TeX.

    `is_on`: whether what is there is drawn over what is before it.
    """
    made: list[int] = []
    for i, code in enumerate(codes):
        drawn = i > 0 and codes[i - 1] in _ACCENTS and is_on(i)
        letter = _composed(chr(codes[i - 1]), chr(code)) if drawn else ""
        if letter:
            made[-1] = ord(letter)
        else:
            made.append(code)
    return made


def _composed(accent: str, letter: str) -> str:
    """A letter with an accent as one character, "" if there is no such one."""
    if not _LETTER.fullmatch(letter):
        return ""
    mark = unicodedata.normalize("NFKD", accent).strip()
    whole = unicodedata.normalize("NFC", letter.replace("\u0131", "i") + mark)
    return whole if len(whole) == 1 else ""
