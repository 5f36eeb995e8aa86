"""The model that tells stances, trained: python -m training.stances.train --data DATA

Starts from the weights of the reader that ships (training.restore). Seeded. Writes
stances.safetensors and what it was judged by on the held-out tenths; about half an hour on two
cores that multiply bfloat16. As for training.train, tcmalloc helps.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from random import Random

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer

from rag.reader import FOLDER, TOKENIZER, Pairs
from training.batches import logits_of, told
from training.mine import in_workplace, workplace
from training.model import ReadingModel
from training.restore import RESTORED
from training.stances.made import denied_claims, made_rows
from training.stances.net import RELATION, STANCE, WEIGHTS, StanceNet, encoded, loss_of
from training.stances.rows import LABELS, LeftOut, StanceRow
from training.stances.sets import public_rows

ROWS = 64  # a step
RATE, WARMUP, DECAY = 1e-4, 0.06, 0.01
SEED = 53
# How often an epoch holds the rows of a set: few are worth much, trials are stiff.
TURNS = {
    "boolq": 2.0,
    "guidance": 2.0,
    "pubmedqa": 2.0,
    "scifact": 2.0,
    "faq": 3.0,
    "feedbackqa": 2.0,
    "msdocs_headings": 3.0,
    "trials": 0.5,
}


def main() -> None:
    """Train, and print what was learned."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder of public sets")
    parser.add_argument("--epochs", type=float, default=1.5)
    parser.add_argument("--start", type=Path, default=Path(RESTORED))
    parser.add_argument("--into", type=Path, default=Path(WEIGHTS))
    args = parser.parse_args()
    workplace().mkdir(parents=True, exist_ok=True)
    torch.manual_seed(SEED)
    reader = ReadingModel.untrained(dropout=0.1)
    reader.load_state_dict(load_file(in_workplace(args.start)))
    rows = all_rows(args.data)
    training = [row for row in rows if not row.is_development]
    print(len(training), "rows train,", len(rows) - len(training), "are held out", flush=True)
    net = StanceNet(reader)
    train(net, training, args.epochs)
    save_file(net.state_dict(), in_workplace(args.into))
    held_out = [row for row in rows if row.is_development]
    for name, figure in sorted(figures(held_out, scores_of(net, held_out)).items()):
        print(f"{name}: {figure:.3f}")


def all_rows(data: Path, seed: int = SEED) -> list[StanceRow]:
    """The rows of all sets, those by rule among them, each once, in a fixed order."""
    left_out = LeftOut.of(data)
    public = list(public_rows(data))
    rows = [*public, *denied_claims(public, seed), *made_rows(data, seed)]
    return [row for row in dict.fromkeys(rows) if left_out.allows(row)]


def train(net: StanceNet, rows: Sequence[StanceRow], epochs: float, rate: float = RATE) -> None:
    """Train it in place; the rate falls to nothing at the end."""
    pairs = Pairs(Tokenizer.from_file(str(FOLDER / TOKENIZER)))
    plan: list[StanceRow] = []
    for epoch in range(int(np.ceil(epochs))):
        random = Random(f"{SEED} {epoch}")
        own = [row for row in rows for _ in range(_turns(row.set, random))]
        random.shuffle(own)
        plan += own[: int(len(own) * min(1.0, epochs - epoch))]
    steps = len(plan) // ROWS
    heavy = [p for p in net.parameters() if p.dim() >= 2]
    plain = [p for p in net.parameters() if p.dim() < 2]
    optimiser = torch.optim.AdamW(
        [{"params": heavy, "weight_decay": DECAY}, {"params": plain, "weight_decay": 0.0}],
        lr=rate,
        fused=True,
    )
    random, device = Random(SEED), torch.device("cpu")
    started, total = time.monotonic(), 0.0
    net.train()
    for step in range(steps):
        chosen = plan[step * ROWS : (step + 1) * ROWS]
        texts = [_turned(row, random) for row in chosen]
        done = step / steps
        for part in optimiser.param_groups:
            part["lr"] = rate * min(1.0, (done + 1e-3) / WARMUP) * (1 - done)
        loss = loss_of(logits_of(net, encoded(pairs, texts), device), chosen)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        total += float(loss.detach())
        if step % 50 == 49:
            pace = (time.monotonic() - started) / (step + 1)
            print(f"{step + 1}/{steps} {pace:.2f} s a step: {total / 50:.3f}", flush=True)
            total = 0.0


def _turns(name: str, random: Random) -> int:
    turns = TURNS.get(name, 1.0)
    return int(turns) + (random.random() < turns % 1)


def _turned(row: StanceRow, random: Random) -> tuple[str, str]:
    """The pair; of two statements either may come first."""
    turned = row.is_relation and random.random() < 0.5
    return (row.other, row.one) if turned else (row.one, row.other)


def scores_of(net: torch.nn.Module, rows: Sequence[StanceRow]) -> NDArray[np.float32]:
    """The seven outputs of each row, shape (rows, 7); of two statements the mean of both ways."""
    pairs = Pairs(Tokenizer.from_file(str(FOLDER / TOKENIZER)))
    device = torch.device("cpu")

    def run(texts: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        return np.concatenate(told(net, encoded(pairs, texts), device))

    found = run([(row.one, row.other) for row in rows])
    pick = [i for i, row in enumerate(rows) if row.is_relation]
    if pick:
        found[pick] = (found[pick] + run([(rows[i].other, rows[i].one) for i in pick])) / 2
    return found


def figures(rows: Sequence[StanceRow], scores: NDArray[np.float32]) -> Mapping[str, float]:
    """Of each set and kind the share of rows whose label is the likeliest."""
    right: defaultdict[str, list[bool]] = defaultdict(list)
    for row, score in zip(rows, scores, strict=True):
        part = RELATION if row.is_relation else STANCE
        told_label = LABELS[part.start + int(score[part].argmax())]
        kind = "relation" if row.is_relation else "stance"
        right[f"{kind} {row.set}"].append(told_label == row.label)
        right[f"{kind} all: {row.label}"].append(told_label == row.label)
    return {name: sum(found) / len(found) for name, found in right.items()}


def counted(rows: Iterable[StanceRow]) -> Mapping[tuple[str, str], int]:
    """How many rows of each set have each label."""
    found: defaultdict[tuple[str, str], int] = defaultdict(int)
    for row in rows:
        found[row.set, row.label] += 1
    return found


if __name__ == "__main__":
    main()
