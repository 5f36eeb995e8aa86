"""BM25's scores of every stem in every passage, counted before anybody asks.

What bm25s (Lù, "BM25S: Orders of magnitude faster lexical search via eager sparse scoring", 2024)
makes of the same passages, bit for bit, without a list of them in Python: of a million passages
that takes several GB. To add columns up needs neither bm25s nor SciPy, which it imports: they took
a quarter of the time from the start of the program to an answer.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.search.statistics import Statistics
from index.search.terms import Terms
from index.storage import Checked, Draft

K1, B = 1.5, 0.75


class Postings(NamedTuple):
    """The scores by columns (CSC), one for each stem, under the names that SciPy has for them.

    `data` are the scores, float32, and `indices` the passages, int32 and ascending, of the stems
    that stand one after another: those of stem i between indptr[i] and indptr[i + 1], int64.
    """

    data: NDArray[np.float32]
    indices: NDArray[np.int32]
    indptr: NDArray[np.int64]

    def save(self, draft: Draft) -> None:
        """Write them; raises OSError."""
        for name, array in self._asdict().items():
            draft.save(f"bm25_{name}", array)

    @classmethod
    def load(cls, files: Checked) -> Postings:
        """Read what `save` wrote; raises what `Checked` raises."""
        return cls(*(files.array(f"bm25_{name}") for name in cls._fields))


NO_POSTINGS = Postings(np.empty(0, np.float32), np.empty(0, np.int32), np.zeros(1, np.int64))


def postings_of(terms: Terms, among: Statistics | None = None) -> Postings:
    """The scores of every stem of the vocabulary in the passages.

    `among` says of what all the passages are some; None of themselves.
    """
    lengths = terms.passages.lengths
    passages, stems = len(lengths), len(terms.vocabulary)
    pairs = terms.passages.ids.astype(np.int64) * passages
    pairs += np.repeat(np.arange(passages), lengths)
    pairs.sort()
    firsts = np.flatnonzero(np.append(True, pairs[1:] != pairs[:-1])) if len(pairs) else pairs
    counts = np.diff(firsts, append=len(pairs)).astype(np.float64)
    columns, rows = np.divmod(pairs[firsts], max(passages, 1))
    df = np.bincount(columns, minlength=stems)
    mean = lengths.mean() if among is None else among.passage_length
    counts = saturation(counts, lengths[rows], mean)
    if among is None:
        idf = _idf(df, passages)
    else:
        often = [among.vocabulary.often(stem) for stem in terms.vocabulary]
        idf = _idf(np.array(often, np.int64), among.passages)
    counts *= idf[columns]
    indptr = np.append(0, np.cumsum(df)).astype(np.int64)
    return Postings(counts.astype(np.float32), rows.astype(np.int32), indptr)


def saturation(
    counts: NDArray[np.float64] | NDArray[np.int64],
    lengths: NDArray[np.int64] | int,
    mean: float,
) -> NDArray[np.float64]:
    """BM25's weight of stems without their idf, 0-1: how often each is said, for the length."""
    found: NDArray[np.float64] = counts / (K1 * ((1 - B) + B * lengths / mean) + counts)
    return found


def _idf(df: NDArray[np.int64], passages: int) -> NDArray[np.float32]:
    """Lucene's, by Python's logarithm, which numpy's can differ from in the last bit."""
    found = [math.log(1 + (passages - n + 0.5) / (n + 0.5)) for n in df.tolist()]
    return np.array(found, np.float32)
