"""The public sets, read into documents and questions. Nothing of them is part of the project."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.library import Index
from index.load import text as plain
from index.types import Block, BlockKind, Document, Span, text_id


@dataclass(frozen=True, slots=True)
class Question:
    """A question and where its answers stand: document id and span; none when unanswerable."""

    text: str
    gold: tuple[tuple[str, Span], ...]
    group: str = ""  # the article, where the set has some
    about: str = ""  # the document it was written about, answered there or not
    blocks: bool = False  # of the sentences in a gold span some answer, and not each

    def is_gold(self, document: Document, span: Span) -> bool:
        """Whether an annotated answer starts in the span; of `blocks`, whether one touches it."""
        return any(
            d == document.id
            and (span.start <= s.start < span.end or (self.blocks and s.start < span.start < s.end))
            for d, s in self.gold
        )


def paragraph(text: str, source: str, title: str = "", language: str = "") -> Document:
    """A paragraph as a document of its own, with nothing known of it."""
    blocks = plain.blocks(text) or (Block(BlockKind.PARAGRAPH, 0, len(text), 0),)
    # a set's paragraph is one block of running text, whatever its lines look like
    blocks = tuple(b._replace(kind=BlockKind.PARAGRAPH) for b in blocks)
    meta = {"language": language} if language else {}
    return Document(text_id(text), text, title, source, meta, blocks)


def page(text: str, source: str, title: str = "") -> Document:
    """A text laid out as a .txt file of it would be."""
    return Document(text_id(text), text, title, source, {}, tuple(plain.blocks(text)))


def squad(path: Path, articles: slice = slice(None)) -> tuple[list[Document], list[Question]]:
    """A SQuAD file's paragraphs (each once) and questions; `articles` in file order."""
    documents: dict[str, Document] = {}
    questions: list[Question] = []
    for a, article in list(enumerate(json.loads(path.read_text("utf-8"))["data"]))[articles]:
        for p, entry in enumerate(article["paragraphs"]):
            text = entry["context"]
            document = documents.setdefault(text_id(text), paragraph(text, f"{a}/{p}"))
            for qa in entry["qas"]:
                gold = () if qa.get("is_impossible") else _answers(document, qa["answers"])
                questions.append(Question(qa["question"].strip(), gold, str(a), document.id))
    return list(documents.values()), questions


def _answers(document: Document, answers: Iterable[dict[str, Any]]) -> tuple[tuple[str, Span], ...]:
    spans = {Span(a["answer_start"], a["answer_start"] + max(1, len(a["text"]))) for a in answers}
    return tuple((document.id, s) for s in sorted(spans))


def natural_questions(path: Path) -> tuple[list[Document], list[Question]]:
    """nq_oracle: real search questions, each with its gold passage."""
    documents: dict[str, Document] = {}
    questions: list[Question] = []
    for i, line in enumerate(path.read_text("utf-8").splitlines()):
        row = json.loads(line)
        context = row["ctxs"][0]
        document = paragraph(context["text"], str(i), context["title"])
        documents.setdefault(document.id, document)
        lowered = context["text"].lower()
        spans = [
            Span(at, at + len(answer))
            for answer in row["answers"]
            if answer and (at := lowered.find(answer.lower())) >= 0
        ]
        if spans:
            questions.append(Question(row["question"], tuple((document.id, s) for s in spans)))
    return list(documents.values()), questions


def hotpot(path: Path) -> Iterator[tuple[list[Document], Question]]:
    """HotpotQA: each question with its ten paragraphs; gold are its supporting sentences."""
    for row in json.loads(path.read_text("utf-8")):
        documents: list[Document] = []
        gold: list[tuple[str, Span]] = []
        facts = {(title, number) for title, number in row["supporting_facts"]}
        for title, sentences in row["context"]:
            document = paragraph("".join(sentences), title, title)
            documents.append(document)
            start = 0
            for number, sentence in enumerate(sentences):
                if (title, number) in facts:
                    first = start + len(sentence) - len(sentence.lstrip())
                    gold.append((document.id, Span(first, start + len(sentence))))
                start += len(sentence)
        yield documents, Question(row["question"], tuple(gold))


def qed(path: Path) -> tuple[list[Document], list[Question]]:
    """QED: search questions whose answer one sentence gives; gold are the answers in it."""
    documents: dict[str, Document] = {}
    questions: list[Question] = []
    for row in _jsonl(path):
        chosen = row["annotation"].get("selected_sentence")
        if not chosen:
            continue
        document = paragraph(row["paragraph_text"], str(row["example_id"]), row["title_text"])
        document = documents.setdefault(document.id, document)
        answers = {
            Span(a["start"], a["end"]) for group in row["original_nq_answers"] for a in group
        }
        spans = sorted(s for s in answers if chosen["start"] <= s.start < chosen["end"])
        spans = spans or [Span(chosen["start"], chosen["end"])]
        questions.append(Question(row["question_text"], tuple((document.id, s) for s in spans)))
    return list(documents.values()), questions


def scifact_claims(folder: Path) -> tuple[list[Document], list[Question]]:
    """SciFact's train claims as questions; gold are the rationale sentences.

    Claims that cite an abstract that is gold in the test set are left out, and so are all
    abstracts but those that the rest cite. A claim without a rationale has no gold: the
    abstract that it cites speaks of the matter and does not settle it.
    """
    held_out = set().union(*beir(folder).relevant.values())
    claims = [
        row
        for row in _jsonl(folder / "claims.jsonl")
        if row["split"] == "train" and not held_out & set(map(str, row["cited_doc_ids"]))
    ]
    cited = {str(i) for row in claims for i in row["cited_doc_ids"]}
    documents: dict[str, Document] = {}
    starts: dict[str, list[Span]] = {}
    for row in _jsonl(folder / "corpus.jsonl"):
        if row["_id"] in cited:
            documents[row["_id"]] = paragraph(row["text"], row["_id"], row["title"])
            starts[row["_id"]] = _found(row["text"], row["sentences"])
    questions = []
    for row in claims:
        gold = [
            (documents[i].id, starts[i][number])
            for i, evidence in row["evidence"].items()
            for part in evidence
            for number in part["sentences"]
        ]
        about = documents[str(row["cited_doc_ids"][0])].id
        questions.append(Question(row["claim"], tuple(gold), about=about))
    return list(documents.values()), questions


def _found(text: str, sentences: Iterable[str]) -> list[Span]:
    spans: list[Span] = []
    at = 0
    for sentence in sentences:
        at = max(at, text.find(sentence.strip(), at))
        spans.append(Span(at, min(len(text), at + max(1, len(sentence.strip())))))
        at = spans[-1].end
    return spans


@dataclass(frozen=True, slots=True)
class Judged:
    """A BEIR set: documents, queries by id, and the relevant documents' sources of each."""

    documents: list[Document]
    queries: dict[str, str]
    relevant: dict[str, set[str]]


def beir(folder: Path, split: str = "test") -> Judged:
    """A set in BEIR's format."""
    documents: dict[str, Document] = {}
    for row in _jsonl(folder / "corpus.jsonl"):
        document = paragraph(row["text"] or row["title"], row["_id"], row["title"])
        documents.setdefault(document.id, document)
    queries = {row["_id"]: row["text"] for row in _jsonl(folder / "queries.jsonl")}
    relevant: dict[str, set[str]] = {}
    with (folder / "qrels" / f"{split}.tsv").open() as file:
        for row in csv.DictReader(file, delimiter="\t"):
            if int(row["score"]) > 0:
                relevant.setdefault(row["query-id"], set()).add(row["corpus-id"])
    return Judged(list(documents.values()), queries, relevant)


def chroma_documents(folder: Path) -> tuple[Document, ...]:
    """The five whole documents; their questions lie beside them."""
    return Index.load(folder, include=["*.md"]).documents


def chroma(folder: Path) -> Iterator[tuple[str, str, tuple[Span, ...]]]:
    """(question, source, gold spans) of chroma_chunking."""
    with (folder / "questions_df.csv").open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            spans = (Span(r["start_index"], r["end_index"]) for r in json.loads(row["references"]))
            yield row["question"], f"{row['corpus_id']}.md", tuple(spans)


def is_development(question: str) -> bool:
    """Whether a question of a training set belongs to the fixed tenth held out of training."""
    return hashlib.sha256(question.encode()).digest()[0] < 26


def _jsonl(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)
