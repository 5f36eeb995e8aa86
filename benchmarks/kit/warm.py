"""Questions on an open engine over 10,000 passages: one after the other, and many at once."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import numpy as np

from benchmarks.kit import answering
from benchmarks.kit.starting import HERE, environment_of
from benchmarks.kit.timing import Spread, golden_questions

AT_ONCE = (1, 4, 16)
TOGETHER = 30  # questions: more than the reader keeps, so that each is read anew in each round
SHARED = 5  # questions of a round that all ask
ROUNDS = 3  # at most six: there are sixty questions


class _Answering:
    """An open engine in a process of its own."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._line()

    def ask(self, questions: Sequence[str], at_once: int = 1) -> list[float]:
        """Seconds of each question."""
        assert self._process.stdin is not None
        print(json.dumps([questions, at_once]), file=self._process.stdin, flush=True)
        seconds: list[float] = json.loads(self._line())
        return seconds

    def rate(self, questions: Sequence[str], at_once: int) -> float:
        """Questions answered in a second."""
        start = time.perf_counter()
        self.ask(questions, at_once)
        return len(questions) / (time.perf_counter() - start)

    def _line(self) -> str:
        assert self._process.stdout is not None
        if line := self._process.stdout.readline():
            return line
        raise ChildProcessError("a process that answers questions has ended")


def figures(against: Path | None = None, *, rounds: int = ROUNDS) -> dict[str, Spread]:
    """Milliseconds of a question, p50 and p95, and questions a second; `against` as in `starting`.

    A round asks the golden questions, so many that the reader keeps none of them until the next
    round; both checkouts are asked each question in turn, then `TOGETHER` of them by many at once.
    """
    questions = golden_questions()
    with ExitStack() as stack:
        checkouts = [HERE] if against is None else [HERE, against]
        engines = [stack.enter_context(_opened(checkout)) for checkout in checkouts]
        for engine in engines:
            engine.ask(questions[:2])
        asked = np.array(
            [[[e.ask([q])[0] for e in engines] for q in questions] for _ in range(rounds)]
        )
        p50, p95 = np.percentile(asked, [50, 95], axis=1)  # each (rounds, engines)
        found = {
            "warm_ask p50 (ms)": Spread.of(1000 * p50[:, 0]),
            "warm_ask p95 (ms)": Spread.of(1000 * p95[:, 0]),
            "warm_ask p95 over p50": Spread.of_ratios(p95[:, 0], p50[:, 0]),
        }
        if against is not None:
            for name, own in (("p50", p50), ("p95", p95)):
                ratios = Spread.of_ratios(own[:, 0], own[:, 1])
                found[f"warm_ask {name} over the other checkout's"] = ratios
        ways = {f"{n} at once": (n, [questions[:TOGETHER]] * rounds) for n in AT_ONCE}
        most = max(AT_ONCE)
        ways[f"{most} at once, who ask the same"] = (most, _shared(questions, rounds, most))
        for name, (at_once, asked_together) in ways.items():
            rates = np.array([[e.rate(own, at_once) for e in engines] for own in asked_together])
            found[f"answers a second, {name}"] = Spread.of(rates[:, 0])
            if against is not None:
                ratios = Spread.of_ratios(rates[:, 0], rates[:, 1])
                found[f"answers a second, {name}, over the other checkout's"] = ratios
    return found


def _shared(questions: Sequence[str], rounds: int, people: int) -> list[list[str]]:
    """A few questions a round, each asked by so many people; no round asks those of another.

    Nor those that were asked together before: what was just read would not be read again.
    """
    starts = range(TOGETHER, TOGETHER + SHARED * rounds, SHARED)
    return [[q for q in questions[at : at + SHARED] for _ in range(people)] for at in starts]


@contextmanager
def _opened(checkout: Path) -> Iterator[_Answering]:
    with subprocess.Popen(
        [sys.executable, "-P", answering.__file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment_of(checkout),
    ) as process:
        try:
            yield _Answering(process)
        finally:
            process.kill()
