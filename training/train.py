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
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from torch.optim.swa_utils import AveragedModel

from rag.reader import EncodedPair, Logits
from training.batches import logits_of, told
from training.evaluate import by_set, mean
from training.groups import SETS, Groups
from training.losses import Group, Losses, Outputs, against_labels, against_teacher
from training.mine import in_workplace, workplace
from training.model import WEIGHTS, ReadingModel
from training.teacher import Teacher

QUESTIONS = 16  # a step
WARMUP, DECAY = 0.05, 0.01
AVERAGE_FROM, AVERAGE_EVERY = 0.25, 10  # share of the run; steps
SAVE_EVERY = 100  # steps
LABELS = 0.5  # what the labels weigh where teachers speak too


@dataclass(frozen=True)
class TrainingSettings:
    """How a model is trained: its learning rate, and what of it is kept.

    `falling`: the rate falls to 0 and the last weights are kept; else it is constant and their mean
    is. `development`: the held-out questions of each set that it is judged by.
    """

    epochs: float
    seed: int
    rate: float = 7e-5
    falling: bool = False
    development: int = 30
    weights: str = WEIGHTS

    def rate_at(self, done: float) -> float:
        """The rate when so much of the run is done, after a linear warm-up."""
        warm = min(1.0, (done + 1e-3) / WARMUP)
        return self.rate * warm * (1 - done if self.falling else 1)


def main() -> None:
    """Train, or go on training."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=float, default=3.0)
    parser.add_argument("--minutes", type=float, default=1e9, help="stop then; resumes when run")
    parser.add_argument("--evaluate-every", type=int, default=600, help="steps")
    parser.add_argument("--without", nargs="+", default=[], choices=SETS, help="leave sets out")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--start",
        type=Path,
        help="start from these, not MiniLM's: a path, or a name beside it",
    )
    parser.add_argument(
        "--teachers",
        nargs="+",
        default=[],
        metavar="FILE",
        help="weights to learn from as well: the reader's, and the teacher's as FOLDER:FILE",
    )
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    groups = Groups(workplace(), [n for n in SETS if n not in args.without], args.seed)
    model = ReadingModel.untrained().to(device)
    losses: Losses = against_labels
    if args.start is not None:
        model.load_state_dict(load_file(in_workplace(args.start)))
    if args.teachers:
        losses = taught_by([opened(named).to(device) for named in args.teachers])
    settings = TrainingSettings(args.epochs, args.seed)
    Training(model, groups, losses, settings, device).run(args.minutes, args.evaluate_every)


def opened(named: str) -> torch.nn.Module:
    """A trained model: the reader from FILE, or the large one of FOLDER from FOLDER:FILE."""
    folder, _, file = named.rpartition(":")
    model = Teacher.untrained(Path(folder)) if folder else ReadingModel.untrained()
    model.load_state_dict(load_file(file))
    return model.eval()


def taught_by(teachers: Sequence[torch.nn.Module], labels: float = LABELS) -> Losses:
    """The losses against the labels and against the mean of the teachers' logits."""

    def losses(logits: Outputs, made: Sequence[Group]) -> dict[str, torch.Tensor]:
        rows, device = [one.row for group in made for one in group], logits[0].device
        with torch.no_grad():
            said = [logits_of(teacher, rows, device) for teacher in teachers]
        taught = [torch.stack(one).mean(dim=0) for one in zip(*said, strict=True)]
        found = {n: labels * v for n, v in against_labels(logits, made).items()}
        for name, value in against_teacher(logits, taught, made).items():
            found[f"taught {name}"] = (1 - labels) * value
        return found

    return losses


class Training:
    """A model under training: everything that a checkpoint keeps."""

    def __init__(
        self,
        model: torch.nn.Module,
        groups: Groups,
        losses: Losses,
        settings: TrainingSettings,
        device: torch.device,
    ) -> None:
        self.model, self.groups, self.device = model, groups, device
        self._losses, self._settings = losses, settings
        self._epoch = (0, groups.epoch(0))
        self.per_epoch = len(self._epoch[1]) // QUESTIONS
        self.steps = int(settings.epochs * self.per_epoch)
        trained = [p for p in model.parameters() if p.requires_grad]
        plain = [p for p in trained if p.dim() < 2]
        heavy = [p for p in trained if p.dim() >= 2]
        self.optimiser = torch.optim.AdamW(
            [{"params": heavy, "weight_decay": DECAY}, {"params": plain, "weight_decay": 0.0}],
            lr=settings.rate,
            fused=True,
        )
        self.average = AveragedModel(model)
        self.step, self.best = 0, 0.0
        self._weights = workplace() / settings.weights
        self._checkpoint = self._weights.with_suffix(".checkpoint.pt")

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
            if self.step % evaluate_every == 0:
                self._keep_best()
            if self.step % SAVE_EVERY == 0:
                self._save()
        self._keep_best()
        self._save()

    def _step(self) -> dict[str, float]:
        self.model.train()
        epoch, at = divmod(self.step, self.per_epoch)
        if epoch != self._epoch[0]:
            self._epoch = (epoch, self.groups.epoch(epoch))
        chosen = self._epoch[1][at * QUESTIONS : (at + 1) * QUESTIONS]
        random = Random(f"{self._settings.seed} step {self.step}")
        torch.manual_seed(self._settings.seed + self.step)
        made = [
            group
            for name, i in chosen
            for group in self.groups.make(name, self.groups.sets[name].groups[i], random)
            if group
        ]
        for part in self.optimiser.param_groups:
            part["lr"] = self._settings.rate_at(self.step / self.steps)
        rows = [one.row for group in made for one in group]
        losses = self._losses(logits_of(self.model, rows, self.device), made)
        total = sum(losses.values(), torch.zeros((), device=self.device))
        total.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimiser.step()
        self.optimiser.zero_grad(set_to_none=True)
        self.step += 1
        averaged = not self._settings.falling and self.step >= AVERAGE_FROM * self.steps
        if averaged and self.step % AVERAGE_EVERY == 0:
            self.average.update_parameters(self.model)
        return {name: float(value.detach()) for name, value in losses.items()}

    def _keep_best(self) -> None:
        kept = self.average.module if self.average.n_averaged else self.model
        figure = development_figure(kept, self.groups, self.device, self._settings.development)
        if figure > self.best:
            self.best = figure
            state = {k: v.detach().cpu().contiguous() for k, v in kept.state_dict().items()}
            save_file(state, self._weights)

    def _save(self) -> None:
        half = self._checkpoint.with_suffix(".part")
        torch.save(
            {
                "model": self.model.state_dict(),
                "average": self.average.state_dict(),
                "optimiser": self.optimiser.state_dict(),
                "step": self.step,
                "steps": self.steps,
                "best": self.best,
            },
            half,
        )
        half.replace(self._checkpoint)

    def _resume(self) -> None:
        file = self._checkpoint
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


def development_figure(
    model: torch.nn.Module, groups: Groups, device: torch.device, questions: int = 100
) -> float:
    """The sum of the figures on held-out questions, which it prints; the higher, the better."""

    def run(rows: Sequence[EncodedPair]) -> list[Logits]:
        return told(model, rows, device)

    found = mean(by_set(run, groups, questions))
    print("development:", {k: round(v, 4) for k, v in found.items()}, flush=True)
    return sum(found.values())


if __name__ == "__main__":
    main()
