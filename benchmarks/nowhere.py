"""What it costs to say that a word stands nowhere, beside the question it is said of.

    python -m benchmarks.nowhere --data ../shared/data

10,000 documents of 2-4 KB as those of `benchmarks.update`, in memory; the passages' vectors are
random, which changes what is found and not how long it takes. Each question has a word of which no
document holds a letter in a row. The first time, the index notes what surrounds its sentences.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks.kit.timing import interleaved
from benchmarks.update import BYTES, material
from index.encoder import OnnxEncoder, open_encoder
from index.generation import encode_documents
from index.load import load_text
from index.types import Document, Vectors
from rag.engine import Engine
from rag.reader import open_reader

DOCUMENTS = 10_000
NOWHERE = "qzxvjwk"


class _Quick:
    """Questions as they are encoded; of passages random vectors."""

    def __init__(self, encoder: OnnxEncoder) -> None:
        self.dim, self.digest, self.max_tokens = encoder.dim, "random", encoder.max_tokens
        self.encode_query, self.count_tokens = encoder.encode_query, encoder.count_tokens

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Vectors:
        rows = np.random.default_rng(0).standard_normal((len(texts), self.dim), np.float32)
        unit: Vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return unit


def main() -> None:
    """Build, measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--documents", type=int, default=DOCUMENTS)
    chosen = parser.parse_args()
    texts, questions = material(chosen.data)
    documents = list(_documents(texts, chosen.documents))
    encoder = _Quick(open_encoder(None)[0])
    retriever = encode_documents(documents, encoder).retriever(encoder)
    engine = Engine(retriever, open_reader(), documents)
    engine.ask(questions[0])  # loads the reader
    asked = [f"{question.rstrip('?')} {NOWHERE}?" for question in questions[:10]]
    start = time.perf_counter()
    assert NOWHERE in retriever.missing(asked[0]).nowhere
    first = time.perf_counter() - start
    jobs = [partial(do, q) for q in asked for do in (retriever.missing, engine.ask)]
    times = np.array(interleaved(jobs)).reshape(-1, 2)
    looked, whole = np.median(times, axis=0).tolist()
    own = whole - looked  # what the question took before it could say so
    print(f"{sum(len(d.text) for d in documents) / 1e6:.0f} million characters")
    print(f"beside the question itself: {looked / own:.2f}; the first time: {first / own:.2f}")


def _documents(texts: Sequence[str], count: int) -> list[Document]:
    chance = random.Random(0)
    found = []
    for i in range(count):
        wanted = chance.randint(*BYTES)
        parts = [f"# Notes, part {i}"] if i % 2 else []
        while sum(map(len, parts)) < wanted:
            parts.append(chance.choice(texts)[: BYTES[1]])
        name = f"{i // 100:03}/{i:05}.{'md' if i % 2 else 'txt'}"
        found.append(load_text("\n\n".join(parts).encode(), name))
    return found


if __name__ == "__main__":
    main()
