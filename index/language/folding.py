"""A text reduced to letters, digits and spaces, quickly: does a word stand in it, or a part of one?

Case, accents and other marks, ligatures and what joins words (hyphens, apostrophes, points, the
hyphen at a line's end) make no difference.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import NamedTuple

_LETTER = {c: ord(chr(c).lower()) for c in range(128) if chr(c).isalnum()}
_BLANK = {c for c in range(128) if chr(c).isspace()}
_MARKS = bytes(c for c in range(128) if c not in _LETTER and c not in _BLANK)
_TABLE = bytes(_LETTER.get(c, 32 if c < 128 else c) for c in range(256))  # marks are blanks
_LINE_END = re.compile(rb"-[ \t]*\r?\n[ \t]*")


class _Folds(dict[int, str]):
    """For `str.translate`: what a character is folded to, found out when it is first met."""

    def __missing__(self, code: int) -> str:
        found = unicodedata.normalize("NFKD", chr(code)).casefold()
        self[code] = "".join(map(_fold, found)) if not chr(code).isspace() else " "
        return self[code]


def _fold(character: str) -> str:
    category = unicodedata.category(character)
    if character.isalnum():
        return character
    if category == "Pd" or character == "\u00ad":
        return "-"
    return "" if category[0] == "M" or category == "Cf" else "'"


_FOLDS = _Folds()


def _fold_run(error: UnicodeError) -> tuple[bytes, int]:
    """What `encode` writes for a run of characters that are not ASCII."""
    assert isinstance(error, UnicodeEncodeError)
    run = error.object[error.start : error.end]
    return run.translate(_FOLDS).encode("utf-8", "ignore"), error.end


codecs.register_error("ibid.folded", _fold_run)


class Folded(NamedTuple):
    """A text between blanks in UTF-8: `joined` without marks, `parted` with a blank for each."""

    joined: bytes
    parted: bytes

    @classmethod
    def of(cls, text: str) -> Folded:
        """The text folded; its letters stand in `joined`, whether marks part them or not."""
        raw = text.encode("ascii", "ibid.folded")
        return cls(b" %b " % _joined(raw), b" %b " % raw.translate(_TABLE))

    def holds(self, word: bytes) -> bool:
        """Whether the word stands there, not only as a part of a longer one."""
        bounded = b" %b " % word
        return bounded in self.joined or bounded in self.parted


def folded(text: str) -> bytes:
    """The letters and digits of a text in UTF-8, a blank where it has white space."""
    return _joined(text.encode("ascii", "ibid.folded"))


def _joined(raw: bytes) -> bytes:
    return _LINE_END.sub(b"", raw).translate(_TABLE, _MARKS)
