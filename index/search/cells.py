"""The passages nearest to a question: all are looked at while they are few, then the likely ones.

Up to `FLAT` passages FAISS compares all of them. Above, the space is cut into about 2 * sqrt(n)
cells (an inverted file; vectors in 8 bits a number) and the third of them that is nearest to the
question is looked at; `MORE` passages than were asked for are compared again by the vectors as they
are stored. Measured by benchmarks/million.py: cells are the faster way from 20,000 passages on, but
up to 50,000 they save 2 ms and miss 4 to 7 of 100 candidates for the second look; at a million
they take a quarter of the time.
"""

from __future__ import annotations

import math
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from index.storage import Rows
from index.types import Stored, Vectors

FLAT = 50_000  # passages; the module's docstring says why
FEW = 20_000  # of a larger index, when so few are chosen, all of them are compared
MORE = 400  # candidates beyond those asked for, that are compared again
CELL = 64  # passages for each cell, that the cells are found by
PROBED = 1 / 3  # of the cells, the share that is looked at: recall@10 is 0.988 of 20,000
BLOCK = 2**16  # passages that are turned into float32 at once

Found = tuple[NDArray[np.int64], NDArray[np.float32]]  # passage numbers and their cosines
_faiss: Any = faiss  # its stubs know the C++ constructors, not those for arrays


class Flat:
    """All passages are compared."""

    def __init__(self, vectors: Stored | Rows) -> None:
        self._index = faiss.IndexFlatIP(vectors.shape[1])
        self._index.add(vectors[:].astype(np.float32))

    def search(self, question: Vectors, k: int, among: NDArray[np.bool_] | None) -> Found:
        """The `k` nearest of those that are `among` (n,), None: all; not in order."""
        chosen = _faiss.SearchParameters(sel=_selector(among))
        scores, rows = self._index.search(question[None, :], k, params=chosen)
        return rows[0].astype(np.int64), scores[0]


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
        """As `Flat.search`; a passage of an unlikely cell can be missed."""
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


def nearest(vectors: Stored | Rows, cells: bytes | None) -> Flat | Cells:
    """What looks among `vectors` (n, dim); `cells` where `cells_of` gave any."""
    return Flat(vectors) if cells is None else Cells(vectors, cells)


def cells_of(vectors: Stored) -> bytes | None:
    """The cells of `vectors` (n, dim); None where all of them are to be compared."""
    return None if len(vectors) <= FLAT else make_cells(vectors)


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


def cosines(vectors: Stored, question: Vectors) -> NDArray[np.float32]:
    """Shape (n,): each row's product with `question`, the same wherever the row stands."""
    found: NDArray[np.float32] = np.vecdot(vectors.astype(np.float32), question)
    return found


def _selector(among: NDArray[np.bool_] | None) -> Any:
    """What FAISS looks at. Without one it spreads a question over all cores, and waits for them."""
    if among is None:
        return _faiss.IDSelectorAll()
    return _faiss.IDSelectorBitmap(np.packbits(among, bitorder="little"))
