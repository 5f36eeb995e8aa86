"""FAISS over passage vectors, and a second look with the vectors of their sentences."""

from __future__ import annotations

from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from index.types import Vectors


class Dense:
    """Passage vectors (n, dim), sentence vectors (m, dim) and `starts` (n + 1,).

    The sentences of passage i are rows `starts[i]` to `starts[i + 1]`. All rows have unit
    length, so the inner product is the cosine.
    """

    def __init__(self, passages: Vectors, sentences: Vectors, starts: NDArray[np.int64]) -> None:
        self._passages, self._sentences, self._starts = passages, sentences, starts
        self._index = faiss.IndexFlatIP(passages.shape[1])
        self._index.add(np.ascontiguousarray(passages))

    def search(
        self, question: Vectors, k: int, among: NDArray[np.bool_] | None = None
    ) -> list[tuple[int, float]]:
        """At most `k` (passage number, cosine), best first, ties by number.

        `among` (n,) says which passages are looked at; None means all.
        """
        k = min(k, len(self._passages) if among is None else int(among.sum()))
        if k <= 0:
            return []
        chosen = None if among is None else _selector(among)
        scores, rows = self._index.search(question[None, :], k, params=chosen)
        return _ranked(rows[0].astype(np.int64), scores[0].astype(np.float64))

    def second_look(
        self, question: Vectors, candidates: list[tuple[int, float]], k: int
    ) -> list[tuple[int, float]]:
        """The candidates by cos(question, passage) + max cos(question, one of its sentences)."""
        if not candidates:
            return []
        rows = np.array([row for row, _ in candidates], np.int64)
        scores = [
            cos + float(self.similarity(question, row).max(initial=-1)) for row, cos in candidates
        ]
        return _ranked(rows, np.array(scores))[:k]

    def cosine(self, question: Vectors, row: int) -> float:
        """cos(question, passage)."""
        return round(float(self._passages[row] @ question), 6)

    def similarity(self, question: Vectors, row: int) -> NDArray[np.float64]:
        """cos(question, sentence) of each sentence of passage `row`, rounded to 6 decimals."""
        block = self._sentences[self._starts[row] : self._starts[row + 1]]
        found: NDArray[np.float64] = (block @ question).astype(np.float64).round(6)
        return found


def _selector(among: NDArray[np.bool_]) -> Any:
    faiss_: Any = faiss  # its stubs know the C++ constructors, not those for arrays
    bits = np.packbits(among, bitorder="little")
    return faiss_.SearchParameters(sel=faiss_.IDSelectorBitmap(bits))


def _ranked(rows: NDArray[np.int64], scores: NDArray[np.float64]) -> list[tuple[int, float]]:
    scores = scores.round(6)  # the same bytes in any process: ties are ties, by number
    order = np.lexsort((rows, -scores))
    return [(int(rows[i]), float(scores[i])) for i in order]
