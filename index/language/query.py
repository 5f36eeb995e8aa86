"""A question as it is looked for, each analysis of it made once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from index.language.alphanumerics import letters
from index.language.analysis import placed_words, words
from index.language.cleaning import clean
from index.language.detect import ENGLISH
from index.language.stemmers import rules_of, silent_words
from index.types import Encoder, Vectors

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

Asked = Mapping[str, Sequence[tuple[str, str]]]  # by language: (word as written, stem)


@dataclass(frozen=True)
class Query:
    """A question; what is made of it is kept, so whoever is handed it need not make it again.

    Equal where the texts are.
    """

    text: str
    _by_language: dict[str, QueryWords] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _vectors: dict[str, Vectors] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @cached_property
    def cleaned(self) -> str:
        """The text as `clean` leaves it."""
        return clean(self.text)

    @cached_property
    def letters(self) -> str:
        """The text's letters and digits alone."""
        return letters(self.text)

    def vector(self, encoder: Encoder) -> Vectors:
        """Shape (dim,): what an encoder makes of the text."""
        found = self._vectors.get(encoder.digest)
        if found is None:
            found = self._vectors[encoder.digest] = encoder.encode_query(self.text)
        return found

    def words(self, language: str = ENGLISH) -> QueryWords:
        """Its words by the rules of a language."""
        return self._by_language.setdefault(language, QueryWords(self, language))

    def asked(self, languages: Iterable[str]) -> Asked:
        """The words that say what is asked, by the rules of each of `languages`.

        The question is in the one that has most stop words in it, and what does not count there
        counts in none: "die" and "war" of a German question do not ask for a death in a war.
        """
        own = {language: self.words(language) for language in languages}
        if len(own) < 2:
            return {language: words.asked for language, words in own.items()}
        most = max(len(words.silent) for words in own.values())
        frame = frozenset.intersection(
            *(words.silent for words in own.values() if len(words.silent) == most)
        )
        return {
            language: [(word, stem) for word, stem in words.asked if word.casefold() not in frame]
            for language, words in own.items()
        }


@dataclass(frozen=True)
class QueryWords:
    """The words of a query by the rules of one language."""

    query: Query
    language: str

    @cached_property
    def placed(self) -> Sequence[tuple[int, str, str]]:
        """Each word that counts: where it starts in `query.cleaned`, as written, its stem."""
        return placed_words(self.query.cleaned, self.language)

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of all of them."""
        return frozenset(stem for _, _, stem in self.placed)

    @cached_property
    def asked(self) -> Sequence[tuple[str, str]]:
        """(word as written, stem) of those that say what is asked.

        "What do the documents say about X" and "what does X stand for" are about X: the frame is
        left out, unless nothing else is there.
        """
        without = _FRAME.sub(" ", self.query.text)
        named = words(without, self.language) if without != self.query.text else []
        return named or [(written, stem) for _, written, stem in self.placed]

    @cached_property
    def asked_stems(self) -> frozenset[str]:
        """The stems of those that say what is asked."""
        return frozenset(stem for _, stem in self.asked)

    @cached_property
    def silent(self) -> frozenset[str]:
        """The words that do not count, folded."""
        return silent_words(self.query.cleaned, rules_of(self.language))
