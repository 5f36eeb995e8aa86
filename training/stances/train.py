"""The model that tells stances, trained: python -m training.stances.train --data DATA

Two rounds, from the weights of the reader that ships (training.restore). Seeded. Writes
stances.safetensors; some forty minutes on two cores that multiply bfloat16. A round that is there
is not run again. As for training.train, tcmalloc helps.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer

from rag.reader import FOLDER, TOKENIZER, Pairs
from training.batches import logits_of
from training.mine import in_workplace
from training.model import ReadingModel
from training.restore import RESTORED
from training.stances.made import denied_claims, made_rows
from training.stances.net import WEIGHTS, StanceNet, encoded, loss_of
from training.stances.rows import KeptOut, StanceRow
from training.stances.sets import public_rows

ROWS = 64  # a step
WARMUP, DECAY = 0.06, 0.01
SEED = 53
QUIET = ("silent", "neither")


@dataclass(frozen=True)
class Round:
    """A run: from which weights to which, at which rate, so many steps.

    `turns` is how often an epoch holds a row of a set, of those that say something and of those
    that do not; "made" are the rows by rule, of a question and of a statement, and "" all others.
    """

    start: str
    into: str
    rate: float
    steps: int
    turns: Mapping[str, tuple[float, float]]


# Where texts say nothing of a claim they share few of its words, for so they were chosen: what says
# it in other words then counts as silent, too. So the second round has few of them.
ROUNDS = (
    Round(
        RESTORED,
        "stances-1.safetensors",
        1e-4,
        1487,
        {
            "": (1, 1),
            "boolq": (2, 2),
            "faq": (3, 3),
            "feedbackqa": (2, 2),
            "guidance": (2, 2),
            "msdocs_headings": (3, 3),
            "pubmedqa": (2, 2),
            "scifact": (2, 2),
            "trials": (0.5, 0.5),
        },
    ),
    Round(
        "stances-1.safetensors",
        WEIGHTS,
        6e-5,
        600,
        {
            "": (1, 0.3),
            "fever": (0.9, 0.2),
            "fever denied": (0.6, 0.15),
            "boolq": (2, 0.5),
            "faq": (2, 0.7),
            "msdocs_headings": (2, 0.7),
            "pubmedqa": (2, 0.5),
            "guidance": (1, 1),
            "scifact": (3, 0.3),
            "scifact denied": (3, 0.3),
            "trials": (0.3, 0.3),
            "made question": (0.11, 0.11),
            "made statement": (0.25, 0.25),
        },
    ),
)


def main() -> None:
    """Train both rounds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder of public sets")
    args = parser.parse_args()
    rows = all_rows(args.data)
    training = [row for row in rows if not row.is_development]
    print(len(training), "rows train,", len(rows) - len(training), "are held out", flush=True)
    for number, one in enumerate(ROUNDS):
        into = in_workplace(Path(one.into))
        if not into.exists():
            torch.manual_seed(SEED + number)
            net = begun(load_file(in_workplace(Path(one.start))))
            train(net, training, one, SEED + number)
            save_file(net.state_dict(), into)


def begun(weights: Mapping[str, torch.Tensor]) -> StanceNet:
    """A net with the weights of another one, or with those of a reader and a head of its own."""
    reader = ReadingModel.untrained(dropout=0.1)
    is_reader = weights["head.weight"].shape == reader.head.weight.shape
    if is_reader:
        reader.load_state_dict(dict(weights))
    net = StanceNet(reader)
    if not is_reader:
        net.load_state_dict(dict(weights))
    return net


def all_rows(data: Path, seed: int = SEED) -> list[StanceRow]:
    """The rows of all sets, those by rule among them, each once, in a fixed order."""
    left_out = KeptOut.of(data)
    public = list(public_rows(data))
    rows = [*public, *denied_claims(public, seed), *made_rows(data, seed)]
    return [row for row in dict.fromkeys(rows) if left_out.allows(row)]


def train(net: StanceNet, rows: Sequence[StanceRow], one: Round, seed: int) -> None:
    """Train it in place; the rate falls to nothing at the end."""
    pairs = Pairs(Tokenizer.from_file(str(FOLDER / TOKENIZER)))
    plan: list[StanceRow] = []
    random = Random(seed)
    while len(plan) < one.steps * ROWS:
        epoch = [row for row in rows for _ in range(turns_of(row, one, random))]
        random.shuffle(epoch)
        plan += epoch
    heavy = [p for p in net.parameters() if p.dim() >= 2]
    plain = [p for p in net.parameters() if p.dim() < 2]
    optimiser = torch.optim.AdamW(
        [{"params": heavy, "weight_decay": DECAY}, {"params": plain, "weight_decay": 0.0}],
        lr=one.rate,
        fused=True,
    )
    device = torch.device("cpu")
    started, total = time.monotonic(), 0.0
    net.train()
    for step in range(one.steps):
        chosen = plan[step * ROWS : (step + 1) * ROWS]
        texts = [_turned(row, random) for row in chosen]
        done = step / one.steps
        for part in optimiser.param_groups:
            part["lr"] = one.rate * min(1.0, (done + 1e-3) / WARMUP) * (1 - done)
        loss = loss_of(logits_of(net, encoded(pairs, texts), device), chosen)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        total += float(loss.detach())
        if step % 50 == 49:
            pace = (time.monotonic() - started) / (step + 1)
            print(f"{step + 1}/{one.steps} {pace:.2f} s a step: {total / 50:.3f}", flush=True)
            total = 0.0


def turns_of(row: StanceRow, one: Round, random: Random) -> int:
    """How often an epoch of a round holds a row."""
    name = row.set
    if name.startswith("made "):
        name = "made statement" if row.is_relation else "made question"
    turns = one.turns.get(name, one.turns[""])[row.label in QUIET]
    return int(turns) + (random.random() < turns % 1)


def _turned(row: StanceRow, random: Random) -> tuple[str, str]:
    """The pair; of two statements either may come first."""
    turned = row.is_relation and random.random() < 0.5
    return (row.other, row.one) if turned else (row.one, row.other)


if __name__ == "__main__":
    main()
