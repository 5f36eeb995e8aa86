"""Which words of a document are names: a sentence's first word is always capitalised."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from index import clean

_INNER_CAPITAL = re.compile(r"(?<=[a-z,\d] )[\"(]?([A-Z][\w'-]*)")
_LOWER = re.compile(r"(?<![\w'.-])[a-z][\w-]*")
_CODED = re.compile(r".+[A-Z\d]|(?:\w\.){2,}")  # OpenAI, V4, U.S.
_COMMON = re.compile(
    r"(?i)(?:tion|sion|ment|ness|ity|ism|ists|ers|ors|ings?|ance|ence|ies|ory|ics|ure|age|dom|ship"
    r"|hood|ology|sis)s?\Z"
)
_SENTENCE = re.compile(r"""[.!?]["'”’)]*\s*\Z""")
_JOINING = {"of", "and", "in", "for", "on", "to", "like", "&"}
_FUNCTION = {"the", "a", "an"}
MOST = 300_000  # characters looked at


class Casing:
    """How a document writes its words in mid-sentence; `background` is asked where it does not.

    A word that neither holds in mid-sentence is taken for a name, unless it looks like none.
    """

    def __init__(self, text: str, background: Casing | None = None) -> None:
        self._background = background
        # headings are written In Title Case and tell nothing
        lines = [line for line in text[:MOST].splitlines() if _SENTENCE.search(line)]
        cleaned = clean(" \n".join(lines))
        found = (m[1].removesuffix("'s") for m in _INNER_CAPITAL.finditer(cleaned))
        self._capital = Counter(found)
        self._lower = Counter(_LOWER.findall(cleaned))

    def is_name(self, word: str) -> bool | None:
        """Whether a capitalised word is a name; None where the document does not show it."""
        bare = word.strip('"').removesuffix("'s").rstrip("'")
        if _CODED.match(bare):
            return True
        low = bare.lower()
        lower = self._lower[low] + self._lower[f"{low}s"] + self._lower[low.removesuffix("s")]
        if lower or self._capital[bare]:
            return self._capital[bare] > lower
        if self._background and (known := self._background.is_name(word)) is not None:
            return known
        if "-" in bare:
            return self.is_name(bare.split("-")[0])
        return False if _COMMON.search(bare) else None

    def is_common(self, word: str) -> bool:
        """Whether the document writes a word small, too."""
        low = word.lower()
        return self._lower[low] > 0 or bool(self._background and self._background.is_common(low))

    def inner(self, word: str, following: Sequence[str] = ()) -> str | None:
        """A sentence's first word as it stands in mid-sentence; None where that is not known."""
        if not word[0].isalpha() or word[0].islower():
            return word
        if word.lower() in _FUNCTION:
            return word.lower()
        joined = following[:1] == ("of",) and not following[-1].isupper()
        after = following[1:] if joined else following
        if after and after[0][0].isupper():  # "World Consumer Rights Day", "Life of Pi"
            return None if self.is_common(word) else word
        named = self.is_name(word)
        if named is None:  # seen here alone: a name, unless it is many of a kind or describes one
            describes = len(following) > 0 and following[0] not in _JOINING
            owns = word.endswith("'s")
            unclear = describes or word.endswith("s") or "-" in word
            return None if unclear and not owns else word
        return word if named else word[0].lower() + word[1:]

    def sentence(self, words: Sequence[str]) -> list[str]:
        """The words of a heading as a sentence would have them: In Title Case only names stay."""
        capital = [w.strip('"')[:1].isupper() for w in words]
        if 2 * sum(capital) < len(words):
            return list(words)
        named = [c and self.is_name(w) for c, w in zip(capital, words, strict=True)]
        return [w if n else w.lower() for n, w in zip(named, words, strict=True)]
