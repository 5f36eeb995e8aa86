"""Stage 1, hard negatives: python -m training.mine --data ../shared/data

Asks each training question of an index of its whole set and keeps the gold passages and the
best-ranked others, those of the same document first: a person's folder is full of them. Sets of
paragraphs are asked by the retriever that ships; the large public ones by BM25 alone, for which
nothing has to be encoded. Writes passages.jsonl and groups.jsonl to IBID_HOME/training.
Deterministic; a set that is done is not mined again.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, Protocol

from benchmarks.kit.corpora import encoded
from benchmarks.kit.sets import Question
from index.encoder import OnnxEncoder, open_encoder
from index.language import Query, clean
from index.passages import passage_parts, passage_stems, split
from index.search import Sparse, Terms
from index.storage import cache
from index.types import Passage
from training.public import public_sets
from training.questions import TrainingSet, training_sets

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
    for part in chain(training_sets(args.data), public_sets(args.data)):
        done = folder / f"{part.name}.groups.jsonl"
        if done.exists() or time.monotonic() > deadline:
            continue
        retriever = _retriever(part, encoder)
        write_rows(folder / f"{part.name}.passages.jsonl", _passages(retriever))
        write_rows(done, _groups(part, retriever))
        print(part.name, len(part.questions), "questions", flush=True)


def workplace() -> Path:
    """The folder of everything that training keeps."""
    folder = cache.home() / "training"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def in_workplace(file: Path) -> Path:
    """A file of the workplace by its name alone, or any by its path."""
    return file if file.is_absolute() or file.parent != Path() else workplace() / file


class Ranked(Protocol):
    """What ranks a set's passages for a question."""

    @property
    def passages(self) -> Sequence[Passage]:
        """All of them."""

    def rank(self, query: Query, k: int, /) -> list[tuple[int, float]]:
        """At most `k` (passage number, score), best first."""


class ByWords:
    """BM25 alone over the passages of documents."""

    def __init__(self, part: TrainingSet, encoder: OnnxEncoder) -> None:
        self.passages = [
            passage
            for document in part.documents
            for passage in split(document, encoder.count_tokens, encoder.max_tokens)
        ]
        self._sparse = Sparse.build(Terms.of([passage_stems(p) for p in self.passages]))

    def rank(self, query: Query, k: int) -> list[tuple[int, float]]:
        """As `Ranked` says."""
        return self._sparse.search(query, k)


def _retriever(part: TrainingSet, encoder: OnnxEncoder) -> Ranked:
    if part.by_group:
        return ByWords(part, encoder)
    contents, asking = encoded(part.documents, encoder)
    return contents.retriever(asking)


def _passages(retriever: Ranked) -> Iterator[dict[str, Any]]:
    numbers: dict[str, int] = {}
    for passage in retriever.passages:
        prefix, sentences = passage_parts(passage)
        number = numbers.setdefault(passage.document.id, len(numbers))
        yield {"prefix": prefix, "sentences": sentences, "document": number}


def _groups(part: TrainingSet, retriever: Ranked) -> Iterator[dict[str, Any]]:
    """Of each question: its gold (passage, sentence, answer) and the passages to tell it from."""
    rows: dict[str, list[int]] = {}
    for row, passage in enumerate(retriever.passages):
        rows.setdefault(passage.document.id, []).append(row)
    for question in part.questions:
        gold = [g for g in _gold(question, rows, retriever) if g is not None]
        if bool(gold) != bool(question.gold):
            continue
        golden = {row for row, *_ in gold}
        ranked = [row for row, _ in retriever.rank(Query(question.text), DEPTH)]
        beside = {r for document, _ in question.gold for r in rows[document]} - golden
        near = _nearest(beside, ranked)
        ranked = [*near, *(row for row in ranked if row not in near)][:DEPTH]
        answers = [
            re.compile(rf"(?i)\b{re.escape(a)}\b") for *_, a in gold if len(a) >= LEAST_ANSWER
        ]
        negatives = [
            row
            for row in ranked
            if row not in golden and not _holds(retriever.passages[row], answers)
        ]
        about = [] if gold else _nearest(set(rows.get(question.about, ())), ranked)
        yield {
            "question": question.text,
            "development": part.holds_out(question),
            "gold": gold,
            "blocks": question.blocks,
            "about": about,
            "negatives": [r for r in negatives if r not in about],
        }


def _gold(
    question: Question, rows: dict[str, list[int]], retriever: Ranked
) -> Iterator[tuple[int, int, str] | None]:
    for document, span in question.gold:
        for row in rows.get(document, ()):
            passage = retriever.passages[row]
            for i, sentence in enumerate(passage.sentences):
                start, end = max(sentence.start, span.start), min(sentence.end, span.end)
                if start < end:
                    yield row, i, clean(passage.document.text[start:end])


def _nearest(own: set[int], ranked: list[int]) -> list[int]:
    """Passages of a document, those that are ranked foremost, `DEPTH` / 2 at most."""
    found = [row for row in ranked if row in own]
    return [*found, *sorted(own.difference(found))][: DEPTH // 2]


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
