"""How much is quoted beside the best sentence: python -m training.summary --data ../shared/data

Asks held-out questions and claims of the sets that calibrate the reader, the questions of HotpotQA
train, whose answers stand in several documents, and the completed questions of CANARD's training
dialogues, half of which ask for an account. Prints what rag.summarize chooses for each margin, what
an account widens it by, and each advantage of a new source and of new words: the F1 of its
sentences and how often a right one is among them. The best sum of both gives reader.toml's `keep`
(training.calibrate --keep) and the constants of rag/summarize.py: an answer that is not quoted
costs a reader more than a sentence too many. Rows without an advantage of a new source are shown
and not chosen: no question of these sets is so broad that several sources must be heard, so they
cannot say what hearing them is worth. HotpotQA's questions did train the model; no development
tenth did. Seeded.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, product
from pathlib import Path

import numpy as np

from index.types import Span
from rag.engine import MAX_SENTENCES
from rag.first_reader import FirstReader
from rag.read import open_reader
from rag.summarize import choose
from rag.types import Reader, Reading, Reason
from training.samples import Asked, asked_questions, follow_ups, two_facts

KEEPS = (1.5, 2.0, 2.5, 3.0, 3.5)
ACCOUNTS = (0.0, 1.0, 2.0, 3.0)
NEW_SOURCES = (0.0, 0.5, 1.0)
NEW_WORDS = (1.0, 2.0, 3.0)
DIALOGUES = 600  # questions


@dataclass(frozen=True)
class _Case:
    """A question, its readings, best first, and where its gold sentences stand."""

    question: str
    readings: list[Reading]
    gold: frozenset[tuple[str, Span]]


def main() -> None:
    """Print the table, the best sum first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--questions", type=int, default=250, help="of each set (default 250)")
    parser.add_argument("--first", action="store_true", help="the first reader, not the trained")
    args = parser.parse_args()
    random.seed(0)
    reader = FirstReader.shipped() if args.first else open_reader()
    sets: dict[str, list[_Case]] = {"one fact": [], "scifact": [], "hotpot": [], "canard": []}
    questions = asked_questions(args.data, train=0, held_out=args.questions)
    for asked in chain(questions, two_facts(args.data), follow_ups(args.data, DIALOGUES)):
        kind = asked.source if asked.source in sets else "one fact"
        sets[kind] += _cases(reader, asked)
    print({name: len(cases) for name, cases in sets.items()})
    steps = product(KEEPS, ACCOUNTS, NEW_SOURCES, NEW_WORDS)
    rows = [_row(sets, *values) for values in steps]
    for both, shown in sorted(rows, reverse=True):
        print(f"{both:.4f} = {shown}")


def _cases(reader: Reader, asked: Asked) -> Iterator[_Case]:
    """One whose gold was found: nothing else can be chosen well or badly."""
    spans = [(h.passage.document.id, s.span) for h in asked.hits for s in h.passage.sentences]
    gold = frozenset(span for span, right in zip(spans, asked.gold, strict=True) if right)
    if gold and asked.condition == "answerable":
        yield _Case(asked.question, reader.read(asked.question, asked.hits), gold)


def _row(
    sets: Mapping[str, Sequence[_Case]], keep: float, account: float, new_source: float,
    new_words: float,
) -> tuple[float, str]:  # fmt: skip
    """The sum of both figures, each a mean over the sets, and all of them in words."""
    shown, found = [], []
    for name, cases in sets.items():
        choices = [
            choose(
                c.question, c.readings, MAX_SENTENCES, keep,
                new_source=new_source, new_words=new_words, account=account,
            )
            for c in cases
        ]  # fmt: skip
        chosen = [[c.reading for c in own if c.reason is Reason.CHOSEN] for own in choices]
        right = [_right(own, case) for own, case in zip(chosen, cases, strict=True)]
        f1 = [
            2 * r / (len(own) + len(c.gold)) for r, own, c in zip(right, chosen, cases, strict=True)
        ]
        found.append((float(np.mean(f1)), float(np.mean([r > 0 for r in right]))))
        shown.append(f"{name} {found[-1][0]:.3f} / {found[-1][1]:.3f}")
        shown[-1] += f" of {np.mean([len(c) for c in chosen]):.2f}"
    f1_mean, any_mean = np.mean(found, axis=0).tolist()
    values = f"keep {keep}, account {account}, new source {new_source}, new words {new_words}"
    return f1_mean + any_mean, f"{f1_mean:.4f} / {any_mean:.4f}, {values}: {'; '.join(shown)}"


def _right(chosen: Sequence[Reading], case: _Case) -> int:
    """How many of the sentences chosen are gold."""
    return sum((r.hit.passage.document.id, r.span) in case.gold for r in chosen)


if __name__ == "__main__":
    main()
