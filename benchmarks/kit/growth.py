"""How the time to ask grows with the documents, up to 100,000 passages.

The larger corpora are grown from the bundled articles (benchmarks/grown.py).
"""

from __future__ import annotations

import time
from collections.abc import Sequence

import seeds
from benchmarks.kit.grown import grown
from benchmarks.kit.timing import Spread, golden_questions
from index.encoder import OnnxEncoder, open_encoder
from index.generation import Contents, encode_documents
from index.library import Index
from rag.engine import Engine
from rag.reader import TrainedReader

SIZES = (1_000, 10_000, 100_000)
QUESTIONS = 20


def figures(sizes: Sequence[int] = SIZES, *, questions: int = QUESTIONS) -> dict[str, Spread]:
    """The time to ask over so many passages, over that of the bundled articles."""
    encoder, _ = open_encoder(None)
    articles = encode_documents(Index.load(seeds.FOLDER).documents, encoder)
    asked = golden_questions()[:questions]
    small = _engine(articles, encoder)
    return {
        f"ask over {size:,} passages": _ratio(small, _engine(grown(articles, size), encoder), asked)
        for size in sizes
    }


def _engine(contents: Contents, encoder: OnnxEncoder) -> Engine:
    # a reader of its own: what it has just read it would not read again for the other engine
    return Engine(contents.retriever(encoder), TrainedReader(), contents.documents)


def _ratio(small: Engine, large: Engine, questions: Sequence[str]) -> Spread:
    """Seconds of the large engine over the small one's, each question asked in turn."""
    times: list[tuple[float, float]] = []
    for question in (questions[0], *questions):
        start = time.perf_counter()
        small.ask(question)
        middle = time.perf_counter()
        large.ask(question)
        times.append((middle - start, time.perf_counter() - middle))
    small_seconds, large_seconds = zip(*times[1:], strict=True)  # the first loads and warms
    return Spread.of_ratios(large_seconds, small_seconds)
