"""Stage 2, the reading model: python -m training.train [--epochs 3] [--minutes 90]

Reads what training.mine wrote, and keeps a checkpoint beside it: stopped by --minutes or by hand,
the same command goes on where it was. What is kept is the mean of the weights over the run's last
three quarters, at a constant rate (Izmailov et al., "Averaging Weights Leads to Wider Optima and
Better Generalization", UAI 2018): in reader.safetensors, as it was when the development figure was
best. Seeded; uses a GPU when there is one.

On a CPU most of a step can go into memory that glibc gives back and fetches again. tcmalloc keeps
it (Debian: libtcmalloc-minimal4): LD_PRELOAD=libtcmalloc_minimal.so.4 TCMALLOC_RELEASE_RATE=0.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from torch.nn import functional as F
from torch.optim.swa_utils import AveragedModel

from rag.cross_encoder import END, EVIDENCE, RANK, START, Logits
from rag.pairs import Row
from training.evaluate import figures
from training.groups import SETS, Groups, Labelled
from training.mine import workplace
from training.model import WEIGHTS, ReadingModel

QUESTIONS = 16  # a step
CHUNK_TOKENS = 2600  # padded, a forward pass: what the caches of two cores hold
WIDTH = 16  # tokens; a batch's width is a multiple
RATE, WARMUP, DECAY = 7e-5, 0.05, 0.01
AVERAGE_FROM, AVERAGE_EVERY = 0.25, 10  # share of the run; steps
SAVE_EVERY = 100  # steps
DEVELOPMENT = 100  # held-out questions of each set
CHECKPOINT = "checkpoint.pt"


def main() -> None:
    """Train, or go on training."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=float, default=3.0)
    parser.add_argument("--minutes", type=float, default=1e9, help="stop then; resumes when run")
    parser.add_argument("--evaluate-every", type=int, default=600, help="steps")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--start", type=Path, help="weights to start from instead of MiniLM's")
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    groups = Groups(workplace(), SETS, args.seed)
    model = ReadingModel.untrained().to(device)
    if args.start is not None:
        model.load_state_dict(load_file(args.start))
    Training(model, groups, args.epochs, args.seed, device).run(args.minutes, args.evaluate_every)


class Training:
    """A model under training: everything that a checkpoint keeps."""

    def __init__(
        self, model: ReadingModel, groups: Groups, epochs: float, seed: int, device: torch.device
    ) -> None:
        self.model, self.groups, self.seed, self.device = model, groups, seed, device
        self._epoch = (0, groups.epoch(0))
        self.per_epoch = len(self._epoch[1]) // QUESTIONS
        self.steps = int(epochs * self.per_epoch)
        plain = [p for p in model.parameters() if p.dim() < 2]
        heavy = [p for p in model.parameters() if p.dim() >= 2]
        self.optimiser = torch.optim.AdamW(
            [{"params": heavy, "weight_decay": DECAY}, {"params": plain, "weight_decay": 0.0}],
            lr=RATE, fused=True,
        )  # fmt: skip
        self.average = AveragedModel(model)
        self.step, self.best = 0, 0.0
        self.folder = workplace()

    def run(self, minutes: float, evaluate_every: int) -> None:
        """Train to the end of the schedule or of the time."""
        deadline = time.monotonic() + 60 * minutes
        self._resume()
        totals: dict[str, float] = {}
        started, first = time.monotonic(), self.step
        while self.step < self.steps and time.monotonic() < deadline:
            for name, value in self._step().items():
                totals[name] = totals.get(name, 0.0) + value
            if self.step % 50 == 0:
                pace = (time.monotonic() - started) / (self.step - first)
                shown = " ".join(f"{n} {v / 50:.3f}" for n, v in totals.items())
                print(f"{self.step}/{self.steps} {pace:.2f} s a step: {shown}", flush=True)
                totals = {}
            if self.step % evaluate_every == 0 or self.step == self.steps:
                self._keep_best()
            if self.step % SAVE_EVERY == 0:
                self._save()
        self._save()

    def _step(self) -> dict[str, float]:
        self.model.train()
        epoch, at = divmod(self.step, self.per_epoch)
        if epoch != self._epoch[0]:
            self._epoch = (epoch, self.groups.epoch(epoch))
        chosen = self._epoch[1][at * QUESTIONS : (at + 1) * QUESTIONS]
        random = Random(f"{self.seed} step {self.step}")
        torch.manual_seed(self.seed + self.step)
        made = [
            group
            for name, i in chosen
            for group in self.groups.make(name, self.groups.sets[name].groups[i], random)
            if group
        ]
        for part in self.optimiser.param_groups:
            part["lr"] = RATE * self._schedule()
        rows = [one.row for group in made for one in group]
        losses = self._losses(logits_of(self.model, rows, self.device), made)
        total = sum(losses.values(), torch.zeros((), device=self.device))
        total.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimiser.step()
        self.optimiser.zero_grad(set_to_none=True)
        self.step += 1
        if self.step >= AVERAGE_FROM * self.steps and self.step % AVERAGE_EVERY == 0:
            self.average.update_parameters(self.model)
        return {name: float(value.detach()) for name, value in losses.items()}

    def _schedule(self) -> float:
        """Linear warm-up, then constant."""
        return min(1.0, (self.step / self.steps + 1e-3) / WARMUP)

    def _losses(
        self, logits: Sequence[torch.Tensor], made: Sequence[Sequence[Labelled]]
    ) -> dict[str, torch.Tensor]:
        """Span, rank, relevance and sentence losses, weighted, each a mean."""
        span, rank, relevance, listed, single = [], [], [], [], []
        at = 0
        for group in made:
            outputs = logits[at : at + len(group)]
            at += len(group)
            for one, output in zip(group, outputs, strict=True):
                answers = bool(one.gold)
                weight = 1.0 if answers else 0.4
                allowed = output[_answerable(one.row)]
                places = [p - one.row.second + 1 if p else 0 for p in one.answer]
                target = torch.tensor(places, device=self.device)
                span.append(weight * F.cross_entropy(allowed[:, (START, END)].T, target))
                relevance.append(
                    F.binary_cross_entropy_with_logits(
                        output[0, EVIDENCE], torch.tensor(float(answers), device=self.device)
                    )
                )
            evidence = [sentence_evidence(o, g.row) for o, g in zip(outputs, group, strict=True)]
            labels = torch.cat([_labels(one, self.device) for one in group])
            scores = torch.cat(evidence)
            single.append(F.binary_cross_entropy_with_logits(scores, labels, reduction="sum"))
            if labels.any():
                listed.append(scores.logsumexp(0) - scores[labels > 0].logsumexp(0))
                first = torch.tensor(0, device=self.device)
                ranks = torch.stack([o[0, RANK] for o in outputs])
                rank.append(F.cross_entropy(ranks, first))
        return {
            "span": torch.stack(span).mean(),
            "rank": 0.5 * torch.stack(rank).mean(),
            "relevance": 0.5 * torch.stack(relevance).mean(),
            "listed": 0.5 * torch.stack(listed).mean(),
            "single": 0.3 * torch.stack(single).mean(),
        }

    def _keep_best(self) -> None:
        kept = self.average.module if self.average.n_averaged else self.model
        figure = development_figure(kept, self.groups, self.device)
        if figure > self.best:
            self.best = figure
            state = {k: v.detach().cpu().contiguous() for k, v in kept.state_dict().items()}
            save_file(state, self.folder / WEIGHTS)

    def _save(self) -> None:
        half = self.folder / "checkpoint.part"
        torch.save(
            {
                "model": self.model.state_dict(), "average": self.average.state_dict(),
                "optimiser": self.optimiser.state_dict(), "step": self.step,
                "steps": self.steps, "best": self.best,
            },
            half,
        )  # fmt: skip
        half.replace(self.folder / CHECKPOINT)

    def _resume(self) -> None:
        file = self.folder / CHECKPOINT
        if not file.exists():
            return
        kept: dict[str, Any] = torch.load(file, map_location=self.device, weights_only=True)
        if kept["steps"] != self.steps:
            raise SystemExit(
                f"{file} is of a run of {kept['steps']} steps, not {self.steps}; move it away"
            )
        self.model.load_state_dict(kept["model"])
        self.average.load_state_dict(kept["average"])
        self.optimiser.load_state_dict(kept["optimiser"])
        self.step, self.best = kept["step"], kept["best"]
        print(f"going on at step {self.step}", flush=True)


def development_figure(model: torch.nn.Module, groups: Groups, device: torch.device) -> float:
    """The sum of the figures on held-out questions, which it prints; the higher, the better."""
    model.eval()

    def run(rows: Sequence[Row]) -> list[Logits]:
        return [o.cpu().numpy() for o in logits_of(model, rows, device)]

    with torch.no_grad():
        found = figures(run, groups, DEVELOPMENT)
    print("development:", {k: round(v, 4) for k, v in found.items()}, flush=True)
    return sum(found.values())


def logits_of(
    model: torch.nn.Module, rows: Sequence[Row], device: torch.device
) -> list[torch.Tensor]:
    """The logits of each row, shape (tokens, 4), in float32; computed in batches by length."""
    results: dict[int, torch.Tensor] = {}
    for chunk in _chunks([len(r.ids) for r in rows]):
        # few widths, few shapes: kernels are made anew for each shape that is not in the cache
        width = -(-max(len(rows[r].ids) for r in chunk) // WIDTH) * WIDTH
        ids = torch.zeros((len(chunk), width), dtype=torch.long)
        mask, types = torch.zeros_like(ids), torch.zeros_like(ids)
        for i, r in enumerate(chunk):
            row = rows[r]
            ids[i, : len(row.ids)] = torch.tensor(row.ids)
            mask[i, : len(row.ids)] = 1
            types[i, row.second : len(row.ids)] = 1
        with torch.autocast(device.type, dtype=torch.bfloat16):
            output = model(ids.to(device), mask.to(device), types.to(device))
        results |= {r: output[i, : len(rows[r].ids)].float() for i, r in enumerate(chunk)}
    return [results[r] for r in range(len(rows))]


def sentence_evidence(output: torch.Tensor, row: Row) -> torch.Tensor:
    """The log odds of each sentence of a row, shape (sentences,)."""
    return torch.stack([output[s : max(e, s + 1), EVIDENCE].mean() for s, e in row.bounds])


def _answerable(row: Row) -> torch.Tensor:
    """The tokens that may begin or end an answer: [CLS] and the passage's."""
    return torch.tensor([0, *range(row.second, len(row.ids))])


def _labels(one: Labelled, device: torch.device) -> torch.Tensor:
    labels = torch.zeros(len(one.row.bounds), device=device)
    labels[list(one.gold)] = 1.0
    return labels


def _chunks(lengths: Sequence[int]) -> Iterator[list[int]]:
    chunk: list[int] = []
    for row in sorted(range(len(lengths)), key=lambda r: -lengths[r]):
        if chunk and (len(chunk) + 1) * lengths[chunk[0]] > CHUNK_TOKENS:
            yield chunk
            chunk = []
        chunk.append(row)
    yield chunk


if __name__ == "__main__":
    main()
