"""Stage 5, what was learned: python -m training.evaluate [--questions 60]

Asks the held-out tenth of every training set of the exported model, and of the same weights in
fp32: is the first sentence right, is the gold passage first, among the gold one and its seven
best-ranked others; AUROC of the best evidence, with the gold passage and without it; and the same
between the gold passage and what is left of it without the sentences that answer. Benchmarks are
not touched; python -m benchmarks.quality is for them.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

import numpy as np

from benchmarks.kit.metrics import auroc
from rag.reader import EVIDENCE, FOLDER, RANK, CrossEncoder, EncodedPair, Logits
from training.export import export
from training.groups import SETS, Groups
from training.mine import workplace
from training.model import WEIGHTS


def main() -> None:
    """Print the figures of both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=60, help="of each set (default 60)")
    parser.add_argument("--weights", type=Path, default=workplace() / WEIGHTS)
    args = parser.parse_args()
    groups = Groups(workplace(), SETS)
    with tempfile.TemporaryDirectory() as scratch:
        export(args.weights, Path(scratch), int8=False)
        full = CrossEncoder(Path(scratch))
    for name, model in (("shipped, int8", CrossEncoder(FOLDER)), ("fp32", full)):
        found = figures(model.run, groups, args.questions)
        found["gutted"] = gutted_auroc(model.run, groups, args.questions)
        print(f"| {name} | {' | '.join(f'{k} {v:.4f}' for k, v in found.items())} |", flush=True)


def figures(
    run: Callable[[Sequence[EncodedPair]], Sequence[Logits]], groups: Groups, most: int = 60
) -> dict[str, float]:
    """The shares "first" and "passage", and "auroc", of up to `most` held-out questions a set."""
    first, passages = [], []
    judged: list[tuple[float, float]] = []  # the best evidence, and whether an answer is there
    for name, group in groups.development(most):
        mined = groups.sets[name]
        tokens = mined.pairs.tokens([group["question"]])[0]
        others = [mined.row(tokens, n) for n in group["negatives"][:7]]
        if group["gold"]:
            gold = mined.labelled(tokens, group["gold"])
            rows = [gold.row, *others]
            outputs = run(rows)
            evidence, passage, sentence = best_evidence(outputs, rows)
            first.append(passage == 0 and sentence in gold.gold)
            passages.append(int(np.argmax([o[0, RANK] for o in outputs])) == 0)
            judged.append((evidence, 1.0))
            if others:
                judged.append((best_evidence(outputs[1:], others)[0], 0.0))
        else:
            rows = [*(mined.row(tokens, a) for a in group["about"][:1]), *others]
            judged.append((best_evidence(run(rows), rows)[0], 0.0))
    return {
        "first": float(np.mean(first)),
        "passage": float(np.mean(passages)),
        "auroc": auroc(np.array(judged)),
    }


def gutted_auroc(
    run: Callable[[Sequence[EncodedPair]], Sequence[Logits]], groups: Groups, most: int = 60
) -> float:
    """How well the best evidence tells gold passages from what is left without their answers."""
    judged: list[tuple[float, float]] = []
    for name, group in groups.development(most):
        mined = groups.sets[name]
        tokens = mined.pairs.tokens([group["question"]])[0]
        gold = [g for g in group["gold"] if g[0] == group["gold"][0][0]]
        left = mined.gutted(tokens, gold, Random(0)) if gold else None
        if left is not None:
            for row, answers in ((mined.labelled(tokens, gold).row, 1.0), (left.row, 0.0)):
                judged.append((best_evidence(run([row]), [row])[0], answers))
    return auroc(np.array(judged))


def best_evidence(outputs: Sequence[Logits], rows: Sequence[EncodedPair]) -> tuple[float, int, int]:
    """The highest evidence, its passage and its sentence."""
    return max(
        (float(output[start : max(end, start + 1), EVIDENCE].mean()), passage, sentence)
        for passage, (output, row) in enumerate(zip(outputs, rows, strict=True))
        for sentence, (start, end) in enumerate(row.bounds)
    )


if __name__ == "__main__":
    main()
