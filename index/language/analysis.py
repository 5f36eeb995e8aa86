"""Text to the words that BM25 counts: folded, without stop words, stemmed."""

from __future__ import annotations

import re

from index.language.cleaning import clean
from index.language.detect import ENGLISH
from index.language.stemmers import rules_of, words_in

# for comparing: a script without spaces between its words goes by its characters
ANY_WORD = re.compile(r"[^\W\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]+|\w")


def words(text: str, language: str = ENGLISH) -> list[tuple[str, str]]:
    """(word as written, stem) of each word that counts, in order."""
    return [(written, stem) for _, written, stem in placed_words(clean(text), language)]


def placed_words(cleaned: str, language: str = ENGLISH) -> list[tuple[int, str, str]]:
    """`words` of a text that was cleaned, each with the place where it starts in it."""
    return list(words_in(cleaned, rules_of(language)))


def stems(text: str, language: str = ENGLISH) -> list[str]:
    """The stems of the words that count, in order."""
    return [stem for _, stem in words(text, language)]
