"""A million passages on one machine: what an index of them costs to build, to open and to ask.

    python -m benchmarks.million --data ../shared/data --into FOLDER

20,000 passages of public sets are split and encoded; larger indexes are grown from them
(benchmarks/grown.py). Each is published into the folder, and asked 200 questions of the sets in a
fresh process, twice: at first the blocks of its files are checked. An index that is there is not
built again. With --compare, looking at all passages is set against looking in cells, at more sizes.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np

from benchmarks.kit.apart import Figures, apart
from benchmarks.kit.corpora import Recalling
from benchmarks.kit.grown import grown
from benchmarks.kit.nearest import compared
from benchmarks.kit.sets import beir, natural_questions, squad
from index.cores import cores
from index.encoder import OnnxEncoder, open_encoder
from index.generation import (
    Catalog,
    Contents,
    contents as stages,
    encode_documents,
    open_index,
    publish,
    writer_lock,
)
from index.storage import Settings
from index.types import Document

SIZES = (10_000, 100_000, 1_000_000)
COMPARED = (10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000)
REAL = 13_000  # documents: 20,000 passages
QUESTIONS = 200
BUILT = "built.json"
_SQUADS = (
    "squadshifts/new_wiki_even_articles.json",
    "squadshifts/amazon_reviews.json",
    "squadshifts/reddit.json",
    "squad2/dev_10_articles.json",
)


def main() -> None:
    """Build, measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--into", type=Path, required=True, help="about 6 GB for a million")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--compare", action="store_true")
    chosen = parser.parse_args()
    documents, questions = material(chosen.data)
    compiled = open_encoder(None)
    figures = {}
    for size in chosen.sizes:
        folder = chosen.into / str(size)
        if not (folder / BUILT).is_file():
            own = real(documents, compiled[0], print)
            build(grown(own, size, cores()), folder, compiled)
            del own
        figures[size] = json.loads((folder / BUILT).read_text("utf-8"))
        figures[size] |= apart(folder, questions)
        print(f"measured {size:,}", flush=True)
    for line in table(figures):
        print(line)
    if chosen.compare:
        index = open_index(chosen.into / str(max(chosen.sizes)))
        vectors = index.saved.files.array("vectors")
        del index
        asked = np.stack([compiled[0].encode_query(question) for question in questions])
        for line in compared(vectors, asked, COMPARED):
            print(line, flush=True)


def material(data: Path) -> tuple[list[Document], list[str]]:
    """Paragraphs of the sets, shuffled, and questions of those that no training set holds."""
    sets = [squad(data / name) for name in _SQUADS]
    hotpot = beir(data / "hotpotqa" / "beir_pooled500")
    documents = [d for own, _ in sets for d in own] + hotpot.documents
    documents += beir(data / "scifact").documents
    documents += natural_questions(data / "nq_oracle" / "nq-open-oracle.jsonl")[0]
    unique = list({d.id: d for d in documents}.values())
    chance = random.Random(0)
    chance.shuffle(unique)
    wiki = chance.sample([q.text for q in sets[0][1]], QUESTIONS // 2)
    hops = chance.sample(list(hotpot.queries.values()), QUESTIONS - len(wiki))
    return unique[:REAL], [*wiki, *hops]


def real(
    documents: Sequence[Document], encoder: OnnxEncoder, say: Callable[[str], object]
) -> Contents:
    """The documents split and encoded; says how long each stage took, but for those recalled."""
    started: list[tuple[str, float]] = []

    def hear(stage: str, done: int, total: int) -> None:
        if not started or started[-1][0] != stage:
            started.append((stage, time.perf_counter()))

    contents = encode_documents(documents, Recalling(encoder), hear)
    hear("", 0, 0)
    for (stage, start), (_, end) in pairwise(started):
        if "encoding" not in stage:
            say(f"{stage}: {end - start:.1f} s of {len(contents.passages):,} passages")
    return contents


def build(contents: Contents, folder: Path, encoder: tuple[OnnxEncoder, Path]) -> None:
    """Publish an index, and write beside it how many seconds that took."""
    seconds: Figures = {}
    parts = {"BM25": "Sparse.build", "near-copies": "Copies.of", "cells": "cells_of"}
    with ExitStack() as stack, writer_lock(folder):
        for name, part in parts.items():
            stack.enter_context(_clocked(name, part, seconds))
        start = time.perf_counter()
        publish(folder, contents, None, Catalog(), encoder, Settings())
        seconds["writing and checking"] = time.perf_counter() - start - sum(seconds.values())
    built: Figures = {
        "documents": len(contents.documents),
        "passages": len(contents.vectors),
        "sentences": len(contents.sentence_vectors),
        **{f"{name} (s)": value for name, value in seconds.items()},
    }
    (folder / BUILT).write_text(json.dumps(built), "utf-8")


@contextmanager
def _clocked(name: str, part: str, seconds: Figures) -> Iterator[None]:
    """Note how many seconds a part of writing the contents takes."""
    owner: Any = stages
    *path, last = part.split(".")
    for step in path:
        owner = getattr(owner, step)
    plain = getattr(owner, last)

    def clocked(*args: Any) -> Any:
        start = time.perf_counter()
        try:
            return plain(*args)
        finally:
            seconds[name] = time.perf_counter() - start

    with patch.object(owner, last, clocked):
        yield


def table(figures: Mapping[int, Figures]) -> Iterator[str]:
    """A Markdown table, a column for each size, and how the time to search grew."""
    yield f"| | {' | '.join(f'{size:,}' for size in figures)} |"
    yield "|---" * (len(figures) + 1) + "|"
    for name in max(figures.values(), key=len):
        values = (own.get(name) for own in figures.values())
        yield f"| {name} | {' | '.join(map(_told, values))} |"
    p50 = [own["warm p50 (ms)"] for own in figures.values()]
    yield f"p50 of the largest over that of the smallest: {p50[-1] / p50[0]:.2f}"


def _told(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,}" if isinstance(value, int) else f"{value:,.3f}"


if __name__ == "__main__":
    main()
