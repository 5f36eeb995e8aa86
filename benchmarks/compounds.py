"""German questions, and where the passage that answers is found: python -m benchmarks.compounds

Over the German paragraphs of XQuAD (Artetxe, Ruder and Yogatama, "On the Cross-lingual
Transferability of Monolingual Representations", ACL 2020): how often BM25 alone, BM25 with
compounds, and both retrievers together find the paragraph first, and among ten. A language without
compounds, --language es, is the control:

    python -m benchmarks.compounds --data DATA --keep before.json      on the code before
    python -m benchmarks.compounds --data DATA --against before.json   on the code after, in pairs
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.kit.corpora import encoded
from benchmarks.kit.metrics import Figure
from benchmarks.kit.passages import RETRIEVAL, rankers
from benchmarks.kit.sets import paragraph
from index.encoder import open_encoder
from index.language import Query
from index.search import DEPTH
from index.types import Passage

Ranks = dict[str, dict[str, int]]  # system, question: the place of the paragraph, 0 for none


def main() -> None:
    """Ask all questions of a language, print; keep the places, or compare them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--language", default="de")
    parser.add_argument("--keep", type=Path, metavar="FILE")
    parser.add_argument("--against", type=Path, metavar="FILE")
    given = parser.parse_args()
    found = ranks(given.data / "xquad", given.language)
    print(*table(found), sep="\n")
    if given.keep:
        given.keep.write_text(json.dumps(found), "utf-8")
    if given.against:
        print(*paired(json.loads(given.against.read_text("utf-8")), found), sep="\n")


def ranks(folder: Path, language: str) -> Ranks:
    """Where each system finds the paragraph that each question was asked of."""
    questions = [q for q in _rows(folder / "xquad_multilingual.jsonl.gz") if q["lang"] == language]
    asked = {q["doc"] for q in questions}
    documents = {
        row["doc"]: paragraph(row["text"].strip(), row["doc"], language=language)
        for row in _rows(folder / "xquad_multilingual.docs.jsonl.gz")
        if row["doc"] in asked
    }
    contents, encoder = encoded(list(documents.values()), open_encoder(None)[0])
    retriever = contents.retriever(encoder)

    def with_compounds(question: str) -> list[Passage]:
        query = Query(question)
        more = retriever.compounds.scores(retriever.sparse.asked(query))
        rows = retriever.sparse.search(query, DEPTH, None, more)
        return [retriever.passages[row] for row, _ in rows]

    named = rankers(retriever)
    systems = {
        "bm25": named["bm25"],
        "bm25 and compounds": with_compounds,
        "both": named[RETRIEVAL],
    }
    return {
        name: {
            q["id"]: _place([p.document.source for p in rank(q["question"])], q["doc"])
            for q in questions
        }
        for name, rank in systems.items()
    }


def _place(sources: list[str], wanted: str) -> int:
    return sources.index(wanted) + 1 if wanted in sources else 0


def table(found: Ranks) -> Iterator[str]:
    """The figures as a Markdown table."""
    yield from ("| figure | value | 95% |", "|---|---|---|")
    for name, own in found.items():
        for most in (1, 10):
            rows = np.array([0 < place <= most for place in own.values()], np.float64)
            yield Figure(rows).line(f"{name}, among the first {most} ({len(rows)})")


def paired(before: Ranks, after: Ranks) -> Iterator[str]:
    """The difference of each figure, the same questions in pairs."""
    yield from ("", "| figure | difference | 95% |", "|---|---|---|")
    for name, own in after.items():
        for most in (1, 10) if name in before else ():
            hits = [(0 < before[name][q] <= most, 0 < own[q] <= most) for q in own]
            rows = np.array([float(b) - float(a) for a, b in hits])
            gained, lost = int((rows > 0).sum()), int((rows < 0).sum())
            yield Figure(rows).line(f"{name}, first {most}: {gained} gained, {lost} lost")


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


if __name__ == "__main__":
    main()
