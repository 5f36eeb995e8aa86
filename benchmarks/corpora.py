"""Encoded corpora, kept between runs: encoding is most of a benchmark's time, and never varies."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from index import cache
from index.build import encode_documents
from index.encode import OnnxEncoder
from index.store import Contents
from index.types import Document, Vectors


@dataclass
class Remembering:
    """An encoder that keeps the vectors of texts it has seen, in the cache folder."""

    encoder: OnnxEncoder
    digest: str = field(init=False)
    dim: int = field(init=False)

    def __post_init__(self) -> None:
        self.digest, self.dim, self.config = (
            self.encoder.digest,
            self.encoder.dim,
            self.encoder.config,
        )
        self.count_tokens = self.encoder.count_tokens
        self._queries: dict[str, Vectors] = {}

    def encode_query(self, text: str) -> Vectors:
        """As the encoder's; each question is encoded once, whoever asks it."""
        if text not in self._queries:
            self._queries[text] = self.encoder.encode_query(text)
        return self._queries[text]

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Vectors:
        """As the encoder's; computed once for the same texts."""
        key = hashlib.sha256(
            "\0".join([self.digest, *texts]).encode("utf-8", "replace")
        ).hexdigest()
        folder = cache.home() / "benchmarks"
        folder.mkdir(exist_ok=True)
        file = folder / f"{key[:24]}.npy"
        if not file.exists():
            np.save(file, self.encoder.encode_passages(texts, progress), allow_pickle=False)
        vectors: Vectors = np.load(file, allow_pickle=False)
        return vectors


def encoded(documents: Sequence[Document], encoder: OnnxEncoder) -> tuple[Contents, Remembering]:
    """The contents of the documents' index, and the encoder to ask it with."""
    remembering = Remembering(encoder)
    return encode_documents(documents, remembering), remembering  # type: ignore[arg-type]
