"""The public questions of ../shared/data/qa and faq: help pages, guidance, health, papers, stories.

How often a set is asked is said in `CAPS`, by what its README says of its quality: worded by people
first, templates and claims little, questions made of one sentence not at all. Held out are whole
groups: a page, a contract, a paper, a repository.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.kit.sets import Question, page, paragraph
from index.types import Document, Span
from training.questions import TrainingSet

FAQ = "faq"
# of each set at most so many questions
CAPS = {
    "conditionalqa_train_pseudo": 10_000,
    "feedbackqa": 10_000,
    "pubmedqa": 10_000,
    "evidence_inference": 10_000,
    "fairytaleqa": 10_000,
    "tatqa": 10_000,
    "covidqa": 10_000,
    "boolq_eraser": 6_000,
    "or_sharc": 10_000,
    "msdocs_headings": 10_000,
    "cuad": 4_000,
    "medquad": 4_000,
    "selqa": 1_200,
    "fever_claims": 2_000,
}
# what a marked span of a set is: of a block of sentences some answer, and not each
BLOCKS = ("section", "paragraph", "snippet", "whole passage")


def public_sets(data: Path) -> Iterator[TrainingSet]:
    """Each set of `CAPS`, and the questions of FAQ pages.

    Raises OSError where the folder has not the files.
    """
    for name, most in CAPS.items():
        yield _set(data / "qa", name, most)
    yield faq(data / FAQ)


def _set(folder: Path, name: str, most: int) -> TrainingSet:
    texts = {}
    if (folder / f"{name}.docs.jsonl.gz").exists():
        texts = {row["doc"]: row for row in _rows(folder / f"{name}.docs.jsonl.gz")}
    rows = sorted(_rows(folder / f"{name}.jsonl.gz"), key=lambda r: _order(r["id"]))[:most]
    documents: dict[str, Document] = {}
    questions = []
    for row in rows:
        whole = texts.get(row.get("doc"), row)
        text = whole["text"] if "doc" in row else row["passage"]
        document = paragraph(text, row["group"], whole["title"])
        document = documents.setdefault(document.id, document)
        gold = tuple((document.id, Span(start, end)) for start, end in row["answers"])
        blocks = row.get("grain") in BLOCKS
        # a person tells the story first, or asks without it
        asked = {row["question"], row.get("short_question") or row["question"]}
        questions += [Question(q, gold, row["group"], document.id, blocks) for q in sorted(asked)]
    return TrainingSet(name, list(documents.values()), questions, by_group=True)


def faq(folder: Path) -> TrainingSet:
    """Questions that are headings of pages, which are read without any heading that is asked.

    A question's own heading alone taken out would tell where its answer stands. Answers are blocks;
    where the answering sentences were marked by hand, they are these.
    """
    pages = {row["doc"]: row for row in _rows(folder / "docs.jsonl.gz")}
    marked = {row["id"]: row for row in _rows(folder / "labelled.jsonl.gz")}
    by_page: dict[str, list[dict[str, Any]]] = {}
    for row in _rows(folder / "questions.jsonl.gz"):
        by_page.setdefault(row["doc"], []).append(row)
    documents, questions = [], []
    for name, rows in by_page.items():
        whole = pages[name]
        text = _blanked(whole["text"], [Span(*row["question_span"]) for row in rows])
        document = page(text, whole["path"], whole["title"])
        documents.append(document)
        for row in rows:
            label = marked.get(row["id"])
            if label is not None and not label["answers"]:
                continue
            spans = label["best"] if label is not None else [row["direct_span"]]
            gold = tuple((document.id, Span(start, end)) for start, end in spans)
            asked = (
                f"{whole['title']}: {row['question']}" if row["needs_title"] else row["question"]
            )
            questions.append(Question(asked, gold, whole["repo"], document.id, label is None))
    return TrainingSet(FAQ, documents, questions, by_group=True)


def _blanked(text: str, headings: list[Span]) -> str:
    """Blanks for these headings: what is marked in the text stands where it stood."""
    for heading in headings:
        text = text[: heading.start] + " " * (heading.end - heading.start) + text[heading.end :]
    return text


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def _order(name: str) -> bytes:
    """An order that has nothing to do with that of the file."""
    return hashlib.sha256(name.encode()).digest()
