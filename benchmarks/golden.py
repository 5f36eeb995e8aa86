"""The golden questions: python -m benchmarks.golden [--data ../shared/data] [--verbose]

Asked of the bundled articles alone and, with --data, of the same five among 5,000 abstracts of
SciFact. A fact is right when a quotation overlaps a place that was named beforehand; a broad
question when two articles are cited; an unrelated one and a near miss when Ibid abstains.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import seeds
from benchmarks.corpora import encoded
from benchmarks.sets import beir
from index.build import open_encoder
from index.load import load_folder
from index.types import Document, Span
from rag.engine import Engine
from rag.first_reader import FirstReader
from rag.types import Answer

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
    articles = list(load_folder(seeds.FOLDER).documents)
    corpora = {"five articles": articles}
    if args.data:
        others = beir(args.data / "scifact").documents[:OTHERS]
        corpora["five among 5,000 others"] = [*articles, *others]
    encoder, _ = open_encoder(None)
    for name, documents in corpora.items():
        contents, asking = encoded(documents, encoder)
        engine = Engine(contents.retriever(asking), FirstReader.shipped(), documents)
        for kind, marks in evaluate(engine, verbose=args.verbose).items():
            print(f"| {name} | {kind} | {sum(marks)} of {len(marks)} |", flush=True)


def evaluate(engine: Engine, *, verbose: bool = False) -> dict[str, list[bool]]:
    """Right or wrong for each question, by kind, and "answerable but abstained"."""
    documents = {d.source: d for d in engine.documents}
    marks: dict[str, list[bool]] = defaultdict(list)
    for row in map(json.loads, QUESTIONS.read_text("utf-8").splitlines()):
        answer = engine.ask(row["question"])
        right = is_right(row, answer, documents)
        marks[row["kind"]].append(right)
        if row["kind"] in ("fact", "broad"):
            marks["answerable but abstained"].append(not answer)
        if verbose and not right:
            shown = [c.quote[:80] for c in answer.citations] or "abstained"
            print(f"  {row['id']} {answer.confidence:.2f} {row['question']} -> {shown}")
    return dict(marks)


def is_right(row: Mapping[str, Any], answer: Answer, documents: Mapping[str, Document]) -> bool:
    """Whether `answer` is what the golden row asks for."""
    if row["kind"] == "fact":
        return any(
            _quotes(answer, g["source"], _place(documents[g["source"]], g)) for g in row["gold"]
        )
    if row["kind"] == "broad":
        return len({c.document.id for c in answer.citations}) >= 2
    return not answer


def _place(document: Document, gold: Mapping[str, str]) -> Span:
    start = document.text.index(gold["contains"])
    return Span(start, start + len(gold["contains"].rstrip()))


def _quotes(answer: Answer, source: str, place: Span) -> bool:
    cited: Sequence[Span] = [
        Span(c.start, c.end) for c in answer.citations if c.document.source == source
    ]
    return any(c.start < place.end and place.start < c.end for c in cited)


if __name__ == "__main__":
    main()
