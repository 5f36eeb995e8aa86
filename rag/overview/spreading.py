"""Of many documents those that speak for the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from index import StoredSentences, Vectors

MOST = 2_000  # documents that are compared with one another
BEGINNING = 3  # passages by which a document is known


def spread(stored: StoredSentences, rows: Mapping[int, Sequence[int]], count: int) -> list[int]:
    """At most `count` of the documents, in their order; `rows` are their passages, by number.

    Those that are together most like all of them: facility location (Lin and Bilmes, ACL 2011),
    greedily. Where there are no vectors yet, evenly spaced ones.
    """
    numbers = _evenly(list(rows), MOST)
    vectors = _means(stored, [rows[n][:BEGINNING] for n in numbers])
    if vectors is None:
        return _evenly(numbers, count)
    similar = np.maximum(vectors @ vectors.T, 0)
    covered, chosen = np.zeros(len(numbers), np.float32), list[int]()
    for _ in range(min(count, len(numbers))):
        gains = np.maximum(similar - covered[:, None], 0).sum(axis=0).round(5)
        gains[chosen] = -1
        chosen.append(int(gains.argmax()))
        covered = np.maximum(covered, similar[:, chosen[-1]])
    return [numbers[i] for i in sorted(chosen)]


def _evenly(numbers: Sequence[int], most: int) -> list[int]:
    places = np.linspace(0, len(numbers) - 1, min(len(numbers), most)).astype(int)
    return [numbers[i] for i in places]


def _means(stored: StoredSentences, rows: Sequence[Sequence[int]]) -> Vectors | None:
    """The direction of each document's beginning, (documents, dim); None where one is unknown."""
    every = [row for own in rows for row in own]
    if not stored.have_vectors(every):
        return None
    counts = [int(stored.passages.rows[list(own), 2].sum()) for own in rows]
    firsts = np.cumsum([0, *counts[:-1]])
    sums: Vectors = np.add.reduceat(stored.vectors(every), firsts, axis=0)
    sums /= np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)
    return sums
