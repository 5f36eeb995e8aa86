"""Stage 4, the last step of a score: python -m training.calibrate --data ../shared/data

Reads held-out questions with the exported model and fits the two logistic models that join its
outputs with the retrievers': on the development tenths and squad2 article 8, none of which
trained it. What is printed is cross-validated: each half is judged by models fitted on the
other. Writes rag/reader/reader.toml. Seeded.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import torch

from benchmarks.asking import Remembered
from index.storage.disk import sha256
from rag.cross_encoder import MODEL, CrossEncoder
from rag.expect import expectation
from rag.read import COEFFICIENTS, FOLDER, reader_features
from training.first_reader import KIND_FEATURES
from training.fit import (
    Judgement,
    Sample,
    best,
    fit_answerable,
    fit_ranker,
    judge,
    report_ranking,
    threshold,
    write,
)
from training.mine import write_rows
from training.samples import UNANSWERABLE, Asked, asked_questions

MODEL_FEATURES = ("evidence", "answer", "relevance", "rank")
RANKER = (
    *MODEL_FEATURES, "similarity", "lexical", "fused", "cosine", "coverage", "passage_coverage",
    "relation", "stub", "asks", "follows", *KIND_FEATURES,
)  # fmt: skip
ANSWERABLE = (
    *MODEL_FEATURES, "similarity", "lexical", "fused", "cosine", "coverage", "passage_coverage",
    "relation", "stub", "asks", "follows", "account", "account_relevance", "account_cosine",
)  # fmt: skip


def main() -> None:
    """Read, fit, choose the thresholds, write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--questions", type=int, default=250, help="of each set (default 250)")
    parser.add_argument("--keep", type=float, default=2.25, help="see training.summary")
    parser.add_argument("--reader", type=Path, default=FOLDER, help="the exported model's folder")
    parser.add_argument("--samples", type=Path, help="a file that keeps what was read, or kept it")
    args = parser.parse_args()
    random.seed(0)
    torch.manual_seed(0)
    samples = _samples(args.data, args.questions, args.reader, args.samples)
    print({c: sum(s.condition == c for s in samples) for c in ("answerable", *UNANSWERABLE)})
    judged = _cross_validated(samples)
    abstain = threshold(judged)
    ranker = fit_ranker(samples, RANKER)
    answerable = fit_answerable([best(ranker, s) for s in samples], ANSWERABLE)
    command = "python -m training.calibrate --data DATA"
    thresholds = {"abstain": abstain, "keep": args.keep}
    digest = sha256(args.reader / MODEL)
    models = {"ranker": ranker, "answerable": answerable}
    write(args.reader / COEFFICIENTS, command, models, thresholds, digest)


def _cross_validated(samples: Sequence[Sample]) -> list[Judgement]:
    """Each half of the samples judged by the other half's models; prints how well they do."""
    judged: list[Judgement] = []
    for half in (0, 1):
        own = [s for s in samples if _half(s) == half]
        rest = [s for s in samples if _half(s) != half]
        ranker = fit_ranker(rest, RANKER)
        answerable = fit_answerable([best(ranker, s) for s in rest], ANSWERABLE)
        answered = [s for s in own if s.condition == "answerable"]
        report_ranking(f"half {half}", ranker, answered)
        judged += judge(ranker, answerable, own)
    return judged


def _half(sample: Sample) -> int:
    return hashlib.sha256(sample.question.encode()).digest()[1] % 2


def _samples(data: Path, count: int, reader: Path, kept: Path | None) -> list[Sample]:
    """Held-out samples, read now or, where the file is there, before."""
    if kept is not None and kept.exists():
        return [Sample(**json.loads(line)) for line in kept.read_text("utf-8").splitlines()]
    samples = list(_read(CrossEncoder(reader), asked_questions(data, train=0, held_out=count)))
    if kept is not None:
        write_rows(kept, map(asdict, samples))
    return samples


def _read(model: CrossEncoder, questions: Iterator[Asked]) -> Iterator[Sample]:
    remembered = Remembered(model)
    for asked in questions:
        passages = [h.passage for h in asked.hits]
        expected = expectation(asked.question)
        features = [
            reader_features(hit, read, i, asked.question, expected)
            for hit, read in zip(asked.hits, remembered(asked.question, passages), strict=True)
            for i in range(len(hit.passage.sentences))
        ]
        yield Sample(
            asked.question, features, asked.gold, asked.condition, asked.source, asked.held_out
        )


if __name__ == "__main__":
    main()
