"""What an index keeps of its sentences: made when they arrived, read when they are asked for."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.passages import PassageTable
from index.search.dense import Dense
from index.search.sparse import Sparse
from index.types import Vectors


class StoredSentences:
    """The vectors and the stems of the sentences of passages, by the passages' numbers.

    `own` (m,) says which sentences are looked at; None means all.
    """

    def __init__(
        self,
        passages: PassageTable,
        dense: Dense,
        sparse: Sparse,
        own: NDArray[np.bool_] | None = None,
    ) -> None:
        self.passages, self._dense, self._sparse, self._own = passages, dense, sparse, own

    @property
    def in_each(self) -> StoredSentences:
        """The same, where what two documents both say is looked at in both, whichever are asked."""
        return StoredSentences(self.passages, self._dense, self._sparse)

    def vectors(self, rows: Sequence[int]) -> Vectors:
        """Those of all sentences of these passages, in order: shape (sentences, dim), float32.

        Of passages that have no vectors yet they are made, so ask for few of them at once.
        """
        return self._dense.sentences_of(np.array(rows, np.int64)).astype(np.float32)

    def have_vectors(self, rows: Sequence[int]) -> bool:
        """Whether the vectors of all of these passages are made."""
        return not self._dense.unencoded(rows)

    def stems(self, row: int) -> list[Sequence[str]]:
        """Those of the own words of each sentence of a passage."""
        _, first, count, _ = self.passages.rows[row].tolist()
        return [self._sparse.sentence(i).own for i in range(first, first + count)]

    def rarity(self, stem: str) -> float:
        """How rare a stem is among the passages: its inverse document frequency, over 0."""
        return self._sparse.idf(stem)

    def are_looked_at(self, row: int) -> NDArray[np.bool_]:
        """Shape (sentences,): which sentences of a passage are of documents looked at, said once.

        What two documents looked at both say is one's alone.
        """
        _, first, count, _ = self.passages.rows[row].tolist()
        return np.ones(count, bool) if self._own is None else self._own[first : first + count]
