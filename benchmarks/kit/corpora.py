"""Encoded corpora, kept between runs: encoding is most of a benchmark's time, and never varies."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from filelock import FileLock

from index.encoder import OnnxEncoder
from index.generation import Contents, encode_documents
from index.storage import cache
from index.types import Document, Vectors


@dataclass
class Remembering:
    """An encoder that keeps the vectors of texts it has seen, in the cache folder."""

    encoder: OnnxEncoder
    digest: str = field(init=False)
    dim: int = field(init=False)
    max_tokens: int = field(init=False)

    def __post_init__(self) -> None:
        self.digest, self.dim = self.encoder.digest, self.encoder.dim
        self.max_tokens = self.encoder.max_tokens
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
        kept = _Kept(cache.home() / "benchmarks" / self.digest[:16], self.dim)
        keys = [hashlib.sha256(t.encode("utf-8", "replace")).hexdigest()[:32] for t in texts]
        rows, vectors = kept.load()
        fresh = {key: text for key, text in zip(keys, texts, strict=True) if key not in rows}
        if fresh:
            new = self.encoder.encode_passages(list(fresh.values()), progress)
            rows, vectors = kept.add(list(fresh), new)
        chosen: Vectors = vectors[[rows[key] for key in keys]]
        return chosen


class _Kept:
    """Vectors by key in a folder; several processes may add to them."""

    def __init__(self, folder: Path, dim: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._rows, self._vectors = folder / "rows.json", folder / "vectors.npy"
        self._lock, self._dim = FileLock(folder / "lock"), dim

    def load(self) -> tuple[dict[str, int], Vectors]:
        """The row of each key, and the rows."""
        with self._lock:
            if not self._rows.exists():
                return {}, np.empty((0, self._dim), np.float32)
            rows: dict[str, int] = json.loads(self._rows.read_text("utf-8"))
            return rows, np.load(self._vectors, allow_pickle=False)

    def add(self, keys: Sequence[str], new: Vectors) -> tuple[dict[str, int], Vectors]:
        """What is kept by now, and these."""
        with self._lock:
            rows, vectors = self.load()
            rows |= {key: len(vectors) + i for i, key in enumerate(keys)}
            vectors = np.concatenate([vectors, new])
            np.save(self._vectors, vectors, allow_pickle=False)
            self._rows.write_text(json.dumps(rows), "utf-8")
            return rows, vectors


def without(contents: Contents, documents: Collection[str]) -> Contents:
    """What an index without these documents (by id) holds."""
    return only(contents, {d.id for d in contents.documents}.difference(documents))


def only(contents: Contents, documents: Collection[str]) -> Contents:
    """What an index of these documents (by id) alone holds."""
    return contents.take([i for i, d in enumerate(contents.documents) if d.id in documents])


def encoded(documents: Sequence[Document], encoder: OnnxEncoder) -> tuple[Contents, Remembering]:
    """The contents of the documents' index, and the encoder to ask it with."""
    remembering = Remembering(encoder)
    return encode_documents(documents, remembering), remembering
