"""How much is quoted beside the best sentence: python -m training.summary --data ../shared/data

Asks held-out questions and claims of the sets that calibrate the reader, the questions of HotpotQA
train, whose answers stand in several documents, and the held-out completed questions of CANARD's
training dialogues, half of which ask for an account. Prints what `summarize` chooses for each
margin, what an account widens it by, and each advantage of a new source and of new words: the F1 of
its sentences, how often a right one is among them, and how far the sum of both is ahead of what
ships, with its standard error: an answer that is not quoted costs a reader more than a sentence too
many.

reader.toml's `keep` (training.calibrate --keep) and the constants of rag/summary.py change only
for a row that is ahead by more than twice that error: by once, the best of so many rows is ahead by
chance. Rows without an advantage of a new source are shown and not chosen: no question of these
sets is so broad that several sources must be heard, so they cannot say what hearing them is worth.
HotpotQA's questions did train the model; no development tenth did. Seeded.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, product
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.types import Span
from rag.compose import choose, summary
from rag.engine import MAX_SENTENCES
from rag.reader import FirstReader, open_reader
from rag.types import Reader, Reading, Reason
from training.samples import Asked, asked_questions, follow_ups, two_facts

KEEPS = (2.0, 2.5, 3.0, 3.5)
ACCOUNTS = (0.0, 1.0, 2.0, 3.0)
NEW_SOURCES = (0.0, 0.5, 1.0)
NEW_WORDS = (1.0, 2.0, 3.0)

Outcomes = Mapping[str, NDArray[np.float64]]


@dataclass(frozen=True)
class _Case:
    """A question, its readings, best first, and where its gold sentences stand."""

    question: str
    readings: list[Reading]
    gold: frozenset[tuple[str, Span]]


class Values(NamedTuple):
    """What decides how much is quoted, in log odds; see `rag.compose.summary.choose`."""

    keep: float
    account: float
    new_source: float
    new_words: float

    def __str__(self) -> str:
        return ", ".join(f"{name.replace('_', ' ')} {v}" for name, v in self._asdict().items())


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
    for asked in chain(questions, two_facts(args.data), follow_ups(args.data)):
        kind = asked.source if asked.source in sets else "one fact"
        sets[kind] += _cases(reader, asked)
    print({name: len(cases) for name, cases in sets.items()})
    ours = _outcomes(
        sets, Values(reader.keep, summary.ACCOUNT, summary.NEW_SOURCE, summary.NEW_WORDS)
    )
    grid = map(Values._make, product(KEEPS, ACCOUNTS, NEW_SOURCES, NEW_WORDS))
    rows = [(values, _outcomes(sets, values)) for values in grid]
    for own, outcomes in sorted(rows, key=lambda row: -_both(row[1])):
        lead, error = _lead(outcomes, ours)
        print(f"{_both(outcomes):.4f} ({lead:+.4f} ± {error:.4f}), {own}: {_shown(outcomes)}")


def _cases(reader: Reader, asked: Asked) -> Iterator[_Case]:
    """One whose gold was found: nothing else can be chosen well or badly."""
    gold = asked.gold_places
    if gold and asked.condition == "answerable":
        yield _Case(asked.question, reader.read(asked.question, asked.hits), gold)


def _outcomes(sets: Mapping[str, Sequence[_Case]], values: Values) -> Outcomes:
    """By set, a row for each question: F1, whether any is right, how many are quoted."""
    found = {}
    for name, cases in sets.items():
        rows = []
        for case in cases:
            choices = choose(
                case.question, case.readings, MAX_SENTENCES, values.keep,
                new_source=values.new_source, new_words=values.new_words, account=values.account,
            )  # fmt: skip
            chosen = [c.reading for c in choices if c.reason is Reason.CHOSEN]
            right = _right(chosen, case)
            rows.append((2 * right / (len(chosen) + len(case.gold)), right > 0, len(chosen)))
        found[name] = np.array(rows, np.float64)
    return found


def _both(outcomes: Outcomes) -> float:
    """F1 and the share with a right sentence, summed; a mean over the sets."""
    return float(np.mean([rows[:, :2].sum(axis=1).mean() for rows in outcomes.values()]))


def _lead(outcomes: Outcomes, over: Outcomes) -> tuple[float, float]:
    """How far `_both` is ahead, and the standard error of that: the same questions, in pairs."""
    leads = [(rows - over[name])[:, :2].sum(axis=1) for name, rows in outcomes.items()]
    error = np.sqrt(np.sum([own.var() / len(own) for own in leads])) / len(leads)
    return float(np.mean([own.mean() for own in leads])), float(error)


def _shown(outcomes: Outcomes) -> str:
    means = {name: rows.mean(axis=0) for name, rows in outcomes.items()}
    return "; ".join(
        f"{n} {f1:.3f} / {found:.3f} of {m:.2f}" for n, (f1, found, m) in means.items()
    )


def _right(chosen: Sequence[Reading], case: _Case) -> int:
    """How many of the sentences chosen are gold."""
    return sum((r.hit.passage.document.id, r.span) in case.gold for r in chosen)


if __name__ == "__main__":
    main()
