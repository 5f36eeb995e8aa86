"""What an index knows of words that stand in several of its documents."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.copies.digests import (
    Digests,
    digest,
    in_order,
    sentence_digests,
)
from index.copies.near import near_copies
from index.copies.repeated import are_repeated, documents_of, standing_for
from index.passages import PassageTable
from index.storage import Checked, Draft
from index.types import Document, Span

_ARRAYS = ("sentence_digests", "sentence_order", "copies")


class Copies:
    """Which sentences of a table are copies, and where else a wording stands.

    `digests` (m, 16) are those of the sentences and `order` (m,) their numbers by these;
    `standing` (m,) is, for a sentence of a near-copy, the number of the document that stands for
    it, or that says what this one repeats of another, and -1 for all others.
    """

    def __init__(
        self,
        table: PassageTable,
        digests: Digests,
        order: NDArray[np.int64],
        standing: NDArray[np.int64],
    ) -> None:
        self._table, self.digests, self.order, self.standing = table, digests, order, standing

    @classmethod
    def of(cls, table: PassageTable, digests: Digests | None = None) -> Copies:
        """What is found in a table; `digests` where they are known already."""
        known = sentence_digests(table) if digests is None else digests
        order = in_order(known)
        return cls(table, known, order, _standing(table, known, order))

    @classmethod
    def load(cls, table: PassageTable, files: Checked) -> Copies:
        """What `save` wrote; raises what `Checked` raises."""
        return cls(table, *(files.array(name) for name in _ARRAYS))

    def save(self, draft: Draft) -> None:
        """Write it, without the table; raises OSError."""
        arrays: tuple[NDArray[Any], ...] = (self.digests, self.order, self.standing)
        for name, array in zip(_ARRAYS, arrays, strict=True):
            draft.save(name, array)

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
        key = digest(sentence)
        first, stop = (
            find(self.order, key, key=lambda row: self.digests[row].tobytes())
            for find in (bisect_left, bisect_right)
        )
        found: list[int] = self._documents[self.order[first:stop]].tolist()
        return found

    @cached_property
    def _documents(self) -> NDArray[np.int64]:
        """Shape (m,): the number of each sentence's document."""
        return documents_of(self._table)


def _standing(table: PassageTable, digests: Digests, order: NDArray[np.int64]) -> NDArray[np.int64]:
    """Shape (m,): the document that stands for each sentence, or -1.

    What a document repeats of others makes it no copy of theirs, nor them of it.
    """
    repeated = are_repeated(table)
    if not repeated.any():
        return near_copies(table, digests, order)
    own = digests.copy()
    own[repeated] = 0
    standing = near_copies(table, own, in_order(own))
    standing[repeated] = standing_for(table, digests, order)[repeated]
    return standing
