"""Every question that may train, by set; what is held out; what must be left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.sets import (
    Question,
    beir,
    hotpot,
    is_development,
    natural_questions,
    qed,
    scifact_claims,
    squad,
)  # fmt: skip
from index.types import Document

SQUAD2_TRAIN, SQUAD2_CALIBRATION = slice(0, 7), slice(7, 8)


@dataclass(frozen=True)
class TrainingSet:
    """Documents that are searched together, and the questions asked of them.

    A question without gold is answered by none of them.
    """

    name: str
    documents: list[Document]
    questions: list[Question]


def training_sets(data: Path) -> Iterator[TrainingSet]:
    """The sets that ../shared/data marks for training, without what overlaps with benchmarks."""
    shifts = data / "squadshifts"
    yield TrainingSet("amazon", *squad(shifts / "amazon_reviews.json"))
    yield TrainingSet("reddit", *squad(shifts / "reddit.json"))
    yield TrainingSet("squad2", *squad(data / "squad2/dev_10_articles.json", SQUAD2_TRAIN))
    yield TrainingSet("nq", *natural_questions(data / "nq_oracle/nq-open-oracle.jsonl"))
    yield TrainingSet("qed", *qed(data / "qed/qed-dev.jsonlines"))
    yield TrainingSet("scifact", *scifact_claims(data / "scifact"))
    pool = {d.title for d in beir(data / "hotpotqa/beir_pooled500").documents}
    documents: dict[str, Document] = {}
    questions: list[Question] = []
    for paragraphs, question in hotpot(data / "hotpotqa/hotpotqa_train.json"):
        allowed = {d.id: d for d in paragraphs if d.title not in pool}
        documents |= allowed
        gold = tuple((d, s) for d, s in question.gold if d in allowed)
        if gold:
            questions.append(Question(question.text, gold))
    yield TrainingSet("hotpot", list(documents.values()), questions)


def is_held_out(question: Question) -> bool:
    """Whether a training question belongs to the development tenth."""
    return is_development(question.text)
