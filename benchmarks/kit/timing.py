"""Jobs timed in turn, so that a noisy machine is noisy for all of them."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import numpy as np

from benchmarks.golden import QUESTIONS

RUNS = 5


class Spread(NamedTuple):
    """The lowest, the middle and the highest of what several runs gave."""

    least: float
    median: float
    most: float

    @classmethod
    def of(cls, values: Iterable[float]) -> Spread:
        """Of one value at least."""
        least, median, most = np.percentile(list(values), [0, 50, 100]).tolist()
        return cls(least, median, most)

    @classmethod
    def of_ratios(cls, values: Iterable[float], others: Iterable[float]) -> Spread:
        """Of each value over the one that was measured beside it."""
        return cls.of(value / other for value, other in zip(values, others, strict=True))


def golden_questions() -> list[str]:
    """The questions about the bundled articles."""
    return [json.loads(line)["question"] for line in QUESTIONS.read_text("utf-8").splitlines()]


def in_turn(jobs: Sequence[Callable[[], object]], runs: int = RUNS) -> list[list[float]]:
    """The seconds of each run of each job, run in turn, after one warm-up of each."""
    times: list[list[float]] = [[] for _ in jobs]
    for run in range(runs + 1):
        for job, seconds in zip(jobs, times, strict=True):
            start = time.perf_counter()
            job()
            if run:
                seconds.append(time.perf_counter() - start)
    return times


def interleaved(jobs: Sequence[Callable[[], object]], runs: int = RUNS) -> list[float]:
    """Median seconds of each job, `in_turn`."""
    return [float(np.median(seconds)) for seconds in in_turn(jobs, runs)]
