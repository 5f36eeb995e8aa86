"""BM25 over passages, and the same measure for single sentences."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.language import ENGLISH, Asked, Query
from index.passages import SentenceStems
from index.search.postings import K1, NO_POSTINGS, B, Postings, postings_of
from index.search.statistics import Statistics
from index.search.terms import KeptStems, Terms, load_vocabulary, mean_length
from index.storage import Checked, Draft

_EXTRA = "bm25.json"
_MARGIN = 1e-5  # more than rounding to 6 decimals can move a score


class Sparse:
    """BM25 (Lucene's variant: Kamphuis et al. 2020) over the stems of passages.

    `languages` are those of the passages: a question is asked in each of them.
    """

    def __init__(
        self,
        postings: Postings,
        passages: int,
        sentence_length: float,
        languages: Sequence[str],
        kept: KeptStems,
        among: Statistics | None = None,
    ) -> None:
        """`postings` are of the stems of the vocabulary of `kept`.

        `among` says of what all the passages are some; None of themselves.
        """
        self._postings, self._kept, self._among = postings, kept, among
        self.languages = tuple(languages)
        self._passages = passages
        self._counted = passages if among is None else among.passages
        self._sentence_length = max(sentence_length, 1.0)
        self._numbers = {stem: i for i, stem in enumerate(kept.vocabulary)}

    @classmethod
    def build(cls, terms: Terms, languages: Sequence[str] = (ENGLISH,)) -> Sparse:
        """Index the passages of `terms`, which are in these languages."""
        passages, mean = len(terms.passages.lengths), mean_length(terms.sentences)
        postings = postings_of(terms) if terms.vocabulary else NO_POSTINGS
        return cls(postings, passages, mean, languages, KeptStems.of(terms))

    @classmethod
    def some_of(cls, terms: Terms, among: Statistics) -> Sparse:
        """Index the passages of `terms`, each scored as `among` all of which they are some."""
        passages = len(terms.passages.lengths)
        postings = postings_of(terms, among) if terms.vocabulary else NO_POSTINGS
        kept = KeptStems.of(terms)
        return cls(postings, passages, among.sentence_length, among.languages, kept, among)

    def save(self, draft: Draft) -> None:
        """Write the index; its vocabulary is that of the terms. Raises OSError."""
        if self._numbers:
            self._postings.save(draft)
        extra = {
            "passages": self._passages,
            "sentence_length": self._sentence_length,
            "languages": self.languages,
            "empty": not self._numbers,
        }
        draft.write(_EXTRA, json.dumps(extra))

    @classmethod
    def load(cls, files: Checked) -> Sparse:
        """Read what `save` wrote; raises what `Checked` raises."""
        extra: dict[str, Any] = json.loads(files.read(_EXTRA))
        postings = NO_POSTINGS if extra["empty"] else Postings.load(files)
        kept = KeptStems.load(files, load_vocabulary(files))
        return cls(postings, extra["passages"], extra["sentence_length"], extra["languages"], kept)

    def scores(self, query: Query) -> NDArray[np.float32]:
        """Shape (passages,); higher is better, 0 shares no word."""
        found = np.zeros(self._passages, np.float32)
        for stem in self._stems_of(query):
            found[self.passages_with(stem)] += self.column(stem)
        return found

    def search(
        self,
        query: Query,
        k: int,
        among: NDArray[np.bool_] | None = None,
        more: NDArray[np.float32] | None = None,
    ) -> list[tuple[int, float]]:
        """At most `k` (passage number, score), best first, none with score 0; ties by number.

        The scores are rounded to 6 decimals. `among` (passages,) says which are looked at; None
        means all. `more` (passages,) is added to the scores.
        """
        if k <= 0:
            return []
        scores = self.scores(query)
        if more is not None:
            scores = scores + more
        if among is not None:
            scores *= among
        rows = _best(scores, k)
        rounded = scores[rows].astype(np.float64).round(6)
        best = np.lexsort((rows, -rounded))[:k]
        found = zip(rows[best].tolist(), rounded[best].tolist(), strict=True)
        return [(row, score) for row, score in found if score]

    def idf(self, stem: str) -> float:
        """Inverse document frequency of a stem; highest for one that occurs nowhere."""
        df = self.often(stem)
        return math.log(1 + (self._counted - df + 0.5) / (df + 0.5))

    @property
    def stems(self) -> Iterable[str]:
        """Every stem that occurs."""
        return self._numbers if self._among is None else self._among.vocabulary.stems

    def often(self, stem: str) -> int:
        """In how many passages a stem occurs."""
        if self._among is not None:
            return self._among.vocabulary.often(stem)
        return len(self.passages_with(stem))

    def passages_with(self, stem: str) -> NDArray[np.integer[Any]]:
        """The numbers of the passages that have a stem, title and headings among their words."""
        return self._postings.indices[self._own(stem)]

    def column(self, stem: str) -> NDArray[np.float32]:
        """What a stem alone scores in each of `passages_with` it."""
        return self._postings.data[self._own(stem)]

    def _own(self, stem: str) -> slice:
        """Where the postings of a stem stand; nowhere for one that no passage has."""
        number = self._numbers.get(stem)
        return slice(0) if number is None else slice(*self._postings.indptr[number : number + 2])

    def holds(self, passage: int, stem: str) -> bool:
        """Whether the passage with this number has a stem, title and headings among its words."""
        found = self.passages_with(stem)
        at = int(found.searchsorted(passage))
        return at < len(found) and int(found[at]) == passage

    def sentence(self, number: int) -> SentenceStems:
        """The stems of the sentence with this number."""
        return self._kept[number]

    def sentence_score(self, question: Sequence[str], sentence: Sequence[str]) -> float:
        """BM25 of a sentence's stems for a question's, with the passages' idf."""
        counts = Counter(sentence)
        norm = K1 * (1 - B + B * len(sentence) / self._sentence_length)
        return sum(
            self.idf(stem) * counts[stem] / (counts[stem] + norm)
            for stem in question
            if counts[stem]
        )

    def asked(self, query: Query) -> Asked:
        """The words that say what is asked, in each language."""
        return query.asked(self.languages)

    def _stems_of(self, query: Query) -> list[str]:
        """The stems in all languages; one that two languages share is counted once."""
        found: list[str] = []
        for own in self.asked(query).values():
            counted = Counter(found)
            for _, stem in own:
                if counted[stem]:
                    counted[stem] -= 1
                else:
                    found.append(stem)
        return found


def _best(scores: NDArray[np.float32], k: int) -> NDArray[np.int64]:
    """The rows with the `k` highest scores and those that rounding could make their equals."""
    rows: NDArray[np.int64] = np.flatnonzero(scores > 0)
    if len(rows) <= k:
        return rows
    found = scores[rows]  # a partition of all would be slow: most are 0
    best: NDArray[np.bool_] = found >= np.partition(found, -k)[-k] - _MARGIN
    return rows[best]
