"""All passages compared, against those of the likely cells: time, and what is missed."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from index.search import CANDIDATES, Cells, Flat, make_cells
from index.storage import Rows
from index.types import Stored, Vectors

_BLOCK = 2**16  # passages that are compared at once
_NEAREST = 10


def compared(vectors: Stored, questions: Vectors, sizes: Sequence[int]) -> Iterator[str]:
    """A table: at each size the first so many of the `vectors` (n, dim) are asked for."""
    yield "| passages | all: p50 (ms) | cells: p50 (ms) | making (s) | recall@10 | recall@400 |"
    yield "|---|---|---|---|---|---|"
    for size in sizes:
        own = vectors[:size]
        wanted = exact(own, questions, CANDIDATES)
        start = time.perf_counter()
        cells = Cells(own, make_cells(own))
        made = time.perf_counter() - start
        ways = [_asked(way, questions) for way in (Flat(own), cells)]
        (flat, _), (likely, found) = ways
        shares = (recall([f[:k] for f in found], wanted[:, :k]) for k in (_NEAREST, CANDIDATES))
        near, far = shares
        yield (
            f"| {len(own):,} | {flat:.2f} | {likely:.2f} | {made:.1f} | {near:.4f} | {far:.4f} |"
        )


def _asked(way: Flat | Cells, questions: Vectors) -> tuple[float, list[list[int]]]:
    """Median milliseconds of a search, and the rows that each finds, best first."""
    found, times = [], []
    for question in questions:
        start = time.perf_counter()
        rows, scores = way.search(question, CANDIDATES, None)
        times.append(time.perf_counter() - start)
        found.append(rows[np.lexsort((rows, -scores.round(6)))].tolist())
    return 1000 * float(np.median(times)), found


def exact(vectors: Stored | Rows, questions: Vectors, k: int) -> NDArray[np.int64]:
    """Shape (questions, k): the numbers of the nearest vectors, best first, ties by number."""
    scores = np.empty((len(questions), 0), np.float32)
    rows = np.empty((len(questions), 0), np.int64)
    for at in range(0, len(vectors), _BLOCK):
        part = vectors[at : at + _BLOCK].astype(np.float32)
        own = np.broadcast_to(np.arange(at, at + len(part)), (len(questions), len(part)))
        scores = np.concatenate([scores, (questions @ part.T).round(6)], axis=1)
        rows = np.concatenate([rows, own], axis=1)
        best = np.argsort(-scores, axis=1, kind="stable")[:, :k]
        scores = np.take_along_axis(scores, best, axis=1)
        rows = np.take_along_axis(rows, best, axis=1)
    return rows


def recall(found: Sequence[Sequence[int]], wanted: NDArray[np.int64]) -> float:
    """The share of what is wanted that was found, over all questions."""
    shares = [len(set(f) & set(w.tolist())) / len(w) for f, w in zip(found, wanted, strict=True)]
    return float(np.mean(shares))
