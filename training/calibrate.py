"""Stage 4, the last step of a score: python -m training.calibrate --data ../shared/data

Reads held-out questions with the exported model and fits the two logistic models that join its
outputs with the retrievers': on the development tenths and squad2 article 8, none of which
trained it. What is printed is cross-validated: each half is judged by models fitted on the
other. Writes rag/reader/reader.toml. Seeded. What was read is kept: stopped by --minutes or killed,
the same command goes on where it was.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from itertools import islice
from pathlib import Path

import torch

from benchmarks.kit.asking import Remembered
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
    threshold,
    write,
)
from training.mine import workplace, write_rows
from training.samples import UNANSWERABLE, SearchedQuestion, asked_questions

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
SHARES = {"answerable": 0.45, "removed": 0.15, "adversarial": 0.25, "altered": 0.1, "foreign": 0.05}


def main() -> None:
    """Read, fit, choose the thresholds, write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--questions", type=int, default=250, help="of each set (default 250)")
    parser.add_argument("--keep", type=float, default=2.5, help="see training.summary")
    parser.add_argument("--reader", type=Path, default=FOLDER, help="the exported model's folder")
    parser.add_argument("--minutes", type=float, default=1e9, help="stop then; resumes when run")
    args = parser.parse_args()
    random.seed(0)
    torch.manual_seed(0)
    digest = sha256(args.reader / MODEL)
    asked = asked_questions(args.data, train=0, held_out=args.questions)
    model = CrossEncoder(args.reader)
    kept = workplace() / f"samples-{digest[:16]}-{args.questions}.jsonl"
    samples = resumed(lambda done: _read(model, islice(asked, done, None)), kept, args.minutes)
    print({c: sum(s.condition == c for s in samples) for c in ("answerable", *UNANSWERABLE)})
    judged = _cross_validated(samples)
    report_calibration(judged)
    abstain = threshold(judged)
    ranker = fit_ranker(samples, RANKER)
    answerable = fit_answerable([best(ranker, s) for s in samples], ANSWERABLE, SHARES)
    command = "python -m training.calibrate --data DATA"
    thresholds = {"abstain": abstain, "keep": args.keep}
    models = {"ranker": ranker, "answerable": answerable}
    write(args.reader / COEFFICIENTS, command, models, thresholds, digest)
    kept.unlink()


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


def resumed(samples: Callable[[int], Iterator[Sample]], kept: Path, minutes: float) -> list[Sample]:
    """The samples in `kept`, and `samples(how many)` after them, each added to it as it comes.

    SystemExit when the time is over before the last one.
    """
    deadline = time.monotonic() + 60 * minutes
    lines = kept.read_text("utf-8").splitlines(keepends=True) if kept.exists() else []
    # a last line without an end was being written when it was stopped
    found = [Sample(**json.loads(line)) for line in lines if line.endswith("\n")]
    write_rows(kept, map(asdict, found))
    with kept.open("a", encoding="utf-8") as out:
        for sample in samples(len(found)):
            found.append(sample)
            out.write(json.dumps(asdict(sample)) + "\n")
            if time.monotonic() > deadline:
                raise SystemExit(f"{len(found)} samples read; run it again to go on")
    return found


def _read(model: CrossEncoder, questions: Iterator[SearchedQuestion]) -> Iterator[Sample]:
    remembered = Remembered(model)
    for asked in questions:
        passages = [h.passage for h in asked.hits]
        question = AskedQuestion(asked.question)
        features = [
            reader_features(hit, read, i, question)
            for hit, read in zip(asked.hits, remembered(question, passages), strict=True)
            for i in range(len(hit.passage.sentences))
        ]
        yield Sample(
            asked.question, features, asked.gold, asked.condition, asked.source, asked.held_out
        )


if __name__ == "__main__":
    main()
