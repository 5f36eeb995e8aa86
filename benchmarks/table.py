"""What a table takes, as against the same questions asked one by one of each document alone.

    python -m benchmarks.table --data DATA

Both are timed in one run, in turn, block by block of ten documents, by a reader each that has read
nothing yet; which of the two begins changes from block to block. A cell that is other than the
single answer ends the run. The documents are those of DATA/field, of benchmarks/asked and the
bundled articles: terms, papers, tables, recipes, rules, talks.
"""

from __future__ import annotations

import argparse
import shutil
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import seeds
from benchmarks.kit.timing import Spread
from index import Document, cache
from rag.engine import Engine
from rag.reader import TrainedReader
from rag.table import columns_of, fill

ASKED = Path(__file__).parent / "asked"
BLOCK = 10  # documents
QUESTIONS = (
    "When was it published?",
    "Who wrote it?",
    "Who is responsible if something goes wrong?",
    "How long does it take?",
    "How much does it cost?",
    "What must not be done?",
    "What is needed beforehand?",
    "What happens if the rules are broken?",
    "Whom can I ask for help?",
    "Does it apply to children?",
)


class Took(NamedTuple):
    """Seconds of a clock, and of all processors together."""

    wall: float
    processor: float


def main() -> None:
    """Print the share of the time of single questions that the table takes."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--documents", type=int, default=100, help="at most")
    given = parser.parse_args()
    folders = [*sorted(given.data.glob("field/*/docs")), *sorted(ASKED.glob("*/docs"))]
    opened = Engine.open([*folders, seeds.FOLDER])
    documents = sorted(opened.documents, key=lambda d: d.source)[: given.documents]
    singles: list[Took] = []
    tables: list[Took] = []
    for number, first in enumerate(range(0, len(documents), BLOCK)):
        block = documents[first : first + BLOCK]
        pair = {_one_by_one: singles, _as_table: tables}
        said = []
        for way in sorted(pair, key=lambda way: (way is _as_table) != bool(number % 2)):
            took, answers = way(opened, block)
            pair[way].append(took)
            said.append(answers)
        assert said[0] == said[1], "a cell is other than the single answer"
        share = tables[-1].wall / singles[-1].wall
        print(f"{first + len(block)} documents: {share:.3f}", flush=True)
    _report(len(documents), singles, tables)


def _one_by_one(opened: Engine, block: Sequence[Document]) -> tuple[Took, list[str]]:
    engine = _fresh(opened, block)

    def ask() -> list[str]:
        return [
            str(engine.within({d.id}).ask(question).to_dict())
            for d in block
            for question in QUESTIONS
        ]

    return _timed(ask)


def _as_table(opened: Engine, block: Sequence[Document]) -> tuple[Took, list[str]]:
    shutil.rmtree(cache.home() / "tables", ignore_errors=True)
    engine = _fresh(opened, block)
    return _timed(
        lambda: [str(answer.to_dict()) for answer in fill(engine, columns_of(QUESTIONS)).answers]
    )


def _fresh(opened: Engine, block: Sequence[Document]) -> Engine:
    """An engine over the documents of a block, whose reader keeps nothing that it read."""
    reader = TrainedReader()
    made = Engine(
        opened.retriever, reader, opened.documents, opened.failures, generation=opened.generation
    )
    made.within({opened.documents[0].id}).ask("Is anything written here?")
    return made.within({d.id for d in block})


def _timed(job: Callable[[], list[str]]) -> tuple[Took, list[str]]:
    wall, processor = time.perf_counter(), time.process_time()
    found = job()
    return Took(time.perf_counter() - wall, time.process_time() - processor), found


def _report(documents: int, singles: Sequence[Took], tables: Sequence[Took]) -> None:
    print(f"{documents} documents, {len(QUESTIONS)} questions: the table took")
    for what in Took._fields:
        alone, together = ([getattr(took, what) for took in some] for some in (singles, tables))
        share, spread = sum(together) / sum(alone), Spread.of_ratios(together, alone)
        print(
            f"{share:.3f} of the {what} time of single questions ({sum(together):.1f} s of "
            f"{sum(alone):.1f} s; blocks {spread.least:.3f} to {spread.most:.3f})"
        )


if __name__ == "__main__":
    main()
