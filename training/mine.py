"""Stage 1, hard negatives: python -m training.mine --data ../shared/data

Asks each training question of an index of its whole set, with the retriever that ships, and keeps
the gold passages and the best-ranked others. Writes passages.jsonl and groups.jsonl to
IBID_HOME/training. Deterministic; a set that is done is not mined again.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.kit.corpora import encoded
from benchmarks.kit.sets import Question
from index.encoder import open_encoder
from index.language import clean
from index.passages import passage_parts
from index.search import Hybrid
from index.storage import cache
from index.types import Passage
from training.questions import TrainingSet, is_held_out, training_sets

DEPTH = 12  # passages looked at for negatives
LEAST_ANSWER = 4  # characters; a shorter answer stands everywhere


def main() -> None:
    """Mine every set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder of public sets")
    parser.add_argument("--minutes", type=float, default=1e9, help="stop after the set under way")
    args = parser.parse_args()
    deadline = time.monotonic() + 60 * args.minutes
    folder = workplace()
    encoder, _ = open_encoder(None)
    for part in training_sets(args.data):
        done = folder / f"{part.name}.groups.jsonl"
        if done.exists() or time.monotonic() > deadline:
            continue
        contents, asking = encoded(part.documents, encoder)
        retriever = contents.retriever(asking)
        write_rows(folder / f"{part.name}.passages.jsonl", _passages(retriever))
        write_rows(done, _groups(part, retriever))
        print(part.name, len(part.questions), "questions", flush=True)


def workplace() -> Path:
    """The folder of everything that training keeps."""
    folder = cache.home() / "training"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _passages(retriever: Hybrid) -> Iterator[dict[str, Any]]:
    for passage in retriever.passages:
        prefix, sentences = passage_parts(passage)
        yield {"prefix": prefix, "sentences": sentences}


def _groups(part: TrainingSet, retriever: Hybrid) -> Iterator[dict[str, Any]]:
    """Of each question: its gold (passage, sentence, answer) and the passages to tell it from."""
    rows: dict[str, list[int]] = {}
    for row, passage in enumerate(retriever.passages):
        rows.setdefault(passage.document.id, []).append(row)
    for question in part.questions:
        gold = [g for g in _gold(question, rows, retriever) if g is not None]
        if bool(gold) != bool(question.gold):
            continue
        golden = {row for row, *_ in gold}
        ranked = [row for row, _ in retriever.rank(question.text, DEPTH)]
        answers = [
            re.compile(rf"(?i)\b{re.escape(a)}\b") for *_, a in gold if len(a) >= LEAST_ANSWER
        ]
        negatives = [
            row for row in ranked
            if row not in golden and not _holds(retriever.passages[row], answers)
        ]  # fmt: skip
        about = [] if gold else rows.get(question.about, [])
        yield {
            "question": question.text, "development": is_held_out(question),
            "gold": gold, "about": about, "negatives": [r for r in negatives if r not in about],
        }  # fmt: skip


def _gold(
    question: Question, rows: dict[str, list[int]], retriever: Hybrid
) -> Iterator[tuple[int, int, str] | None]:
    for document, span in question.gold:
        for row in rows.get(document, ()):
            passage = retriever.passages[row]
            for i, sentence in enumerate(passage.sentences):
                if sentence.start <= span.start < sentence.end:
                    yield row, i, clean(passage.document.cut(span))


def _holds(passage: Passage, answers: list[re.Pattern[str]]) -> bool:
    """Whether an answer stands in a passage that nobody marked: it may answer as well."""
    text = " ".join(passage_parts(passage)[1])
    return any(a.search(text) for a in answers)


def write_rows(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    """Write JSON lines, all or nothing."""
    half = path.with_suffix(".part")
    half.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    half.replace(path)


if __name__ == "__main__":
    main()
