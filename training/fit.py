"""Two small models over named features: one orders sentences, one says whether the best answers."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from benchmarks.kit.metrics import calibration_error
from rag.logistic import Logistic
from training.samples import UNANSWERABLE

Features = Mapping[str, float]
# The conditions' weights in the answerable model: an answerable question is as likely as not.
SHARES = {"answerable": 0.5, "removed": 0.15, "adversarial": 0.15, "altered": 0.1, "foreign": 0.1}
PERHAPS = 0.2  # of what is shown as "perhaps" is right, at most
COVERAGE = 0.9  # of the answerable questions are to be answered


@dataclass(frozen=True)
class Sample:
    """One question over one corpus: its sentences' features and which of them are gold."""

    question: str
    features: list[dict[str, float]]
    gold: list[bool]
    condition: str  # "answerable" or one of UNANSWERABLE
    source: str  # the set
    held_out: bool


@dataclass(frozen=True)
class Best:
    """The best sentence of a sample, and whether it is gold."""

    features: Features
    right: bool
    condition: str
    source: str


@dataclass(frozen=True)
class Prediction:
    """How likely the best sentence of a question answers, whether it does, and the condition."""

    probability: float
    right: bool
    condition: str
    source: str


def matrix(features: Iterable[Features], names: Sequence[str]) -> torch.Tensor:
    """Features by name as a matrix, shape (rows, names)."""
    return torch.tensor([[f[n] for n in names] for f in features], dtype=torch.float64)


def fit_ranker(samples: Sequence[Sample], names: Sequence[str]) -> Logistic:
    """Conditional logit (McFadden 1974): softmax over a question's sentences.

    Each set counts the same.
    """
    samples = [s for s in samples if any(s.gold)]
    share = torch.tensor(even([s.source for s in samples]), dtype=torch.float64)
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
        return -(share * torch.log(right / total + 1e-12)).sum() + 1e-4 * (weights**2).sum()

    _minimise([weights], loss)
    return _logistic(0.0, names, weights)


def fit_answerable(
    examples: Sequence[Best], names: Sequence[str], shares: Mapping[str, float] = SHARES
) -> Logistic:
    """Whether the best sentence is gold; of each condition each set counts the same."""
    weight = torch.zeros(len(examples), dtype=torch.float64)
    for condition, share in shares.items():
        at = [i for i, e in enumerate(examples) if e.condition == condition]
        weight[at] = share * torch.tensor(even([examples[i].source for i in at])).double()
    return fit_logistic([e.features for e in examples], [e.right for e in examples], names, weight)


def fit_logistic(
    features: Sequence[Features],
    right: Sequence[bool],
    names: Sequence[str],
    weight: torch.Tensor | None = None,
) -> Logistic:
    """Logistic regression; `weight` of each example sums to 1, and is even when not given."""
    x = matrix(features, names)
    y = torch.tensor(right, dtype=torch.float64)
    if weight is None:
        weight = torch.full_like(y, 1 / len(y))
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


def best(ranker: Logistic, sample: Sample) -> Best:
    """The best sentence of a sample."""
    first = ranked(ranker, sample)[0]
    return Best(sample.features[first], sample.gold[first], sample.condition, sample.source)


def predict(ranker: Logistic, answerable: Logistic, samples: Iterable[Sample]) -> list[Prediction]:
    """What both models make of each sample's best sentence."""
    return [
        Prediction(answerable.probability(b.features), b.right, b.condition, b.source)
        for b in (best(ranker, s) for s in samples)
    ]


def even(sources: Sequence[str]) -> list[float]:
    """A weight for each: every source has the same sum, and all of them together 1."""
    counts = Counter(sources)
    return [1 / (len(counts) * counts[s]) for s in sources]


def report_ranking(name: str, ranker: Logistic, samples: Sequence[Sample]) -> None:
    """Print how often the first sentence, and any of the first three, is gold, by set."""
    for source in sorted({s.source for s in samples}):
        own = [s for s in samples if s.source == source]
        tops = [[s.gold[i] for i in ranked(ranker, s)[:3]] for s in own]
        first, three = np.mean([t[0] for t in tops]), np.mean([any(t) for t in tops])
        print(f"{name}, {source}: first {first:.3f}, any of three {three:.3f} of {len(own)}")


def report_calibration(judged: Sequence[Prediction]) -> None:
    """Print how far the probabilities are off where the questions of one condition are mixed in.

    Each with the answerable questions of the sets that have such: the expected calibration error,
    and by how much the mean probability is above the share of right sentences.
    """
    for condition in UNANSWERABLE:
        sources = {j.source for j in judged if j.condition == condition}
        rows = np.array(
            [
                (j.probability, float(j.right))
                for j in judged
                if j.condition in ("answerable", condition) and j.source in sources
            ]
        )
        if len(rows):
            over = float(np.mean(rows[:, 0] - rows[:, 1]))
            print(f"{condition}: calibration error {calibration_error(rows):.3f}, {over:+.3f}")


def threshold(judged: Sequence[Prediction]) -> float:
    """The highest threshold that answers `COVERAGE` of answerable questions, 19 times of 20.

    In hundredths; each set counts the same. The share answered here is an estimate of the share
    on other questions: its one-sided 95% bound is held against `COVERAGE`. Prints what the
    threshold does to each kind of question.
    """
    answerable = [j for j in judged if j.condition == "answerable"]
    sets = [
        np.array([j.probability for j in answerable if j.source == source])
        for source in sorted({j.source for j in answerable})
    ]
    steps = (step / 100 for step in range(100, 0, -1))
    at = next((t for t in steps if _least_coverage(sets, t) >= COVERAGE), 0.0)
    for condition in ("answerable", *UNANSWERABLE):
        own = [j for j in judged if j.condition == condition]
        shown = {
            source: round(
                float(np.mean([j.probability >= at for j in own if j.source == source])), 3
            )
            for source in sorted({j.source for j in own})
        }
        print(f"threshold {at}: of the {condition} answers {shown}")
    return at


def surely(
    judged: Sequence[Prediction], abstain: float, shares: Mapping[str, float] = SHARES
) -> float:
    """The threshold under which an answer is only shown as one that may be right.

    In hundredths, the highest for which at most `PERHAPS` of the best sentences between `abstain`
    and it are right; each condition counts by its share.
    """
    counts = Counter(j.condition for j in judged)
    rows = np.array(
        [(j.probability, j.right, shares[j.condition] / counts[j.condition]) for j in judged]
    )
    at = abstain
    for step in range(round(100 * abstain) + 1, 101):
        band = rows[(rows[:, 0] >= abstain) & (rows[:, 0] < step / 100)]
        if len(band) and np.average(band[:, 1], weights=band[:, 2]) <= PERHAPS:
            at = step / 100
    print(f"sure from {at} on")
    return at


def _least_coverage(sets: Sequence[NDArray[np.float64]], at: float) -> float:
    """The one-sided 95% bound of the mean share over the sets, by the normal approximation."""
    shares = np.array([np.mean(s >= at) for s in sets])
    variance = float(np.mean([p * (1 - p) / len(s) for p, s in zip(shares, sets, strict=True)]))
    return float(shares.mean()) - 1.645 * math.sqrt(variance / len(sets))


def write(
    path: Path,
    command: str,
    models: Mapping[str, Logistic],
    thresholds: Mapping[str, float],
    weights: str | None = None,
) -> None:
    """Write the models by name, and the thresholds, as TOML, and print them.

    `weights` is the sha256 of the weights whose outputs the models were fitted on.
    """
    lines = [f"# Written by: {command}"]
    if weights is not None:
        lines += ["[model]", f'sha256 = "{weights}"', ""]
    for name, model in models.items():
        lines += [f"[{name}]", f"bias = {model.bias:.4f}", f"[{name}.weights]"]
        lines += [*(f"{n} = {w:.4f}" for n, w in model.weights.items()), ""]
    lines += ["[thresholds]", *(f"{n} = {v}" for n, v in thresholds.items()), ""]
    path.write_text("\n".join(lines), "utf-8")
    print(path.read_text("utf-8"))
