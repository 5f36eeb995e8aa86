"""Vectors that are not computed twice: those of texts seen before, and of work that was cut off."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.errors import storage_errors
from index.storage import disk
from index.types import Encoder, Stored, Vectors

CHUNK = 512  # texts that are encoded, and then kept, at once: some seconds of work


class Remembering:
    """An encoder that looks a text up before it encodes it.

    What it encodes is kept in `folder` chunk by chunk, and found there by the next one made for
    the same folder and encoder.
    """

    def __init__(self, encoder: Encoder, folder: Path) -> None:
        self.encoder = encoder
        self.dim, self.digest, self.max_tokens = encoder.dim, encoder.digest, encoder.max_tokens
        self._kept = _Chunks(folder / encoder.digest[:16], encoder.dim)
        self._known: dict[bytes, NDArray[np.float32] | NDArray[np.float16]] = {}
        for keys, vectors in self._kept.read():
            self._known.update(zip(keys, vectors, strict=True))

    def learn(self, texts: Sequence[str], vectors: Stored) -> None:
        """Take over the vectors (len(texts), dim) of texts that this encoder made earlier."""
        self.take(map(text_key, texts), vectors)

    def take(self, keys: Iterable[bytes], vectors: Stored) -> None:
        """`learn`, of texts of which only the keys are known."""
        self._known.update(zip(keys, vectors, strict=True))

    @property
    def remembers_any(self) -> bool:
        """Whether it knows any text."""
        return bool(self._known)

    def remembers(self, text: str) -> bool:
        """Whether it need not encode this text."""
        return text_key(text) in self._known

    def encode_query(self, text: str) -> Vectors:
        """As the encoder's."""
        return self.encoder.encode_query(text)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """As the encoder's."""
        return self.encoder.count_tokens(texts)

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Vectors:
        """As the encoder's; `progress` hears how many are done. Raises StorageError."""
        keys = [text_key(text) for text in texts]
        fresh = {k: t for k, t in zip(keys, texts, strict=True) if k not in self._known}
        waiting, done = list(fresh), len(texts) - len(fresh)
        for at in range(0, len(waiting), CHUNK):
            chunk = waiting[at : at + CHUNK]
            vectors = self.encoder.encode_passages([fresh[key] for key in chunk])
            self._kept.write(chunk, vectors)
            self._known.update(zip(chunk, vectors, strict=True))
            if progress is not None:
                progress(done + at + len(chunk))
        if progress is not None and not waiting:
            progress(done)
        found = [self._known[key] for key in keys]
        return np.array(found, np.float32).reshape(len(texts), self.dim)


def text_key(text: str) -> bytes:
    """Sixteen bytes that a text's vector is kept under."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


class _Chunks:
    """Files of keys and vectors; the name of each ends with the hash of what is in it."""

    def __init__(self, folder: Path, dim: int) -> None:
        self._folder = folder
        self._row: Any = np.dtype([("key", "V16"), ("vector", "<f4", (dim,))])

    def read(self) -> Iterator[tuple[list[bytes], Vectors]]:
        """Each whole chunk; one that was cut short is passed over."""
        for file in sorted(self._folder.glob("*.npy")):
            data = file.read_bytes()
            if hashlib.sha256(data).hexdigest()[:32] != file.stem:
                continue
            rows = np.load(io.BytesIO(data), allow_pickle=False)
            if rows.dtype == self._row:
                yield [bytes(key) for key in rows["key"]], rows["vector"]

    def write(self, keys: Sequence[bytes], vectors: Vectors) -> None:
        """Keep one chunk more; raises StorageError."""
        rows = np.empty(len(keys), self._row)
        rows["key"] = np.frombuffer(b"".join(keys), "V16")
        rows["vector"] = vectors
        stream = io.BytesIO()
        with storage_errors("keep vectors in", self._folder):
            np.save(stream, rows, allow_pickle=False)
            data = stream.getvalue()
            disk.make_folder(self._folder)
            disk.replace(self._folder / f"{hashlib.sha256(data).hexdigest()[:32]}.npy", data)
