"""What a worker does with one file: read, split, encode, and keep what came of it."""

from __future__ import annotations

import hashlib
import tempfile
from itertools import chain
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

import numpy as np

from index.encoder import CONFIG, MODEL, TOKENIZER, OnnxEncoder, text_key
from index.errors import UnreadableDocument
from index.generation import texts_of
from index.isolation import Expected, Parsers
from index.load import documents_of
from index.passages import split
from index.workers.results import FileResult, result_name
from index.workers.store import ResultStore

ENCODER_FILES = (CONFIG, MODEL, TOKENIZER)


class Assignment(NamedTuple):
    """What all workers of one update are told: where results go, and by which recipe they are."""

    store: str
    recipe: tuple[str, ...]


class Worker:
    """One of many that do the same; each has an encoder and a process that reads files.

    What it is asked to do a second time is there already: a result is called by the content of
    its file.
    """

    def __init__(self, assignment: Assignment) -> None:
        """Raises StoreError, StorageError or EncoderError."""
        self._recipe, self._store = assignment.recipe, ResultStore(assignment.store)
        self._parsers = Parsers(children=1)
        with tempfile.TemporaryDirectory(prefix="ibid-") as folder:
            self._store.fetch_encoder(Path(folder), ENCODER_FILES)
            self._encoder = OnnxEncoder(Path(folder), threads=1)

    def prepare(self, file: Expected) -> bool:
        """Whether there is a result of this file now; where not, the writer says why.

        Raises StorageError or ParserError.
        """
        try:
            data = file.read()
        except UnreadableDocument:
            return False
        digest = hashlib.sha256(data).hexdigest()
        if digest == file.unless:
            return False
        name = result_name(digest, file.source, file.known, self._recipe)
        if self._store.get(name) is None:
            self._store.put(name, self._made(data, file))
        return True

    def close(self) -> None:
        """End the process that reads."""
        self._parsers.close()

    def _made(self, data: bytes, file: Expected) -> FileResult:
        begun = perf_counter()
        found = self._parsers.read(data, file.source, file.known)
        seconds = perf_counter() - begun
        encoder, texts = self._encoder, dict[str, None]()  # each once, in order
        for document in documents_of(found, data, file.source, file.known).documents:
            passages = split(document, encoder.count_tokens, encoder.max_tokens)
            texts.update(dict.fromkeys(chain.from_iterable(map(texts_of, passages))))
        vectors = encoder.encode_passages(list(texts)).astype(np.float16)
        return FileResult(tuple(found), tuple(map(text_key, texts)), vectors, seconds)
