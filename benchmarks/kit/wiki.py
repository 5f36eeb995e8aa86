"""SQuADShifts new-wiki, even articles: paragraphs, sentences, answers; with gold and without."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.kit.asking import Asked, Readers, ask_all, judged
from benchmarks.kit.corpora import encoded, without
from benchmarks.kit.metrics import Figure, auroc, calibration_error, shares
from benchmarks.kit.passages import (
    RETRIEVAL,
    Ranking,
    after_reading,
    documents_in_order,
    over_the_best_baseline,
    rankers,
)
from benchmarks.kit.sets import Question, squad
from index.encoder import OnnxEncoder
from index.generation import Contents
from index.search import Hybrid
from index.types import Encoder

COVERAGE = 0.93  # of the questions that are answered
FILE = "squadshifts/new_wiki_even_articles.json"


def figures(data: Path, encoder: OnnxEncoder, readers: Readers) -> dict[str, Figure]:
    """Every figure of the set, by name and system."""
    documents, questions = squad(data / FILE)
    contents, asking = encoded(documents, encoder)
    retriever = contents.retriever(asking)
    rankings = {
        name: [rank(q.text) for q in questions] for name, rank in rankers(retriever).items()
    }
    asked = {
        name: ask_all(retriever, documents, reader, questions) for name, reader in readers.items()
    }
    for name, those in asked.items():
        rankings[name] = [
            after_reading(a.readings, found)
            for a, found in zip(those, rankings[RETRIEVAL], strict=True)
        ]
    results: dict[str, Figure] = {}
    for name, found in rankings.items():
        results |= _passages(name, questions, found)
    results |= over_the_best_baseline(results, "recall@1", (RETRIEVAL, *readers))
    results |= _first_and_any("ranking", "cosine", _usual_sentences(retriever, questions))
    refused = _without_gold(contents, asking, readers, questions)
    for name, those in asked.items():
        results |= _sentences(name, those) | _answers(name, those)
        results |= _confidence(name, those, refused[name])
    return results


def _passages(
    name: str, questions: Sequence[Question], found: Sequence[Ranking]
) -> dict[str, Figure]:
    places = np.array([_first_gold(q, r) for q, r in zip(questions, found, strict=True)])
    return {
        f"recall@1.{name}": Figure((places < 1).astype(float)),
        f"recall@5.{name}": Figure((places < 5).astype(float)),
        f"mrr@10.{name}": Figure(np.where(places < 10, 1 / (places + 1.0), 0.0)),
    }


def _first_gold(question: Question, ranking: Ranking) -> float:
    """The place (from 0) of the first gold paragraph, each paragraph at its best passage."""
    gold = {document for document, _ in question.gold}
    places = (i for i, d in enumerate(documents_in_order(ranking)) if d.id in gold)
    return float(next(places, math.inf))


def _usual_sentences(retriever: Hybrid, questions: Sequence[Question]) -> list[list[bool]]:
    """The usual way: the best five passages by cosine, and in them the most similar sentences."""
    tops = []
    for question in questions:
        vector = retriever.encoder.encode_query(question.text)
        scored = []
        for row, _ in retriever.dense.search(vector, 5):
            passage = retriever.passages[row]
            similar = retriever.dense.similarity(vector, row)
            scored += [
                (-c, s.span, passage.document)
                for c, s in zip(similar, passage.sentences, strict=True)
            ]
        scored.sort(key=lambda t: t[0])
        tops.append([question.is_gold(d, s) for _, s, d in scored[:3]])
    return tops


def _sentences(name: str, asked: Sequence[Asked]) -> dict[str, Figure]:
    tops = [
        [a.question.is_gold(r.hit.passage.document, r.span) for r in a.readings[:3]] for a in asked
    ]
    return _first_and_any("ranking", name, tops)


def _first_and_any(figure: str, name: str, tops: Sequence[Sequence[bool]]) -> dict[str, Figure]:
    return {
        f"{figure} first.{name}": shares([bool(t) and t[0] for t in tops]),
        f"{figure} any of three.{name}": shares([any(t) for t in tops]),
    }


def _answers(name: str, asked: Sequence[Asked]) -> dict[str, Figure]:
    rows = []
    for a in asked:
        spans = [(c.document, s) for c in a.answer.citations for s in c.sentences]
        best = a.answer.best
        # of joined sentences, the one that scored highest is the answer's first
        top = best is not None and a.question.is_gold(best.document, best.top)
        quoted = any(a.question.is_gold(d, s) for d, s in spans)
        rows.append((top, quoted, len(spans), sum(s.end - s.start for _, s in spans)))
    table = np.array(rows, np.float64)
    names = ("first", "any", "sentences", "characters")
    return {f"answer {n}.{name}": Figure(table[:, i]) for i, n in enumerate(names)}


def _without_gold(
    contents: Contents, asking: Encoder, readers: Readers, questions: Sequence[Question]
) -> dict[str, list[Asked]]:
    """By reader, each question asked of an index without the paragraphs that answer it."""
    groups: dict[frozenset[str], list[Question]] = defaultdict(list)
    for question in questions:
        groups[frozenset(document for document, _ in question.gold)].append(question)
    asked: dict[str, list[Asked]] = {name: [] for name in readers}
    for gold, group in groups.items():
        left = without(contents, gold)
        retriever = left.retriever(asking)
        for name, reader in readers.items():
            asked[name] += ask_all(retriever, left.documents, reader, group)
    return asked


def _at_coverage(asked: Sequence[Asked], refused: Sequence[Asked]) -> list[bool]:
    """Which of the refused would be answered if the surest `COVERAGE` of the asked were."""
    least = np.quantile([a.answer.confidence for a in asked], 1 - COVERAGE)
    return [a.answer.confidence >= least for a in refused]


def _confidence(name: str, asked: Sequence[Asked], refused: Sequence[Asked]) -> dict[str, Figure]:
    """With the gold passages, without them, and how far confidence is right over both."""
    both = [*asked, *refused]
    told = [(a.answer.confidence, 1.0) for a in asked]
    told += [(a.answer.confidence, 0.0) for a in refused]
    return {
        f"answers given.{name}": shares([bool(a.answer) for a in asked]),
        f"answers given without gold.{name}": shares([bool(a.answer) for a in refused]),
        f"answers given without gold, at 93% given.{name}": shares(_at_coverage(asked, refused)),
        f"auroc with and without gold.{name}": Figure(np.array(told), auroc),
        f"calibration error.{name}": Figure(judged(both), calibration_error),
    }
