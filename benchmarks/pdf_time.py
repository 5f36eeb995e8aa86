"""How long PDFs take to read: with the help of a second process, and beside other code of ours.

    python -m benchmarks.pdf_time FILE... [--runs 5] [--beside CHECKOUT]

Each file is read alone and with help, in turn, after one warm-up. The clock's share is what a
person waits; a busy machine changes it, and not the other share: the processor time of the longest
path, which is what one process does alone and half of what both share, with all that sharing costs.
With `--beside`, the processor time of one process is compared with that of the code in another
folder, in turn too.
"""

from __future__ import annotations

import argparse
import gc
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, TypeVar
from unittest.mock import patch

from index import forks
from index.load import parse_file, ready

RUNS = 5
_COLLECT = (50_000, 5, 5)  # as the processes that read files do
_READS = f"""
import gc, sys, time
from index.load import parse_file, ready
ready()
gc.freeze()
gc.set_threshold(*{_COLLECT})
for name in sys.stdin:
    with open(name.rstrip("\\n"), "rb") as file:
        data = file.read()
    start = time.process_time()
    parse_file(data, "file.pdf", {{}})
    print(time.process_time() - start, flush=True)
"""

T = TypeVar("T")
R = TypeVar("R")


class Spent(NamedTuple):
    """Seconds on the clock, and of the processor on the longest path."""

    clock: float
    path: float


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--beside", type=Path, metavar="CHECKOUT")
    chosen = parser.parse_args()
    ready()
    gc.freeze()
    gc.set_threshold(*_COLLECT)
    for line in with_help(chosen.files, chosen.runs):
        print(line, flush=True)
    if chosen.beside:
        for line in beside(chosen.files, chosen.runs, chosen.beside):
            print(line, flush=True)


def with_help(files: Sequence[Path], runs: int) -> Iterator[str]:
    """For each file what share of the time is left when a second process helps."""
    for file in files:
        data = file.read_bytes()
        clock: list[float] = []
        path: list[float] = []
        for run in range(runs + 1):
            alone, helped = _spent(data, 0), _spent(data, 1)
            if run:
                clock.append(helped.clock / alone.clock)
                path.append(helped.path / alone.path)
        path_said, clock_said = _spread(path), _spread(clock)
        yield f"{file.name}: with help {path_said} of the longest path, {clock_said} by the clock"


def beside(files: Sequence[Path], runs: int, checkout: Path) -> Iterator[str]:
    """For each file, and all of them, the time of this code as a share of the other's."""
    sums = [0.0, 0.0]
    with _reader(Path.cwd()) as own, _reader(checkout) as other:
        for file in files:
            times = [(own(file), other(file)) for _ in range(runs + 1)][1:]
            for i in range(2):
                sums[i] += statistics.median(pair[i] for pair in times)
            yield f"{file.name}: {_spread([a / b for a, b in times])} of the other code's time"
    yield f"{len(files)} files: {sums[0]:.2f} s beside {sums[1]:.2f} s, {sums[0] / sums[1]:.2f}"


def _spent(data: bytes, helpers: int) -> Spent:
    own: list[float] = []  # of what is shared
    forks.allow_helpers(lambda: helpers)
    others, used, start = _of_forks(), time.process_time(), time.perf_counter()
    with _watched(own):
        parse_file(data, "file.pdf", {})
    clock, used = time.perf_counter() - start, time.process_time() - used
    return Spent(clock, used - (sum(own) - (_of_forks() - others)) / 2 if helpers else used)


@contextmanager
def _watched(own: list[float]) -> Iterator[None]:
    """Add what this process does of what is shared to `own`."""
    shared = forks.shared

    def watched(work: Callable[[T], R], parts: Sequence[T]) -> list[R]:
        def timed(part: T) -> R:
            start = time.process_time()
            found = work(part)
            own.append(time.process_time() - start)
            return found

        return shared(timed, parts)

    with patch.object(forks, "shared", watched):
        yield


def _of_forks() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@contextmanager
def _reader(folder: Path) -> Iterator[Callable[[Path], float]]:
    """What reads files with the code in a folder, and tells the processor time of each.

    Raises CalledProcessError where a file ends it; it has said why.
    """
    with subprocess.Popen(
        [sys.executable, "-c", _READS],
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:

        def read(file: Path) -> float:
            assert process.stdin is not None
            assert process.stdout is not None
            print(file.resolve(), file=process.stdin, flush=True)
            if said := process.stdout.readline():
                return float(said)
            raise subprocess.CalledProcessError(process.wait(), process.args)

        yield read


def _spread(shares: Sequence[float]) -> str:
    return f"{statistics.median(shares):.2f} ({min(shares):.2f}-{max(shares):.2f})"


if __name__ == "__main__":
    main()
