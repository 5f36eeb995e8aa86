"""Encoded corpora, kept between runs: encoding is most of a benchmark's time, and never varies."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from index.encoder import Remembering
from index.generation import Contents, encode_documents
from index.storage import cache
from index.types import Document, Encoder, Vectors


class Recalling(Remembering):
    """An encoder that keeps the vectors of texts in the cache folder, for every later benchmark.

    Each question is encoded once, whoever asks it.
    """

    def __init__(self, encoder: Encoder) -> None:
        super().__init__(encoder, cache.home() / "benchmarks")
        self._queries: dict[str, Vectors] = {}

    def encode_query(self, text: str) -> Vectors:
        """As the encoder's."""
        if text not in self._queries:
            self._queries[text] = super().encode_query(text)
        return self._queries[text]


def without(contents: Contents, documents: Collection[str]) -> Contents:
    """What an index without these documents (by id) holds."""
    return only(contents, {d.id for d in contents.documents}.difference(documents))


def only(contents: Contents, documents: Collection[str]) -> Contents:
    """What an index of these documents (by id) alone holds."""
    return contents.take([i for i, d in enumerate(contents.documents) if d.id in documents])


def encoded(documents: Sequence[Document], encoder: Encoder) -> tuple[Contents, Recalling]:
    """The contents of the documents' index, and the encoder to ask it with."""
    recalling = Recalling(encoder)
    return encode_documents(documents, recalling), recalling
