"""What an index holds, and the files of one generation."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.copies import Copies, Digests
from index.generation.boxed import BoxTable
from index.passages import PassageTable, StoredDocuments, languages_of
from index.search import Dense, Hybrid, Sparse, Terms, Unencoded, cells_of
from index.storage import Checked, Draft
from index.types import Document, Encoder, Stored

Chosen = NDArray[np.bool_]


@dataclass(frozen=True)
class Contents:
    """All that an index holds of its documents, in their order.

    `vectors` (n, dim) are the passages', `sentence_vectors` (m, dim) those of their sentences,
    float16; `digests` (m, 16) say which sentences are the same. `boxes` are the documents'.
    Where only some passages are encoded, `encoded` (n,) says which, and vectors are theirs alone.
    """

    passages: PassageTable
    vectors: Stored
    sentence_vectors: Stored
    digests: Digests
    terms: Terms
    boxes: BoxTable
    encoded: Chosen | None = None

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

    @property
    def unencoded(self) -> NDArray[np.int64]:
        """The numbers of the passages that have no vector yet."""
        return np.flatnonzero(~self._encoded)

    @property
    def unencoded_sentences(self) -> int:
        """How many sentences these passages have."""
        return int(self.passages.rows[self.unencoded, 2].sum())

    @property
    def _encoded(self) -> Chosen:
        """Shape (n,): which passages are encoded."""
        return np.ones(len(self.passages), bool) if self.encoded is None else self.encoded

    def _sentences(self, passages: Chosen) -> Chosen:
        """Shape (m,): which sentences are of these passages (n,)."""
        return np.repeat(passages, self.passages.rows[:, 2])

    def take(self, numbers: Sequence[int]) -> Contents:
        """The documents with these numbers, in this order, and all that is known of them."""
        passages, rows, sentences = self.passages.take(numbers)
        encoded = self._encoded
        return Contents(
            passages,
            _taken(self.vectors, encoded, rows),
            _taken(self.sentence_vectors, self._sentences(encoded), sentences),
            self.digests[sentences],
            self.terms.take(rows, sentences),
            self.boxes.take(numbers),
            _unless_all(encoded[rows]),
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
            _unless_all(np.concatenate([part._encoded for part in parts])),
        )

    def with_vectors(
        self, rows: NDArray[np.int64], vectors: Stored, sentence_vectors: Stored
    ) -> Contents:
        """The same with the vectors of passages `rows`, ascending, that had none.

        `vectors` are (len(rows), dim), `sentence_vectors` those of all their sentences, in order.
        """
        encoded, new = self._encoded, np.zeros(len(self.passages), bool)
        new[rows] = True
        own, other = self._sentences(encoded), self._sentences(new)
        return replace(
            self,
            vectors=_merged(encoded, self.vectors, new, vectors),
            sentence_vectors=_merged(own, self.sentence_vectors, other, sentence_vectors),
            encoded=_unless_all(encoded | new),
        )

    def retriever(self, encoder: Encoder) -> Hybrid:
        """The retriever over these contents, without a disk between."""
        cells, table, lacking = cells_of(self.vectors), self.passages, None
        if self.encoded is not None:
            lacking = Unencoded(encoder, table, np.flatnonzero(self.encoded))
        dense = Dense(self.vectors, self.sentence_vectors, table.starts, cells, lacking)
        sparse = Sparse.build(self.terms, self.languages)
        return Hybrid(encoder, dense, sparse, table, Copies.of(table, self.digests))


def _taken(stored: Stored, kept: Chosen, rows: NDArray[np.int64]) -> Stored:
    """Those of `rows` that are `kept`, of `stored`, which holds the rows that are."""
    taken: Stored = stored[(np.cumsum(kept) - 1)[rows[kept[rows]]]]
    return taken


def _merged(own: Chosen, stored: Stored, new: Chosen, more: Stored) -> Stored:
    """`stored`, which are the rows that are `own`, and `more`, those that are `new`, in order."""
    both = own | new
    merged = np.empty((np.count_nonzero(both), more.shape[1]), more.dtype)
    merged[own[both]], merged[new[both]] = stored, more
    return merged


def _unless_all(chosen: Chosen) -> Chosen | None:
    return None if chosen.all() else chosen


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
    if contents.encoded is not None:
        arrays[_ROWS] = np.flatnonzero(contents.encoded)
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
    encoded = None
    if _ROWS in files.entries:
        encoded = np.zeros(len(table), bool)
        encoded[files.array(_ROWS)] = True
    return Contents(table, vectors, sentence_vectors, digests, terms, boxes, encoded)


def read_retriever(files: Checked, encoder: Encoder) -> Hybrid:
    """What answers questions, without what only an update needs; raises as `read_contents`."""
    table = _table(files)
    cells = files.read(_CELLS) if _CELLS in files.entries else None
    vectors = (files.array if cells is None else files.rows)(_VECTORS[0])  # without, all are used
    lacking = Unencoded(encoder, table, files.array(_ROWS)) if _ROWS in files.entries else None
    dense = Dense(vectors, files.rows(_VECTORS[1]), table.starts, cells, lacking)
    return Hybrid(encoder, dense, Sparse.load(files), table, Copies.load(table, files))


_VECTORS = ("vectors", "sentence_vectors")
_ROWS = "vector_rows"  # the numbers of the passages that have vectors, where not all have
_CELLS = "cells"


def _table(files: Checked) -> PassageTable:
    headings = json.loads(files.read("headings.json"))
    rows, sentences = (files.array(name) for name in ("passages", "sentences"))
    return PassageTable(StoredDocuments.load(files), rows, sentences, headings)
