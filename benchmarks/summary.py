"""Overviews against what people wrote and marked: python -m benchmarks.summary --data DATA

QMSum's queries about meetings (a topic each), its summaries of discussions joined (a whole meeting
each: the set in DATA has none of the whole), abstracts against the bodies of papers (COVID-QA), and
the twelve marked documents of tests/judged/overviews.jsonl. All systems choose as many sentences,
of the same ones: those that may be quoted of what Ibid indexed. ROUGE is F1, stemmed, of
`rouge-score`; F1 that of the chosen sentences against those that the oracle chooses greedily by
ROUGE-2. Meetings and papers are parted in halves by the hash of their names: one chose the method
that ships, the other is what is reported.

    python -m benchmarks.summary --data DATA                   the half that is reported
    python -m benchmarks.summary --data DATA --tuning          the other one
    python -m benchmarks.summary --data DATA --documents 10    ten meetings and ten papers of it
"""

from __future__ import annotations

import argparse
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks.kit.corpora import encoded
from benchmarks.kit.metrics import Figure
from benchmarks.kit.overviews import (
    MarkedDocument,
    Summarized,
    marked,
    meetings,
    oracle,
    others,
    papers,
    rouge,
    whole_meetings,
)
from index import Encoder
from index.encoder import open_encoder
from index.search import Hybrid
from index.types import Document
from rag.named import Names
from rag.overview import (
    OverviewRequest,
    SentencePool,
    centroid,
    lexrank,
    pick,
    pool_of,
    relevant,
    request_of,
    submodular,
    textrank,
    topical_pool,
)
from rag.query import AskedQuestion

SENTENCES = 5
OURS = {m.__name__: m for m in (lexrank, textrank, submodular, centroid)}
ON_TOPIC = OURS | {"relevant": relevant}
OTHERS = ("lead", "random", "sumy LexRank", "sumy TextRank")


class SummaryScore(NamedTuple):
    """What a system's sentences are worth against a reference, each 0-1."""

    rouge1: float
    rouge2: float
    rougeL: float
    f1: float


Scores = Mapping[str, list[SummaryScore]]  # by system, in the order of the references


def main() -> None:
    """Ask for all overviews, print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument(
        "--tuning", action="store_true", help="the half that the method is chosen by"
    )
    parser.add_argument("--documents", type=int, default=10_000, metavar="N", help="0: marked ones")
    args = parser.parse_args()
    encoder, _ = open_encoder(None)
    told, queries = meetings(args.data)
    bodies, abstracts = papers(args.data)
    for name, documents, wanted in (
        ("meetings, with a topic", told, queries),
        ("whole meetings", told, whole_meetings(queries)),
        ("papers", bodies, abstracts),
    ):
        own = [one for one in wanted if is_tuning(one.document) == args.tuning]
        kept = sorted({one.document for one in own}, key=_digest)[: args.documents]
        own = [one for one in own if one.document in set(kept)]
        if own:
            _print(f"{name}: {len(own)} of {len(kept)}", _scored(documents, own, encoder))
    print_marked(marked(args.data), encoder)


def is_tuning(document: str) -> bool:
    """Whether a document is of the half that the method is chosen by."""
    return _digest(document)[0] % 2 == 0


def _digest(document: str) -> bytes:
    """By which documents are parted, and some are taken of all kinds of meetings."""
    return hashlib.sha256(document.encode()).digest()


def _scored(
    documents: Mapping[str, Document], wanted: Sequence[Summarized], encoder: Encoder
) -> Scores:
    scores: dict[str, list[SummaryScore]] = defaultdict(list)
    for name in sorted({one.document for one in wanted}):
        retriever = retriever_of(documents[name], encoder)
        pool = pool_of(retriever.stored, range(len(retriever.passages)))
        if len(pool) < SENTENCES:
            continue
        sentences = [one.text for one in pool.told]
        known = others(sentences, SENTENCES, name)
        whole = {f"ours: {n}": pick(pool, method, SENTENCES) for n, method in OURS.items()}
        for one in (one for one in wanted if one.document == name):
            best = oracle(sentences, one.reference, SENTENCES)
            chosen = known | (whole if not one.topic else _on(retriever, one.topic, pool))
            for system, numbers in (chosen | {"oracle": best}).items():
                said = " ".join(sentences[i] for i in sorted(numbers))
                found = rouge(said, one.reference)
                scores[system].append(SummaryScore(**found, f1=f1(numbers, best)))
    return scores


def retriever_of(document: Document, encoder: Encoder) -> Hybrid:
    """An index of the document alone."""
    contents, asking = encoded([document], encoder)
    return contents.retriever(asking)


def _on(retriever: Hybrid, topic: str, pool: SentencePool) -> dict[str, list[int]]:
    """What each of our methods chooses on a topic, as numbers of `pool`."""
    number = {(one.row, one.at): i for i, one in enumerate(pool.told)}
    read = request_of(AskedQuestion(topic), Names(())).topic  # as the product reads a question
    about = topical_pool(retriever, OverviewRequest(read or topic))
    return {
        f"ours: {name}": [
            number[about.told[i].row, about.told[i].at] for i in pick(about, method, SENTENCES)
        ]
        for name, method in ON_TOPIC.items()
    }


def f1(chosen: Iterable[int], gold: Iterable[int]) -> float:
    """Of sets of sentences; 0 where they share none."""
    a, b = set(chosen), set(gold)
    return 2 * len(a & b) / max(len(a) + len(b), 1)


def _print(title: str, scores: Scores) -> None:
    print(f"\n{title}\n\n| | ROUGE-1 | ROUGE-2 | ROUGE-L | F1 |\n|---|---|---|---|---|")
    for system, rows in scores.items():
        means = (100 * np.array(rows)).mean(axis=0)
        print(f"| {system} | {' | '.join(f'{m:.2f}' for m in means)} |")
    rank = {system: float(np.mean([s.rouge2 for s in rows])) for system, rows in scores.items()}
    best = max(OTHERS, key=lambda system: rank[system])
    for system in (s for s in scores if s.startswith("ours")):
        pairs = zip(scores[system], scores[best], strict=True)
        gain = Figure(np.array([100 * (a.rouge2 - b.rouge2) for a, b in pairs]))
        low, high = gain.interval()
        print(f"{system} over {best}: {gain.value:+.2f} ROUGE-2, {low:+.2f} to {high:+.2f}")


def print_marked(documents: Sequence[MarkedDocument], encoder: Encoder) -> None:
    """Of each system: marks that must be held, sentences that may be, F1 of both, theses."""
    found: dict[str, list[tuple[float, float, float, float]]] = defaultdict(list)
    for one in documents:
        retriever = retriever_of(one.document, encoder)
        pool = pool_of(retriever.stored, range(len(retriever.passages)))
        sentences = [" ".join(told.text.split()) for told in pool.told]
        chosen = others(sentences, SENTENCES, one.name)
        chosen |= {f"ours: {n}": pick(pool, m, SENTENCES) for n, m in OURS.items()}
        for system, numbers in chosen.items():
            said = [sentences[i] for i in numbers]
            found[system].append(_judge(said, one))
    print(f"\nmarked documents: {len(documents)}\n")
    print("| | must be held | may be held | F1 | thesis |\n|---|---|---|---|---|")
    for system, rows in found.items():
        held, fit, both, thesis = np.array(rows).T
        told = f"{int(thesis.sum())} of {len(rows)}"
        print(f"| {system} | {held.mean():.2f} | {fit.mean():.2f} | {both.mean():.2f} | {told} |")


def _judge(said: Sequence[str], one: MarkedDocument) -> tuple[float, float, float, float]:
    """The share of marks held that must be, of sentences marked at all, F1, whether a thesis is."""

    def holds(marks: Iterable[str]) -> list[bool]:
        return [any(mark in sentence for sentence in said) for mark in marks]

    held = float(np.mean(holds(one.must)))
    marks = (*one.must, *one.may, *one.thesis)
    fit = float(np.mean([any(mark in sentence for mark in marks) for sentence in said] or [False]))
    both = 2 * held * fit / max(held + fit, 1e-9)
    return held, fit, both, float(any(holds(one.thesis)))


if __name__ == "__main__":
    main()
