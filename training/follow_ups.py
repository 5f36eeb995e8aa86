"""Fit how a follow-up is completed: python -m training.follow_ups --data ../shared/data

Two logistic models, on three quarters of CANARD's dialogues: which questions lean on the turns
before them, and which words of those turns their rewrite adds. Questions of SQuAD 2.0 (articles
1-7) and NQ-open, asked after a dialogue that has nothing to do with them, show what stands for
itself. Writes rag/converse.toml. A minute, seeded.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random

import numpy as np
import torch

from benchmarks.kit.canard import FollowUp, follow_ups
from rag.converse import COEFFICIENTS, Turn, leaning, recent, term_features
from rag.logistic import Logistic
from training.fit import fit_logistic, write
from training.questions import training_sets

STANDALONE = ("squad2", "nq")
# of the questions that stand for themselves: left as they are at once, and where nothing answers
UNTOUCHED, UNTOUCHED_UNANSWERED = 0.99, 0.95
Asked = tuple[str, Sequence[Turn]]


def main() -> None:
    """Fit, choose the thresholds, write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    args = parser.parse_args()
    random = Random(0)
    dialogues = [f for f in follow_ups(args.data / "canard/dev.json") if not f.is_test]
    alone: list[Asked] = [
        (question.text, random.choice(dialogues).turns)
        for part in training_sets(args.data) if part.name in STANDALONE
        for question in part.questions
    ]  # fmt: skip
    leans, lean, doubt = _fit_leans(dialogues, alone)
    term, first, add = _fit_term(dialogues)
    models = {"leans": leans, "term": term}
    command = "python -m training.follow_ups --data DATA"
    write(COEFFICIENTS, command, models, {"lean": lean, "doubt": doubt, "first": first, "add": add})


def _fit_leans(
    dialogues: Sequence[FollowUp], alone: Sequence[Asked]
) -> tuple[Logistic, float, float]:
    """The model, and the lowest thresholds that leave as many of `alone` as they are."""
    examples = [(leaning(f.question, recent(f.turns)), bool(f.added)) for f in dialogues]
    examples += [(leaning(question, recent(turns)), False) for question, turns in alone]
    model = fit_logistic([f for f, _ in examples], [y for _, y in examples], tuple(examples[0][0]))
    likely = [model.probability(leaning(q, recent(turns))) for q, turns in alone]
    found = [model.probability(leaning(f.question, recent(f.turns))) for f in dialogues if f.added]
    lean, doubt = (
        round(float(np.quantile(likely, share, method="higher")) + 0.0005, 3)
        for share in (UNTOUCHED, UNTOUCHED_UNANSWERED)
    )
    for at in (lean, doubt):
        print(f"leans: {np.mean(np.array(found) >= at):.3f} of the follow-ups at {at}")
    return model, lean, doubt


def _fit_term(dialogues: Sequence[FollowUp]) -> tuple[Logistic, float, float]:
    """The model, and how likely a word must be: the first that is added, and those beside it.

    The first has the threshold with the best F1 of the words added, the others the one with the
    best F2 (van Rijsbergen, "Information Retrieval", 1979): to complete what needs nothing is a
    mistake, but a word too many costs the search less than one that is missing.
    """
    found = [term_features(f.question, recent(f.turns)) for f in dialogues]
    rows: list[Mapping[str, float]] = []
    right: list[bool] = []
    for follow_up, terms in zip(dialogues, found, strict=True):
        rows += [t.features for t in terms.values()]
        right += [stem in follow_up.added for stem in terms]
    model = fit_logistic(rows, right, tuple(rows[0]))
    likely = np.array([model.probability(features) for features in rows])
    held = np.array(right)
    wanted = sum(len(f.added) for f in dialogues)

    def f_measure(at: float, beta: int) -> float:
        chosen = likely >= at
        right = (1 + beta**2) * (chosen & held).sum()
        return float(right / (chosen.sum() + beta**2 * wanted))

    steps = [round(at, 2) for at in np.arange(0.05, 0.6, 0.01)]
    first, add = (max(steps, key=lambda at: f_measure(at, beta)) for beta in (1, 2))
    print(f"terms: F1 {f_measure(first, 1):.3f} at {first}, F2 {f_measure(add, 2):.3f} at {add}")
    return model, first, add


if __name__ == "__main__":
    torch.manual_seed(0)
    main()
