"""Which sentences say what a document says: methods of extractive summarization.

Each gives the numbers of the sentences of a `SentencePool`, the one to quote first, first. Where
something is asked for, the relevance of each counts. Ties are by place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from rag.overview.pool import SentencePool

Method = Callable[[SentencePool], Iterator[int]]
Scores = NDArray[np.float64]

DAMPING = 0.85
STEPS = 100
SATURATED = 0.25  # share of what all sentences say of one, above which more says nothing new
DIVERSITY = 0.5  # how much what the parts are worth counts beside coverage
ENOUGH = 16  # words that count, of a sentence that tells much
EARLY = 0.15  # how much the first place counts beside the words


def lead(pool: SentencePool) -> Iterator[int]:
    """The first sentences, whatever is asked for: hard to beat on news (Nenkova, AAAI 2005)."""
    yield from range(len(pool))


def relevant(pool: SentencePool) -> Iterator[int]:
    """What is most about what is asked for; where nothing is, the first sentences.

    Where what was said is passed over, as `pick` does, that is maximal marginal relevance
    (Carbonell and Goldstein, SIGIR 1998) whose novelty is all or nothing.
    """
    yield from lead(pool) if pool.relevance is None else _ranked(pool.relevance)


def lexrank(pool: SentencePool) -> Iterator[int]:
    """The stationary distribution of a walk between similar sentences.

    Erkan and Radev, "LexRank: Graph-based Lexical Centrality as Salience in Text Summarization",
    JAIR 2004, in its continuous form; towards what is asked for, Otterbacher, Erkan and Radev,
    "Biased LexRank", Information Processing and Management 2009.
    """
    yield from _ranked(_walk(pool.similarity, pool.relevance))


def textrank(pool: SentencePool) -> Iterator[int]:
    """PageRank over sentences that share words.

    Mihalcea and Tarau, "TextRank: Bringing Order into Texts", EMNLP 2004: the words in common, by
    the logarithms of both lengths.
    """
    held = (pool.terms > 0).astype(np.float32)
    sizes = np.log(np.maximum(held.sum(axis=1), 2))
    shared = held @ held.T / (sizes[:, None] + sizes[None, :])
    yield from _ranked(_walk(shared, pool.relevance))


def centroid(pool: SentencePool) -> Iterator[int]:
    """Sentences whose words count most in all of them, the earlier ones first.

    Radev, Jing, Stys and Tam, "Centroid-based summarization of multiple documents", Information
    Processing and Management 2004: a word counts by its tf-idf in the mean of all sentences, a
    place by how early it is. Theirs is the sum of a sentence's words, which favours long ones; ours
    the mean, of a short one as if it had `ENOUGH`.
    """
    n = len(pool)
    early = 1 - np.sqrt(np.arange(n) / max(n, 1))
    scores = centrality(pool) + EARLY * early
    yield from _ranked(scores if pool.relevance is None else scores * pool.relevance)


def centrality(pool: SentencePool) -> Scores:
    """Shape (n,): how much the words of each count in all of them, the highest 1."""
    n = len(pool)
    held = (pool.terms > 0).astype(np.float64)
    having = held.sum(axis=0)
    said: Scores = held @ (having / max(n, 1) * np.log(1 + n / np.maximum(having, 1)))
    said = said / np.maximum(held.sum(axis=1), ENOUGH)
    return said / max(float(said.max(initial=0)), 1e-9)


def submodular(pool: SentencePool) -> Iterator[int]:
    """What together says most of all sentences, of as many passages as possible.

    Lin and Bilmes, "A Class of Submodular Functions for Document Summarization", ACL 2011: coverage
    up to saturation, and a reward of diversity that is the square root of what is taken of each
    part; greedy, which is within 1 - 1/e of the best (Nemhauser, Wolsey and Fisher 1978).
    """
    n = len(pool)
    similar = pool.similarity.astype(np.float64)
    if pool.relevance is not None:
        similar = similar * pool.relevance[:, None]
    most = SATURATED * similar.sum(axis=1)
    worth = _worth(pool)
    covered, taken = np.zeros(n), np.zeros(int(pool.parts.max(initial=0)) + 1)
    left = np.ones(n, bool)
    scale = max(float(most.sum()), 1e-9)
    for _ in range(n):
        gains = np.minimum(covered[:, None] + similar, most[:, None]).sum(axis=0)
        gains = (gains - np.minimum(covered, most).sum()) / scale
        own = taken[pool.parts]
        gains = gains + DIVERSITY * (np.sqrt(own + worth) - np.sqrt(own)) / np.sqrt(len(taken))
        best = int(np.where(left, gains.round(9), -np.inf).argmax())
        left[best] = False
        covered += similar[:, best]
        taken[pool.parts[best]] += worth[best]
        yield best


def _worth(pool: SentencePool) -> Scores:
    """How much each sentence is worth by itself; all of them 1."""
    worth = _nearness(pool) if pool.relevance is None else pool.relevance
    return np.asarray(worth / max(float(worth.sum()), 1e-9), np.float64)


def _nearness(pool: SentencePool) -> Scores:
    """The similarity to all of them together, the highest 1."""
    found = pool.similarity.astype(np.float64).sum(axis=1)
    return np.asarray(found / max(float(found.max(initial=0)), 1e-9))


def _walk(weights: NDArray[np.float32], bias: Scores | None) -> Scores:
    """The stationary distribution of PageRank over `weights` (n, n), from `bias` (n,)."""
    n = len(weights)
    start = np.full(n, 1 / max(n, 1)) if bias is None else bias / max(float(bias.sum()), 1e-9)
    links = weights.astype(np.float64)
    np.fill_diagonal(links, 0)
    links /= np.maximum(links.sum(axis=1, keepdims=True), 1e-9)
    damping = DAMPING if bias is None else 1 - DAMPING
    rank = start
    for _ in range(STEPS):
        rank = (1 - damping) * start + damping * (rank @ links)
    return np.asarray(rank)


def _ranked(scores: Scores) -> Iterator[int]:
    yield from np.argsort(-scores.round(9), kind="stable").tolist()
