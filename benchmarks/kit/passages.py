"""Passage rankings: the retriever's own, the usual ways beside it, and the order after reading."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from benchmarks.kit.asking import Readers
from benchmarks.kit.corpora import encoded
from benchmarks.kit.metrics import Figure
from benchmarks.kit.sets import Judged
from index.encoder import OnnxEncoder
from index.language import Query
from index.search import DEPTH, Hybrid, reciprocal_rank_fusion
from index.types import Document, Passage
from rag.query import AskedQuestion
from rag.reader import PASSAGES, passages_in_order
from rag.readings import Reading

Ranking = list[Passage]
RETRIEVAL = "retrieval"
BASELINES = ("dense", "bm25", "rrf")


def rankers(retriever: Hybrid) -> Mapping[str, Callable[[str], Ranking]]:
    """By name, what ranks a question's passages: our retrieval, and the three baselines."""

    def dense(question: str) -> list[int]:
        vector = retriever.encoder.encode_query(question)
        return [row for row, _ in retriever.dense.search(vector, DEPTH)]

    def sparse(question: str) -> list[int]:
        return [row for row, _ in retriever.sparse.search(Query(question), DEPTH)]

    def plain(question: str) -> list[int]:
        return [row for row, _ in reciprocal_rank_fusion([dense(question), sparse(question)])]

    def ours(question: str) -> list[int]:
        return [row for row, _ in retriever.rank(Query(question), DEPTH)]

    def passages(rank: Callable[[str], list[int]]) -> Callable[[str], Ranking]:
        return lambda question: [retriever.passages[row] for row in rank(question)]

    named = {RETRIEVAL: ours, "dense": dense, "bm25": sparse, "rrf": plain}
    return {name: passages(rank) for name, rank in named.items()}


def read_names(readers: Readers, depths: Sequence[int]) -> list[str]:
    """The systems that read: a reader's name for what ships, "name_20" where it reads 20."""
    return [*readers, *(f"{name}_{depth}" for name in readers for depth in depths)]


def ranked_by_all(
    retriever: Hybrid, questions: Sequence[str], readers: Readers, depths: Sequence[int]
) -> dict[str, list[Ranking]]:
    """By system, a ranking for each question: before reading, and after reading so many."""
    found = {name: [rank(q) for q in questions] for name, rank in rankers(retriever).items()}
    found |= {name: [] for name in read_names(readers, depths)}
    for question, retrieved in zip(questions, found[RETRIEVAL], strict=True):
        asked = AskedQuestion(question)
        hits = retriever.search(asked, max(PASSAGES, *depths))
        for name, reader in readers.items():
            for depth in (PASSAGES, *depths):
                readings = reader.read(asked, hits[:depth])
                system = name if depth == PASSAGES else f"{name}_{depth}"
                found[system].append(after_reading(readings, retrieved))
    return found


def judged_figures(
    judged: Judged,
    encoder: OnnxEncoder,
    readers: Readers,
    depths: Sequence[int],
    name: str,
    measure: Callable[[list[str], set[str]], float],
) -> dict[str, Figure]:
    """`measure` of every system's documents, best first, and the lead over the best baseline."""
    contents, asking = encoded(judged.documents, encoder)
    queries = [judged.queries[query] for query in judged.relevant]
    found = ranked_by_all(contents.retriever(asking), queries, readers, depths)
    results = {
        f"{name}.{system}": Figure(
            np.array(
                [
                    measure([d.source for d in documents_in_order(ranking)], relevant)
                    for ranking, relevant in zip(rankings, judged.relevant.values(), strict=True)
                ]
            )
        )
        for system, rankings in found.items()
    }
    systems = (RETRIEVAL, *read_names(readers, depths))
    return results | over_the_best_baseline(results, name, systems)


def after_reading(readings: Sequence[Reading], retrieved: Ranking) -> Ranking:
    """The passages read, in the reader's order, then the others as they were retrieved."""
    read = [hit.passage for hit in passages_in_order(readings)]
    known = {(p.document.id, p.start) for p in read}
    return [*read, *(p for p in retrieved if (p.document.id, p.start) not in known)]


def documents_in_order(ranking: Ranking) -> list[Document]:
    """Each document once, at its best passage."""
    return list(dict.fromkeys(p.document for p in ranking))


def over_the_best_baseline(
    figures: Mapping[str, Figure], name: str, systems: Sequence[str]
) -> dict[str, Figure]:
    """How far each system is ahead of the baseline that is best in this run, by question."""
    best = max(BASELINES, key=lambda b: figures[f"{name}.{b}"].value)
    rows = figures[f"{name}.{best}"].rows
    return {
        f"{name} over the best baseline.{system}": Figure(figures[f"{name}.{system}"].rows - rows)
        for system in systems
    }
