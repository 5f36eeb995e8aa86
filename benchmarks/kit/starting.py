"""From the start of the process to the printed answer, over importing sentence_transformers."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from benchmarks.kit.timing import RUNS, Spread

QUESTION = "What does ENFORCE stand for in the ENFORCE Act?"
ASK = [sys.executable, "-P", "-c", "from ui.cli import main; main()", "ask", QUESTION]
LOAD = [sys.executable, "-P", "-c", "import sentence_transformers"]
HERE = Path(__file__).parents[2]


class Taken(NamedTuple):
    """What one process took: seconds until it ended, of the processor, and MB at its peak.

    Of the processor with the processes that it started, and waited for.
    """

    seconds: float
    processor: float
    megabytes: float


def figures(against: Path | None = None, *, runs: int = RUNS) -> dict[str, Spread]:
    """`ibid ask` into a pipe, over an index that is there; `against` is another checkout."""
    jobs = {"load": (LOAD, environment_of(HERE)), "ask": (ASK, environment_of(HERE))}
    if against is not None:
        jobs["other"] = (ASK, environment_of(against))
    taken: dict[str, list[Taken]] = {name: [] for name in jobs}
    for run in range(runs + 1):  # the first makes the index, and the bytecode
        for name, job in jobs.items():
            done = take(*job)
            if run:
                taken[name].append(done)
    seconds = {name: [run.seconds for run in own] for name, own in taken.items()}
    processor = {name: [run.processor for run in own] for name, own in taken.items()}
    found = {
        "ask_process": Spread.of_ratios(seconds["ask"], seconds["load"]),
        "ask_process, processor time": Spread.of_ratios(processor["ask"], processor["load"]),
        "ask_process (s)": Spread.of(seconds["ask"]),
        "ask_process, peak memory (MB)": Spread.of(run.megabytes for run in taken["ask"]),
    }
    if against is not None:
        found |= {
            "ask_process over the other checkout's": Spread.of_ratios(
                seconds["ask"], seconds["other"]
            ),
            "ask_process over the other checkout's, processor time": Spread.of_ratios(
                processor["ask"], processor["other"]
            ),
            "the other checkout's peak memory (MB)": Spread.of(
                run.megabytes for run in taken["other"]
            ),
        }
    return found


def environment_of(checkout: Path) -> dict[str, str]:
    """That of an installed program: bytecode is kept. Each checkout has a cache of its own."""
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPATH": str(checkout), "IBID_HOME": str(home_of(checkout))}


def home_of(checkout: Path) -> Path:
    """Where the indexes and the encoders of a checkout are kept between measurements."""
    told = hashlib.sha256(os.fsencode(checkout.resolve())).hexdigest()[:12]
    return Path(tempfile.gettempdir(), f"ibid-speed-{os.getuid()}-{told}")


def take(command: Sequence[str], environment: Mapping[str, str]) -> Taken:
    """Run a process to its end; raises ChildProcessError where it fails."""
    start = perf_counter()
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
    ) as process:
        assert process.stdout is not None
        process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise ChildProcessError(f"{command} ended with {process.returncode}")
    seconds = perf_counter() - start
    return Taken(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
