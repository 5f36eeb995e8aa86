"""What an index knows of words that stand in several of its documents."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.digests import Digests, digest, sentence_digests
from index.duplicates import near_copies
from index.passages import PassageTable
from index.types import Document, Span


class Copies:
    """Which sentences of a table are copies, and where else a wording stands.

    `digests` (m, 16) are those of the sentences; `standing` (m,) is, for a sentence of a
    near-copy, the number of the document that stands for it, and -1 for all others.
    """

    def __init__(self, table: PassageTable, digests: Digests, standing: NDArray[np.int64]) -> None:
        self._table, self.digests, self.standing = table, digests, standing

    @classmethod
    def of(cls, table: PassageTable, digests: Digests | None = None) -> Copies:
        """What is found in a table; `digests` where they are known already."""
        known = sentence_digests(table) if digests is None else digests
        return cls(table, known, near_copies(table, known))

    def own(self, chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Shape (m,): which sentences are looked at when the `chosen` (documents,) are.

        Of a near-copy those that it says alone; all of them where the other one is not chosen.
        """
        hidden = (self.standing >= 0) & chosen[self.standing]
        return chosen[self._documents] & ~hidden

    def also_in(
        self, document: Document, spans: Sequence[Span], chosen: NDArray[np.bool_]
    ) -> tuple[str, ...]:
        """The other sources, of the `chosen` documents in order, that say all of these sentences.

        Letters and figures are compared. Other names of the same text are among them.
        """
        held = [set(self._holding(document.cut(span))) for span in spans]
        found = sorted(n for n in set.intersection(*held) if chosen[n]) if held else []
        others = [self._table.documents[n] for n in found]
        return tuple(
            source
            for other in others
            for source in (other.source, *other.copies)
            if source != document.source
        )

    def _holding(self, sentence: str) -> list[int]:
        """The numbers of the documents that say a sentence."""
        key = np.frombuffer(digest(sentence), np.uint8)
        order, halves = self._sorted
        first, stop = (
            int(np.searchsorted(halves, _half(key)[0], side)) for side in ("left", "right")
        )
        near = order[first:stop]
        rows = near[(self.digests[near] == key).all(axis=1)]
        found: list[int] = self._documents[rows].tolist()
        return found

    @cached_property
    def _documents(self) -> NDArray[np.int64]:
        """Shape (m,): the number of each sentence's document."""
        rows = self._table.rows
        return np.repeat(rows[:, 0], rows[:, 2])

    @cached_property
    def _sorted(self) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
        """The sentences by the first half of their digests, and these halves."""
        halves = _half(self.digests)
        order = np.argsort(halves, kind="stable")
        return order, halves[order]


def _half(digests: Digests) -> NDArray[np.uint64]:
    return np.ascontiguousarray(digests[..., :8]).view(np.uint64).ravel()
