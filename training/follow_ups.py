"""Fit how a follow-up is completed: python -m training.follow_ups --data ../shared/data

Two logistic models, on three quarters of CANARD's dialogues: which questions lean on the turns
before them, and which words of those turns their rewrite adds. Questions of SQuAD 2.0 (articles
1-7) show what stands for itself: asked after others about the same article, as in a conversation
in which no question leans, and after a dialogue that has nothing to do with them. All are taken as
they are written and in small letters without a mark, as people type. Writes rag/converse.toml.
A minute, seeded.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from random import Random

import numpy as np
import torch

from benchmarks.kit.canard import FollowUp, follow_ups
from index.language import Query
from rag.converse import COEFFICIENTS, Turn, leaning, recent, term_features
from rag.logistic import Logistic
from training.fit import fit_logistic, write
from training.questions import TrainingSet, training_sets

STANDALONE = ("squad2", "nq")
# of the questions that stand for themselves: left as they are
UNTOUCHED = 0.97
TURNS = 12  # of a conversation
Asked = tuple[str, Sequence[Turn]]


def main() -> None:
    """Fit, choose the thresholds, write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    args = parser.parse_args()
    random = Random(0)
    dialogues = [f for f in follow_ups(args.data / "canard/dev.json") if not f.is_test]
    parts = {p.name: p for p in training_sets(args.data) if p.name in STANDALONE}
    alone: list[Asked] = [
        (question.text, random.choice(dialogues).turns)
        for part in parts.values()
        for question in part.questions
    ]
    alone += _conversations(parts["squad2"], random)
    leans, lean = _fit_leans(dialogues, alone)
    term, add = _fit_term(dialogues)
    models = {"leans": leans, "term": term}
    command = "python -m training.follow_ups --data DATA"
    write(COEFFICIENTS, command, models, {"lean": lean, "add": add})


def _fit_leans(dialogues: Sequence[FollowUp], alone: Sequence[Asked]) -> tuple[Logistic, float]:
    """The model, and the lowest threshold that leaves as many of `alone` as they are."""
    leaning_ones = [(f.question, f.turns) for f in dialogues if f.added]
    standing = [*alone, *((f.question, f.turns) for f in dialogues if not f.added)]
    rows, right = [], []
    for asked, leans in ((leaning_ones, True), (standing, False)):
        for one in asked:
            rows += [_features(*one), _features(*_as_typed(*one))]
            right += [leans, leans]
    model = fit_logistic(rows, right, tuple(rows[0]))
    likely = np.array([model.probability(features) for features in rows])
    found, left = likely[: 2 * len(leaning_ones)], likely[2 * len(leaning_ones) :]
    lean = round(float(np.quantile(left, UNTOUCHED, method="higher")) + 0.0005, 3)
    print(f"leans: {np.mean(found >= lean):.3f} of the follow-ups at {lean}")
    return model, lean


def _conversations(part: TrainingSet, random: Random) -> Iterator[Asked]:
    """Questions about one article after up to eleven others about it, each with its answer."""
    texts = {d.id: d for d in part.documents}
    groups: dict[str, list[Turn]] = defaultdict(list)
    for question in part.questions:
        said = [texts[document].cut(span) for document, span in question.gold[:1]]
        groups[question.group].append(Turn(question.text, *said or [""]))
    for turns in groups.values():
        random.shuffle(turns)
        for first in range(0, len(turns), TURNS):
            own = turns[first : first + TURNS]
            yield from ((own[i].question, own[:i]) for i in range(1, len(own)))


def _features(question: str, turns: Sequence[Turn]) -> dict[str, float]:
    return leaning(Query(question), recent(turns))


def _as_typed(question: str, turns: Sequence[Turn]) -> Asked:
    """A question and those before it in small letters, without a mark."""
    typed = [turn._replace(question=turn.question.lower().rstrip("?")) for turn in turns]
    return question.lower().rstrip("?"), typed


def _fit_term(dialogues: Sequence[FollowUp]) -> tuple[Logistic, float]:
    """The model, and how likely a word must be that is added: where the F1 of the words is best."""
    found = [term_features(Query(f.question), recent(f.turns)) for f in dialogues]
    rows: list[Mapping[str, float]] = []
    right: list[bool] = []
    for follow_up, terms in zip(dialogues, found, strict=True):
        rows += [t.features for t in terms.values()]
        right += [stem in follow_up.added for stem in terms]
    model = fit_logistic(rows, right, tuple(rows[0]))
    likely = np.array([model.probability(features) for features in rows])
    held = np.array(right)
    wanted = sum(len(f.added) for f in dialogues)

    def f_measure(at: float) -> float:
        chosen = likely >= at
        return float(2 * (chosen & held).sum() / (chosen.sum() + wanted))

    add = max((round(at, 2) for at in np.arange(0.05, 0.6, 0.01)), key=f_measure)
    print(f"terms: F1 {f_measure(add):.3f} at {add}")
    return model, add


if __name__ == "__main__":
    torch.manual_seed(0)
    main()
