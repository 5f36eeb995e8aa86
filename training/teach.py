"""Stage 2b, a teacher: python -m training.teach --large FOLDER [--minutes 60]

Trains a model five times as large as the one that ships on the same rows. FOLDER holds
all-mpnet-base-v2 as sentence-transformers publishes it; what is learned is in
teacher.safetensors, and `training.train --teachers FOLDER:FILE` distils it. Resumes from a
checkpoint as training.train does; the rate falls to 0.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from training.groups import SETS, Groups
from training.losses import against_labels
from training.mine import workplace
from training.teacher import TAUGHT, Teacher
from training.train import Training, TrainingSettings

RATE = 5e-5
NEGATIVES = 1  # fewer than the reader's: more questions in the time
DEVELOPMENT = 25  # held-out questions of each set


def main() -> None:
    """Train, or go on training."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--epochs", type=float, default=1.0)
    parser.add_argument("--minutes", type=float, default=1e9, help="stop then; resumes when run")
    parser.add_argument("--evaluate-every", type=int, default=600, help="steps")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    groups = Groups(workplace(), SETS, args.seed, NEGATIVES)
    settings = TrainingSettings(args.epochs, args.seed, RATE, True, DEVELOPMENT, TAUGHT)
    model = Teacher.untrained(args.large).to(device)
    training = Training(model, groups, against_labels, settings, device)
    training.run(args.minutes, args.evaluate_every)


if __name__ == "__main__":
    main()
