"""The public questions of ../shared/data/qa and faq: help pages, guidance, health, papers, stories.

What each set is good for was seen by reading fifty questions of each (MODEL_CARD.md): how many are
taken, whether its marked spans are sentences that answer or blocks of which some does, whether what
is said to be unanswered is, and which questions nobody could understand. Held out are whole groups:
a page, a contract, a paper, a repository.
"""

from __future__ import annotations

import gzip
import hashlib
import html
import json
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.kit.sets import Question, page, paragraph
from index.language import Query, stems
from index.types import Document, Span
from training.questions import Benchmarks, TrainingSet

FAQ = "faq"
# what a marked span of a set is: of a block of sentences some answer, and not each
BLOCKS = ("section", "paragraph", "snippet", "whole passage")
ALL, SEVERAL, MARKED = range(3)  # of which questions the spans are blocks, beside those of BLOCKS
_POINTS = re.compile(
    r"(?i)\b(?:he|him|his|she|her|hers|they|them|their|it|its|this|that|these|those|the same)\b"
)
_NOTHING = re.compile(r"(?!)")


@dataclass(frozen=True)
class PublicSet:
    """A set of the folder qa and what is taken of it.

    `most`: questions, at most. `blocks`: which questions' spans are blocks. `unanswerable`: those
    without an answer are taken, unless a sentence of their text holds more than this share of their
    words, for then it may answer; 0 for none. `titled`: a question that points to its page is asked
    behind the page's title. `unclear`: questions that are not asked.
    """

    name: str
    most: int = 10_000
    blocks: int = MARKED
    unanswerable: float = 1.0
    titled: bool = False
    unclear: re.Pattern[str] = _NOTHING


SETS = (
    PublicSet("conditionalqa_train_pseudo", blocks=ALL, unanswerable=0.6),
    PublicSet("feedbackqa", unanswerable=0.75),
    PublicSet("pubmedqa", blocks=ALL),
    PublicSet(
        "evidence_inference",
        unclear=re.compile(
            r"&\w+;|\b(?:were|was) (?:prescribed|used|given)\b|effect of (?:receiv|us|tak|be |give)"
            r"|^Does (?:receive|be|take)\b|(?:\S+\s+){38}"
        ),
    ),
    PublicSet("fairytaleqa"),
    PublicSet("tatqa", unclear=re.compile(r"(?i)^(?:what|which)\b.*\btables?\b")),
    PublicSet("covidqa", titled=True),
    PublicSet("boolq_eraser", 6_000, unanswerable=0.0),
    PublicSet("or_sharc", unanswerable=0.75),
    PublicSet(
        "msdocs_headings",
        titled=True,
        unclear=re.compile(
            r"(?i)^(?:do you (?:want|need|have)|how do you want|are you|(?:is|are|does) your"
            r"|who(?:'s| works| will))\b"
        ),
    ),
    PublicSet(
        "cuad",
        4_000,
        unclear=re.compile(r"exceeds certain thresholds|minimum order size|^When was|take effect"),
    ),
    PublicSet(
        "medquad",
        4_000,
        unanswerable=0.0,
        unclear=re.compile(
            r"What I need|Prevent |Your |\?\?|: (?:A|The|Keep|What)\b|Need to Know|Am I|Facts"
        ),
    ),
    PublicSet("selqa", blocks=SEVERAL),
    PublicSet("fever_claims", 1_500, blocks=SEVERAL),
)
NAMES = (*(part.name for part in SETS), FAQ)


def public_sets(data: Path, names: Collection[str] = NAMES) -> Iterator[TrainingSet]:
    """Each set of `names`, without what overlaps with benchmarks.

    Raises OSError where the folder has not the files.
    """
    return map(Benchmarks.of(data).taken_from, read_sets(data, names))


def read_sets(data: Path, names: Collection[str] = NAMES) -> Iterator[TrainingSet]:
    """The same as they are read, nothing left out. Raises OSError as `public_sets` does."""
    for part in SETS:
        if part.name in names:
            yield _read(data / "qa", part)
    if FAQ in names:
        yield faq(data / FAQ)


def _read(folder: Path, part: PublicSet) -> TrainingSet:
    texts = {}
    if (folder / f"{part.name}.docs.jsonl.gz").exists():
        texts = {row["doc"]: row for row in _rows(folder / f"{part.name}.docs.jsonl.gz")}
    rows = sorted(_rows(folder / f"{part.name}.jsonl.gz"), key=lambda r: _order(r["id"]))
    documents: dict[str, Document] = {}
    questions: list[Question] = []
    for row in rows:
        if len(questions) >= part.most:
            break
        whole = texts.get(row.get("doc"), row)
        text = whole["text"] if "doc" in row else row["passage"]
        if part.unclear.search(row["question"]) or _may_answer(row, text, part.unanswerable):
            continue
        document = paragraph(text, row["group"], whole["title"])
        document = documents.setdefault(document.id, document)
        gold = tuple((document.id, Span(start, end)) for start, end in row["answers"])
        several = part.blocks == ALL or (part.blocks == SEVERAL and len(gold) > 1)
        blocks = several or row.get("grain") in BLOCKS
        for asked in _asked(row, whole["title"] if part.titled else ""):
            questions.append(Question(asked, gold, row["group"], document.id, blocks))
    return TrainingSet(part.name, list(documents.values()), questions, by_group=True)


def _asked(row: dict[str, Any], title: str) -> Iterator[str]:
    """The question, and without its story where it can be understood without."""
    question, short = html.unescape(row["question"]), row.get("short_question")
    yield _with_title(question, title)
    if short and short != question and not points_elsewhere(short):
        yield short


def _with_title(question: str, title: str) -> str:
    return f"{title}: {question}" if title and points_elsewhere(question) else question


def points_elsewhere(question: str) -> bool:
    """Whether a question names hardly anything, or something by a pronoun alone."""
    return len(Query(question).words().asked) < 2 or bool(_POINTS.search(question))


def _may_answer(row: dict[str, Any], text: str, most: float) -> bool:
    """Whether the text may hold an answer to a question that is said to have none."""
    if row["answers"] or most == 1:
        return False
    asked = {stem for _, stem in Query(row["question"]).words().asked}
    held = (len(asked.intersection(stems(s))) for s in re.split(r"(?<=[.!?])\s|\n", text))
    return max(held) >= most * max(1, len(asked))


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
            is_whole = label is not None and not label.get("more")
            spans = label["best"] if label is not None and is_whole else [row["direct_span"]]
            gold = tuple((document.id, Span(start, end)) for start, end in spans)
            asked = _with_title(row["question"], whole["title"])
            questions.append(Question(asked, gold, whole["repo"], document.id, not is_whole))
    return TrainingSet(FAQ, documents, questions, by_group=True)


def _blanked(text: str, headings: Sequence[Span]) -> str:
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
