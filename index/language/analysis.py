"""Text to the words that BM25 counts: folded, without stop words, stemmed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from index.language.cleaning import clean
from index.language.detect import ENGLISH
from index.language.stemmers import rules_of, silent_words, words_in

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


def question_words(question: str, language: str = ENGLISH) -> list[tuple[str, str]]:
    """The words of a question that say what is asked.

    "What do the documents say about X" and "what does X stand for" are about X: the frame is
    left out, unless nothing else is there.
    """
    return words(_FRAME.sub(" ", question), language) or words(question, language)


def question_stems(question: str, language: str = ENGLISH) -> frozenset[str]:
    """The stems of the words that say what is asked."""
    return frozenset(stem for _, stem in question_words(question, language))


Asked = Mapping[str, Sequence[tuple[str, str]]]  # by language: (word as written, stem)


def asked_words(question: str, languages: Iterable[str]) -> Asked:
    """`question_words` by the rules of each of `languages`.

    The question is in the one that has most stop words in it, and what does not count there counts
    in none: "die" and "war" of a German question do not ask for a death in a war.
    """
    asked = {language: question_words(question, language) for language in languages}
    if len(asked) < 2:
        return asked
    cleaned = clean(question)
    silent = [silent_words(cleaned, rules_of(language)) for language in asked]
    most = max(map(len, silent))
    frame = frozenset.intersection(*(own for own in silent if len(own) == most))
    return {
        language: [(word, stem) for word, stem in own if word.casefold() not in frame]
        for language, own in asked.items()
    }
