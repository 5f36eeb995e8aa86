"""HotpotQA's pool: both paragraphs that a question needs, among the first five."""

from __future__ import annotations

from pathlib import Path

from benchmarks.asking import Readers
from benchmarks.corpora import encoded
from benchmarks.metrics import Figure, shares
from benchmarks.passages import (
    RETRIEVAL,
    documents_in_order,
    over_the_best_baseline,
    ranked_by_all,
    read_names,
)
from benchmarks.sets import beir
from index.encode import OnnxEncoder

DEPTHS = (20,)  # passages read, beside those that ship
FIRST = 5


def figures(data: Path, encoder: OnnxEncoder, readers: Readers) -> dict[str, Figure]:
    """The share of questions with both paragraphs among the first five, of every system."""
    judged = beir(data / "hotpotqa/beir_pooled500")
    contents, asking = encoded(judged.documents, encoder)
    queries = [judged.queries[query] for query in judged.relevant]
    found = ranked_by_all(contents.retriever(asking), queries, readers, DEPTHS)
    results = {
        f"both in five.{name}": shares([
            relevant <= {d.source for d in documents_in_order(ranking)[:FIRST]}
            for ranking, relevant in zip(rankings, judged.relevant.values(), strict=True)
        ])
        for name, rankings in found.items()
    }  # fmt: skip
    systems = (RETRIEVAL, *read_names(readers, DEPTHS))
    return results | over_the_best_baseline(results, "both in five", systems)
