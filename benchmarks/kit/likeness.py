"""How alike two texts are: in letters, in words, and in the order in which they stand.

*Letters* and *words* are compared as multisets, in one F1 (van Rijsbergen, 1979). *Parted* and
*joined* words are those that blanks were put into or left out of, two of the errors that Bast and
Korzen count ("A Benchmark and Evaluation for Text Extraction from PDF", JCDL 2017). *Order* is the
longest common subsequence of the words, as in ROUGE-L (Lin, 2004), over the words that both have:
what is lost does not count twice.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

# no blanks stand between the words of Thai, Chinese and Japanese: each sign is one
_SIGN = r"\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff"
_TOKEN = re.compile(rf"[{_SIGN}]|[^\s{_SIGN}]+")


class Likeness(NamedTuple):
    """Counts of a text that was expected and of one that was read."""

    letters: int  # in both
    letters_of: int  # of the one, and of the other
    words: int  # in both
    lost: int  # words of the text that was expected alone
    added: int  # words of the text that was read alone
    ordered: int  # words of the longest common subsequence
    parted: int
    joined: int

    @property
    def shares(self) -> tuple[float, float, float]:
        """F1 of letters and of words, and order: 0 to 1, 1 where the texts are the same."""
        return (
            2 * self.letters / max(self.letters_of, 1),
            2 * self.words / max(2 * self.words + self.lost + self.added, 1),
            self.ordered / max(self.words, 1),
        )


def likeness(expected: str, read: str) -> Likeness:
    """The counts of two texts; a stretch between blanks without a letter or digit is not one."""
    tokens = list(_tokens(expected)), list(_tokens(read))
    wanted, found = ([_bare(token) for token in own] for own in tokens)
    letters, others = (Counter("".join(own)) for own in tokens)
    words, found_words = Counter(wanted), Counter(found)
    return Likeness(
        (letters & others).total(),
        letters.total() + others.total(),
        (words & found_words).total(),
        (words - found_words).total(),
        (found_words - words).total(),
        int(LCSseq.similarity(wanted, found)),
        _made_of(words - found_words, found),
        _made_of(found_words - words, wanted),
    )


def total(counts: Iterable[Likeness]) -> Likeness:
    """The counts of several pairs of texts together."""
    return Likeness(*map(sum, zip(*counts, strict=True)))


def _tokens(text: str) -> Iterable[str]:
    shown = (c for c in unicodedata.normalize("NFC", text) if unicodedata.category(c) != "Cf")
    return (t for t in _TOKEN.findall("".join(shown)) if any(map(str.isalnum, t)))


def _bare(token: str) -> str:
    """A token without the signs around it; vowel signs and accents are no such signs."""
    inner = [i for i, c in enumerate(token) if unicodedata.category(c)[0] in "LMN"]
    return token[inner[0] : inner[-1] + 1]


def _made_of(lost: Counter[str], words: Sequence[str]) -> int:
    """How many words that only one of two texts has are two neighbours in the other."""
    pairs = {one + other for one, other in pairwise(words)}
    return sum(count for word, count in lost.items() if word in pairs)
