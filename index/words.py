"""Text to the words that BM25 counts: folded, without stop words, stemmed."""

from __future__ import annotations

import re
from functools import lru_cache

import Stemmer
from bm25s.stopwords import STOPWORDS_EN_PLUS

from index.clean import clean

# "U.S." is one word, the same as "US"; an apostrophe ends a word ("China's")
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|\w+")
_STOP = frozenset(STOPWORDS_EN_PLUS) | {"would", "could", "may", "might", "also", "us"}
_ACRONYM_US = "u.s."
_stemmer = Stemmer.Stemmer("english")


def words(text: str) -> list[tuple[str, str]]:
    """(word as written, stem) of each word that counts, in order."""
    return [(written, stem) for _, written, stem in placed_words(clean(text))]


def placed_words(cleaned: str) -> list[tuple[int, str, str]]:
    """`words` of a text that was cleaned, each with the place where it starts in it."""
    found = []
    for match in _WORD.finditer(cleaned):
        written = match.group()
        folded = written.casefold()
        if written == "US":
            folded = _ACRONYM_US  # the country, not the pronoun
        if folded not in _STOP:
            found.append((match.start(), written, _stem(folded.replace(".", ""))))
    return found


def stems(text: str) -> list[str]:
    """The stems of the words that count, in order."""
    return [stem for _, stem in words(text)]


@lru_cache(maxsize=100_000)
def _stem(word: str) -> str:
    return str(_stemmer.stemWord(word))


_FRAME = re.compile(
    r"""(?xi)
    \b(?:(?:do|does|did|can|could|will|would)\s+)?
    (?:(?:any|all|both)\s+(?:of\s+)?)?(?:(?:the|this|that|these|those|my|your|our)\s+)?
    (?:text|article|document|source|paper|file|report|author|writer|page|passage)s?\s+
    (?:say|mention|tell|state|write|discuss|describe|think|claim|argue|report|explain|cover)s?\b
    (?:\s+(?:me|us))?(?:\s+(?:about|of|on))?
    | \baccording\s+to\s+(?:the|this|these|those|my|your)\s+
      (?:text|article|document|source|paper|file|report|author|writer)s?\b
    | \b(?:tell|show|give)\s+me\b | \bhow\s+(?:much|many)\b
    | \bstands?\s+for\b | \bmeans?\b(?=\W*\Z) | \b(?:meaning|definition)\s+of\b"""
)


def question_words(question: str) -> list[tuple[str, str]]:
    """The words of a question that say what is asked.

    "What do the documents say about X" and "what does X stand for" are about X: the frame is
    left out, unless nothing else is there.
    """
    return words(_FRAME.sub(" ", question)) or words(question)


def question_stems(question: str) -> frozenset[str]:
    """The stems of the words that say what is asked."""
    return frozenset(stem for _, stem in question_words(question))
