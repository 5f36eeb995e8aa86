"""What an index beyond one machine costs, beside one on the disk in the same run.

    python -m benchmarks.scale --data ../shared/data [--sizes 10000 100000] [--files 900]

Passages of public sets are split and encoded, and grown to each size (benchmarks/kit/grown.py).
An index of them is published on the disk and written into a collection in Milvus Lite; both are
asked the same questions in turn, so that what else the machine does falls on both. Then files are
indexed without workers, with one and with two of Ray. Read the ratios: the seconds are of one
machine, on which other things ran.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from benchmarks.kit.grown import grown
from benchmarks.million import build, material, real
from index import Index, Query, RayWorkers, Recipe, Retriever
from index.cores import cores
from index.encoder import open_encoder
from index.engines import Collection
from index.generation import open_index
from index.types import Document

SIZES = (10_000, 100_000)
REAL = 700  # documents, about 1,000 passages
QUESTIONS, WARM, K = 60, 5, 20
FILES = 900
T = TypeVar("T")


def main() -> None:
    """Build, ask and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES)
    parser.add_argument("--questions", type=int, default=QUESTIONS)
    parser.add_argument("--files", type=int, default=FILES, help="0: no workers")
    chosen = parser.parse_args()
    os.environ.setdefault("IBID_MILVUS_TIMEOUT", "600")  # Milvus Lite is Python
    documents, questions = material(chosen.data)
    for size in chosen.sizes:
        with tempfile.TemporaryDirectory(prefix="scale-") as work:
            for line in stored(documents[:REAL], questions[: chosen.questions], size, Path(work)):
                print(line, flush=True)
    if chosen.files:
        with tempfile.TemporaryDirectory(prefix="scale-") as work:
            for line in prepared(documents[: chosen.files], Path(work)):
                print(line, flush=True)


def stored(
    documents: Sequence[Document], questions: Sequence[str], size: int, work: Path
) -> Iterator[str]:
    """One size, on the disk and in a collection."""
    encoder = open_encoder(None)
    collection = Collection(Path(f"milvus+lite:{work}/lite"))
    disk = collection.working_copy.path
    contents = grown(real(documents, encoder[0], str), size, cores())
    told, passages = sum(len(d.text) for d in contents.documents), len(contents.passages)
    published, _ = _clocked(lambda: build(contents, disk, encoder))
    written, _ = _clocked(lambda: _write(collection))
    yield f"{passages:,} passages, {told / 1e6:.1f} million characters"
    yield f"  published on the disk {published:.0f} s, written into the collection {written:.0f} s"
    yield f"  {passages / written:,.0f} passages a second written; ratio {written / published:.1f}"
    again, _ = _clocked(lambda: _write(collection))
    yield f"  written again, nothing new: {again:.0f} s; ratio {again / published:.1f}"
    opened_here, here = _clocked(lambda: _warm(open_index(disk).retriever))
    opened_there, there = _clocked(lambda: _warm(collection.open().retriever))
    yield f"  opened and first asked: {opened_here:.1f} s, {opened_there:.1f} s"
    took: dict[str, list[float]] = {"disk": [], "collection": []}
    same = 0
    for question in questions:
        found = []
        for name, retriever in (("disk", here), ("collection", there)):
            query = Query(question)
            seconds, hits = _clocked(partial(retriever.search, query, K))
            took[name].append(seconds)
            found.append([(h.passage.document.id, h.passage.start) for h in hits])
        same += found[0] == found[1]
    p50 = {name: statistics.median(own) for name, own in took.items()}
    ratio = p50["collection"] / p50["disk"]
    milliseconds = ", ".join(f"{1e3 * own:.0f} ms" for own in p50.values())
    yield f"  p50 of a search {milliseconds}; ratio {ratio:.1f}"
    yield f"  the same {K} passages in the same order for {same} of {len(questions)} questions"
    sizes = {name: _size(work / "lite" / name) for name in ("working-copy", "engine.db", "objects")}
    for name, size_of in sizes.items():
        yield f"  {name}: {size_of / passages / 1e3:.1f} kB a passage"


def prepared(documents: Sequence[Document], work: Path) -> Iterator[str]:
    """The same files indexed without workers, with one and with two."""
    folder = work / "files"
    folder.mkdir()
    for number, document in enumerate(documents):
        (folder / f"{number}.txt").write_text(document.text, "utf-8", "surrogatepass")
    seconds: dict[str, float] = {}
    between: dict[str, float] = {}  # the first files that workers made and the last ones
    for name in ("none", "1", "2", "none"):
        begun, stages = time.perf_counter(), dict[str, float]()

        def tell(stage: str, done: int, total: int, to: dict[str, float] = stages) -> None:
            to.setdefault(stage, time.perf_counter())

        recipe = Recipe() if name == "none" else Recipe(workers=RayWorkers(name))
        report = Index(work / f"{len(seconds)}-{name}", recipe).update(folder, progress=tell)
        end = time.perf_counter()
        own = f"{name} again" if name in seconds else name
        seconds[own] = end - begun
        said = f"workers: {own}: {end - begun:.0f} s for {report.passages:,} passages"
        if name != "none":
            waited, left = stages["preparing files"] - begun, end - stages["reading files"]
            between[name] = end - begun - waited - left
            said += f"; the first files after {waited:.0f} s, the last after {between[name]:.0f} s"
            said += f" more, then the writer alone {left:.0f} s"
        yield said
    alone = (seconds["none"] + seconds["none again"]) / 2
    for name in ("1", "2"):
        yield f"  {name}, with the start of Ray, of the time without: {seconds[name] / alone:.2f}"
    yield f"  2 of the time of 1, between first and last files: {between['2'] / between['1']:.2f}"


def _clocked(act: Callable[[], T]) -> tuple[float, T]:
    """How many seconds it took, and what it gave."""
    begun = time.perf_counter()
    given = act()
    return time.perf_counter() - begun, given


def _write(collection: Collection) -> None:
    with collection.annotating():
        pass  # nothing is: it is written as it is


def _warm(retriever: Retriever) -> Retriever:
    """Asked, so that what is loaded once is there."""
    for _ in range(WARM):
        retriever.search(Query("Where does the river end?"), K)
    return retriever


def _size(path: Path) -> int:
    if path.is_file():
        return path.stat().st_size
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())


if __name__ == "__main__":
    main()
