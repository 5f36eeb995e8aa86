"""What an index holds, and the files of one generation."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.copies import Copies, Digests
from index.generation.boxed import BoxTable
from index.passages import PassageTable, StoredDocuments, languages_of
from index.search import Dense, Hybrid, Sparse, Terms, cells_of
from index.storage import Checked, Draft
from index.types import Document, Encoder, Stored


@dataclass(frozen=True)
class Contents:
    """All that an index holds of its documents, in their order.

    `vectors` (n, dim) are the passages', `sentence_vectors` (m, dim) those of their sentences,
    float16; `digests` (m, 16) say which sentences are the same. `boxes` are the documents'.
    """

    passages: PassageTable
    vectors: Stored
    sentence_vectors: Stored
    digests: Digests
    terms: Terms
    boxes: BoxTable

    @property
    def documents(self) -> Sequence[Document]:
        """The documents, in order."""
        return self.passages.documents

    @property
    def languages(self) -> list[str]:
        """The languages of the passages."""
        numbers = np.unique(self.passages.rows[:, 0])
        found: list[str] = np.unique(languages_of(self.documents)[numbers]).tolist()
        return found

    def take(self, numbers: Sequence[int]) -> Contents:
        """The documents with these numbers, in this order, and all that is known of them."""
        passages, rows, sentences = self.passages.take(numbers)
        return Contents(
            passages,
            self.vectors[rows],
            self.sentence_vectors[sentences],
            self.digests[sentences],
            self.terms.take(rows, sentences),
            self.boxes.take(numbers),
        )

    @classmethod
    def join(cls, parts: Sequence[Contents]) -> Contents:
        """The documents of all parts, one part after another; no part may be missing."""
        return cls(
            PassageTable.join([part.passages for part in parts]),
            np.concatenate([part.vectors for part in parts]),
            np.concatenate([part.sentence_vectors for part in parts]),
            np.concatenate([part.digests for part in parts]),
            Terms.join([part.terms for part in parts]),
            BoxTable.join([part.boxes for part in parts]),
        )

    def retriever(self, encoder: Encoder) -> Hybrid:
        """The retriever over these contents, without a disk between."""
        cells = cells_of(self.vectors)
        dense = Dense(self.vectors, self.sentence_vectors, self.passages.starts, cells)
        sparse = Sparse.build(self.terms, self.languages)
        copies = Copies.of(self.passages, self.digests)
        return Hybrid(encoder, dense, sparse, self.passages, copies)


def write_contents(draft: Draft, contents: Contents) -> None:
    """Write the files of a generation; raises OSError."""
    StoredDocuments.save(contents.documents, draft)
    table = contents.passages
    arrays: dict[str, NDArray[Any]] = {
        "vectors": contents.vectors,
        "sentence_vectors": contents.sentence_vectors,
        "passages": table.rows,
        "sentences": table.sentences,
    }
    for name, array in arrays.items():
        draft.save(name, array)
    cells = cells_of(contents.vectors)
    if cells is not None:
        draft.write(_CELLS, cells)
    Copies.of(table, contents.digests).save(draft)
    draft.write("headings.json", json.dumps(table.headings))
    contents.terms.save(draft)
    contents.boxes.save(draft)
    Sparse.build(contents.terms, contents.languages).save(draft)


def read_contents(files: Checked) -> Contents:
    """What `write_contents` wrote, all of it checked; raises one of `checked.DAMAGE`."""
    vectors, sentence_vectors = (files.array(name) for name in _VECTORS)
    digests, terms = files.array("sentence_digests"), Terms.load(files)
    table = _table(files)
    boxes = BoxTable.load(files, len(table.documents))
    return Contents(table, vectors, sentence_vectors, digests, terms, boxes)


def read_retriever(files: Checked, encoder: Encoder) -> Hybrid:
    """What answers questions, without what only an update needs; raises as `read_contents`."""
    table = _table(files)
    cells = files.read(_CELLS) if _CELLS in files.entries else None
    vectors = (files.array if cells is None else files.rows)(_VECTORS[0])  # without, all are used
    dense = Dense(vectors, files.rows(_VECTORS[1]), table.starts, cells)
    return Hybrid(encoder, dense, Sparse.load(files), table, Copies.load(table, files))


_VECTORS = ("vectors", "sentence_vectors")
_CELLS = "cells"


def _table(files: Checked) -> PassageTable:
    headings = json.loads(files.read("headings.json"))
    rows, sentences = (files.array(name) for name in ("passages", "sentences"))
    return PassageTable(StoredDocuments.load(files), rows, sentences, headings)
