"""BM25's scores of every stem in every passage, counted before anybody asks.

What bm25s makes of the same passages, bit for bit, without a list of them in Python: of a million
passages that takes several GB.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.search.terms import Terms

K1, B = 1.5, 0.75
Postings = dict[str, NDArray[Any]]


def postings_of(terms: Terms) -> Postings:
    """The scores by columns (CSC), one for each stem, as bm25s has them.

    `data` are the scores, float32, and `indices` the passages, ascending, of the stems that stand
    one after another: those of stem i between indptr[i] and indptr[i + 1].
    """
    passages, stems = len(terms.starts) - 1, len(terms.vocabulary)
    lengths = np.diff(terms.starts)
    pairs = terms.ids.astype(np.int64) * passages
    pairs += np.repeat(np.arange(passages), lengths)
    pairs.sort()
    firsts = np.flatnonzero(np.append(True, pairs[1:] != pairs[:-1])) if len(pairs) else pairs
    counts = np.diff(firsts, append=len(pairs)).astype(np.float64)
    columns, rows = np.divmod(pairs[firsts], max(passages, 1))
    df = np.bincount(columns, minlength=stems)
    norms = K1 * ((1 - B) + B * lengths / lengths.mean())
    counts /= norms[rows] + counts
    counts *= _idf(df, passages)[columns]
    indptr = np.append(0, np.cumsum(df)).astype(np.int64)
    return {"data": counts.astype(np.float32), "indices": rows.astype(np.int32), "indptr": indptr}


def _idf(df: NDArray[np.int64], passages: int) -> NDArray[np.float32]:
    """Lucene's, by Python's logarithm, which numpy's can differ from in the last bit."""
    found = [math.log(1 + (passages - n + 0.5) / (n + 0.5)) for n in df.tolist()]
    return np.array(found, np.float32)
