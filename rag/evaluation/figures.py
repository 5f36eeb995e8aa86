"""What is said of many questions: shares with their intervals, and how far confidence is off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any, NamedTuple

FEWEST = 100  # questions; of fewer, the error is mostly chance
MOST_BINS = 15
IN_A_BIN = 20  # questions, on average
_Z = 1.959964  # 95% of a normal distribution lie within so many standard deviations


@dataclass(frozen=True, slots=True)
class Share:
    """`count` of `total`."""

    count: int
    total: int

    @property
    def value(self) -> float | None:
        """0 to 1; None of nothing."""
        return self.count / self.total if self.total else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95% interval of Wilson (1927): where the share of many such questions would lie."""
        if not self.total:
            return None
        n, share = self.total, self.count / self.total
        middle = share + _Z**2 / (2 * n)
        reach = _Z * sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2))
        below, above = ((middle + side) / (1 + _Z**2 / n) for side in (-reach, reach))
        return max(0.0, below), min(1.0, above)

    def to_dict(self) -> dict[str, Any]:
        """A JSON-ready dict."""
        interval = list(self.interval) if self.interval else None
        return {"count": self.count, "total": self.total, "share": self.value, "interval": interval}


class Calibration(NamedTuple):
    """The expected calibration error (ECE), and over how many bins of equal width."""

    error: float
    bins: int


def calibration(pairs: Sequence[tuple[float, bool]]) -> Calibration | None:
    """The calibration error of (probability, whether it came true); None of under 100 pairs.

    In each bin, the mean probability is compared with the share that came true; the error is
    the mean of the differences, weighted by the pairs in the bin (Naeini et al., AAAI 2015).
    There are 15 bins, fewer where they would hold under 20 pairs on average.
    """
    if len(pairs) < FEWEST:
        return None
    bins = min(MOST_BINS, len(pairs) // IN_A_BIN)
    gaps = [0.0] * bins
    for probability, true in pairs:
        gaps[min(int(probability * bins), bins - 1)] += probability - true
    return Calibration(sum(map(abs, gaps)) / len(pairs), bins)
