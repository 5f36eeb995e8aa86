"""Which statements of many documents are the strongest: by what each source tells, and by spread.

A statement is strong where it tells much of its own document, stands early there, and where other
documents say something like it. What they say in the same words is a copy or a form that was filled
in, and speaks for nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from index import StoredSentences
from rag.overview import Scores, SentencePool, Told, centrality, pool_of, representatives

MOST = 2_000  # sentences that are compared with one another
DOCUMENTS = 1_000  # of which they are; of more those that speak for the others
LIKE = 0.35  # similarity above which another document supports what is said
SAME = 0.6  # cosine of the words, above which it only says it again
CENTRAL, SPREAD, EARLY = 0.5, 0.5, 0.45  # what each counts, 0-1
NOVEL = 1.0  # what is taken off for the similarity to one that is chosen
AGAIN = 0.1  # and for each that is chosen of the same document


def strongest(pool: SentencePool) -> Iterator[int]:
    """The numbers of the sentences, the strongest first: maximal marginal relevance.

    Carbonell and Goldstein, SIGIR 1998; what is relevant is what other sources support, as in
    cross-document structure (Radev, SIGDIAL 2000). Where something is asked for, the relevance of
    each counts.
    """
    if not len(pool):
        return
    documents = _documents(pool)
    strengths = CENTRAL * _in_own(pool, documents) + SPREAD * _supported(pool, documents)
    if pool.relevance is not None:
        strengths = strengths * pool.relevance
    near, taken = np.zeros(len(pool)), np.zeros(documents[-1] + 1)
    left = np.ones(len(pool), bool)
    for _ in range(len(pool)):
        worth = strengths - NOVEL * near - AGAIN * taken[documents]
        best = int(np.where(left, worth.round(9), -np.inf).argmax())
        left[best] = False
        near = np.maximum(near, pool.similarity[:, best])
        taken[documents[best]] += 1
        yield best


def by_turns(pool: SentencePool) -> Iterator[int]:
    """The first sentence of each document, then the second of each: lead, of many documents."""
    places = _places(_documents(pool)) if len(pool) else np.zeros(0, np.int64)
    yield from np.argsort(places, kind="stable").tolist()


def strongest_of(stored: StoredSentences, rows: Mapping[int, Sequence[int]]) -> SentencePool:
    """The sentences that are compared; `rows` are the passages of each document, by its number.

    All of them or, where they are more than `MOST`, those of each document that tell most of it.
    """
    numbers = list(rows)
    if len(numbers) > DOCUMENTS:
        numbers = representatives(stored, rows, DOCUMENTS)
    pools = [pool for n in numbers if len(pool := pool_of(stored, rows[n]))]
    if sum(map(len, pools)) > MOST:
        each = max(1, MOST // len(pools))
        pools = [pool.take(_telling(pool, each)) for pool in pools]
    told: list[Told] = [one for pool in pools for one in pool.told]
    return SentencePool(told, lambda: np.concatenate([pool.vectors for pool in pools]))


def _telling(pool: SentencePool, count: int) -> list[int]:
    """Those that tell most of a document by themselves, in its order."""
    strengths = _in_own(pool, np.zeros(len(pool), np.int64))
    order = np.argsort(-strengths.round(9), kind="stable")
    return sorted(order[:count].tolist())


def _documents(pool: SentencePool) -> NDArray[np.int64]:
    """Shape (n,): of which document each sentence is, from 0; they stand together."""
    ids = [one.passage.document.id for one in pool.told]
    begins = [0, *(int(a != b) for a, b in zip(ids[1:], ids, strict=False))]
    return np.cumsum(np.array(begins, np.int64))


def _places(documents: NDArray[np.int64]) -> NDArray[np.int64]:
    """Shape (n,): the how-manieth of its document each sentence is, from 0."""
    firsts = np.searchsorted(documents, documents)
    found: NDArray[np.int64] = np.arange(len(documents)) - firsts
    return found


def _in_own(pool: SentencePool, documents: NDArray[np.int64]) -> Scores:
    """Shape (n,): how much each tells of its own document, and how early that is."""
    found = np.zeros(len(pool))
    for number in range(int(documents[-1]) + 1):
        own = np.flatnonzero(documents == number)
        early = 1 - np.sqrt(np.arange(len(own)) / len(own))
        found[own] = centrality(pool.take(own.tolist())) + EARLY / CENTRAL * early
    return found


def _supported(pool: SentencePool, documents: NDArray[np.int64]) -> Scores:
    """Shape (n,): how much other documents say the like of each, the most supported 1."""
    similar = np.where(pool.terms @ pool.terms.T > SAME, 0, pool.similarity)
    firsts = np.flatnonzero(np.diff(documents, prepend=-1))
    nearest = np.maximum.reduceat(similar, firsts, axis=1).astype(np.float64)
    nearest[np.arange(len(pool)), documents] = 0
    found = np.maximum(nearest - LIKE, 0).sum(axis=1)
    return np.asarray(found / max(float(found.max(initial=0)), 1e-9))
