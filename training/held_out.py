"""Held-out pages as folders that people ask: python -m training.held_out --data DATA --into OUT

Of each public set the documents of the held-out groups that nothing is fitted on, as .txt files,
and their questions, in the form that `benchmarks.field` asks:

    python -m benchmarks.field --data OUT --only conditionalqa_train_pseudo faq …

Of each document one question in three is a near miss: what answers it is cut out of the text, and
the rest of the document stays. Seeded.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.kit.sets import Question
from index.passages import split
from index.types import Document, Span
from training.made import words_of
from training.public import public_sets
from training.questions import TrainingSet

QUESTIONS = 60  # of a set
DOCUMENTS = 40  # of a set, at most
OF_A_DOCUMENT = 6  # questions, at most
LEAST = 12  # characters of what is expected: a heading of one word stands everywhere


def main() -> None:
    """Write a corpus a set, print how many questions each has."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder of public sets")
    parser.add_argument("--into", type=Path, required=True)
    parser.add_argument("--questions", type=int, default=QUESTIONS, help="of each set")
    args = parser.parse_args()
    for part in public_sets(args.data):
        rows = write_corpus(part, args.into / "field" / part.name, args.questions)
        missing = sum(row["expected"] == "none" for row in rows)
        print(f"{part.name}: {len(rows)} questions, {missing} of them near misses", flush=True)


def write_corpus(part: TrainingSet, into: Path, most: int = QUESTIONS) -> list[dict[str, Any]]:
    """Write docs/ and questions.jsonl of a set into a folder; what is asked."""
    random = Random(part.name)
    asked: dict[str, list[Question]] = defaultdict(list)
    for question in part.questions:
        if part.holds_out(question) and not part.calibrates(question):
            asked[question.about].append(question)
    documents = [d for d in part.documents if d.id in asked]
    random.shuffle(documents)
    docs = into / "docs"
    docs.mkdir(parents=True, exist_ok=True)
    rows: list[dict[str, Any]] = []
    for number, document in enumerate(documents[:DOCUMENTS]):
        if len(rows) >= most:
            break
        own = asked[document.id]
        chosen = random.sample(own, min(OF_A_DOCUMENT, len(own)))
        missing = [q for i, q in enumerate(chosen) if i % 3 == number % 3 and q.gold]
        name = f"{number:02}.txt"
        cut = [span for q in missing for _, span in q.gold]
        (docs / name).write_text(without(document.text, cut), "utf-8")
        rows += _rows(part.name, document, chosen, missing, cut, name, len(rows))
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    (into / "questions.jsonl").write_text(lines, "utf-8")
    return rows


def without(text: str, spans: Sequence[Span]) -> str:
    """The text without these characters."""
    for start, end in sorted(spans, reverse=True):
        text = text[:start].rstrip(" ") + text[max(end, start) :]
    return text


def _rows(
    name: str,
    document: Document,
    chosen: Sequence[Question],
    missing: Sequence[Question],
    cut: Sequence[Span],
    source: str,
    first: int,
) -> Iterator[dict[str, Any]]:
    for number, question in enumerate(chosen, first):
        spans = [span for _, span in question.gold]
        row = {"id": f"{name}-{number}", "question": question.text}
        if question in missing or not spans:
            yield {**row, "kind": "nearmiss", "expected": "none"}
        elif not any(s.start < c.end and c.start < s.end for s in spans for c in cut):
            kind = "block" if question.blocks else "marked"
            yield {**row, "kind": kind, "expected": _said(document, spans), "source": source}


def _said(document: Document, spans: Sequence[Span]) -> list[str]:
    """What stands in each sentence that an answer touches; of a short answer all of it."""
    sentences = [s.span for p in split(document, words_of) for s in p.sentences]
    parts = [
        document.text[max(s.start, a.start) : min(s.end, a.end)]
        for a in spans
        for s in sentences
        if s.start < a.end and a.start < s.end
    ]
    said = [" ".join(part.split()) for part in parts]
    return sorted({part for part in said if len(part) >= LEAST} or set(said))


if __name__ == "__main__":
    main()
