"""Stage 5, what was learned: python -m training.evaluate [--questions 60]

Asks the held-out tenth of every training set of the exported model, and of the same weights in
fp32, and says by set: is the first sentence right, is the gold passage first, among the gold one
and its seven best-ranked others; AUROC of the best evidence, with the gold passage and without it,
and between the gold passage and what is left of it without the sentences that answer. Of sets with
whole documents also: is the first sentence of all of the document right, and the AUROC of the best
evidence in the document and in what is left of it without its gold passages. Benchmarks are not
touched; python -m benchmarks.quality is for them.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from benchmarks.kit.metrics import auroc
from rag.reader import EVIDENCE, FOLDER, RANK, CrossEncoder, EncodedPair, Logits
from training.export import export
from training.groups import SETS, Groups, Mined
from training.mine import in_workplace, workplace
from training.model import WEIGHTS

OTHERS = 7  # passages beside the gold one
LARGEST = 40  # passages of a document that is read whole

Run = Callable[[Sequence[EncodedPair]], Sequence[Logits]]
Judged = list[tuple[float, float]]  # the best evidence, and whether an answer is there
Figures = dict[str, float]


def main() -> None:
    """Print the figures of both, by set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=60, help="of each set (default 60)")
    parser.add_argument("--weights", type=Path, default=Path(WEIGHTS))
    parser.add_argument("--reader", type=Path, default=FOLDER, help="an exported model's folder")
    parser.add_argument("--sets", nargs="+", default=SETS, choices=SETS)
    args = parser.parse_args()
    groups = Groups(workplace(), args.sets)
    models: dict[str, CrossEncoder] = {"int8": CrossEncoder(args.reader)}
    with tempfile.TemporaryDirectory() as scratch:
        if (weights := in_workplace(args.weights)).exists():
            export(weights, Path(scratch), int8=False)
            models["fp32"] = CrossEncoder(Path(scratch))
        for name, model in models.items():
            found = by_set(model.run, groups, args.questions, documents=True)
            for part, own in (*found.items(), ("mean", mean(found))):
                shown = " | ".join(f"{k} {100 * v:.1f}" for k, v in own.items())
                print(f"| {name} | {part} | {shown} |", flush=True)


def by_set(
    run: Run, groups: Groups, most: int = 60, *, documents: bool = False
) -> dict[str, Figures]:
    """Of each set the figures of up to `most` held-out questions, as far as it has some.

    "first" and "passage" are shares; "auroc", and "gutted" of passages that lost their answers.
    With `documents` also "of document" and "auroc of document".
    """
    found: dict[str, Figures] = {}
    for name, mined in groups.sets.items():
        own = groups.development(name, most)
        found[name] = {
            **_of_passages(run, mined, own),
            **(_of_documents(run, mined, own) if documents else {}),
        }
    return found


def mean(found: Mapping[str, Figures]) -> Figures:
    """Of each figure the mean over the sets that have it."""
    names = dict.fromkeys(name for own in found.values() for name in own)
    return {n: float(np.mean([own[n] for own in found.values() if n in own])) for n in names}


def _of_passages(run: Run, mined: Mined, groups: Sequence[dict[str, Any]]) -> Figures:
    first, passages = [], []
    judged: Judged = []
    gutted: Judged = []
    for group in groups:
        tokens = mined.pairs.tokens([group["question"]])[0]
        others = [mined.row(tokens, n) for n in group["negatives"][:OTHERS]]
        if not group["gold"]:
            rows = [*(mined.row(tokens, a) for a in group["about"][:1]), *others]
            if rows:
                judged.append((best_evidence(run(rows), rows)[0], 0.0))
            continue
        marked = [g for g in group["gold"] if g[0] == group["gold"][0][0]]
        gold = mined.labelled(tokens, marked)
        rows = [gold.row, *others]
        outputs = run(rows)
        evidence, passage, sentence = best_evidence(outputs, rows)
        first.append(passage == 0 and sentence in gold.gold)
        passages.append(int(np.argmax([o[0, RANK] for o in outputs])) == 0)
        judged.append((evidence, 1.0))
        if others:
            judged.append((best_evidence(outputs[1:], others)[0], 0.0))
        left = mined.gutted(tokens, marked, Random(0))
        if left is not None:
            gutted.append((best_evidence(outputs[:1], [gold.row])[0], 1.0))
            gutted.append((best_evidence(run([left.row]), [left.row])[0], 0.0))
    shares = {"first": float(np.mean(first)), "passage": float(np.mean(passages))} if first else {}
    return {**shares, **_auroc("auroc", judged), **_auroc("gutted", gutted)}


def _of_documents(run: Run, mined: Mined, groups: Sequence[dict[str, Any]]) -> Figures:
    first = []
    judged: Judged = []
    for group in groups:
        passages = mined.whole(group["gold"][0][0]) if group["gold"] else []
        golden = {passage for passage, *_ in group["gold"]}
        if not len(golden) < len(passages) <= LARGEST:
            continue
        tokens = mined.pairs.tokens([group["question"]])[0]
        pairs = [(p, row) for p in passages for row in mined.rows(tokens, p)]
        rows = [row for _, row in pairs]
        outputs = run(rows)
        evidence, at, sentence = best_evidence(outputs, rows)
        marked = {(p, s) for p, s, _ in group["gold"]}
        first.append((pairs[at][0], rows[at].first + sentence) in marked)
        left = [i for i, (p, _) in enumerate(pairs) if p not in golden]
        without = best_evidence([outputs[i] for i in left], [rows[i] for i in left])[0]
        judged += [(evidence, 1.0), (without, 0.0)]
    shares = {"of document": float(np.mean(first))} if first else {}
    return {**shares, **_auroc("auroc of document", judged)}


def _auroc(name: str, judged: Judged) -> Figures:
    both = len({truth for _, truth in judged}) == 2
    return {name: auroc(np.array(judged))} if both else {}


def best_evidence(outputs: Sequence[Logits], rows: Sequence[EncodedPair]) -> tuple[float, int, int]:
    """The highest evidence, its passage and its sentence."""
    return max(
        (float(output[start : max(end, start + 1), EVIDENCE].mean()), passage, sentence)
        for passage, (output, row) in enumerate(zip(outputs, rows, strict=True))
        for sentence, (start, end) in enumerate(row.bounds)
    )


if __name__ == "__main__":
    main()
