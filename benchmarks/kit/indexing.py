"""`ibid index` of a few, some and many documents, by the code of one checkout and of another."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.kit.starting import HERE, Taken, environment_of, take
from benchmarks.kit.timing import Spread
from benchmarks.update import material

RUNS: Mapping[int, int] = {5: 5, 500: 3, 5_000: 3}  # of so many documents, how often
CORES = (1, 2)
INDEX = """
import os, sys
from ui.cli import main
os.sched_setaffinity(0, map(int, sys.argv.pop(1).split(",")))
main()
"""


def figures(
    data: Path, against: Path | None = None, *, runs: Mapping[int, int] = RUNS
) -> dict[str, Spread]:
    """Processor time of all of it, its children's too; `against` is as in `starting.figures`.

    `runs` says of how many documents an index is made, and how often.
    """
    texts, _ = material(data)
    found: dict[str, Spread] = {}
    checkouts = [HERE] if against is None else [HERE, against]
    with tempfile.TemporaryDirectory() as work:
        for count, times in runs.items():
            documents = write(texts[:count], Path(work, f"{count}"))
            for number in CORES:
                own = sorted(os.sched_getaffinity(0))[:number]
                if len(own) == number:
                    name = f"index {count:,} documents, {number} core{'s' * (number > 1)}"
                    found |= _compared(name, documents, checkouts, own, times)
    return found


def write(texts: Sequence[str], folder: Path) -> Path:
    """A document of each text; every second one is Markdown with a heading."""
    folder.mkdir()
    for i, text in enumerate(texts):
        head, suffix = (f"# Note {i}\n\n", "md") if i % 2 else ("", "txt")
        (folder / f"{i:05}.{suffix}").write_text(head + text, "utf-8")
    return folder


def _compared(
    name: str, documents: Path, checkouts: Sequence[Path], own: Sequence[int], times: int
) -> dict[str, Spread]:
    """What each checkout takes, in turn, after one run of each that does not count."""
    runs = [[_indexed(documents, one, own) for one in checkouts] for _ in range(times + 1)][1:]
    ours = [run[0] for run in runs]
    found = {
        f"{name} (s of a processor)": Spread.of(run.processor for run in ours),
        f"{name} (s)": Spread.of(run.seconds for run in ours),
    }
    if len(checkouts) > 1:
        theirs = [run[1] for run in runs]
        over = f"{name}, over the other checkout's"
        found[f"{over}, processor time"] = Spread.of_ratios(
            [run.processor for run in ours], [run.processor for run in theirs]
        )
        found[over] = Spread.of_ratios(
            [run.seconds for run in ours], [run.seconds for run in theirs]
        )
    return found


def _indexed(documents: Path, checkout: Path, own: Sequence[int]) -> Taken:
    with tempfile.TemporaryDirectory() as work:
        command = [sys.executable, "-P", "-c", INDEX, ",".join(map(str, own))]
        into = ["index", str(documents), "--into", str(Path(work, "index"))]
        return take([*command, *into], environment_of(checkout))
