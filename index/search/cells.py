"""The passages of the likeliest cells, of very many: an inverted file of FAISS.

The space is cut into about 2 * sqrt(n) cells (vectors in 8 bits a number) and the third of them
that is nearest to the question is looked at; `MORE` passages than were asked for are compared again
by the vectors as they are stored. From how many passages on: `index.search.nearest`.
"""

from __future__ import annotations

import math
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from index.search.nearest import Found, cosines
from index.storage import Rows
from index.types import Stored, Vectors

FEW = 20_000  # of a larger index, when so few are chosen, all of them are compared
MORE = 400  # candidates beyond those asked for, that are compared again
CELL = 64  # passages for each cell, that the cells are found by
PROBED = 1 / 3  # of the cells, the share that is looked at: recall@10 is 0.988 of 20,000
BLOCK = 2**16  # passages that are turned into float32 at once

_faiss: Any = faiss  # its stubs know the C++ constructors, not those for arrays


class Cells:
    """The passages of the likeliest cells are compared; `data` is what `cells_of` gave."""

    def __init__(self, vectors: Stored | Rows, data: bytes) -> None:
        """Raises ValueError when `data` is not that, or of other vectors."""
        self._vectors = vectors
        try:
            self._index = _faiss.deserialize_index(np.frombuffer(data, np.uint8))
        except RuntimeError as exc:
            raise ValueError("the cells are not in FAISS's format") from exc
        if not isinstance(self._index, _faiss.IndexIVFScalarQuantizer):
            raise ValueError("the cells are another kind of index")
        if (self._index.ntotal, self._index.d) != vectors.shape:
            raise ValueError("the cells are of other vectors")

    def search(self, question: Vectors, k: int, among: NDArray[np.bool_] | None) -> Found:
        """The `k` nearest of those that are `among` (n,), None: all; not in order.

        A passage of an unlikely cell can be missed; others are found besides.
        """
        count = len(self._vectors) if among is None else int(np.count_nonzero(among))
        if among is not None and count <= FEW:
            return self._compared(question, np.flatnonzero(among))
        wanted = min(k + MORE, count)
        probed = math.ceil(self._index.nlist * PROBED * len(self._vectors) / count)
        chosen = _faiss.SearchParametersIVF(
            nprobe=min(probed, self._index.nlist), sel=_selector(among)
        )
        _, found = self._index.search(question[None, :], wanted, params=chosen)
        rows = np.sort(found[0][found[0] >= 0])
        if len(rows) < k:  # the likely cells hold fewer
            rows = np.arange(len(self._vectors)) if among is None else np.flatnonzero(among)
        return self._compared(question, rows)

    def _compared(self, question: Vectors, rows: NDArray[np.int64]) -> Found:
        parts = (rows[at : at + BLOCK] for at in range(0, len(rows), BLOCK))
        scores = [cosines(self._vectors[part], question) for part in parts]
        return rows, np.concatenate(scores)


def make_cells(vectors: Stored) -> bytes:
    """Cells in FAISS's format; the same vectors give the same bytes on any number of threads."""
    n, dim = vectors.shape
    count = min(n, round(2 * math.sqrt(n)))
    centres = faiss.IndexFlatIP(dim)
    index = _faiss.IndexIVFScalarQuantizer(
        centres, dim, count, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT, False
    )
    index.cp.seed, index.cp.min_points_per_centroid = 0, 1
    sample = np.random.default_rng(0).choice(n, min(n, CELL * count), replace=False)
    index.train(vectors[np.sort(sample)].astype(np.float32))
    for at in range(0, n, BLOCK):
        index.add(vectors[at : at + BLOCK].astype(np.float32))
    return bytes(_faiss.serialize_index(index).data)


def _selector(among: NDArray[np.bool_] | None) -> Any:
    """What FAISS looks at. Without one it spreads a question over all cores, and waits for them."""
    if among is None:
        return _faiss.IDSelectorAll()
    return _faiss.IDSelectorBitmap(np.packbits(among, bitorder="little"))
