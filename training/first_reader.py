"""Fit the first reader: python -m training.first_reader --data ../shared/data

Trains on squadshifts amazon and reddit, squad2 articles 1-7 and nq_oracle (their development
tenth left out), and sets the thresholds on the development tenths and squad2 article 8. Writes
rag/first_reader.toml. A few minutes on 2 cores, seeded. Of the benchmark sets
only HotpotQA's pool is read: its titles, to leave them out.
"""

from __future__ import annotations

import argparse
import math
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from rag.expect import KINDS
from rag.first_reader import WEIGHTS
from training.samples import UNANSWERABLE, Sample, make_samples, two_facts

KIND_FEATURES = [f"{kind}_{state}" for kind in KINDS for state in ("found", "missing")]
RANKER = (
    "similarity", "lexical", "fused", "cosine", "coverage", "passage_coverage",
    "relation", "similarity_lead", "lexical_lead", "stub", "asks", "follows", *KIND_FEATURES,
)  # fmt: skip
ANSWERABLE = (
    "similarity", "lexical", "fused", "cosine", "coverage", "passage_coverage", "relation",
    "stub", "asks", "follows", *KIND_FEATURES,
)  # fmt: skip


def main() -> None:
    """Fit, choose the thresholds, write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--questions", type=int, default=800, help="of each set (default 800)")
    # 0.7 and 1.0 are equal to a thousandth in what `_report_keep` prints; with the advantage of
    # a new source (rag.summarize.NEW_SOURCE), which it leaves out, 1.0 was ahead
    parser.add_argument("--keep", type=float, default=1.0, help="margin, log odds (default 1.0)")
    args = parser.parse_args()
    random.seed(0)
    torch.manual_seed(0)
    samples = make_samples(args.data, args.questions)
    print({c: sum(s.condition == c for s in samples) for c in {s.condition for s in samples}})
    ranker = _fit_ranker([s for s in samples if not s.development and any(s.gold)])
    held = [s for s in samples if s.development and s.condition == "answerable"]
    _report_ranking("development", ranker, held)
    _report_keep(ranker, [held, list(two_facts(args.data))])
    bests = [(_best(ranker, s), s) for s in samples]
    train = [(f, g, s) for (f, g), s in bests if not s.development]
    bias, weights = _fit_answerable(train)
    developed = [(f, g, s) for (f, g), s in bests if s.development]
    abstain = _threshold(bias, weights, developed)
    _write(ranker, bias, weights, abstain, args.keep)


def _matrix(features: Sequence[dict[str, float]], names: Sequence[str]) -> torch.Tensor:
    return torch.tensor([[f[n] for n in names] for f in features], dtype=torch.float64)


def _fit_ranker(samples: Sequence[Sample]) -> dict[str, float]:
    """Conditional logit (McFadden 1974): softmax over a question's sentences."""
    x = torch.cat([_matrix(s.features, RANKER) for s in samples])
    gold = torch.tensor([g for s in samples for g in s.gold])
    group = torch.repeat_interleave(
        torch.arange(len(samples)), torch.tensor([len(s.gold) for s in samples])
    )
    weights = torch.zeros(len(RANKER), dtype=torch.float64, requires_grad=True)

    def loss() -> torch.Tensor:
        scores = torch.exp(x @ weights)
        total = torch.zeros(len(samples), dtype=torch.float64).index_add(0, group, scores)
        right = torch.zeros(len(samples), dtype=torch.float64).index_add(
            0, group[gold], scores[gold]
        )
        return -torch.log(right / total).mean() + 1e-4 * (weights**2).sum()

    _minimise([weights], loss)
    return dict(zip(RANKER, weights.tolist(), strict=True))


def _minimise(parameters: list[torch.Tensor], loss) -> None:  # type: ignore[no-untyped-def]
    optimiser = torch.optim.LBFGS(parameters, max_iter=300, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        optimiser.zero_grad()
        value: torch.Tensor = loss()
        value.backward()  # type: ignore[no-untyped-call]
        return value

    optimiser.step(closure)  # type: ignore[no-untyped-call]


def _ranked(ranker: dict[str, float], sample: Sample) -> list[int]:
    scores = [sum(w * f[n] for n, w in ranker.items()) for f in sample.features]
    return sorted(range(len(scores)), key=lambda i: -scores[i])


def _best(ranker: dict[str, float], sample: Sample) -> tuple[dict[str, float], bool]:
    first = _ranked(ranker, sample)[0]
    return sample.features[first], sample.gold[first]


def _report_ranking(name: str, ranker: dict[str, float], samples: Sequence[Sample]) -> None:
    tops = [[s.gold[i] for i in _ranked(ranker, s)[:3]] for s in samples]
    first, three = np.mean([t[0] for t in tops]), np.mean([any(t) for t in tops])
    print(f"{name}: first {first:.3f}, any of three {three:.3f} of {len(tops)}")


def _report_keep(ranker: dict[str, float], sets: Sequence[Sequence[Sample]]) -> None:
    """F1 of quoted sentences for each margin, over questions of one fact and of two."""
    for keep in (0.3, 0.5, 0.7, 1.0, 1.25, 1.5, 1.75, 2.0, 2.5):
        one, two = (float(np.mean([_f1(ranker, s, keep) for s in samples])) for samples in sets)
        print(f"keep {keep}: F1 {one:.3f} and {two:.3f}, mean {(one + two) / 2:.3f}")


def _f1(ranker: dict[str, float], sample: Sample, keep: float) -> float:
    scores = [sum(w * f[n] for n, w in ranker.items()) for f in sample.features]
    order = _ranked(ranker, sample)[:4]
    quoted = [i for i in order if scores[i] >= scores[order[0]] - keep]
    return 2 * sum(sample.gold[i] for i in quoted) / (len(quoted) + max(1, sum(sample.gold)))


def _fit_answerable(
    examples: Sequence[tuple[dict[str, float], bool, Sample]],
) -> tuple[float, dict[str, float]]:
    """Whether the best sentence is gold. Conditions weigh: answerable a half, the others share."""
    conditions = [s.condition for _, _, s in examples]
    share = {"answerable": 0.5, "removed": 0.2, "adversarial": 0.2, "foreign": 0.1}
    weight = torch.tensor([share[c] / conditions.count(c) for c in conditions], dtype=torch.float64)
    x = _matrix([f for f, _, _ in examples], ANSWERABLE)
    y = torch.tensor([float(g) for _, g, _ in examples], dtype=torch.float64)
    weights = torch.zeros(len(ANSWERABLE), dtype=torch.float64, requires_grad=True)
    bias = torch.zeros(1, dtype=torch.float64, requires_grad=True)

    def loss() -> torch.Tensor:
        errors = torch.nn.functional.binary_cross_entropy_with_logits(
            x @ weights + bias, y, weight=weight, reduction="sum"
        )
        return errors + 1e-4 * (weights**2).sum()

    _minimise([weights, bias], loss)
    return float(bias.detach()), dict(zip(ANSWERABLE, weights.tolist(), strict=True))


def _threshold(
    bias: float, weights: dict[str, float], held: Sequence[tuple[dict[str, float], bool, Sample]]
) -> float:
    """The lowest threshold within one standard error of the best Youden index.

    The index (Youden 1950) is the share of rightly answered questions that are kept, plus the
    mean share of the three kinds of unanswerable ones that are abstained from, less one. The
    one-standard-error rule (Breiman et al. 1984) takes the least change that is as good: here,
    the reader that is silent least often.
    """
    scored = [
        (1 / (1 + np.exp(-(bias + sum(w * f[n] for n, w in weights.items())))), g, s.condition)
        for f, g, s in held
    ]
    right = np.array([p for p, g, c in scored if g and c == "answerable"])
    silent = {k: np.array([p for p, _, c in scored if c == k]) for k in UNANSWERABLE}
    grid = [round(0.01 * i, 2) for i in range(5, 60)]
    rows = []
    for threshold in grid:
        shares = [float(np.mean(right >= threshold))]
        shares += [float(np.mean(silent[k] < threshold)) for k in UNANSWERABLE]
        variances = [
            s * (1 - s) / len(x) for s, x in zip(shares, [right, *silent.values()], strict=True)
        ]
        index = shares[0] + float(np.mean(shares[1:])) - 1
        rows.append((index, math.sqrt(variances[0] + sum(variances[1:]) / 9), shares))
    best, error, _ = max(rows, key=lambda row: row[0])
    chosen = next(i for i, (index, _, _) in enumerate(rows) if index >= best - error)
    index, _, shares = rows[chosen]
    print(f"threshold {grid[chosen]}: Youden {index:.3f} (best {best:.3f}, error {error:.3f})")
    print(
        f"keeps {shares[0]:.3f} of the right; abstains from",
        dict(zip(UNANSWERABLE, shares[1:], strict=True)),
    )
    return grid[chosen]


def _write(
    ranker: dict[str, float], bias: float, weights: dict[str, float], abstain: float, keep: float
) -> None:
    lines = ["# Written by: python -m training.first_reader --data DATA", "[ranker]", "bias = 0.0"]
    lines += ["[ranker.weights]", *(f"{n} = {w:.4f}" for n, w in ranker.items())]
    lines += ["", "[answerable]", f"bias = {bias:.4f}", "[answerable.weights]"]
    lines += [f"{n} = {w:.4f}" for n, w in weights.items()]
    lines += ["", "[thresholds]", f"abstain = {abstain}", f"keep = {keep}", ""]
    WEIGHTS.write_text("\n".join(lines), "utf-8")
    print(WEIGHTS.read_text("utf-8"))


if __name__ == "__main__":
    main()
