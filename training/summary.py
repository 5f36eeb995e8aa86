"""How much is quoted beside the best sentence: python -m training.summary --data ../shared/data

Asks held-out questions and claims of the sets that calibrate the reader, the questions of HotpotQA
train, whose answers stand in several documents, and the held-out completed questions of CANARD's
training dialogues, half of which ask for an account. A logistic model of whether a further sentence
is gold where the best one is not, by how far it scores below that, how likely each of the two would
answer by itself, and whether an account is asked for, gives what such a sentence may score lower by
(`rag/compose/summary.py`): its weights over that of the score. Then prints what is chosen for each
margin: the F1 of the sentences, how often a right one is among them, how many there are, and how
far the sum of the first two is ahead of the margin that ships, with its standard error.

reader.toml's `keep` (training.calibrate --keep) is the narrowest margin whose sum is at most a
standard error, in pairs, below that of the best one (Breiman et al., "Classification and Regression
Trees", 1984): an answer that is not quoted costs a reader more than a sentence too many, and a
sentence that says no more costs as well. HotpotQA's questions did train the model; no development
tenth did. What the model read is kept. Seeded.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from index.types import Span
from rag.compose import choose
from rag.engine import MAX_SENTENCES
from rag.logistic import Logistic, log_odds
from rag.query import AskedQuestion
from rag.reader import FirstReader, TrainedReader
from rag.readings import Reader, Reading, Reason
from training.fit import fit_logistic
from training.readings import keeping
from training.samples import SearchedQuestion, asked_questions, follow_ups, two_facts

KEEPS = tuple(step / 2 for step in range(13))
FURTHER = 12  # sentences that may follow the best one

Outcomes = Mapping[str, NDArray[np.float64]]


@dataclass(frozen=True)
class _Case:
    """A question, its readings, best first, and where its gold sentences stand."""

    question: AskedQuestion
    readings: list[Reading]
    gold: frozenset[tuple[str, Span]]

    def is_gold(self, reading: Reading) -> bool:
        """Whether a sentence is one of them."""
        return (reading.hit.passage.document.id, reading.span) in self.gold


def main() -> None:
    """Print the advantages, then the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--questions", type=int, default=250, help="of each set (default 250)")
    parser.add_argument("--first", action="store_true", help="the first reader, not the trained")
    args = parser.parse_args()
    random.seed(0)
    torch.manual_seed(0)
    reader: Reader = FirstReader.shipped() if args.first else keeping(TrainedReader())
    sets: dict[str, list[_Case]] = {"one fact": [], "scifact": [], "hotpot": [], "canard": []}
    questions = asked_questions(args.data, train=0, held_out=args.questions)
    for asked in chain(questions, two_facts(args.data), follow_ups(args.data)):
        kind = asked.source if asked.source in sets else "one fact"
        sets[kind] += _cases(reader, asked)
    print({name: len(cases) for name, cases in sets.items()})
    model = _fitted(sets)
    shares = {name: round(w / -model.weights["gap"], 2) for name, w in model.weights.items()}
    print(f"may score lower by {shares}; {model}")
    ours = _outcomes(sets, reader.keep)
    for keep in KEEPS:
        outcomes = _outcomes(sets, keep)
        lead, error = _lead(outcomes, ours)
        print(f"{_gain(outcomes):.4f} ({lead:+.4f} ± {error:.4f}), keep {keep}: {_shown(outcomes)}")
    print("keep:", narrowest({keep: _outcomes(sets, keep) for keep in KEEPS}))


def _cases(reader: Reader, asked: SearchedQuestion) -> Iterator[_Case]:
    """One whose gold was found: nothing else can be chosen well or badly."""
    gold = asked.gold_places
    if gold and asked.condition == "answerable":
        question = AskedQuestion(asked.question)
        yield _Case(question, reader.read(question, asked.hits), gold)


def _fitted(sets: Mapping[str, Sequence[_Case]]) -> Logistic:
    """Whether a further sentence is gold and the best is not; each set counts the same."""
    rows: list[dict[str, float]] = []
    right: list[bool] = []
    weights: list[float] = []
    for cases in sets.values():
        for case in cases:
            own = list(_further(case))
            rows += [features for features, _ in own]
            right += [is_gold for _, is_gold in own]
            weights += [1 / (len(sets) * len(cases) * len(own))] * len(own)
    return fit_logistic(rows, right, tuple(rows[0]), torch.tensor(weights, dtype=torch.float64))


def _further(case: _Case) -> Iterator[tuple[dict[str, float], bool]]:
    """Each sentence that may follow the best one, and whether it is right where that is not."""
    best, *others = case.readings[: FURTHER + 1]
    for reading in others:
        features = {
            "gap": best.score - reading.score,
            "sure": log_odds(reading.probability),
            "doubt": -log_odds(best.probability),
            "account": float(case.question.is_open_ended),
        }
        yield features, case.is_gold(reading) and not case.is_gold(best)


def _outcomes(sets: Mapping[str, Sequence[_Case]], keep: float) -> Outcomes:
    """By set, a row for each question: F1, whether any is right, how many are quoted."""
    found = {}
    for name, cases in sets.items():
        rows = []
        for case in cases:
            choices = choose(case.question, case.readings, MAX_SENTENCES, keep)
            chosen = [c.reading for c in choices if c.reason is Reason.CHOSEN]
            right = sum(map(case.is_gold, chosen))
            rows.append((2 * right / (len(chosen) + len(case.gold)), right > 0, len(chosen)))
        found[name] = np.array(rows, np.float64)
    return found


def narrowest(outcomes: Mapping[float, Outcomes]) -> float:
    """The narrowest margin that is at most a standard error below the best one."""
    best = max(outcomes.values(), key=_gain)
    leads = {keep: _lead(own, best) for keep, own in outcomes.items()}
    return min(keep for keep, (lead, error) in leads.items() if lead + error >= 0)


def _gain(outcomes: Outcomes) -> float:
    """F1 and the share with a right sentence, summed; a mean over the sets."""
    return float(np.mean([rows[:, :2].sum(axis=1).mean() for rows in outcomes.values()]))


def _lead(outcomes: Outcomes, over: Outcomes) -> tuple[float, float]:
    """How far `_gain` is ahead, and the standard error of that: the same questions, in pairs."""
    leads = [(rows - over[name])[:, :2].sum(axis=1) for name, rows in outcomes.items()]
    error = np.sqrt(np.sum([own.var() / len(own) for own in leads])) / len(leads)
    return float(np.mean([own.mean() for own in leads])), float(error)


def _shown(outcomes: Outcomes) -> str:
    means = {name: rows.mean(axis=0) for name, rows in outcomes.items()}
    return "; ".join(
        f"{n} {f1:.3f} / {found:.3f} of {m:.2f}" for n, (f1, found, m) in means.items()
    )


if __name__ == "__main__":
    main()
