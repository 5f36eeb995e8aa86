"""An index opened and asked in a process of its own: time, memory and what its search misses.

Asked is the retriever, and after it an engine, of the same questions.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from benchmarks.kit.nearest import exact, recall
from index.generation import Generation, open_index
from index.language import Query
from index.search import Hybrid
from rag import Engine

HITS = 12
NEAREST = (10, 100)  # of the passages by their vectors alone
Figures = dict[str, float]


def apart(folder: Path, questions: Sequence[str]) -> Figures:
    """What `asked` finds, in a fresh process."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(asked, folder, questions).result()


def asked(folder: Path, questions: Sequence[str]) -> Figures:
    """Open the index in `folder` and ask the questions, twice; in MB, seconds, milliseconds."""
    start, used = time.perf_counter(), time.process_time()
    opened = open_index(folder)
    figures: Figures = {
        "opening (s)": time.perf_counter() - start,
        "opening, of a processor (s)": time.process_time() - used,
    }
    figures |= {"on disk (MB)": _mebibytes(folder)} | _memory("opened: ")
    search = partial(_search, opened.retriever)
    cold, warm = (_times(search, questions) for _ in range(2))
    for name, times in (("cold", cold), ("warm", warm)):
        p50, p95 = np.percentile(times, [50, 95]).tolist()
        figures |= {f"{name} p50 (ms)": 1000 * p50, f"{name} p95 (ms)": 1000 * p95}
    figures |= _memory("asked: ")
    figures |= _answered(opened, questions) | _memory("answered: ")
    vectors = np.stack([opened.retriever.encoder.encode_query(q) for q in questions])
    wanted = exact(opened.saved.files.rows("vectors"), vectors, max(NEAREST))
    for k in NEAREST:
        found = [[row for row, _ in opened.retriever.dense.search(v, k)] for v in vectors]
        figures[f"recall@{k}"] = recall(found, wanted[:, :k])
    return figures


def _search(retriever: Hybrid, question: str) -> None:
    retriever.search(Query(question), HITS)


def _answered(opened: Generation, questions: Sequence[str]) -> Figures:
    """The same questions, answered: the reader and all that an engine does beside it."""
    engine = Engine.over(opened)
    times = _times(engine.ask, questions)
    p50, p95 = np.percentile(times, [50, 95]).tolist()
    slowest = max(times)  # the first that looks through all documents makes them
    return {
        "answer p50 (ms)": 1000 * p50,
        "answer p95 (ms)": 1000 * p95,
        "slowest answer (ms)": 1000 * slowest,
    }


def _times(ask: Callable[[str], object], questions: Sequence[str]) -> list[float]:
    times = []
    for question in questions:
        start = time.perf_counter()
        ask(question)
        times.append(time.perf_counter() - start)
    return times


def _memory(when: str) -> Figures:
    """Resident memory of this process in MB, of which some is files that are mapped; its peak."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    kilobytes = {line.split(":")[0]: line.split()[1] for line in lines if line.endswith(" kB")}
    names = {"resident": "VmRSS", "of it mapped": "RssFile", "peak": "VmHWM"}
    return {f"{when}{name} (MB)": int(kilobytes[key]) // 1024 for name, key in names.items()}


def _mebibytes(folder: Path) -> float:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) // 2**20
