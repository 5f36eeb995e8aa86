"""The words of a sentence, and which of them may be of a name."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|\d{2}\.[A-Z]{2}(?!\w)|[^\W_][\w’'‑-]*(?:\.com(?!\w))?")
_POSSESSIVE = re.compile(r"['’]s?\Z")
_INNER = re.compile(r".*[^\W\d_a-zß-ÿ].*[^\W\d_a-zß-ÿ]|[a-z]{1,2}[A-Z]|.*[A-Z].*\d|.*\d.*[A-Z]")


@cache
def cues() -> dict[str, frozenset[str]]:
    """The words of `cues.toml`, by their lists."""
    read = tomllib.loads(Path(__file__).with_name("cues.toml").read_text("utf-8"))
    return {name: frozenset(str(words).split()) for name, words in read.items()}


class NameToken(NamedTuple):
    text: str
    start: int
    end: int
    ends_name: bool  # "Auralis's own": what follows is of another

    @property
    def is_capital(self) -> bool:
        return self.text[0].isupper() or bool(_INNER.match(self.text))

    @property
    def is_coded(self) -> bool:
        """Whether no common word is written so: OpenAI, U.S., H100."""
        return bool(_INNER.match(self.text)) or "." in self.text


def name_tokens(text: str) -> Iterator[NameToken]:
    for match in _TOKEN.finditer(text):
        word = match.group()
        bare = _POSSESSIVE.sub("", word)
        if bare:
            yield NameToken(bare, match.start(), match.start() + len(bare), bare != word)


def begins_sentence(text: str, at: int) -> bool:
    """Whether a sentence, or what is said in quotation marks, begins there."""
    before = text[:at].rstrip(" \u00a0\"“”„«'‘(")
    return not before or (
        before[-1] in ".:!?•*–—|#"
        and not re.search(r"\b[A-Z]\.\Z|\b(?:Dr|Mr|Ms|Mrs|St)\.\Z", before)
    )
