"""A thousand real documents: python -m benchmarks.thousand --data DATA --into FOLDER

Papers, stories, government pages, contracts and financial notes of DATA/qa, a file each, are
written to FOLDER/docs and indexed; then each command runs as a person types it, and the page is
opened with a guide. Printed is how long each took and the largest memory of all its processes
together (PSS, looked at five times a second), which must stay under a gigabyte; the exit code is 1
where it does not.

    python -m benchmarks.thousand --data DATA --into FOLDER --questions 3     a shorter table
    python -m benchmarks.thousand --data DATA --into FOLDER --share 500     the time of guides

The last one indexes so many of the documents, and says what their guides take of the time of that.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

from playwright.sync_api import Page, sync_playwright

from benchmarks.screenshots import chat_page, chromium
from benchmarks.table import QUESTIONS
from index import Index
from rag.annotators import keep_annotations

SETS = {  # how many documents of which set, and whether its parts are joined by title
    "covidqa": (40, False),
    "fairytaleqa": (250, True),
    "conditionalqa_train_pseudo": (420, True),
    "cuad": (60, True),
    "tatqa": (230, False),
}
LIMIT = 1000  # MB
OFTEN = 0.2  # seconds
ROOT = Path(__file__).parents[1]


def main() -> None:
    """Write, index, measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--into", type=Path, required=True)
    parser.add_argument("--questions", type=int, default=len(QUESTIONS))
    parser.add_argument("--share", type=int, default=0)
    given = parser.parse_args()
    docs, index = given.into / "docs", given.into / "index"
    if not docs.is_dir():
        write_documents(given.data, docs)
    print(f"{len(list(docs.iterdir())):,} documents", flush=True)
    if given.share:
        share(docs, given.into / "share", given.share)
        return
    asked = given.into / "questions.txt"
    asked.write_text("\n".join(QUESTIONS[: given.questions]) + "\n", "utf-8")
    figures = [
        run("index", str(docs), "--into", str(index)),
        run("about", str(index)),
        run("about", str(index), "--topic", "safety"),
        run("about", str(index), "--guide", "--out", str(given.into / "guides.docx")),
        page(index),
        run("table", str(asked), "-d", str(index), "-o", str(given.into / "table.xlsx")),
    ]
    sys.exit(1 if max(figures) > LIMIT else 0)


def write_documents(data: Path, folder: Path) -> None:
    """Those of each set whose names come first by their hash, so that they are no selection."""
    draft = folder.with_name("docs.tmp")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    for name, (count, joined) in SETS.items():
        texts: dict[str, list[str]] = {}
        for row in _rows(data / f"qa/{name}.docs.jsonl.gz"):
            texts.setdefault(row["title"] if joined else row["doc"], []).append(row["text"])
        chosen = sorted(texts, key=lambda key: hashlib.sha256(key.encode()).hexdigest())[:count]
        for number, key in enumerate(chosen):
            text = "\n\n".join(texts[key])
            (draft / f"{name}-{number:03}.txt").write_text(f"{text}\n", "utf-8")
    draft.rename(folder)


def share(docs: Path, into: Path, count: int) -> None:
    """Print what guides take, of the time that indexing the same documents takes."""
    shutil.rmtree(into, ignore_errors=True)
    (into / "docs").mkdir(parents=True)
    every = sorted(docs.iterdir())
    for file in every[:: max(1, len(every) // count)][:count]:
        (into / "docs" / file.name).hardlink_to(file)
    index = Index(into / "index")
    indexed = timed(lambda: index.update(into / "docs"))
    opened = index.open()
    guided = timed(lambda: keep_annotations(opened))
    for what, before, after in zip(("clock", "processors"), indexed, guided, strict=True):
        print(f"{what}: indexing {before:.1f} s, guides {after:.1f} s, {after / before:.3f} of it")


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds of a clock, and of all processors, those of the processes that it starts too."""
    clock, before = time.perf_counter(), sum(os.times()[:4])
    work()
    return time.perf_counter() - clock, sum(os.times()[:4]) - before


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def run(*arguments: str) -> float:
    """MB that a command of ours takes at most; prints it, and how long it took."""
    command = [sys.executable, "-c", "from ui.cli import main; main()", *arguments]
    started = time.perf_counter()
    with (
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as process,
        peak_of(process.pid) as peak,
    ):
        process.wait()
    if process.returncode:
        raise SystemExit(f"ibid {' '.join(arguments)} ended with {process.returncode}")
    return told(
        f"ibid {arguments[0]} {' '.join(a for a in arguments if a[:2] == '--')}", peak, started
    )


def page(index: Path) -> float:
    """The page over the index, with the guides of some documents opened one after another."""
    started = time.perf_counter()
    with chat_page((index,)) as address, sync_playwright() as playwright:
        (pid,) = _serving()
        with peak_of(pid) as peak:
            browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
            view = browser.new_page(viewport={"width": 1440, "height": 900})
            view.goto(address)
            view.locator("#library .documents li").first.wait_for()
            drawn = time.perf_counter() - started
            took = [_opened(view, at) for at in range(0, 1000, 100)]
            view.get_by_role("button", name="What are these about?").click()
            view.locator(".turn").wait_for(timeout=120_000)
            browser.close()
    print(f"the page was there after {drawn:.1f} s; a guide after {max(took):.2f} s at most")
    return told("ibid chat, ten guides and an overview", peak, started)


def _opened(view: Page, at: int) -> float:
    row = view.locator("#library .documents li").nth(at)
    title = row.locator("[data-do=open]").inner_text()
    started = time.perf_counter()
    row.get_by_role("button", name="Guide to").click()
    view.locator("#reader h2", has_text=title).first.wait_for()
    view.locator("#reader .guide").wait_for()
    return time.perf_counter() - started


def _serving() -> Sequence[int]:
    """The process of ours that serves the page."""
    own = _children(_self())
    return [pid for pid in own if "ui" in Path(f"/proc/{pid}/cmdline").read_text().split("\0")]


def _self() -> int:
    return int(Path("/proc/self").resolve().name)


def told(what: str, peak: list[float], started: float) -> float:
    """Print and give back the peak."""
    print(f"{what.strip()}: {max(peak):,.0f} MB, {time.perf_counter() - started:.1f} s", flush=True)
    return max(peak)


@contextmanager
def peak_of(pid: int) -> Iterator[list[float]]:
    """Megabytes of a process and all that it started, as they are looked at meanwhile."""
    ended, seen = Event(), [0.0]

    def look() -> None:
        while not ended.wait(OFTEN):
            seen.append(sum(map(_proportional, [pid, *_children(pid)])) / 1e3)

    thread = Thread(target=look, daemon=True)
    thread.start()
    try:
        yield seen
    finally:
        ended.set()
        thread.join()


def _proportional(pid: int) -> float:
    """KB of memory of one process; what several share counts for each by its part."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:  # it has ended
        return 0.0
    return sum(float(line.split()[1]) for line in lines if line.startswith("Pss:"))


def _children(pid: int) -> list[int]:
    """The processes that one started, and those that they started."""
    try:
        tasks = Path(f"/proc/{pid}/task").iterdir()
        own = [int(n) for t in tasks for n in (t / "children").read_text().split()]
    except OSError:
        return []
    return [*own, *(further for one in own for further in _children(one))]


if __name__ == "__main__":
    main()
