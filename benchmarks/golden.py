"""The golden questions: python -m benchmarks.golden [--data ../shared/data] [--verbose]

Asked of the bundled articles alone and, with --data, of the same five among 5,000 abstracts of
SciFact. A fact is right when a quotation overlaps a place that was named beforehand; a broad
question when two articles are cited; an unrelated one and a near miss when Ibid abstains.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import seeds
from benchmarks.kit.asking import Readers, open_readers
from benchmarks.kit.corpora import encoded
from benchmarks.kit.metrics import Figure, shares
from benchmarks.kit.sets import beir
from index.encoder import OnnxEncoder, open_encoder
from index.library import Index
from index.types import Document, Span
from rag.answers import Answer
from rag.engine import Engine

QUESTIONS = Path(__file__).parents[1] / "tests/golden/questions.jsonl"
OTHERS = 5000


def main() -> None:
    """Ask everything, print the shares."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--data", type=Path, help="also among 5,000 documents of this folder's sets"
    )
    parser.add_argument("--verbose", action="store_true", help="print what went wrong")
    args = parser.parse_args()
    encoder, _ = open_encoder(None)
    readers = open_readers()
    for name, system, marks in _asked(args.data, encoder, readers, verbose=args.verbose):
        for kind, right in marks.items():
            shown = f"{name or 'five articles'} | {system} | {kind}"
            print(f"| {shown} | {sum(right)} of {len(right)} |", flush=True)


def figures(data: Path, encoder: OnnxEncoder, readers: Readers) -> dict[str, Figure]:
    """The share of each kind, by name and reader."""
    return {
        f"{kind}{name and ', '}{name}.{system}": shares(right)
        for name, system, marks in _asked(data, encoder, readers)
        for kind, right in marks.items()
    }


def _asked(
    data: Path | None, encoder: OnnxEncoder, readers: Readers, *, verbose: bool = False
) -> Iterator[tuple[str, str, dict[str, list[bool]]]]:
    """Of each corpus and reader: what `evaluate` says."""
    for name, documents in _corpora(data).items():
        contents, asking = encoded(documents, encoder)
        for system, reader in readers.items():
            engine = Engine(contents.retriever(asking), reader, documents)
            yield name, system, evaluate(engine, verbose=verbose)


def _corpora(data: Path | None) -> dict[str, list[Document]]:
    """The articles alone, named "", and among abstracts."""
    articles = list(Index.load(seeds.FOLDER).documents)
    if data is None:
        return {"": articles}
    others = beir(data / "scifact").documents[:OTHERS]
    return {"": articles, f"among {len(others):,} others": [*articles, *others]}


def evaluate(engine: Engine, *, verbose: bool = False) -> dict[str, list[bool]]:
    """Right or wrong for each question, by kind, and "answerable but abstained"."""
    documents = {d.source: d for d in engine.documents}
    marks: dict[str, list[bool]] = defaultdict(list)
    for row in map(json.loads, QUESTIONS.read_text("utf-8").splitlines()):
        answer = engine.ask(row["question"])
        right = is_right(row, answer, documents)
        marks[row["kind"]].append(right)
        if row["kind"] in ("fact", "broad"):
            marks["answerable but abstained"].append(not answer.citations)
        if verbose and not right:
            shown = [c.quote[:80] for c in answer.citations] or "abstained"
            print(f"  {row['id']} {answer.confidence:.2f} {row['question']} -> {shown}")
    return dict(marks)


def is_right(row: Mapping[str, Any], answer: Answer, documents: Mapping[str, Document]) -> bool:
    """Whether `answer` is what the golden row asks for."""
    if row["kind"] == "fact":
        return any(
            _quotes(answer, gold["source"], place)
            for gold in row["gold"]
            for place in _places(documents[gold["source"]], gold["contains"])
        )
    if row["kind"] == "broad":
        return len({c.document.id for c in answer.citations}) >= 2
    return not answer.citations


def _places(document: Document, words: str) -> Iterator[Span]:
    """Everywhere in the document that the words stand; a line end after them only tells apart."""
    at = document.text.index(words)
    while at >= 0:
        yield Span(at, at + len(words.rstrip()))
        at = document.text.find(words, at + 1)


def _quotes(answer: Answer, source: str, place: Span) -> bool:
    cited: Sequence[Span] = [
        Span(c.start, c.end) for c in answer.citations if c.document.source == source
    ]
    return any(c.start < place.end and place.start < c.end for c in cited)


if __name__ == "__main__":
    main()
