"""The letters and digits of a text, and the way back to its offsets: how two copies are compared.

White space, line breaks, kinds of quotation marks and dashes, Markdown's emphasis and other
punctuation are no letters.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import accumulate

# what Markdown and HTML do not show: a link's address, a tag; bounded, so that no text is slow
UNSHOWN = re.compile(
    r"(?<=\])\([^()\n]{0,500}(?:\([^()\n]{0,100}\)[^()\n]{0,100})?\)|</?[A-Za-z][^<>]{0,300}>"
)


class _Letters(dict[int, str]):
    """For `str.translate`: what of each character is compared, found out when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = unicodedata.normalize("NFKD", chr(code)).casefold()
        # marks count: they are the accents of Latin letters and the vowels of Indic ones
        self[code] = "".join(c for c in folded if c.isalnum() or unicodedata.category(c)[0] == "M")
        return self[code]


_LETTERS = _Letters()
_NO_LETTERS = bytes(code for code in range(128) if not chr(code).isalnum())


def letters(text: str) -> str:
    """The letters, digits and marks of the text, after NFKD and case folding."""
    if text.isascii():  # most text; ten times as fast
        return text.lower().encode().translate(None, _NO_LETTERS).decode()
    return text.translate(_LETTERS)


def letters_before(text: str) -> list[int]:
    """How many letters stand before each offset, the end's included."""
    return list(accumulate((len(_LETTERS[ord(c)]) for c in text), initial=0))


def word_end(text: str, start: int, stop: int) -> int:
    """Where the last word between `start` and `stop` ends that ends before `stop`.

    `stop` itself where it is the only one.
    """
    space = max(text.rfind(c, start + 1, stop + 1) for c in " \n\t")
    return space if space > start and text[start:space].strip() else stop


def as_shown(text: str) -> str:
    """The text with blanks for what is not shown; every offset stays."""
    return UNSHOWN.sub(lambda found: " " * len(found[0]), text)
