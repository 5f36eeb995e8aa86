"""A logistic model over named features: every coefficient can be read."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass


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


def log_odds(probability: float) -> float:
    """The logit of a probability, which is kept within what six decimals can tell."""
    kept = min(max(probability, 1e-6), 1 - 1e-6)
    return math.log(kept / (1 - kept))
