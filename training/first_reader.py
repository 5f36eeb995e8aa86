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

from rag.query import KINDS, AskedQuestion
from rag.reader import WEIGHTS, sentence_features
from training.fit import (
    Sample,
    best,
    fit_answerable,
    fit_ranker,
    predict,
    report_ranking,
    surely,
    threshold,
    write,
)
from training.samples import SearchedQuestion, asked_questions

KIND_FEATURES = tuple(f"{kind}_{state}" for kind in KINDS for state in ("found", "missing"))
# what the retrievers measured of a sentence and its passage, and what its looks say
MEASURES = (
    "similarity",
    "lexical",
    "fused",
    "cosine",
    "coverage",
    "passage_coverage",
    "relation",
)
LOOKS = ("stub", "asks", "follows")
RANKER = (*MEASURES, "similarity_lead", "lexical_lead", *LOOKS, *KIND_FEATURES)
ANSWERABLE = (*MEASURES, *LOOKS, *KIND_FEATURES)


def main() -> None:
    """Fit, choose the thresholds, write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--questions", type=int, default=800, help="of each set (default 800)")
    parser.add_argument("--keep", type=float, default=3.0, help="see training.summary")
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
    judged = predict(ranker, answerable, held)
    abstain = threshold(judged)
    sure = surely(judged, abstain)
    command = "python -m training.first_reader --data DATA"
    models = {"ranker": ranker, "answerable": answerable}
    write(WEIGHTS, command, models, {"abstain": abstain, "sure": sure, "keep": args.keep})


def _sample(asked: SearchedQuestion) -> Sample:
    question = AskedQuestion(asked.question)
    features = [
        sentence_features(hit, i, question)
        for hit in asked.hits
        for i in range(len(hit.passage.sentences))
    ]
    return Sample(
        asked.question, features, asked.gold, asked.condition, asked.source, asked.held_out
    )


if __name__ == "__main__":
    main()
