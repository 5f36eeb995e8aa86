"""Two small models over named features: one orders sentences, one says whether the best answers."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from rag.logistic import Logistic
from training.samples import UNANSWERABLE

Features = Mapping[str, float]
# The conditions' weights in the answerable model: an answerable question is as likely as not.
SHARES = {
    "answerable": 0.5, "removed": 0.15, "adversarial": 0.15, "altered": 0.1, "foreign": 0.1,
}  # fmt: skip
MARGINS = (0.3, 0.5, 0.7, 1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0)


@dataclass(frozen=True)
class Sample:
    """One question over one corpus: its sentences' features and which of them are gold."""

    question: str
    features: list[dict[str, float]]
    gold: list[bool]
    condition: str  # "answerable" or one of UNANSWERABLE
    held_out: bool


@dataclass(frozen=True)
class Judgement:
    """How likely the best sentence of a question answers, whether it does, and the condition."""

    probability: float
    right: bool
    condition: str


def matrix(features: Iterable[Features], names: Sequence[str]) -> torch.Tensor:
    """Features by name as a matrix, shape (rows, names)."""
    return torch.tensor([[f[n] for n in names] for f in features], dtype=torch.float64)


def fit_ranker(samples: Sequence[Sample], names: Sequence[str]) -> Logistic:
    """Conditional logit (McFadden 1974): softmax over a question's sentences."""
    samples = [s for s in samples if any(s.gold)]
    x = torch.cat([matrix(s.features, names) for s in samples])
    gold = torch.tensor([g for s in samples for g in s.gold])
    group = torch.repeat_interleave(
        torch.arange(len(samples)), torch.tensor([len(s.gold) for s in samples])
    )
    weights = torch.zeros(len(names), dtype=torch.float64, requires_grad=True)

    def loss() -> torch.Tensor:
        logits = x @ weights
        peak = torch.full((len(samples),), -1e9, dtype=torch.float64)
        peak = peak.scatter_reduce(0, group, logits.detach(), "amax")
        scores = torch.exp(logits - peak[group])
        total = torch.zeros(len(samples), dtype=torch.float64).index_add(0, group, scores)
        right = torch.zeros(len(samples), dtype=torch.float64).index_add(
            0, group[gold], scores[gold]
        )
        return -torch.log(right / total + 1e-12).mean() + 1e-4 * (weights**2).sum()

    _minimise([weights], loss)
    return _logistic(0.0, names, weights)


def fit_answerable(
    examples: Sequence[tuple[Features, bool, str]], names: Sequence[str]
) -> Logistic:
    """Whether the best sentence is gold, from (its features, whether it is, condition)."""
    conditions = [c for *_, c in examples]
    weight = torch.tensor(
        [SHARES[c] / conditions.count(c) for c in conditions], dtype=torch.float64
    )
    x = matrix([f for f, *_ in examples], names)
    y = torch.tensor([float(right) for _, right, _ in examples], dtype=torch.float64)
    weights = torch.zeros(len(names), dtype=torch.float64, requires_grad=True)
    bias = torch.zeros(1, dtype=torch.float64, requires_grad=True)

    def loss() -> torch.Tensor:
        errors = torch.nn.functional.binary_cross_entropy_with_logits(
            x @ weights + bias, y, weight=weight, reduction="sum"
        )
        return errors + 1e-4 * (weights**2).sum()

    _minimise([weights, bias], loss)
    return _logistic(float(bias.detach()), names, weights)


def _logistic(bias: float, names: Sequence[str], weights: torch.Tensor) -> Logistic:
    """The model as its file will hold it."""
    rounded = (round(w, 4) for w in weights.tolist())
    return Logistic(round(bias, 4), dict(zip(names, rounded, strict=True)))


def _minimise(parameters: list[torch.Tensor], loss: Callable[[], torch.Tensor]) -> None:
    optimiser = torch.optim.LBFGS(parameters, max_iter=300, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        optimiser.zero_grad()
        value = loss()
        value.backward()  # type: ignore[no-untyped-call]
        return value

    optimiser.step(closure)  # type: ignore[no-untyped-call]


def ranked(ranker: Logistic, sample: Sample) -> list[int]:
    """The numbers of a sample's sentences, best first."""
    scores = [ranker.logit(f) for f in sample.features]
    return sorted(range(len(scores)), key=lambda i: -scores[i])


def best(ranker: Logistic, sample: Sample) -> tuple[Features, bool, str]:
    """The best sentence's features, whether it is gold, and the condition."""
    first = ranked(ranker, sample)[0]
    return sample.features[first], sample.gold[first], sample.condition


def report_ranking(name: str, ranker: Logistic, samples: Sequence[Sample]) -> None:
    """Print how often the first sentence, and any of the first three, is gold."""
    tops = [[s.gold[i] for i in ranked(ranker, s)[:3]] for s in samples]
    first, three = np.mean([t[0] for t in tops]), np.mean([any(t) for t in tops])
    print(f"{name}: first {first:.3f}, any of three {three:.3f} of {len(tops)}")


def report_keep(ranker: Logistic, sets: Sequence[Sequence[Sample]]) -> None:
    """Print the F1 of quoted sentences for each margin, over each set of samples."""
    for keep in MARGINS:
        means = [float(np.mean([_f1(ranker, s, keep) for s in samples])) for samples in sets]
        shown = ", ".join(f"{m:.3f}" for m in means)
        print(f"keep {keep}: F1 {shown}, mean {np.mean(means):.3f}")


def _f1(ranker: Logistic, sample: Sample, keep: float) -> float:
    scores = [ranker.logit(f) for f in sample.features]
    order = ranked(ranker, sample)[:4]
    quoted = [i for i in order if scores[i] >= scores[order[0]] - keep]
    return 2 * sum(sample.gold[i] for i in quoted) / (len(quoted) + max(1, sum(sample.gold)))


def threshold(judged: Sequence[Judgement]) -> float:
    """The lowest threshold within one standard error of the best Youden index.

    The index (Youden 1950) is the share of rightly answered questions that are kept, plus the
    mean share of the kinds of unanswerable ones that are abstained from, less one. The
    one-standard-error rule (Breiman et al. 1984) takes the least change that is as good: here,
    the reader that is silent least often.
    """
    right = np.array([j.probability for j in judged if j.right and j.condition == "answerable"])
    silent = {
        k: np.array([j.probability for j in judged if j.condition == k]) for k in UNANSWERABLE
    }
    grid = [round(0.01 * i, 2) for i in range(5, 60)]
    rows = []
    for at in grid:
        shares = [float(np.mean(right >= at)), *(float(np.mean(p < at)) for p in silent.values())]
        variances = [
            s * (1 - s) / len(x) for s, x in zip(shares, [right, *silent.values()], strict=True)
        ]
        index = shares[0] + float(np.mean(shares[1:])) - 1
        error = math.sqrt(variances[0] + sum(variances[1:]) / len(silent) ** 2)
        rows.append((index, error, shares))
    highest, error, _ = max(rows, key=lambda row: row[0])
    chosen = next(i for i, (index, *_) in enumerate(rows) if index >= highest - error)
    index, _, shares = rows[chosen]
    print(f"threshold {grid[chosen]}: Youden {index:.3f} (best {highest:.3f}, error {error:.3f})")
    shown = {k: round(s, 3) for k, s in zip(silent, shares[1:], strict=True)}
    print(f"keeps {shares[0]:.3f} of the right; abstains from {shown}")
    return grid[chosen]


def write(
    path: Path,
    command: str,
    ranker: Logistic,
    answerable: Logistic,
    thresholds: Mapping[str, float],
    weights: str | None = None,
) -> None:
    """Write both models and the thresholds as TOML, and print them.

    `weights` is the sha256 of the weights whose outputs the models were fitted on.
    """
    lines = [f"# Written by: {command}"]
    if weights is not None:
        lines += ["[model]", f'sha256 = "{weights}"', ""]
    for name, model in (("ranker", ranker), ("answerable", answerable)):
        lines += [f"[{name}]", f"bias = {model.bias:.4f}", f"[{name}.weights]"]
        lines += [*(f"{n} = {w:.4f}" for n, w in model.weights.items()), ""]
    lines += ["[thresholds]", *(f"{n} = {v}" for n, v in thresholds.items()), ""]
    path.write_text("\n".join(lines), "utf-8")
    print(path.read_text("utf-8"))
