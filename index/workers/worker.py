"""What a worker does with files: read, split, encode, and keep what came of each."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

import numpy as np

from index.encoder import CONFIG, MODEL, TOKENIZER, OnnxEncoder, text_key
from index.errors import UnreadableDocument
from index.failures import Failure
from index.generation import texts_of
from index.isolation import Expected, Parsers
from index.load import Parsed, documents_of
from index.passages import split
from index.workers.results import FileResult, result_name
from index.workers.store import ResultStore

ENCODER_FILES = (CONFIG, MODEL, TOKENIZER)


class Assignment(NamedTuple):
    """What all workers of one update are told: where results go, and by which recipe they are."""

    store: str
    recipe: tuple[str, ...]


class _FileRead(NamedTuple):
    """What is in a file, and what of it is to be encoded; `name` is "" where that was done."""

    name: str
    found: tuple[Parsed | Failure, ...]
    texts: tuple[str, ...]
    seconds: float


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

    def prepare(self, files: Sequence[Expected]) -> list[bool]:
        """Whether there is a result of each file now; where not, the writer says why.

        What they hold is encoded together: alone the texts of a small file are of few lengths.
        Raises StorageError or ParserError.
        """
        read = [self._read(file) for file in files]
        texts = {text: None for one in read if one is not None for text in one.texts}
        order = {text: row for row, text in enumerate(texts)}
        vectors = self._encoder.encode_passages(list(texts)).astype(np.float16)
        for one in read:
            if one is not None and one.name:
                own = vectors[[order[text] for text in one.texts]]
                keys = tuple(map(text_key, one.texts))
                self._store.put(one.name, FileResult(one.found, keys, own, one.seconds))
        return [one is not None for one in read]

    def close(self) -> None:
        """End the process that reads."""
        self._parsers.close()

    def _read(self, file: Expected) -> _FileRead | None:
        """What is in a file; nothing of one with a result, None of one that cannot have one."""
        try:
            data = file.read()
        except UnreadableDocument:
            return None
        digest = hashlib.sha256(data).hexdigest()
        if digest == file.unless:
            return None
        name = result_name(digest, file.source, file.known, self._recipe)
        if self._store.get(name) is not None:
            return _FileRead("", (), (), 0.0)
        begun = perf_counter()
        found = tuple(self._parsers.read(data, file.source, file.known))
        seconds = perf_counter() - begun
        encoder, texts = self._encoder, dict[str, None]()  # each once, in order
        for document in documents_of(found, data, file.source, file.known).documents:
            passages = split(document, encoder.count_tokens, encoder.max_tokens)
            texts.update(dict.fromkeys(chain.from_iterable(map(texts_of, passages))))
        return _FileRead(name, found, tuple(texts), seconds)
