"""Reciprocal rank fusion, and the retriever that is made of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from index.dense import Dense
from index.passages import PassageTable
from index.sparse import Sparse
from index.texts import passage_stems, sentence_stems
from index.types import Encoder, Evidence, Hit, Passage, Vectors
from index.words import Asked

CANDIDATES = 400  # from FAISS, for the second look
DEPTH = 100  # of each list that is fused
K = 10  # small, so that the first ranks count; 60 is the paper's


def reciprocal_rank_fusion(
    rankings: Sequence[Sequence[int]], k: int = K
) -> list[tuple[int, float]]:
    """Items by the sum of 1/(k + rank), ranks from 1; ties by item.

    Cormack, Clarke and Büttcher, "Reciprocal Rank Fusion outperforms Condorcet and individual
    Rank Learning Methods", SIGIR 2009.
    """
    scores: dict[int, float] = {}
    for ranking in rankings:
        for rank, item in enumerate(ranking, 1):
            scores[item] = scores.get(item, 0.0) + 1 / (k + rank)
    rounded = ((item, round(score, 6)) for item, score in scores.items())
    return sorted(rounded, key=lambda pair: (-pair[1], pair[0]))


class Hybrid:
    """Dense and sparse, fused; itself a Retriever.

    Passages are numbered by document and offset, so ties by number are ties by those.
    """

    def __init__(
        self,
        encoder: Encoder,
        dense: Dense,
        sparse: Sparse,
        passages: PassageTable,
        among: NDArray[np.bool_] | None = None,
    ) -> None:
        """`among` (passages,) says which passages are looked at; None means all."""
        self.encoder, self.dense, self.sparse, self.passages = encoder, dense, sparse, passages
        self._among = among

    def within(self, documents: Collection[str]) -> Hybrid:
        """The same index, of which only the documents with these ids are looked at."""
        among = self.passages.of(documents)
        return Hybrid(self.encoder, self.dense, self.sparse, self.passages, among)

    def search(self, question: str, k: int) -> list[Hit]:
        """At most `k` hits, best first, with what both retrievers think of their sentences."""
        vector = self.encoder.encode_query(question)
        rankings = self._rankings(question, vector)
        ranks = {n: {row: i for i, row in enumerate(r, 1)} for n, r in rankings.items()}
        asked = self.sparse.asked(question)
        return [
            self._hit(row, score, ranks, vector, asked)
            for row, score in reciprocal_rank_fusion(list(rankings.values()))[:k]
        ]

    def rank(self, question: str, k: int) -> list[tuple[int, float]]:
        """At most `k` (passage number, fused score), best first: `search` without evidence."""
        rankings = self._rankings(question, self.encoder.encode_query(question))
        return reciprocal_rank_fusion(list(rankings.values()))[:k]

    def _rankings(self, question: str, vector: Vectors) -> dict[str, list[int]]:
        candidates = self.dense.search(vector, CANDIDATES, self._among)
        return {
            "dense": [row for row, _ in self.dense.second_look(vector, candidates, DEPTH)],
            "bm25": [row for row, _ in self.sparse.search(question, DEPTH, self._among)],
        }

    def _hit(
        self,
        row: int,
        score: float,
        ranks: Mapping[str, Mapping[int, int]],
        vector: Vectors,
        asked: Asked,
    ) -> Hit:
        places = {name: rank[row] for name, rank in ranks.items() if row in rank}
        passage = self.passages[row]
        own = asked[passage.document.language]
        return Hit(passage, score, places, self._evidence(row, passage, vector, own))

    def _evidence(
        self, row: int, passage: Passage, vector: Vectors, asked: Sequence[tuple[str, str]]
    ) -> Evidence:
        """`asked` are the question's words in the language of the passage."""
        own = [sentence_stems(passage.document, s) for s in passage.sentences]
        stem_list = [stem for _, stem in asked]
        weights = {stem: self.sparse.idf(stem) for stem in stem_list}
        relation = {s: weights[s] for word, s in asked if not word[0].isupper()} or weights
        return Evidence(
            self.dense.cosine(vector, row),
            tuple(self.dense.similarity(vector, row).tolist()),
            tuple(round(self.sparse.sentence_score(stem_list, s), 6) for s in own),
            tuple(_coverage(weights, s) for s in own),
            _coverage(weights, passage_stems(passage)),
            tuple(_coverage(relation, s) for s in own),
        )


def _coverage(weights: Mapping[str, float], found: Sequence[str]) -> float:
    total = sum(weights.values())
    held = set(found)
    return round(sum(w for s, w in weights.items() if s in held) / total, 6) if total else 0.0
