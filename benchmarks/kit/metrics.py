"""The measures: a figure over questions with its interval, and how good confidence is."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
RESAMPLES = 1000
BINS = 15


def mean(rows: Values) -> float:
    """The mean of one number a question."""
    return float(rows.mean())


@dataclass(frozen=True)
class Figure:
    """One figure: a row for each question, and the measure of the rows.

    Raises ValueError when there is no row or a number is not finite: a figure of nothing
    would be reached by nothing.
    """

    rows: Values
    measure: Callable[[Values], float] = mean

    def __post_init__(self) -> None:
        if not len(self.rows) or not np.isfinite(self.rows).all():
            raise ValueError("a figure is made of at least one question, and of finite numbers")

    @property
    def value(self) -> float:
        """The measure of all rows."""
        return self.measure(self.rows)

    def line(self, name: str) -> str:
        """A row of a Markdown table: name, value, interval."""
        low, high = self.interval()
        return f"| {name} | {self.value:.4f} | {low:.4f} to {high:.4f} |"

    def interval(self) -> tuple[float, float]:
        """The 95% percentile bootstrap interval (Efron 1979), 1,000 resamples, seeded."""
        random, count = np.random.default_rng(0), len(self.rows)
        values = [
            self.measure(self.rows[random.integers(0, count, count)]) for _ in range(RESAMPLES)
        ]
        low, high = np.percentile(values, [2.5, 97.5])
        return float(low), float(high)


def shares(marks: Collection[bool]) -> Figure:
    """The share of questions that are marked."""
    return Figure(np.array(list(marks), np.float64))


def ndcg(ranked: Sequence[str], relevant: Collection[str], depth: int = 10) -> float:
    """Normalised discounted cumulative gain of a ranking, relevance yes or no.

    Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques", TOIS 2002.
    """
    gain = sum(1 / math.log2(i + 2) for i, item in enumerate(ranked[:depth]) if item in relevant)
    return gain / sum(1 / math.log2(i + 2) for i in range(min(depth, len(relevant))))


def auroc(rows: Values) -> float:
    """Area under the ROC curve of rows (score, 1 or 0): a tie counts half.

    The share of pairs of a 1 and a 0 in which the 1 scores higher (Hanley and McNeil 1982).
    Raises ValueError when there are not both.
    """
    scores, positive = rows[:, 0], rows[:, 1] > 0
    ones, zeros = int(positive.sum()), int((~positive).sum())
    if not ones or not zeros:
        raise ValueError("an AUROC is of both kinds of questions")
    _, at, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[at]  # tied scores share their mean rank
    return float((ranks[positive].sum() - ones * (ones + 1) / 2) / (ones * zeros))


def calibration_error(rows: Values) -> float:
    """Expected calibration error of rows (probability, 1 or 0): 15 bins of equal width.

    Naeini, Cooper and Hauskrecht, "Obtaining Well Calibrated Probabilities Using Bayesian
    Binning", AAAI 2015.
    """
    gaps = np.bincount(_bins(rows), weights=rows[:, 0] - rows[:, 1], minlength=BINS)
    return float(np.abs(gaps).sum() / len(rows))


def reliability(rows: Values) -> Values:
    """Of each bin that holds questions: (mean probability, share of 1, how many)."""
    bins = _bins(rows)
    return np.array([
        (*rows[bins == b].mean(axis=0), (bins == b).sum()) for b in range(BINS) if (bins == b).any()
    ])  # fmt: skip


def _bins(rows: Values) -> NDArray[np.int64]:
    return np.minimum((rows[:, 0] * BINS).astype(np.int64), BINS - 1)


def risk_coverage(rows: Values) -> Values:
    """(coverage, risk) at each threshold on rows (probability, 1 or 0), strictest first.

    Coverage is the share of questions answered, risk the share of the answered that is wrong
    (El-Yaniv and Wiener, JMLR 2010).
    """
    ordered = rows[np.argsort(-rows[:, 0], kind="stable")]
    # a threshold answers all questions of one probability or none of them
    last = np.append(ordered[1:, 0] != ordered[:-1, 0], True)
    answered = np.arange(1, len(rows) + 1)
    wrong = np.cumsum(1 - ordered[:, 1])
    points: Values = np.stack([answered / len(rows), wrong / answered], axis=1)[last]
    return points
