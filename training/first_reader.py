"""Fit the first reader: python -m training.first_reader --data ../shared/data

Trains on the sets that `training.samples.SEARCHED` names (their development tenth left out), and
sets the thresholds on the development tenths and squad2 article 8. Writes rag/reader/first.toml.
A few minutes on 2 cores, seeded.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import torch

from rag.reader import KINDS, WEIGHTS, expectation, sentence_features
from training.fit import (
    Sample,
    best,
    fit_answerable,
    fit_ranker,
    judge,
    report_ranking,
    threshold,
    write,
)  # fmt: skip
from training.samples import Asked, asked_questions

KIND_FEATURES = tuple(f"{kind}_{state}" for kind in KINDS for state in ("found", "missing"))
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
    parser.add_argument("--keep", type=float, default=1.0, help="see training.summary")
    args = parser.parse_args()
    random.seed(0)
    torch.manual_seed(0)
    asked = asked_questions(args.data, train=args.questions, held_out=args.questions // 2)
    samples = [_sample(a) for a in asked]
    print({c: sum(s.condition == c for s in samples) for c in {s.condition for s in samples}})
    train = [s for s in samples if not s.held_out]
    held = [s for s in samples if s.held_out]
    ranker = fit_ranker(train, RANKER)
    answered = [s for s in held if s.condition == "answerable"]
    report_ranking("held out", ranker, answered)
    answerable = fit_answerable([best(ranker, s) for s in train], ANSWERABLE)
    abstain = threshold(judge(ranker, answerable, held))
    command = "python -m training.first_reader --data DATA"
    models = {"ranker": ranker, "answerable": answerable}
    write(WEIGHTS, command, models, {"abstain": abstain, "keep": args.keep})


def _sample(asked: Asked) -> Sample:
    expected = expectation(asked.question)
    features = [
        sentence_features(hit, i, expected)
        for hit in asked.hits
        for i in range(len(hit.passage.sentences))
    ]
    return Sample(
        asked.question, features, asked.gold, asked.condition, asked.source, asked.held_out
    )


if __name__ == "__main__":
    main()
