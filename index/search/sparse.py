"""BM25 over passages (bm25s), and the same measure for single sentences."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import bm25s
import numpy as np
from numpy.typing import NDArray

from index.language import ENGLISH, Asked, Query
from index.passages import SentenceStems
from index.search.postings import (
    K1,
    B,
    Postings,
    postings_of,
)
from index.search.terms import KeptStems, Terms, load_vocabulary
from index.storage import Checked, Draft

_EXTRA = "bm25.json"
_MARGIN = 1e-5  # more than rounding to 6 decimals can move a score
_ARRAYS = ("data", "indices", "indptr")  # of the matrix of scores, by columns


class Sparse:
    """BM25 (Lucene's variant: Kamphuis et al. 2020) over the stems of passages.

    `languages` are those of the passages: a question is asked in each of them.
    """

    def __init__(
        self,
        scorer: bm25s.BM25 | None,
        passages: int,
        sentence_length: float,
        languages: Sequence[str],
        kept: KeptStems,
    ) -> None:
        self._scorer, self._kept = scorer, kept
        self.languages = tuple(languages)
        self._passages = passages
        self._sentence_length = max(sentence_length, 1.0)
        self._vocabulary: dict[str, int] = scorer.vocab_dict if scorer else {}

    @classmethod
    def build(cls, terms: Terms, languages: Sequence[str] = (ENGLISH,)) -> Sparse:
        """Index the passages of `terms`, which are in these languages."""
        passages, lengths = len(terms.passages.lengths), terms.sentences.lengths
        mean = float(np.mean(lengths)) if len(lengths) else 0.0
        scorer = None
        if terms.vocabulary:
            scorer = _scorer(postings_of(terms), passages, terms.vocabulary)
        return cls(scorer, passages, mean, languages, KeptStems.of(terms))

    def save(self, draft: Draft) -> None:
        """Write the index; its vocabulary is that of the terms. Raises OSError."""
        if self._scorer is not None:
            for name in _ARRAYS:
                draft.save(f"bm25_{name}", self._scorer.scores[name])
        extra = {
            "passages": self._passages,
            "sentence_length": self._sentence_length,
            "languages": self.languages,
            "empty": self._scorer is None,
        }
        draft.write(_EXTRA, json.dumps(extra))

    @classmethod
    def load(cls, files: Checked) -> Sparse:
        """Read what `save` wrote; raises what `Checked` raises."""
        extra: dict[str, Any] = json.loads(files.read(_EXTRA))
        scorer, vocabulary = None, load_vocabulary(files)
        if not extra["empty"]:
            arrays = {name: files.array(f"bm25_{name}") for name in _ARRAYS}
            scorer = _scorer(arrays, extra["passages"], vocabulary)
        kept = KeptStems.load(files, vocabulary)
        return cls(scorer, extra["passages"], extra["sentence_length"], extra["languages"], kept)

    def scores(self, query: Query) -> NDArray[np.float32]:
        """Shape (passages,); higher is better, 0 shares no word."""
        ids = [self._vocabulary[s] for s in self._stems_of(query) if s in self._vocabulary]
        if self._scorer is None or not ids:
            return np.zeros(self._passages, np.float32)
        found: NDArray[np.float32] = self._scorer.get_scores_from_ids(ids)
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
        df = 0
        if self._scorer is not None and stem in self._vocabulary:
            ends = self._scorer.scores["indptr"]
            row = self._vocabulary[stem]
            df = int(ends[row + 1] - ends[row])
        return math.log(1 + (self._passages - df + 0.5) / (df + 0.5))

    @property
    def stems(self) -> Iterable[str]:
        """Every stem that occurs."""
        return self._vocabulary

    def passages_with(self, stem: str) -> NDArray[np.integer[Any]]:
        """The numbers of the passages that have a stem, title and headings among their words."""
        if self._scorer is None or stem not in self._vocabulary:
            return np.empty(0, np.int64)
        row, ends = self._vocabulary[stem], self._scorer.scores["indptr"]
        found: NDArray[np.integer[Any]] = self._scorer.scores["indices"][ends[row] : ends[row + 1]]
        return found

    def column(self, stem: str) -> NDArray[np.float32]:
        """What a stem alone scores in each of `passages_with` it."""
        if self._scorer is None or stem not in self._vocabulary:
            return np.empty(0, np.float32)
        row, ends = self._vocabulary[stem], self._scorer.scores["indptr"]
        found: NDArray[np.float32] = self._scorer.scores["data"][ends[row] : ends[row + 1]]
        return found

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


def _scorer(postings: Postings, passages: int, vocabulary: Sequence[str]) -> bm25s.BM25:
    scorer = bm25s.BM25(k1=K1, b=B, method="lucene")
    scorer.scores = {**postings, "num_docs": passages}
    scorer.nonoccurrence_array = None  # which Lucene's variant has not
    scorer.vocab_dict = {stem: i for i, stem in enumerate(vocabulary)}
    return scorer


def _best(scores: NDArray[np.float32], k: int) -> NDArray[np.int64]:
    """The rows with the `k` highest scores and those that rounding could make their equals."""
    rows: NDArray[np.int64] = np.flatnonzero(scores > 0)
    if len(rows) <= k:
        return rows
    found = scores[rows]  # a partition of all would be slow: most are 0
    best: NDArray[np.bool_] = found >= np.partition(found, -k)[-k] - _MARGIN
    return rows[best]
