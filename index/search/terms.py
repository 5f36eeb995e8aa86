"""The stems of passages as numbers: what BM25 is counted from, and a small change need not stem."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.passages import Numbers, ranges
from index.storage import Checked, Draft

VOCABULARY = "vocabulary.json"
_ARRAYS = ("ids", "starts", "lengths")


@dataclass(frozen=True)
class Terms:
    """The stems of n passages and how many those of m sentences are.

    Passage i has the stems `vocabulary[ids[j]]`, starts[i] <= j < starts[i + 1], in order;
    `vocabulary` is sorted, and every stem of it occurs. `lengths` (m,) counts the sentences'.
    """

    vocabulary: tuple[str, ...]
    ids: NDArray[np.int32]
    starts: Numbers
    lengths: NDArray[np.int32]

    @classmethod
    def of(cls, passages: Sequence[Sequence[str]], lengths: Iterable[int]) -> Terms:
        """The terms of passages given as their stems."""
        vocabulary = sorted({stem for stems in passages for stem in stems})
        number = {stem: i for i, stem in enumerate(vocabulary)}
        ids = [number[stem] for stems in passages for stem in stems]
        starts = np.cumsum([0, *map(len, passages)], dtype=np.int64)
        return cls(
            tuple(vocabulary), np.array(ids, np.int32), starts, np.fromiter(lengths, np.int32)
        )

    @classmethod
    def join(cls, parts: Sequence[Terms]) -> Terms:
        """The passages and sentences of all parts, one after another."""
        vocabulary = sorted(set().union(*(part.vocabulary for part in parts)))
        number = {stem: i for i, stem in enumerate(vocabulary)}
        ids = [
            np.array([number[stem] for stem in part.vocabulary], np.int32)[part.ids]
            for part in parts
        ]
        counts = [np.diff(part.starts) for part in parts]
        return cls(
            tuple(vocabulary),
            np.concatenate(ids),
            np.append(0, np.cumsum(np.concatenate(counts))).astype(np.int64),
            np.concatenate([part.lengths for part in parts]),
        )

    def take(self, passages: Numbers, sentences: Numbers) -> Terms:
        """The passages and the sentences with these numbers, in this order."""
        counts = np.diff(self.starts)[passages]
        ids = self.ids[ranges(self.starts[passages], counts)]
        used, numbers = np.unique(ids, return_inverse=True)
        return Terms(
            tuple(self.vocabulary[i] for i in used.tolist()),
            numbers.astype(np.int32),
            np.append(0, np.cumsum(counts)).astype(np.int64),
            self.lengths[sentences],
        )

    def save(self, draft: Draft) -> None:
        """Write the terms; raises OSError."""
        for name in _ARRAYS:
            draft.save(f"terms_{name}", getattr(self, name))
        draft.write(VOCABULARY, json.dumps(self.vocabulary))

    @classmethod
    def load(cls, files: Checked) -> Terms:
        """Read what `save` wrote; raises what `Checked` raises."""
        ids, starts, lengths = (files.array(f"terms_{name}") for name in _ARRAYS)
        return cls(load_vocabulary(files), ids, starts, lengths)


def load_vocabulary(files: Checked) -> tuple[str, ...]:
    """The stems alone; raises what `Checked` raises."""
    return tuple(map(str, json.loads(files.read(VOCABULARY))))
