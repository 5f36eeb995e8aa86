"""The first reader: which sentences answer, judged by vectors and BM25 alone.

Two logistic models over the retrievers' evidence. One ranks the sentences of the best
passages; the other says how likely the best of them answers at all. `training/first_reader.py`
fits both and writes `first.toml`, where every coefficient can be read.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from index import Hit
from rag.logistic import Logistic
from rag.query import AskedQuestion
from rag.reader.features import sentence_features
from rag.reader.order import in_order
from rag.readings import Reading

WEIGHTS = Path(__file__).with_name("first.toml")


class FirstReader:
    """An `rag.readings.Reader` that needs no model of its own."""

    def __init__(
        self,
        ranker: Logistic,
        answerable: Logistic,
        *,
        abstain: float,
        keep: float,
        sure: float = 0.0,
    ) -> None:
        self.ranker, self.answerable = ranker, answerable
        self.abstain, self.sure, self.keep = abstain, sure, keep

    @classmethod
    def shipped(cls) -> FirstReader:
        """The reader with the coefficients in the package."""
        models = _coefficients()
        ranker, answerable = (Logistic(**models[name]) for name in ("ranker", "answerable"))
        return cls(ranker, answerable, **models["thresholds"])

    def read(self, question: AskedQuestion, hits: Sequence[Hit]) -> list[Reading]:
        """The sentences of the hits, `in_order`.

        `score` is the ranker's log odds. `probability` is the answerable model's: that the
        sentence answers, given that none scored higher.
        """
        found = [
            (hit, sentence.span, sentence_features(hit, i, question))
            for hit in hits
            for i, sentence in enumerate(hit.passage.sentences)
        ]
        readings = [
            Reading(hit, span, self.ranker.logit(features), self.answerable.probability(features))
            for hit, span, features in found
        ]
        return in_order(question, readings, self.sure)


@cache
def _coefficients() -> Mapping[str, Any]:
    return tomllib.loads(WEIGHTS.read_text("utf-8"))
