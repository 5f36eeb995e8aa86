"""The passages nearest to a question, and a second look with the vectors of their sentences."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from index.passages import ranges
from index.search.nearest import cosines, nearest
from index.search.unencoded import Unencoded
from index.storage import Rows
from index.types import Stored, Vectors

WHOLE = slice(None)  # all sentences of a passage


class Dense:
    """Passage vectors (n, dim), sentence vectors (m, dim), float16, and `starts` (n + 1,).

    The sentences of passage i are rows `starts[i]` to `starts[i + 1]`. All rows have unit
    length, so the inner product is the cosine. `cells` are those of the passages, in a large index.
    Of passages that are `unencoded` no rows are stored; they are made when they are asked for.
    """

    def __init__(
        self,
        passages: Stored | Rows,
        sentences: Stored | Rows,
        starts: NDArray[np.int64],
        cells: bytes | None = None,
        unencoded: Unencoded | None = None,
    ) -> None:
        """Raises ValueError when the `cells` are of other passages."""
        self._passages, self._sentences, self._starts = passages, sentences, starts
        self._nearest = nearest(passages, cells)
        self._unencoded = unencoded
        self._stored = starts  # where the sentences of each passage are stored that is encoded
        if unencoded is not None:
            self._stored = np.append(0, np.cumsum(np.diff(starts)[unencoded.encoded]))

    def search(
        self, question: Vectors, k: int, among: NDArray[np.bool_] | None = None
    ) -> list[tuple[int, float]]:
        """At most `k` (passage number, cosine), best first, ties by number.

        `among` (n,) says which passages are looked at; None means all. None is unencoded.
        """
        own = self._unencoded
        if own is not None and among is not None:
            among = among[own.encoded]
        k = min(k, len(self._passages) if among is None else int(np.count_nonzero(among)))
        if k <= 0:
            return []
        rows, scores = self._nearest.search(question, k, among)
        numbers = rows if own is None else own.encoded[rows]
        return _ranked(numbers, scores.astype(np.float64))[:k]

    def unencoded(self, rows: Iterable[int]) -> list[int]:
        """Those of these passages of which no vectors are stored."""
        return [row for row in rows if self._place(row) is None]

    def encode(self, question: Vectors, rows: Iterable[int]) -> list[tuple[int, float]]:
        """Encode those of these passages that are unencoded: (passage number, cosine) of each."""
        waiting = self.unencoded(rows)
        if self._unencoded is not None:
            self._unencoded.vectors_of(waiting)  # all at once
        return [(row, self.cosine(question, row)) for row in waiting]

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
        rows, scores = (np.array(column) for column in zip(*candidates, strict=True))
        counts = self._starts[rows + 1] - self._starts[rows]
        sentences = ranges(self._starts[rows], counts)
        similar = _rounded(self.sentences_of(rows), question)
        firsts = np.cumsum(counts) - counts  # no passage is without a sentence
        best = np.maximum.reduceat(similar, firsts)
        if own is not None:
            whole = np.logical_and.reduceat(own[sentences], firsts)
            for at in np.flatnonzero(~whole).tolist():
                row = int(rows[at])
                part = self.part(question, row, own) or WHOLE
                scores[at] = self.cosine(question, row, part)
                best[at] = similar[firsts[at] :][: counts[at]][part].max(initial=-1)
        return _ranked(rows, scores + best)[:k]

    def part(self, question: Vectors, row: int, own: NDArray[np.bool_] | None) -> slice | None:
        """Which sentences of passage `row` are looked at; None when all of them are.

        Of the unbroken runs of `own` (m,) sentences, the one with that most like the question.
        """
        mine = None if own is None else own[self._starts[row] : self._starts[row + 1]]
        return None if mine is None else best_run(self.similarity(question, row), mine)

    def cosine(self, question: Vectors, row: int, part: slice | NDArray[np.int64] = WHOLE) -> float:
        """cos(question, passage); a part of it is taken for the mean of its sentences."""
        if isinstance(part, slice) and part == WHOLE:
            return float(_rounded(self._passage(row), question)[0])
        mean = self._own(row)[part].astype(np.float32).mean(axis=0)
        return round(float(mean @ question) / max(float(np.linalg.norm(mean)), 1e-9), 6)

    def similarity(self, question: Vectors, row: int) -> NDArray[np.float64]:
        """cos(question, sentence) of each sentence of passage `row`, rounded to 6 decimals."""
        return _rounded(self._own(row), question)

    def passage(self, row: int) -> Vectors:
        """The vector of passage `row`."""
        vector: Vectors = self._passage(row)[0].astype(np.float32)
        return vector

    def _place(self, row: int) -> int | None:
        """Where passage `row` is stored; None where it is unencoded."""
        if self._unencoded is None:
            return row
        encoded = self._unencoded.encoded
        at = int(encoded.searchsorted(row))
        return at if at < len(encoded) and encoded[at] == row else None

    def _passage(self, row: int) -> Stored:
        """The vector of passage `row`, (1, dim)."""
        at = self._place(row)
        return self._made(row)[:1] if at is None else self._passages[at : at + 1]

    def _own(self, row: int) -> Stored:
        """The vectors of the sentences of passage `row`."""
        at = self._place(row)
        if at is None:
            return self._made(row)[1:]
        return self._sentences[self._stored[at] : self._stored[at + 1]]

    def sentences_of(self, rows: NDArray[np.int64]) -> Stored:
        """The vectors of the sentences of these passages, in order; (sentences, dim)."""
        if self._unencoded is None:
            counts = self._starts[rows + 1] - self._starts[rows]
            return self._sentences[ranges(self._starts[rows], counts)]
        return np.concatenate([self._own(row) for row in rows.tolist()])

    def _made(self, row: int) -> Stored:
        assert self._unencoded is not None
        return self._unencoded.vectors_of([row])[row]


def best_run(similarity: NDArray[np.float64], mine: NDArray[np.bool_]) -> slice | None:
    """Of the unbroken runs of sentences that are `mine`, that with the most like the question.

    Both have shape (sentences,). None when all of them are mine.
    """
    if mine.all():
        return None
    best = int(np.where(mine, similarity, -2).argmax())
    others = np.flatnonzero(~mine)
    before, after = others[others < best], others[others > best]
    return slice(int(before.max(initial=-1)) + 1, int(after.min(initial=len(mine))))


def _rounded(vectors: Stored, question: Vectors) -> NDArray[np.float64]:
    found: NDArray[np.float64] = cosines(vectors, question).astype(np.float64).round(6)
    return found


def _ranked(rows: NDArray[np.int64], scores: NDArray[np.float64]) -> list[tuple[int, float]]:
    scores = scores.round(6)  # the same bytes in any process: ties are ties, by number
    order = np.lexsort((rows, -scores))
    return [(int(rows[i]), float(scores[i])) for i in order]
