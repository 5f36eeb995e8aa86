"""Between training and export, several rounds as one: python -m training.soup A.safetensors B…

A greedy soup (Wortsman et al., "Model soups", ICML 2022): the weights' mean, taken best first, each
round kept where the held-out tenths say that the mean is no worse with it. Writes
reader.safetensors. The rounds must have grown from each other, or their mean means nothing.

With --share, of two rounds: the second one has this share of the mean, which is written as
mixed.safetensors, and nothing is judged. What was trained on new texts keeps so more of what it
knew of others (Wortsman et al., "Robust fine-tuning of zero-shot models", CVPR 2022).
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from training.groups import SETS, Groups
from training.mine import in_workplace, workplace
from training.model import WEIGHTS, ReadingModel
from training.train import development_figure

MIXED = "mixed.safetensors"  # beside reader.safetensors

Weights = Mapping[str, torch.Tensor]


def main() -> None:
    """Judge each round, stir, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rounds", type=Path, nargs="+", metavar="FILE")
    parser.add_argument("--share", type=float, help="of the second of two rounds, instead")
    args = parser.parse_args()
    if args.share is not None:
        before, after = (load_file(in_workplace(file)) for file in args.rounds)
        save_file(dict(between(before, after, args.share)), workplace() / MIXED)
        return
    groups = Groups(workplace(), SETS)
    model = ReadingModel.untrained()

    def judge(weights: Weights) -> float:
        model.load_state_dict(weights)
        return development_figure(model, groups, torch.device("cpu"))

    rounds = {str(file): load_file(in_workplace(file)) for file in args.rounds}
    chosen = greedy(rounds, judge)
    print("kept:", ", ".join(chosen))
    save_file(dict(mean([rounds[name] for name in chosen])), workplace() / WEIGHTS)


def greedy(rounds: Mapping[str, Weights], judge: Callable[[Weights], float]) -> list[str]:
    """The names of the rounds whose mean is judged best, the best one first."""
    alone = {name: judge(weights) for name, weights in rounds.items()}
    first, *others = sorted(alone, key=lambda name: -alone[name])
    kept, best = [first], alone[first]
    for name in others:
        figure = judge(mean([rounds[n] for n in (*kept, name)]))
        if figure >= best:
            kept, best = [*kept, name], figure
    return kept


def between(before: Weights, after: Weights, share: float) -> Weights:
    """The mean of each weight, to which `after` gives `share`."""
    return {name: torch.lerp(before[name], after[name], share) for name in after}


def mean(rounds: Sequence[Weights]) -> Weights:
    """The mean of each weight."""
    return {name: torch.stack([r[name] for r in rounds]).mean(dim=0) for name in rounds[0]}


if __name__ == "__main__":
    main()
