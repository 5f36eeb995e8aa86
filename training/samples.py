"""Questions of the training sets as samples: sentences' features, and which of them are gold.

Each question is asked of its whole set or of a small corpus, with its gold passage and without,
and of a corpus that has nothing to do with it.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from benchmarks.corpora import encoded
from benchmarks.sets import Question, beir, hotpot, is_development, natural_questions, squad
from index import cache, fuse, texts, words
from index.build import open_encoder
from index.contents import Contents
from index.encode import OnnxEncoder
from index.fuse import Hybrid
from index.sparse import Sparse
from index.texts import passage_text, sentence_text
from index.types import Document, Hit, Passage
from index.words import stems
from rag import expect, features
from rag.expect import expectation
from rag.features import sentence_features
from rag.read import PASSAGES

PARAGRAPHS = 700  # of each set: about as many as one folder holds
SMALL = 40  # paragraphs of a small corpus
UNANSWERABLE = ("removed", "adversarial", "foreign")
_EXTRA_HITS = 8  # searched beyond those read, so that a gold passage can be taken out


@dataclass(frozen=True)
class Sample:
    """One question over one corpus: its sentences' features and which of them are gold."""

    features: list[dict[str, float]]
    gold: list[bool]
    condition: str  # "answerable", "removed", "foreign" or "adversarial"
    development: bool


def make_samples(data: Path, count: int) -> list[Sample]:
    """The samples, read back from the cache when the same features were computed before."""
    sources = [m.__file__ or "" for m in (features, expect, fuse, texts, words)]
    key = hashlib.sha256(b"".join(Path(p).read_bytes() for p in sources)).hexdigest()[:12]
    file = cache.home() / "benchmarks" / f"samples-{key}-{count}.jsonl"
    if not file.exists():
        file.parent.mkdir(exist_ok=True)
        lines = [json.dumps(asdict(sample)) for sample in _samples(data, count)]
        file.write_text("\n".join(lines), "utf-8")
    return [Sample(**json.loads(line)) for line in file.read_text("utf-8").splitlines()]


def _samples(data: Path, count: int) -> Iterator[Sample]:
    encoder, _ = open_encoder(None)
    shifts = data / "squadshifts"
    sets = {
        "amazon": squad(shifts / "amazon_reviews.json"),
        "reddit": squad(shifts / "reddit.json"),
        "squad2": squad(data / "squad2/dev_10_articles.json", slice(0, 8)),
        "nq": natural_questions(data / "nq_oracle/nq-open-oracle.jsonl"),
    }
    sets = {name: _some(*pair) for name, pair in sets.items()}
    contents = {}
    for name, (documents, _) in sets.items():
        print(name, len(documents), "documents", flush=True)
        contents[name], _ = encoded(documents, encoder)
    names = list(sets)
    for i, (name, (_, questions)) in enumerate(sets.items()):
        chosen = _chosen(questions, count, name)
        large = contents[name].retriever(encoder)
        foreign = contents[names[(i + 1) % len(names)]]
        for j, question in enumerate(chosen):
            development = _is_held_out(question, name)
            # half over the whole set, half over a small corpus such as a person's own folder
            small = _small(contents[name], encoder, question, name == "squad2") if j % 2 else None
            yield from _of_question(question, small or large, development)
            if j % 4 == 1:
                other = _small(foreign, encoder, Question("", ()), False)
                yield _sample(
                    question, other.search(question.text, PASSAGES), "foreign", development
                )
        print(name, "read", flush=True)


def two_facts(data: Path) -> Iterator[Sample]:
    """HotpotQA train: each question over its own ten paragraphs, two of which hold the answer.

    Paragraphs that stand in the benchmark's pool are left out.
    """
    encoder, _ = open_encoder(None)
    pool = {d.title for d in beir(data / "hotpotqa/beir_pooled500").documents}
    for documents, question in hotpot(data / "hotpotqa/hotpotqa_train.json"):
        documents = [d for d in documents if d.title not in pool]
        contents, asking = encoded(documents, encoder)
        hits = contents.retriever(asking).search(question.text, PASSAGES)
        yield _sample(question, hits, "answerable", True)


def _some(
    documents: list[Document], questions: list[Question]
) -> tuple[list[Document], list[Question]]:
    """At most 700 paragraphs, and the questions that these answer (or that nothing does)."""
    kept = random.sample(documents, min(PARAGRAPHS, len(documents)))
    ids = {d.id for d in kept}
    return kept, [q for q in questions if all(d in ids for d, _ in q.gold)]


def _is_held_out(question: Question, name: str) -> bool:
    """The development tenth; of squad2 the eighth article, which is for calibration."""
    return question.group == "7" if name == "squad2" else is_development(question.text)


def _chosen(questions: list[Question], count: int, name: str) -> list[Question]:
    """`count` questions to train on and up to half as many that were held out."""
    held = [q for q in questions if _is_held_out(q, name)]
    rest = [q for q in questions if not _is_held_out(q, name)]
    return [
        *random.sample(rest, min(count, len(rest))),
        *random.sample(held, min(count // 2, len(held))),
    ]


def _of_question(question: Question, retriever: Hybrid, development: bool) -> Iterator[Sample]:
    hits = retriever.search(question.text, PASSAGES + _EXTRA_HITS)
    if not question.gold:
        yield _sample(question, hits[:PASSAGES], "adversarial", development)
        return
    yield _sample(question, hits[:PASSAGES], "answerable", development)
    gold = {document for document, _ in question.gold}
    rest = [h for h in hits if h.passage.document.id not in gold][:PASSAGES]
    yield _sample(question, _refused(rest), "removed", development)


def _refused(hits: Sequence[Hit]) -> list[Hit]:
    """The hits as if they were ranked 1, 2, … : what a corpus without the gold one would give."""
    scores = [h.score for h in hits]
    top = 2 / 11  # first in both lists: the gold passage's usual place, taken by the next one
    lift = top / scores[0] if scores and scores[0] > 0 else 1.0
    return [Hit(h.passage, min(top, h.score * min(lift, 1.3)), h.ranks, h.evidence) for h in hits]


def _sample(question: Question, hits: Sequence[Hit], condition: str, development: bool) -> Sample:
    expected = expectation(question.text)
    features, gold = [], []
    for hit in hits:
        for i, sentence in enumerate(hit.passage.sentences):
            features.append(sentence_features(hit, i, expected))
            gold.append(question.is_gold(hit.passage.document, sentence.span))
    return Sample(features, gold, condition, development)


def _small(
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
    return _subset(contents, keep).retriever(encoder)


def _subset(contents: Contents, keep: set[str]) -> Contents:
    passages: list[Passage] = []
    rows: list[int] = []
    sentence_rows: list[int] = []
    at = 0
    for row, passage in enumerate(contents.passages):
        if passage.document.id in keep:
            passages.append(passage)
            rows.append(row)
            sentence_rows += range(at, at + len(passage.sentences))
        at += len(passage.sentences)
    texts = [passage_text(p) for p in passages]
    lengths = [len(stems(sentence_text(p.document, s))) for p in passages for s in p.sentences]
    return Contents(
        [d for d in contents.documents if d.id in keep], passages, contents.vectors[rows],
        contents.sentence_vectors[sentence_rows], Sparse.build(texts, float(np.mean(lengths))),
    )  # fmt: skip
