"""Stage 4, the last step of a score: python -m training.calibrate --data ../shared/data

Reads held-out questions with the exported model and fits the two logistic models that join its
outputs with the retrievers': on the development tenths and squad2 article 8, none of which
trained it. What is printed is cross-validated: each half is judged by models fitted on the
other. Writes rag/reader/reader.toml. Seeded. What the model read is kept: killed, the same command
goes on where it was, and another feature costs no second reading.
"""

from __future__ import annotations

import argparse
import hashlib
import random
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

import torch

from index.storage import sha256
from rag.query import AskedQuestion
from rag.reader import COEFFICIENTS, FOLDER, MODEL, CrossEncoder, reader_features
from training.first_reader import KIND_FEATURES, LOOKS, MEASURES
from training.fit import (
    Prediction,
    Sample,
    best,
    fit_answerable,
    fit_ranker,
    predict,
    report_calibration,
    report_ranking,
    surely,
    threshold,
    write,
)
from training.readings import KeptReadings
from training.samples import (
    UNANSWERABLE,
    SearchedQuestion,
    asked_of_pages,
    asked_questions,
)

MODEL_FEATURES = ("evidence", "answer", "relevance", "rank")
RANKER = (*MODEL_FEATURES, *MEASURES, *LOOKS, *KIND_FEATURES)
ANSWERABLE = (
    *MODEL_FEATURES,
    *MEASURES,
    *LOOKS,
    "account",
    "account_relevance",
    "account_cosine",
)

# Of a question that was written to look answerable the probability was furthest off: it counts more
# than fit.SHARES says. What report_calibration prints is what this was chosen by.
SHARES = {
    "answerable": 0.45,
    "removed": 0.1,
    "near": 0.1,
    "adversarial": 0.2,
    "altered": 0.1,
    "foreign": 0.05,
}


def main() -> None:
    """Read, fit, choose the thresholds, write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--questions", type=int, default=250, help="of each set (default 250)")
    parser.add_argument("--keep", type=float, default=3.0, help="see training.summary")
    parser.add_argument("--reader", type=Path, default=FOLDER, help="the exported model's folder")
    args = parser.parse_args()
    random.seed(0)
    torch.manual_seed(0)
    digest = sha256(args.reader / MODEL)
    asked = chain(
        asked_questions(args.data, train=0, held_out=args.questions),
        asked_of_pages(args.data, args.questions),
    )
    kept = KeptReadings.of(CrossEncoder(args.reader), args.reader)
    samples = list(_read(kept, asked))
    print({c: sum(s.condition == c for s in samples) for c in ("answerable", *UNANSWERABLE)})
    judged = _cross_validated(samples)
    report_calibration(judged)
    abstain = threshold(judged)
    sure = surely(judged, abstain, SHARES)
    ranker = fit_ranker(samples, RANKER)
    answerable = fit_answerable([best(ranker, s) for s in samples], ANSWERABLE, SHARES)
    command = "python -m training.calibrate --data DATA"
    thresholds = {"abstain": abstain, "sure": sure, "keep": args.keep}
    models = {"ranker": ranker, "answerable": answerable}
    write(args.reader / COEFFICIENTS, command, models, thresholds, digest)


def _cross_validated(samples: Sequence[Sample]) -> list[Prediction]:
    """Each half of the samples judged by the other half's models; prints how well they do."""
    judged: list[Prediction] = []
    for half in (0, 1):
        own = [s for s in samples if _half(s) == half]
        rest = [s for s in samples if _half(s) != half]
        ranker = fit_ranker(rest, RANKER)
        answerable = fit_answerable([best(ranker, s) for s in rest], ANSWERABLE, SHARES)
        answered = [s for s in own if s.condition == "answerable"]
        report_ranking(f"half {half}", ranker, answered)
        judged += predict(ranker, answerable, own)
    return judged


def _half(sample: Sample) -> int:
    return hashlib.sha256(sample.question.encode()).digest()[1] % 2


def _read(read: KeptReadings, questions: Iterator[SearchedQuestion]) -> Iterator[Sample]:
    for asked in questions:
        passages = [h.passage for h in asked.hits]
        question = AskedQuestion(asked.question)
        features = [
            reader_features(hit, reading, i, question)
            for hit, reading in zip(asked.hits, read(question, passages), strict=True)
            for i in range(len(hit.passage.sentences))
        ]
        yield Sample(
            asked.question, features, asked.gold, asked.condition, asked.source, asked.held_out
        )


if __name__ == "__main__":
    main()
