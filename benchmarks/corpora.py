"""Encoded corpora, kept between runs: encoding is most of a benchmark's time, and never varies."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from index import cache
from index.build import encode_documents
from index.contents import Contents
from index.encode import OnnxEncoder
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
        """As the encoder's; each text is encoded once, whichever corpora it stands in."""
        folder = cache.home() / "benchmarks" / self.digest[:16]
        folder.mkdir(parents=True, exist_ok=True)
        rows, vectors = _load(folder, self.dim)
        keys = [hashlib.sha256(t.encode("utf-8", "replace")).hexdigest()[:32] for t in texts]
        fresh = {key: text for key, text in zip(keys, texts, strict=True) if key not in rows}
        if fresh:
            new = self.encoder.encode_passages(list(fresh.values()), progress)
            rows |= {key: len(vectors) + i for i, key in enumerate(fresh)}
            vectors = np.concatenate([vectors, new])
            np.save(folder / "vectors.npy", vectors, allow_pickle=False)
            (folder / "rows.json").write_text(json.dumps(rows), "utf-8")
        chosen: Vectors = vectors[[rows[key] for key in keys]]
        return chosen


def _load(folder: Path, dim: int) -> tuple[dict[str, int], Vectors]:
    if not (folder / "rows.json").exists():
        return {}, np.empty((0, dim), np.float32)
    rows: dict[str, int] = json.loads((folder / "rows.json").read_text("utf-8"))
    return rows, np.load(folder / "vectors.npy", allow_pickle=False)


def encoded(documents: Sequence[Document], encoder: OnnxEncoder) -> tuple[Contents, Remembering]:
    """The contents of the documents' index, and the encoder to ask it with."""
    remembering = Remembering(encoder)
    return encode_documents(documents, remembering), remembering  # type: ignore[arg-type]
