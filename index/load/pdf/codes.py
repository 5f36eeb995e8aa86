"""The code points of a text object as a text."""

from __future__ import annotations

import re
import unicodedata

# TeX draws an accent and then its letter
_ACCENT = re.compile("([\u00a8\u00b4\u02c6\u02c7\u02da\u02dc])([A-Za-z\u0131])")
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


def accented(text: str) -> str:
    """The text, with accents that stand before their letters on them."""
    return _ACCENT.sub(_composed, text)


def _composed(found: re.Match[str]) -> str:
    """A letter with the accent before it as one character, if there is such a one."""
    accent = unicodedata.normalize("NFKD", found[1]).strip()
    letter = unicodedata.normalize("NFC", found[2].replace("\u0131", "i") + accent)
    return letter if len(letter) == 1 else found[0]
