"""BEIR SciFact, test: abstracts ranked by their best passage, before reading and after."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from benchmarks.asking import Readers
from benchmarks.corpora import encoded
from benchmarks.metrics import Figure, ndcg
from benchmarks.passages import (
    RETRIEVAL,
    Ranking,
    documents_in_order,
    over_the_best_baseline,
    ranked_by_all,
    read_names,
)
from benchmarks.sets import beir
from index.encode import OnnxEncoder

DEPTHS = (20, 50)  # passages read, beside those that ship


def figures(data: Path, encoder: OnnxEncoder, readers: Readers) -> dict[str, Figure]:
    """nDCG@10 of every system, and the trained readings' lead over the best baseline."""
    judged = beir(data / "scifact")
    contents, asking = encoded(judged.documents, encoder)
    queries = [judged.queries[query] for query in judged.relevant]
    found = ranked_by_all(contents.retriever(asking), queries, readers, DEPTHS)
    results = {
        f"ndcg@10.{name}": Figure(
            np.array([
                ndcg(_sources(ranking), relevant)
                for ranking, relevant in zip(rankings, judged.relevant.values(), strict=True)
            ])
        )
        for name, rankings in found.items()
    }  # fmt: skip
    systems = (RETRIEVAL, *read_names(readers, DEPTHS))
    return results | over_the_best_baseline(results, "ndcg@10", systems)


def _sources(ranking: Ranking) -> list[str]:
    return [d.source for d in documents_in_order(ranking)]
