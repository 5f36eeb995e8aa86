"""When a stance is clear: python -m training.stances.calibrate --data DATA

Of the exported model over the held-out tenths: a temperature for each kind of row (Guo et al., "On
Calibration of Modern Neural Networks", ICML 2017), and for each thing that can be said the least
probability from which on it is right often enough, over rows that people labelled and over those by
rule alike. Writes rag/stance/stance.toml, and prints what is reached.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.storage import sha256
from rag.stance import COEFFICIENTS, FOLDER, MODEL, StanceModel
from training.stances.net import RELATION, STANCE
from training.stances.rows import LABELS, StanceRow
from training.stances.train import all_rows

# As labelled; labels are wrong, too. Of what is told wrongly by them at about these thresholds, 28
# rows that say yes, 15 no and 12 against were read: 8, 7 and 8 are right. That makes nine of ten.
PRECISION = {"yes": 0.855, "no": 0.88, "depends": 0.92, "against": 0.72}
BY_RULE = 0.94  # of the rows by rule, whose labels are as they were made
UNTOLD = {"same": 1.0}  # the rules tell it; the model is wrong in too many pairs that differ
LEAST, MOST = 0.6, 0.995  # a threshold is between
SET_ROWS = 400  # of a set, at most: else it is claims alone that tell
TEMPERATURES = tuple(np.arange(0.6, 3.01, 0.05))

Scores = NDArray[np.float64]


def main() -> None:
    """Write the file, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder of public sets")
    parser.add_argument("--into", type=Path, default=FOLDER)
    args = parser.parse_args()
    rows = fairly([row for row in all_rows(args.data) if row.is_development])
    file = args.into / MODEL
    write(args.into, sha256(file), {}, {"stance": 1.0, "relation": 1.0})
    logits = scores_of(StanceModel(args.into), rows)
    kinds = np.array([row.is_relation for row in rows])
    temperatures = {
        name: temperature(logits[kinds == kind], [r for r in rows if r.is_relation == kind])
        for name, kind in (("stance", False), ("relation", True))
    }
    odds = probabilities(logits, rows, temperatures)
    thresholds = dict(clear_from(odds, rows)) | UNTOLD
    write(args.into, sha256(file), thresholds, temperatures)
    for name, figure in sorted(figures(rows, logits).items()):
        print(f"likeliest label right, {name}: {figure:.3f}")
    for line in told_lines(odds, rows, thresholds):
        print(line)


def write(
    folder: Path, pin: str, thresholds: Mapping[str, float], temperatures: Mapping[str, float]
) -> None:
    """The file beside the model."""
    lines = ["# Written by: python -m training.stances.calibrate --data DATA", "[model]"]
    lines += [f'sha256 = "{pin}"', "", "[temperatures]"]
    lines += [f"{name} = {value:.2f}" for name, value in temperatures.items()]
    lines += ["", "[thresholds]", *(f"{name} = {value:.3f}" for name, value in thresholds.items())]
    (folder / COEFFICIENTS).write_text("\n".join(lines) + "\n", "utf-8")


def fairly(rows: Sequence[StanceRow]) -> list[StanceRow]:
    """The first rows of each set; those by rule count as one set."""
    taken: defaultdict[tuple[str, bool], int] = defaultdict(int)
    found = []
    for row in rows:
        key = _origin(row), row.is_relation
        taken[key] += 1
        if taken[key] <= SET_ROWS * (3 if key[0] == "made" else 1):
            found.append(row)
    return found


def scores_of(model: StanceModel, rows: Sequence[StanceRow]) -> Scores:
    """The model's outputs of each row; of two statements the mean of both ways."""
    found = model.logits([(row.one, row.other) for row in rows]).astype(np.float64)
    pick = [i for i, row in enumerate(rows) if row.is_relation]
    turned = model.logits([(rows[i].other, rows[i].one) for i in pick])
    found[pick] = (found[pick] + turned) / 2
    return found


def temperature(logits: Scores, rows: Sequence[StanceRow]) -> float:
    """The one by which the logits of rows of one kind are divided: the likeliest one."""
    part = RELATION if rows[0].is_relation else STANCE
    right = [LABELS.index(row.label) - part.start for row in rows]

    def loss(divisor: float) -> float:
        odds = _softmax(logits[:, part] / divisor)
        return float(-np.log(odds[np.arange(len(rows)), right] + 1e-9).mean())

    return float(min(TEMPERATURES, key=loss))


def probabilities(
    logits: Scores, rows: Sequence[StanceRow], temperatures: Mapping[str, float]
) -> Scores:
    """Of each row the probabilities of the labels of its kind, 0 for the others."""
    found = np.zeros(logits.shape)
    for i, row in enumerate(rows):
        part = RELATION if row.is_relation else STANCE
        divisor = temperatures["relation" if row.is_relation else "stance"]
        found[i, part] = _softmax(logits[i : i + 1, part] / divisor)[0]
    return found


def clear_from(odds: Scores, rows: Sequence[StanceRow]) -> Iterator[tuple[str, float]]:
    """Of each label that is told the probability from which on it is right often enough."""
    made = np.array([_origin(row) == "made" for row in rows])
    labels = np.array([row.label for row in rows])
    parts = ((~made, PRECISION), (made, dict.fromkeys(PRECISION, BY_RULE)))
    for label in PRECISION:
        column = odds[:, LABELS.index(label)]
        fits = (
            float(least)
            for least in np.arange(LEAST, MOST, 0.005)
            if all(
                _precision(labels[(column >= least) & part], label) >= wanted[label]
                for part, wanted in parts
            )
        )
        yield label, next(fits, MOST)


def _precision(labels: NDArray[np.str_], label: str) -> float:
    return float((labels == label).mean()) if len(labels) else 1.0


def told_lines(
    odds: Scores, rows: Sequence[StanceRow], thresholds: Mapping[str, float]
) -> Iterator[str]:
    """Of each set how often what is told is right, and how many rows of its label are told."""
    for name in sorted({_origin(row) for row in rows}):
        for label, least in thresholds.items():
            own = [i for i, row in enumerate(rows) if _origin(row) == name]
            told = [i for i in own if odds[i, LABELS.index(label)] >= least]
            are = [i for i in own if rows[i].label == label]
            if are:
                right = sum(rows[i].label == label for i in told)
                found = sum(odds[i, LABELS.index(label)] >= least for i in are)
                yield f"{name}, {label}: right {right} of {len(told)}, found {found} of {len(are)}"


def figures(rows: Sequence[StanceRow], scores: Scores) -> Mapping[str, float]:
    """Of each set and kind the share of rows whose label is the likeliest."""
    right: defaultdict[str, list[bool]] = defaultdict(list)
    for row, score in zip(rows, scores, strict=True):
        part = RELATION if row.is_relation else STANCE
        told_label = LABELS[part.start + int(score[part].argmax())]
        kind = "relation" if row.is_relation else "stance"
        right[f"{kind} {row.set}"].append(told_label == row.label)
        right[f"{kind} all: {row.label}"].append(told_label == row.label)
    return {name: sum(found) / len(found) for name, found in right.items()}


def _origin(row: StanceRow) -> str:
    by_rule = row.set.startswith("made ") or row.set.endswith(" denied")
    return "made" if by_rule else row.set


def _softmax(logits: Scores) -> Scores:
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    odds: Scores = raised / raised.sum(axis=1, keepdims=True)
    return odds


if __name__ == "__main__":
    main()
