"""Compounds, by the words that an index holds: "Wohnungskaution" is the "Kaution" of a "Wohnung".

Which of a word's parts are words is told by the index's own vocabulary, and of several divisions
the one whose parts occur most often, by their geometric mean, is taken: Koehn and Knight,
"Empirical Methods for Compound Splitting", EACL 2003. The whole word stays one, too.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.language import Asked, LanguageRules, rules_of
from index.passages import PassageTable, languages_of
from index.search.statistics import KnownStems

if TYPE_CHECKING:
    from index.search.sparse import Sparse

LANGUAGES = frozenset(("da", "de", "nl", "nn", "no", "sv"))  # that write compounds as one word
SHORTEST = 4  # letters of a part: shorter ones stand in words by chance
SHORTEST_STEM = 3  # of the last part, which has lost its ending
LONGEST = 60  # letters of a word that is divided
WEIGHT = 0.5  # of a word that is said in others, as against one that is said itself
_LINKS = ("", "s", "es", "n", "en", "er", "e")  # what stands between two parts
# what a stemmer takes from the end of a compound, and not from the same word alone, for its length
_ENDINGS = ("", "ung", "ig", "lich", "isch", "heit", "keit")
_KEPT = 20_000
MOST = 400  # compounds of a word that are divided

_Way = tuple[int, float, tuple[str, ...]]  # to a place in a word: parts, how rare, their stems
Scores = NDArray[np.float32]


class CompoundWords:
    """The compounds of a vocabulary, each divided when it is asked for; thread-safe."""

    def __init__(self, vocabulary: KnownStems) -> None:
        self._vocabulary, self._often = vocabulary, vocabulary.often
        self.parts = lru_cache(_KEPT)(self._parts)
        self.wholes = lru_cache(_KEPT)(self._wholes)

    def also_said(
        self, asked: Iterable[str], language: str, has: Callable[[str], bool]
    ) -> list[str]:
        """Those stems `asked` that a text does not have, but says in a compound or by its parts."""
        if language not in LANGUAGES:
            return []

        def is_said(stem: str) -> bool:
            return has(stem) or any(map(has, self.wholes(stem, language)))

        missing = [stem for stem in asked if not has(stem)]
        return [
            stem
            for stem in missing
            if is_said(stem) or ((parts := self.parts(stem, language)) and all(map(is_said, parts)))
        ]

    def _wholes(self, stem: str, language: str) -> Sequence[str]:
        """The compounds of the index that a word is a part of.

        Only the `MOST` that occur most often, of those that seem to be compounds, are divided.
        """
        if language not in LANGUAGES:
            return ()
        begin = min((stem.removesuffix(ending) for ending in _ENDINGS), key=len)
        known = "" if self._often(stem) else stem  # else a division is the same for all words
        often = sorted(self._containing(begin), key=lambda whole: (-self._often(whole), whole))
        seem = (w for w in often if w != stem and self._seems_made_with(begin, w))
        return [w for w in islice(seem, MOST) if self._holds(w, stem, language, known)]

    def _seems_made_with(self, begin: str, whole: str) -> bool:
        """Whether words stand before and behind the letters with which a part begins."""
        before, behind = whole.rfind(begin), whole.find(begin) + len(begin)
        made = not whole.find(begin) or any(
            self._often(whole[:end]) for end in range(SHORTEST_STEM, before + 1)
        )
        return made and (
            len(whole) - behind < SHORTEST
            or any(
                self._often(whole[start:] + ending)
                for start in range(behind, len(whole) - SHORTEST_STEM + 1)
                for ending in _ENDINGS
            )
        )

    def _holds(self, whole: str, stem: str, language: str, known: str) -> bool:
        """Whether a word is a part of a compound, or of a part of it, though it stand nowhere."""
        parts = self.parts(whole, language, known)
        return stem in parts or any(self._holds(part, stem, language, known) for part in parts)

    def _parts(self, word: str, language: str, known: str = "") -> Sequence[str]:
        """The stems of which a word is made; none where it is no compound.

        All of them occur, or are `known`. Of several divisions that with the fewest parts, then the
        one whose parts occur most often.
        """
        if language not in LANGUAGES or not word.isalpha() or len(word) > LONGEST:
            return ()
        ways: dict[int, _Way] = {0: (0, 0.0, ())}
        for end in range(SHORTEST, len(word)):
            for start in [start for start in ways if start + SHORTEST <= end]:
                links = [link for link in _LINKS if word[start:end].endswith(link)]
                bare = (word[start : end - len(link)] for link in links)
                self._go(ways, start, end, [b for b in bare if len(b) >= SHORTEST], language, known)
        for start in [start for start in ways if 0 < start <= len(word) - SHORTEST_STEM]:
            forms = [word[start:] + ending for ending in _ENDINGS]
            self._go(ways, start, len(word), forms, language, known)
        return ways.get(len(word), (0, 0.0, ()))[2]

    def _go(
        self,
        ways: dict[int, _Way],
        start: int,
        end: int,
        forms: Iterable[str],
        language: str,
        known: str,
    ) -> None:
        """Note the way that goes on from `start` to `end`, where one of the forms is a word.

        The stem that occurs in most passages is taken.
        """
        rules = rules_of(language)
        stems = {s for f in forms if f not in rules.stop for s in (f, _stem(f, rules))}
        counted = [(self._often(stem) or int(stem == known), stem) for stem in sorted(stems)]
        often, stem = max(counted, default=(0, ""))
        if often:
            parts, rarity, before = ways[start]
            way = (parts + 1, rarity - math.log(often), (*before, stem))
            ways[end] = min(ways.get(end, way), way)

    def _containing(self, stem: str) -> Iterator[str]:
        """The longer stems of the index in whose letters one stands."""
        if len(stem) < SHORTEST_STEM or not stem.isalpha():
            return
        at = self._letters.find(stem)
        while at >= 0:
            begin, end = self._letters.rindex("\n", 0, at) + 1, self._letters.index("\n", at)
            if end - begin >= len(stem) + SHORTEST_STEM:
                yield self._letters[begin:end]
            at = self._letters.find(stem, end)

    @cached_property
    def _letters(self) -> str:
        """Every stem of the index on a line of its own."""
        return "\n".join(("", *self._vocabulary.stems, ""))


class Compounds:
    """What passages say in compounds, or by their parts; thread-safe.

    `words` are those of the vocabulary of `sparse`, where they are known already.
    """

    def __init__(
        self, sparse: Sparse, table: PassageTable, words: CompoundWords | None = None
    ) -> None:
        self._sparse, self._table = sparse, table
        self.words = words or CompoundWords(sparse)
        self.parts, self.wholes = self.words.parts, self.words.wholes
        self.also_said = self.words.also_said
        self._spoken = lru_cache(len(LANGUAGES))(self._passages_in)

    def scores(self, asked: Asked) -> Scores | None:
        """Shape (passages,): what BM25 gives beside its own score for what is said in other words.

        None for nothing. A word that a passage says in both ways counts once.
        """
        found: Scores | None = None
        for language in LANGUAGES.intersection(asked):
            for stem in dict.fromkeys(stem for _, stem in asked[language]):
                parts = self.parts(stem, language)
                if parts or self.wholes(stem, language):
                    more = self._more(stem, parts, language) * self._spoken(language)
                    found = more if found is None else found + more
        return found

    def _more(self, stem: str, parts: Sequence[str], language: str) -> Scores:
        """What each passage scores more, since it says a word in other words."""
        own = self._column(stem)
        others = self._said(stem, language)
        if parts:
            together = np.add.reduce([self._said(part, language) for part in parts])
            others = np.maximum(others, self._worth(stem, parts) * together)
        more: Scores = np.maximum(own, np.float32(WEIGHT) * others) - own
        return more

    def _said(self, stem: str, language: str) -> Scores:
        """What each passage scores for a word, said itself or in a compound."""
        best = self._column(stem)
        for whole in self.wholes(stem, language):
            rows = self._sparse.passages_with(whole)
            scored = self._worth(stem, (whole,)) * self._sparse.column(whole)
            best[rows] = np.maximum(best[rows], scored)
        return best

    def _worth(self, stem: str, others: Sequence[str]) -> np.float32:
        """What counts of other words that say one: together they are worth no more than it is."""
        return np.float32(min(1.0, self._sparse.idf(stem) / sum(map(self._sparse.idf, others))))

    def _column(self, stem: str) -> Scores:
        found = np.zeros(len(self._table), np.float32)
        found[self._sparse.passages_with(stem)] = self._sparse.column(stem)
        return found

    def _passages_in(self, language: str) -> NDArray[np.bool_]:
        """Shape (passages,): which are in a language."""
        spoken: NDArray[np.bool_] = languages_of(self._table.documents) == language
        return spoken[self._table.rows[:, 0]]


def _stem(part: str, rules: LanguageRules) -> str:
    """The stem of a part that lost nothing but what links parts; else the part."""
    stem = rules.stem(part)
    return stem if part[len(stem) :] in (*_LINKS, *_ENDINGS) else part
