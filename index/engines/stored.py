"""What a collection keeps of its sentences, fetched with the rows of their passages."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Sequence
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.engines.rows import FetchedRow
from index.search import StoredSentences
from index.types import Vectors

if TYPE_CHECKING:
    from index.engines.opened import OpenCollection

KEPT = 20_000  # rows that are kept in memory, the last ones that were asked for: about 200 MB
AHEAD = 200  # rows that are fetched with one that is asked for alone


class RowCache:
    """The rows of passages by the passages' numbers; thread-safe."""

    def __init__(self, opened: OpenCollection) -> None:
        self._opened, self._lock = opened, Lock()
        self._kept: OrderedDict[int, FetchedRow] = OrderedDict()

    def of(self, numbers: Sequence[int]) -> list[FetchedRow]:
        """Those of these passages; raises DamagedIndex where one is gone."""
        with self._lock:
            found = {n: self._kept[n] for n in numbers if n in self._kept}
        wanted = [n for n in dict.fromkeys(numbers) if n not in found]
        if len(wanted) == 1:  # its neighbours are asked for next
            wanted = [*range(wanted[0], min(wanted[0] + AHEAD, len(self._opened.passages)))]
        if wanted:
            found |= zip(wanted, self._opened.fetch(wanted), strict=True)
            with self._lock:
                self._kept.update({n: found[n] for n in wanted})
                while len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
        return [found[n] for n in numbers]

    def of_documents(self, documents: Collection[str]) -> list[FetchedRow]:
        """All of those of the documents with these ids."""
        table = self._opened.passages
        numbers = sorted(n for id_ in documents if (n := table.number(id_)) is not None)
        return self.of([row for number in numbers for row in table.rows_of(number)])


class FetchedSentences(StoredSentences):
    """`StoredSentences` over rows that are fetched; `chosen` are the documents looked at."""

    def __init__(self, opened: OpenCollection, chosen: frozenset[str] | None) -> None:
        self.passages, self._opened, self._chosen = opened.passages, opened, chosen
        self._all = False

    @property
    def in_each(self) -> FetchedSentences:
        """As `StoredSentences.in_each`."""
        found = FetchedSentences(self._opened, self._chosen)
        found._all = True
        return found

    def vectors(self, rows: Sequence[int]) -> Vectors:
        """As `StoredSentences.vectors`."""
        if not len(rows):
            return np.zeros((0, self._opened.encoder.dim), np.float32)
        found = [row.vectors[1:] for row in self._opened.rows.of(list(rows))]
        return np.concatenate(found).astype(np.float32)

    def have_vectors(self, rows: Sequence[int]) -> bool:
        """All of them have."""
        return True

    def stems(self, row: int) -> list[Sequence[str]]:
        """As `StoredSentences.stems`."""
        return [stems.own for stems in self._opened.rows.of([row])[0].sentence_stems]

    def are_looked_at(self, row: int) -> NDArray[np.bool_]:
        """As `StoredSentences.are_looked_at`."""
        document, first, count, _ = self.passages.rows[row].tolist()
        if self._all:
            return np.ones(count, bool)
        standing = self._opened.passages.standing[first : first + count]
        if self._chosen is None:
            own: NDArray[np.bool_] = standing < 0
            return own
        ids = self._opened.ids
        if ids[document] not in self._chosen:
            return np.zeros(count, bool)
        return np.array([n < 0 or ids[n] not in self._chosen for n in standing.tolist()], bool)
