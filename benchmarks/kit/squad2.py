"""SQuAD 2.0 articles 9-10: which questions their article answers, and how sure that is."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from benchmarks.kit.asking import (
    Asked,
    Readers,
    ask_all,
    judged,
)
from benchmarks.kit.corpora import encoded
from benchmarks.kit.metrics import (
    Figure,
    auroc,
    calibration_error,
    shares,
)
from benchmarks.kit.sets import squad
from benchmarks.manifest import SQUAD2_BENCHMARK
from index.encoder import OnnxEncoder

FILE = "squad2/dev_10_articles.json"


def figures(data: Path, encoder: OnnxEncoder, readers: Readers) -> dict[str, Figure]:
    """Every figure of the set, by name and reader.

    The documents of a question are the paragraphs of its article.
    """
    asked: dict[str, list[Asked]] = {name: [] for name in readers}
    for article in range(SQUAD2_BENCHMARK.start, SQUAD2_BENCHMARK.stop):
        documents, questions = squad(data / FILE, slice(article, article + 1))
        contents, asking = encoded(documents, encoder)
        retriever = contents.retriever(asking)
        for name, reader in readers.items():
            asked[name] += ask_all(retriever, documents, reader, questions)
    results: dict[str, Figure] = {}
    for name, those in asked.items():
        answerable = [a for a in those if a.question.gold]
        told = [(a.answer.confidence, float(bool(a.question.gold))) for a in those]
        given = [bool(a.answer) for a in those if not a.question.gold]
        results |= {
            f"auroc.{name}": Figure(np.array(told), auroc),
            f"calibration error.{name}": Figure(judged(those), calibration_error),
            f"ranking first.{name}": shares([a.best_is_gold for a in answerable]),
            f"answers given.{name}": shares([bool(a.answer) for a in answerable]),
            f"answers given without gold.{name}": shares(given),
        }
    return results
