"""Every question that may train, by set; what is held out; what must be left out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.kit.canard import FollowUp, answers, document_of, follow_ups
from benchmarks.kit.sets import (
    Question,
    beir,
    hotpot,
    is_development,
    natural_questions,
    qed,
    scifact_claims,
    squad,
)
from benchmarks.manifest import benchmark_texts, normalised
from index.passages import split
from index.types import Document, Span
from training.made import made, words_of

SQUAD2_TRAIN, SQUAD2_CALIBRATION = slice(0, 7), slice(7, 8)
ENCYCLOPAEDIC = ("squad2", "nq", "qed", "hotpot", "canard")  # whose passages are asked more
RUN = 13  # words


@dataclass(frozen=True)
class TrainingSet:
    """Documents that are searched together, and the questions asked of them.

    A question without gold is answered by none of them. `by_group`: a fifth of the questions'
    groups is held out, each with all its questions; else a tenth of the questions.
    """

    name: str
    documents: list[Document]
    questions: list[Question]
    by_group: bool = False

    def holds_out(self, question: Question) -> bool:
        """Whether a question trains nothing."""
        if self.by_group:
            return self._digest(question)[0] < 51
        return is_development(question.text)

    def calibrates(self, question: Question) -> bool:
        """Whether it is of the half of the held-out groups that the small models are fitted on."""
        return self.by_group and self.holds_out(question) and self._digest(question)[1] % 2 == 0

    def _digest(self, question: Question) -> bytes:
        return hashlib.sha256(f"{self.name} {question.group}".encode()).digest()


@dataclass(frozen=True)
class Benchmarks:
    """What no training set may hold: the benchmarks' questions, and `RUN` words on end of theirs.

    13 words: Brown et al., "Language Models are Few-Shot Learners", NeurIPS 2020, appendix C.
    """

    questions: frozenset[str]
    runs: frozenset[str]

    @classmethod
    def of(cls, data: Path) -> Benchmarks:
        """Read them."""
        texts = [texts for _, texts in benchmark_texts(data)]
        return cls(
            frozenset(normalised(q) for t in texts for q in t.questions),
            frozenset(run for t in texts for p in t.paragraphs for run in _runs(p)),
        )

    def taken_from(self, part: TrainingSet) -> TrainingSet:
        """The set without paragraphs and questions of the benchmarks, nor questions about them."""
        documents = [d for d in part.documents if self.runs.isdisjoint(_runs(d.text))]
        kept = {d.id for d in documents}
        gone = {d.id for d in part.documents} - kept
        questions = []
        for question in part.questions:
            gold = tuple((d, s) for d, s in question.gold if d in kept)
            known = normalised(question.text) in self.questions or question.about in gone
            if not known and bool(gold) == bool(question.gold):
                questions.append(replace(question, gold=gold))
        return replace(part, documents=documents, questions=questions)


def _runs(text: str) -> set[str]:
    """All that many words on end; the whole text where it is shorter."""
    words = normalised(text).split()
    return {" ".join(words[i : i + RUN]) for i in range(max(1, len(words) - RUN + 1))} - {""}


def training_sets(data: Path) -> Iterator[TrainingSet]:
    """The sets that ../shared/data marks for training, without what overlaps with benchmarks.

    The last one is made by rule of the passages of others (`training.made`).
    """
    benchmarks = Benchmarks.of(data)
    passages: dict[str, Document] = {}
    for part in _sets(data):
        kept = benchmarks.taken_from(part)
        if part.name in ENCYCLOPAEDIC:
            passages |= {d.id: d for d in kept.documents}
        yield kept
    documents = list(passages.values())
    yield benchmarks.taken_from(TrainingSet("made", documents, list(made(documents))))


def calibration_set(data: Path) -> TrainingSet:
    """The squad2 article on which thresholds and probabilities are set; it trains nothing."""
    documents, questions = squad(data / "squad2/dev_10_articles.json", SQUAD2_CALIBRATION)
    part = TrainingSet("squad2 calibration", documents, questions)
    return Benchmarks.of(data).taken_from(part)


def _sets(data: Path) -> Iterator[TrainingSet]:
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
    yield dialogues([f for f in follow_ups(data / "canard/dev.json") if not f.is_test])


def dialogues(asked: Sequence[FollowUp]) -> TrainingSet:
    """CANARD's follow-ups as a person completed them; the answers of a dialogue are a document.

    All sentences of an answer are gold. What nothing answered has no gold.
    """
    documents = {name: document_of(name, parts) for name, parts in answers(asked).items()}
    questions = []
    for one in asked:
        document = documents.get(one.dialogue)
        if document is None or one.answer is None:
            continue
        gold = _sentences(document, one.answer) if one.answer else ()
        if bool(gold) == bool(one.answer):
            questions.append(Question(one.rewrite, gold, one.dialogue, document.id))
    return TrainingSet("canard", list(documents.values()), questions)


def _sentences(document: Document, answer: str) -> tuple[tuple[str, Span], ...]:
    """The document's sentences that begin in `answer`, where it stands in the document."""
    start = document.text.find(answer)
    return tuple(
        (document.id, s.span)
        for passage in split(document, words_of)
        for s in passage.sentences
        if start >= 0 and start <= s.start < start + len(answer)
    )
