"""Stage 2b, the teacher: python -m training.teach --large FOLDER [--start FILE] [--minutes 60]

Trains a model five times as large as the one that ships on the same rows; training.train --teacher
then distils it. FOLDER holds all-mpnet-base-v2 as sentence-transformers publishes it. With --start,
the reader's weights, the two teach each other: this one learns half from the labels and half from
what the reader says (Zhang et al., "Deep Mutual Learning", CVPR 2018), which takes it there sooner.
Resumes from a checkpoint as training.train does; the rate falls to 0.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch
from safetensors.torch import load_file

from training.groups import SETS, Groups
from training.losses import Losses, against_labels
from training.mine import workplace
from training.model import ReadingModel
from training.teacher import TAUGHT_BY, Teacher
from training.train import Plan, Training, taught_by

RATE = 5e-5
NEGATIVES = 1  # fewer than the reader's: more questions in the time
LABELS = 0.5  # what the labels weigh beside the reader
DEVELOPMENT = 25  # held-out questions of each set


def main() -> None:
    """Train, or go on training."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--start", type=Path, help="the reader's weights, to learn from as well")
    parser.add_argument("--epochs", type=float, default=1.0)
    parser.add_argument("--minutes", type=float, default=1e9, help="stop then; resumes when run")
    parser.add_argument("--evaluate-every", type=int, default=600, help="steps")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    losses: Losses = against_labels
    if args.start is not None:
        reader = ReadingModel.untrained()
        reader.load_state_dict(load_file(args.start))
        losses = taught_by([reader.to(device).eval()], LABELS)
    groups = Groups(workplace(), SETS, args.seed, NEGATIVES)
    plan = Plan(args.epochs, args.seed, RATE, True, DEVELOPMENT, TAUGHT_BY)
    model = Teacher.untrained(args.large).to(device)
    Training(model, groups, losses, plan, device).run(args.minutes, args.evaluate_every)


if __name__ == "__main__":
    main()
