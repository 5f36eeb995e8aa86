"""The first reader: which sentences answer, judged by vectors and BM25 alone.

Two logistic models over the retrievers' evidence. One ranks the sentences of the best
passages; the other says how likely the best of them answers at all. `training/first_reader.py`
fits both and writes `first_reader.toml`, where every coefficient can be read.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from index.types import Hit
from rag.expect import KINDS, Expectation, expectation
from rag.types import Reading

PASSAGES = 8  # the best ones, whose sentences are read
WEIGHTS = Path(__file__).with_name("first_reader.toml")


@dataclass(frozen=True, slots=True)
class Logistic:
    """sigmoid(bias + sum of weight x feature); features by name."""

    bias: float
    weights: Mapping[str, float]

    def logit(self, features: Mapping[str, float]) -> float:
        """Log odds, rounded to 6 decimals; higher is likelier."""
        return round(self.bias + sum(w * features[n] for n, w in self.weights.items()), 6)

    def probability(self, features: Mapping[str, float]) -> float:
        """In 0-1, rounded to 6 decimals."""
        return round(1 / (1 + math.exp(-max(-60.0, min(60.0, self.logit(features))))), 6)


class FirstReader:
    """An `rag.types.Reader` that needs no model of its own."""

    def __init__(self, ranker: Logistic, answerable: Logistic) -> None:
        self.ranker, self.answerable = ranker, answerable

    @classmethod
    def shipped(cls) -> FirstReader:
        """The reader with the coefficients in the package."""
        models = shipped()
        return cls(
            *(Logistic(m["bias"], m["weights"]) for m in (models["ranker"], models["answerable"]))
        )

    def read(self, question: str, hits: Sequence[Hit]) -> list[Reading]:
        """Every sentence of the eight best passages, best first; ties in passage order.

        `score` is the ranker's log odds. `probability` is the answerable model's: that the
        sentence answers, given that none scored higher.
        """
        expected = expectation(question)
        found = [
            (hit, sentence.span, sentence_features(hit, i, expected))
            for hit in hits[:PASSAGES]
            for i, sentence in enumerate(hit.passage.sentences)
        ]
        readings = [
            Reading(hit, span, self.ranker.logit(features), self.answerable.probability(features))
            for hit, span, features in found
        ]
        return sorted(readings, key=lambda r: -r.score)


def sentence_features(hit: Hit, i: int, expected: Expectation | None) -> dict[str, float]:
    """The features of sentence `i` of a hit, by name."""
    e = hit.evidence
    assert e is not None, "the retriever gives evidence"
    sentence = hit.passage.sentences[i]
    words = hit.passage.document.cut(sentence.span)
    before = sentence_before(hit, i)
    found = expected is not None and expected.met_by(words)
    return {
        "similarity": e.similarity[i],
        "lexical": e.lexical[i],
        "fused": hit.score,
        "cosine": e.cosine,
        "coverage": e.coverage[i],
        "passage_coverage": e.passage_coverage,
        "relation": e.relation[i],
        "similarity_lead": e.similarity[i] - max(e.similarity),
        "lexical_lead": e.lexical[i] - max(e.lexical),
        "stub": max(0.0, 1 - len(words) / 60),
        "asks": float(_asks(words)),
        # "Can it be done? The answer is no.": what follows a question like ours answers it
        "follows": max(0.0, e.similarity[i - 1]) if before and _asks(before) else 0.0,
        **{
            f"{k}_found": float(found and expected is not None and expected.kind == k)
            for k in KINDS
        },
        **{
            f"{k}_missing": float(not found and expected is not None and expected.kind == k)
            for k in KINDS
        },
    }


def sentence_before(hit: Hit, i: int) -> str:
    """The words of the sentence before sentence `i` of the passage; "" for the first."""
    return hit.passage.document.cut(hit.passage.sentences[i - 1].span) if i else ""


def _asks(sentence: str) -> bool:
    return sentence.rstrip("\"'”’)").endswith("?")


@cache
def shipped() -> Mapping[str, Any]:
    """The shipped coefficients and thresholds."""
    return tomllib.loads(WEIGHTS.read_text("utf-8"))
