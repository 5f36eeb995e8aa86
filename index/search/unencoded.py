"""Passages that have no vectors yet: these are found by their words, and encoded when looked at."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from itertools import chain
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from index.passages import PassageTable, passage_text, sentence_texts
from index.types import Encoder, Stored

KEPT = 1_000  # passages whose vectors are kept: about 5 MB
AT_ONCE = 32  # passages that are encoded for one question, at most


class Unencoded:
    """The passages but those that are `encoded`; thread-safe.

    The vectors of the last ones that were asked for are kept.
    """

    def __init__(
        self, encoder: Encoder, passages: PassageTable, encoded: NDArray[np.int64]
    ) -> None:
        """`encoded` (e,) are the numbers of the passages that have vectors, ascending.

        Raises ValueError where they are not that.
        """
        if np.any(np.diff(encoded, prepend=-1, append=len(passages)) <= 0):
            raise ValueError("the vectors are of other passages")
        self.encoded = encoded
        self._encoder, self._passages = encoder, passages
        self._made: OrderedDict[int, Stored] = OrderedDict()
        self._lock = Lock()

    def vectors_of(self, rows: Sequence[int]) -> dict[int, Stored]:
        """The vectors (1 + sentences, dim) of passages: its own, then those of its sentences."""
        with self._lock:
            found = {row: self._made[row] for row in rows if row in self._made}
        found |= self._encode([row for row in rows if row not in found])
        with self._lock:
            for row in rows:
                self._made[row] = found[row]
                self._made.move_to_end(row)
            while len(self._made) > KEPT:
                self._made.popitem(last=False)
        return found

    def _encode(self, rows: Sequence[int]) -> dict[int, Stored]:
        passages = [self._passages[row] for row in rows]
        texts = [[passage_text(p), *sentence_texts(p)] for p in passages]
        each = list(dict.fromkeys(chain.from_iterable(texts)))  # a lone row is said twice
        if not each:
            return {}
        vectors = self._encoder.encode_passages(each).astype(np.float16)
        number = {text: i for i, text in enumerate(each)}
        return {
            row: vectors[[number[text] for text in own]]
            for row, own in zip(rows, texts, strict=True)
        }
