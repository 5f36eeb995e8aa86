"""Questions of the training sets, asked, and which of the sentences found are gold.

Each question is asked of its whole set or of a small corpus, with its gold passage and without,
altered so that its passage does not answer, and of a corpus that has nothing to do with it.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.kit.corpora import encoded, only
from benchmarks.kit.sets import Question, hotpot, is_development
from index.encoder import OnnxEncoder, open_encoder
from index.generation import Contents
from index.language import Query
from index.passages import passage_text
from index.search import Hybrid
from index.types import Document, Hit, Span
from rag.reader import PASSAGES
from training.augment import altered
from training.public import FAQ, public_sets
from training.questions import TrainingSet, calibration_set, training_sets

PARAGRAPHS = 700  # of each set: about as many as one folder holds
SMALL = 40  # paragraphs of a small corpus
SEARCHED = ("amazon", "reddit", "squad2", "nq", "qed", "scifact")  # whose questions are asked
UNANSWERABLE = ("removed", "adversarial", "foreign", "altered", "near")
# the public sets that are asked of pages: people's own questions, and contracts
PAGES = ("conditionalqa_train_pseudo", "feedbackqa", "covidqa", "boolq_eraser", "cuad", FAQ)
BESIDE = 9  # pages beside the one that a question is about
_random = random.Random(0)


@dataclass(frozen=True)
class SearchedQuestion:
    """One question over one corpus: the hits, which of their sentences are gold, in order."""

    question: str
    hits: list[Hit]
    gold: list[bool]
    condition: str  # "answerable", or one of UNANSWERABLE
    source: str = ""  # the set
    held_out: bool = True

    @property
    def gold_places(self) -> frozenset[tuple[str, Span]]:
        """Where the gold sentences stand that were found: the document's id, and the span."""
        places = [(h.passage.document.id, s.span) for h in self.hits for s in h.passage.sentences]
        return frozenset(p for p, right in zip(places, self.gold, strict=True) if right)


def asked_questions(
    data: Path, *, train: int, held_out: int, passages: int = PASSAGES
) -> Iterator[SearchedQuestion]:
    """So many questions of each set that may train, and of those that may not.

    Each with its best `passages` of a corpus.
    """
    encoder, _ = open_encoder(None)
    parts = {p.name: p for p in training_sets(data) if p.name in SEARCHED}
    calibration, squad2 = calibration_set(data), parts["squad2"]
    parts["squad2"] = TrainingSet(
        "squad2", squad2.documents + calibration.documents, squad2.questions + calibration.questions
    )
    calibrating = {q.text for q in calibration.questions}

    def aside(question: Question) -> bool:
        return is_development(question.text) or question.text in calibrating

    sets = {name: _draw(part, aside) for name, part in parts.items()}
    contents = {}
    for name, (documents, _) in sets.items():
        print(name, len(documents), "documents", flush=True)
        contents[name], _ = encoded(documents, encoder)
    names = list(sets)
    for i, (name, (_, questions)) in enumerate(sets.items()):
        large = contents[name].retriever(encoder)
        foreign = contents[names[(i + 1) % len(names)]]
        held: list[Question] = []
        rest: list[Question] = []
        for question in questions:
            kind = held if aside(question) else rest
            kind.append(question)
        chosen = [(q, False) for q in random.sample(rest, min(train, len(rest)))]
        chosen += [(q, True) for q in random.sample(held, min(held_out, len(held)))]
        for j, (question, is_held) in enumerate(chosen):
            # half over the whole set, half over a small corpus such as a person's own folder
            small = (
                _small_corpus(contents[name], encoder, question, name == "squad2")
                if j % 2
                else None
            )
            for asked in of_question(question, small or large, questions, passages):
                yield replace(asked, source=name, held_out=is_held)
            if j % 4 == 1:
                other = _small_corpus(foreign, encoder, Question("", ()), False)
                hits = other.search(Query(question.text), passages)
                asked = mark_gold(question, hits, "foreign")
                yield replace(asked, source=name, held_out=is_held)
        print(name, "asked", flush=True)


def asked_of_pages(data: Path, most: int, passages: int = PASSAGES) -> Iterator[SearchedQuestion]:
    """Up to `most` questions of each of `PAGES`, of the groups that calibrate.

    Each is asked of the page that it is about and a few more, for of many contracts each would
    answer; and also with the passages alone that do not answer, those of its own page among them.
    """
    encoder, _ = open_encoder(None)
    for part in public_sets(data, PAGES):
        own = [q for q in part.questions if part.calibrates(q)]
        questions = random.sample(own, min(most, len(own)))
        about = {q.about for q in questions}
        contents, asking = encoded([d for d in part.documents if d.id in about], encoder)
        everything = contents.retriever(asking)
        pages = sorted(about)
        for question in questions:
            few = {question.about, *random.sample(pages, min(BESIDE, len(pages)))}
            for asked in of_page(question, everything.within(few), passages):
                yield replace(asked, source=part.name)
        print(part.name, "asked", flush=True)


def of_page(question: Question, retriever: Hybrid, most: int) -> Iterator[SearchedQuestion]:
    """A question with its best `most` passages, and with the best of those that do not answer."""
    query = Query(question.text)
    if not question.gold:
        yield mark_gold(question, retriever.search(query, most), "adversarial")
        return
    yield mark_gold(question, retriever.search(query, most), "answerable")
    others = [
        hit
        for hit in retriever.search(query, 2 * most)
        if not any(mark_gold(question, [hit], "near").gold)
    ]
    if others:
        yield mark_gold(question, others[:most], "near")


def two_facts(data: Path) -> Iterator[SearchedQuestion]:
    """HotpotQA train: each question over its own ten paragraphs, two of which hold the answer."""
    encoder, _ = open_encoder(None)
    (part,) = (p for p in training_sets(data) if p.name == "hotpot")
    allowed = {d.id for d in part.documents}
    asked = {q.text for q in part.questions}
    for documents, question in hotpot(data / "hotpotqa/hotpotqa_train.json"):
        if question.text in asked:
            contents, asking = encoded([d for d in documents if d.id in allowed], encoder)
            hits = contents.retriever(asking).search(Query(question.text), PASSAGES)
            yield replace(mark_gold(question, hits, "answerable"), source="hotpot")


def follow_ups(data: Path) -> Iterator[SearchedQuestion]:
    """The held-out completed questions of CANARD's training dialogues, asked of all of these."""
    encoder, _ = open_encoder(None)
    (part,) = (p for p in training_sets(data) if p.name == "canard")
    contents, asking = encoded(part.documents, encoder)
    retriever = contents.retriever(asking)
    for question in part.questions:
        if not (question.gold and part.holds_out(question)):
            continue
        hits = retriever.search(Query(question.text), PASSAGES)
        yield replace(mark_gold(question, hits, "answerable"), source=part.name)


def _draw(
    part: TrainingSet, aside: Callable[[Question], bool]
) -> tuple[list[Document], list[Question]]:
    """At most 700 paragraphs, and the questions that these answer (or that nothing does).

    Half of them, if there are as many, are those that the questions put aside are about.
    """
    wanted = {d for q in part.questions if aside(q) for d, _ in q.gold}
    first = [d for d in part.documents if d.id in wanted]
    first = random.sample(first, min(PARAGRAPHS // 2, len(first)))
    taken = {d.id for d in first}
    others = [d for d in part.documents if d.id not in taken]
    kept = first + random.sample(others, min(PARAGRAPHS - len(first), len(others)))
    ids = {d.id for d in kept}
    return kept, [q for q in part.questions if all(d in ids for d, _ in q.gold)]


def of_question(
    question: Question, retriever: Hybrid, pool: Sequence[Question], most: int
) -> Iterator[SearchedQuestion]:
    """A question asked in each condition that it can be asked in, with its best `most` passages.

    Where it is altered, words of the `pool`'s questions may take the place of its own.
    """
    query = Query(question.text)
    hits = retriever.search(query, most)
    if not question.gold:
        yield mark_gold(question, hits, "adversarial")
        return
    yield mark_gold(question, hits, "answerable")
    gold = {document for document, _ in question.gold}
    others = retriever.within({d.id for d in retriever.passages.documents} - gold)
    yield mark_gold(question, others.search(query, most), "removed")
    passages = [h.passage for h in hits if h.passage.document.id in gold]
    if passages:
        text = passage_text(passages[0])
        document, span = question.gold[0]
        answer = passages[0].document.cut(span) if passages[0].document.id == document else ""
        other = altered(question.text, text, answer, [random.choice(pool).text], _random)
        if other is not None:
            changed = Question(other, (), question.group)
            hits = retriever.search(Query(other), most)
            yield mark_gold(changed, hits, "altered")


def mark_gold(question: Question, hits: Sequence[Hit], condition: str) -> SearchedQuestion:
    """A question that was asked, with its gold sentences among the hits marked."""
    gold = [
        question.is_gold(hit.passage.document, sentence.span)
        for hit in hits
        for sentence in hit.passage.sentences
    ]
    return SearchedQuestion(question.text, list(hits), gold, condition)


def _small_corpus(
    contents: Contents, encoder: OnnxEncoder, question: Question, by_article: bool
) -> Hybrid:
    """A retriever over about 40 paragraphs, those of the question's gold among them."""
    documents = contents.documents
    if by_article:
        keep = {d.id for d in documents if d.source.split("/")[0] == question.group}
    else:
        keep = {
            documents[i].id
            for i in random.sample(range(len(documents)), min(SMALL, len(documents)))
        }
        keep |= {document for document, _ in question.gold}
    return only(contents, keep).retriever(encoder)
