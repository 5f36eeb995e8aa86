"""The passages nearest to a question: all are looked at while they are few, then the likely ones.

Up to `FLAT` passages all of them are compared, by numpy: a question then needs no FAISS, which
takes its time to be imported. Above, `index.search.cells` looks at some of them. Measured by
benchmarks/million.py: cells are the faster way from 20,000 passages on, but up to 50,000 they save
2 ms and miss 4 to 7 of 100 candidates for the second look; at a million they take a quarter of the
time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.storage import Rows
from index.types import Stored, Vectors

if TYPE_CHECKING:
    from index.search.cells import Cells

FLAT = 50_000  # passages; the module's docstring says why
_MARGIN = 1e-6  # more than rounding to 6 decimals can move a score
_NEVER = -2.0  # less than any cosine

Found = tuple[NDArray[np.int64], NDArray[np.float32]]  # passage numbers and their cosines


class Flat:
    """All passages are compared."""

    def __init__(self, vectors: Stored | Rows) -> None:
        self._vectors = vectors[:].astype(np.float32)

    def search(self, question: Vectors, k: int, among: NDArray[np.bool_] | None) -> Found:
        """The `k` nearest of those that are `among` (n,), None: all; not in order.

        So many are there. Those that rounding to 6 decimals could make equal to the last of them
        are found besides.
        """
        scores = cosines(self._vectors, question)
        if among is not None:
            scores = np.where(among, scores, np.float32(_NEVER))
        rows = np.flatnonzero(scores >= np.partition(scores, -k)[-k] - _MARGIN)
        return rows, scores[rows]


def nearest(vectors: Stored | Rows, cells: bytes | None) -> Flat | Cells:
    """What looks among `vectors` (n, dim); `cells` where `cells_of` gave any."""
    if cells is None:
        return Flat(vectors)
    from index.search.cells import Cells

    return Cells(vectors, cells)


def cells_of(vectors: Stored) -> bytes | None:
    """The cells of `vectors` (n, dim); None where all of them are to be compared."""
    if len(vectors) <= FLAT:
        return None
    from index.search.cells import make_cells

    return make_cells(vectors)


def cosines(vectors: Stored | Vectors, question: Vectors) -> NDArray[np.float32]:
    """Shape (n,): each row's product with `question`, the same wherever the row stands."""
    found: NDArray[np.float32] = np.vecdot(vectors.astype(np.float32, copy=False), question)
    return found
