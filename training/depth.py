"""How many passages are read: python -m training.depth --data ../shared/data

Asks held-out questions of the sets that calibrate the reader, with their best 24 passages, and
prints for each number of passages how often a gold sentence is among them, is ranked first and
stands among the first three, and how well the confidence tells these questions from the same
without their gold passage (AUROC). Each set counts the same. Gives `PASSAGES` of rag/read.py: what
reads more costs that much more time. Seeded.
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.kit.metrics import auroc
from rag.query import AskedQuestion
from rag.reader import open_reader
from rag.readings import Reading
from training.samples import SearchedQuestion, asked_questions

DEPTHS = (6, 8, 10, 12, 14, 16, 20, 24)
CONDITIONS = ("answerable", "removed")


@dataclass(frozen=True)
class DepthResult:
    """What reading so many passages of one question gives."""

    found: bool  # a gold sentence is in one of them
    first: bool
    any_of_three: bool
    confidence: float


def main() -> None:
    """Print a row for each number of passages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--questions", type=int, default=150, help="of each set (default 150)")
    args = parser.parse_args()
    random.seed(0)
    reader = open_reader()
    by_set: dict[tuple[str, str, int], list[DepthResult]] = defaultdict(list)
    most = max(DEPTHS)
    for asked in asked_questions(args.data, train=0, held_out=args.questions, passages=most):
        if asked.condition not in CONDITIONS:
            continue
        readings = reader.read(AskedQuestion(asked.question), asked.hits)
        for depth in DEPTHS:
            by_set[asked.source, asked.condition, depth].append(result_at(asked, readings, depth))
    sets = dict.fromkeys(source for source, _, _ in by_set)
    print("| passages | gold found | ranked first | among three | AUROC |\n|---|---|---|---|---|")
    for depth in DEPTHS:
        rows = [row([by_set[name, c, depth] for c in CONDITIONS]) for name in sets]
        print(f"| {depth} | {' | '.join(f'{v:.4f}' for v in np.mean(rows, axis=0))} |")


def result_at(asked: SearchedQuestion, readings: Sequence[Reading], depth: int) -> DepthResult:
    """What the question's readings, best first, come to when only its first hits are read."""
    read = {id(hit) for hit in asked.hits[:depth]}
    own = [r for r in readings if id(r.hit) in read]
    gold = asked.gold_places
    right = [(r.hit.passage.document.id, r.span) in gold for r in own]
    confidence = own[0].probability if own else 0.0
    return DepthResult(any(right), any(right[:1]), any(right[:3]), confidence)


def row(results: Sequence[Sequence[DepthResult]]) -> tuple[float, float, float, float]:
    """The figures of a set's questions with their gold passage and without, in this order."""
    with_gold, without = results
    judged = [(o.confidence, 1.0) for o in with_gold] + [(o.confidence, 0.0) for o in without]
    shares = np.mean([(o.found, o.first, o.any_of_three) for o in with_gold], axis=0)
    return *shares.tolist(), auroc(np.array(judged))


if __name__ == "__main__":
    main()
