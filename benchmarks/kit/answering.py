"""A process that answers questions over a corpus grown to 10,000 passages; it is timed by `warm`.

It runs this file on the code of any checkout that PYTHONPATH names. A line on stdin is JSON, the
questions and how many of them are asked at once; the line that comes back is the seconds of each.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import seeds
from benchmarks.kit.grown import grown
from index.encoder import open_encoder
from index.generation import encode_documents
from index.library import Index
from rag.engine import Engine
from rag.reader import TrainedReader

PASSAGES = 10_000


def main() -> None:
    """Answer until stdin ends; a first line says that the engine is open."""
    encoder, _ = open_encoder(None)
    contents = grown(encode_documents(Index.load(seeds.FOLDER).documents, encoder), PASSAGES)
    engine = Engine(contents.retriever(encoder), TrainedReader(), contents.documents)
    print("open", flush=True)
    for line in sys.stdin:
        questions, at_once = json.loads(line)
        print(json.dumps(_asked(engine, questions, at_once)), flush=True)


def _asked(engine: Engine, questions: Sequence[str], at_once: int) -> list[float]:
    def seconds(question: str) -> float:
        start = time.perf_counter()
        engine.ask(question)
        return time.perf_counter() - start

    with ThreadPoolExecutor(at_once) as pool:
        return list(pool.map(seconds, questions))


if __name__ == "__main__":
    main()
