"""FAISS over passage vectors, and a second look with the vectors of their sentences."""

from __future__ import annotations

from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from index.checked import Rows
from index.types import Stored, Vectors

WHOLE = slice(None)  # all sentences of a passage


class Dense:
    """Passage vectors (n, dim), sentence vectors (m, dim), float16, and `starts` (n + 1,).

    The sentences of passage i are rows `starts[i]` to `starts[i + 1]`. All rows have unit
    length, so the inner product is the cosine.
    """

    def __init__(
        self, passages: Stored | Rows, sentences: Stored | Rows, starts: NDArray[np.int64]
    ) -> None:
        self._passages, self._sentences, self._starts = passages, sentences, starts
        self._index = faiss.IndexFlatIP(passages.shape[1])
        self._index.add(passages[:].astype(np.float32))

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
        self,
        question: Vectors,
        candidates: list[tuple[int, float]],
        k: int,
        own: NDArray[np.bool_] | None = None,
    ) -> list[tuple[int, float]]:
        """The candidates by cos(question, passage) + max cos(question, one of its sentences).

        `own` (m,) says which sentences are looked at, None all: of a passage only its `part`.
        """
        if not candidates:
            return []
        rows = np.array([row for row, _ in candidates], np.int64)
        scores = []
        for row, cos in candidates:
            similar = self.similarity(question, row)
            part = self.part(question, row, own)
            if part is not None:
                cos, similar = self.cosine(question, row, part), similar[part]
            scores.append(cos + float(similar.max(initial=-1)))
        return _ranked(rows, np.array(scores))[:k]

    def part(self, question: Vectors, row: int, own: NDArray[np.bool_] | None) -> slice | None:
        """Which sentences of passage `row` are looked at; None when all of them are.

        Of the unbroken runs of `own` (m,) sentences, the one with that most like the question.
        """
        mine = None if own is None else own[self._starts[row] : self._starts[row + 1]]
        if mine is None or mine.all():
            return None
        best = int(np.where(mine, self.similarity(question, row), -2).argmax())
        others = np.flatnonzero(~mine)
        before, after = others[others < best], others[others > best]
        return slice(int(before.max(initial=-1)) + 1, int(after.min(initial=len(mine))))

    def cosine(self, question: Vectors, row: int, part: slice = WHOLE) -> float:
        """cos(question, passage); a part of it is taken for the mean of its sentences."""
        if part == WHOLE:
            return round(float(self._passages[row].astype(np.float32) @ question), 6)
        own = self._own(row)[part].mean(axis=0)
        return round(float(own @ question) / max(float(np.linalg.norm(own)), 1e-9), 6)

    def similarity(self, question: Vectors, row: int) -> NDArray[np.float64]:
        """cos(question, sentence) of each sentence of passage `row`, rounded to 6 decimals."""
        found: NDArray[np.float64] = (self._own(row) @ question).astype(np.float64).round(6)
        return found

    def _own(self, row: int) -> Vectors:
        """The vectors of the sentences of passage `row`."""
        found = self._sentences[self._starts[row] : self._starts[row + 1]]
        return found.astype(np.float32)


def _selector(among: NDArray[np.bool_]) -> Any:
    faiss_: Any = faiss  # its stubs know the C++ constructors, not those for arrays
    bits = np.packbits(among, bitorder="little")
    return faiss_.SearchParameters(sel=faiss_.IDSelectorBitmap(bits))


def _ranked(rows: NDArray[np.int64], scores: NDArray[np.float64]) -> list[tuple[int, float]]:
    scores = scores.round(6)  # the same bytes in any process: ties are ties, by number
    order = np.lexsort((rows, -scores))
    return [(int(rows[i]), float(scores[i])) for i in order]
