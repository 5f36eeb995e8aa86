"""Jobs timed in turn, so that a noisy machine is noisy for all of them."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence

import numpy as np

from benchmarks.golden import QUESTIONS

RUNS = 5


def golden_questions() -> list[str]:
    """The questions about the bundled articles."""
    return [json.loads(line)["question"] for line in QUESTIONS.read_text("utf-8").splitlines()]


def interleaved(jobs: Sequence[Callable[[], object]], runs: int = RUNS) -> list[float]:
    """Median seconds of each job, run in turn, after one warm-up of each."""
    times: list[list[float]] = [[] for _ in jobs]
    for run in range(runs + 1):
        for job, seconds in zip(jobs, times, strict=True):
            start = time.perf_counter()
            job()
            if run:
                seconds.append(time.perf_counter() - start)
    return [float(np.median(t)) for t in times]
