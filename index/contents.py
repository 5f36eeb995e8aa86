"""What an index holds, and the files of one generation."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.copies import Copies
from index.dense import Dense
from index.digests import Digests
from index.fuse import Hybrid
from index.passages import PassageTable
from index.sparse import Sparse
from index.terms import Terms
from index.types import Document, Encoder, Page, Vectors, text_id


@dataclass(frozen=True)
class Contents:
    """All that an index holds of its documents, in their order.

    `vectors` (n, dim) are the passages', `sentence_vectors` (m, dim) those of their sentences, of
    which `digests` (m, 16) say which are the same.
    """

    passages: PassageTable
    vectors: Vectors
    sentence_vectors: Vectors
    digests: Digests
    terms: Terms

    @property
    def documents(self) -> Sequence[Document]:
        """The documents, in order."""
        return self.passages.documents

    @property
    def languages(self) -> list[str]:
        """The languages of the passages."""
        numbers = np.unique(self.passages.rows[:, 0]).tolist()
        return sorted({self.documents[i].language for i in numbers})

    def take(self, numbers: Sequence[int]) -> Contents:
        """The documents with these numbers, in this order, and all that is known of them."""
        passages, rows, sentences = self.passages.take(numbers)
        return Contents(
            passages, self.vectors[rows], self.sentence_vectors[sentences],
            self.digests[sentences], self.terms.take(rows, sentences),
        )  # fmt: skip

    @classmethod
    def join(cls, parts: Sequence[Contents]) -> Contents:
        """The documents of all parts, one part after another; no part may be missing."""
        return cls(
            PassageTable.join([part.passages for part in parts]),
            np.concatenate([part.vectors for part in parts]),
            np.concatenate([part.sentence_vectors for part in parts]),
            np.concatenate([part.digests for part in parts]),
            Terms.join([part.terms for part in parts]),
        )

    def retriever(self, encoder: Encoder) -> Hybrid:
        """The retriever over these contents, without a disk between."""
        dense = Dense(self.vectors, self.sentence_vectors, self.passages.starts)
        sparse = Sparse.build(self.terms, self.languages)
        copies = Copies.of(self.passages, self.digests)
        return Hybrid(encoder, dense, sparse, self.passages, copies)


def write_contents(folder: Path, contents: Contents) -> None:
    """Write the files of a generation into `folder`."""
    with (folder / "documents.jsonl").open("w", encoding="utf-8") as file:
        for d in contents.documents:
            row = {
                "text": d.text, "title": d.title, "source": d.source, "meta": dict(d.meta),
                "pages": d.pages, "copies": d.copies,
            }  # fmt: skip
            file.write(json.dumps(row) + "\n")  # ASCII: a lone surrogate has no UTF-8
    table = contents.passages
    arrays: dict[str, NDArray[Any]] = {
        "vectors": contents.vectors,
        "sentence_vectors": contents.sentence_vectors,
        "passages": table.rows,
        "sentences": table.sentences,
        "sentence_digests": contents.digests,
        "copies": Copies.of(table, contents.digests).standing,
    }
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", array, allow_pickle=False)
    (folder / "headings.json").write_text(json.dumps(table.headings), "utf-8")
    contents.terms.save(folder / "terms")
    Sparse.build(contents.terms, contents.languages).save(folder / "bm25")


def read_contents(folder: Path) -> Contents:
    """What `write_contents` wrote; raises OSError, ValueError, KeyError or IndexError."""
    vectors, sentence_vectors = _vectors(folder)
    digests, terms = _array(folder, "sentence_digests"), Terms.load(folder / "terms")
    return Contents(_table(folder), vectors, sentence_vectors, digests, terms)


def read_retriever(folder: Path, encoder: Encoder) -> Hybrid:
    """What answers questions, without what only an update needs; raises as `read_contents`."""
    table, (vectors, sentence_vectors) = _table(folder), _vectors(folder)
    dense = Dense(vectors, sentence_vectors, table.starts)
    copies = Copies(table, _array(folder, "sentence_digests"), _array(folder, "copies"))
    return Hybrid(encoder, dense, Sparse.load(folder / "bm25"), table, copies)


def _vectors(folder: Path) -> list[Vectors]:
    return [_array(folder, name) for name in ("vectors", "sentence_vectors")]


def _table(folder: Path) -> PassageTable:
    headings = json.loads((folder / "headings.json").read_text("utf-8"))
    rows, sentences = (_array(folder, name) for name in ("passages", "sentences"))
    return PassageTable(tuple(_documents(folder)), rows, sentences, headings)


def _array(folder: Path, name: str) -> Any:
    return np.load(folder / f"{name}.npy", allow_pickle=False)


def _documents(folder: Path) -> Iterator[Document]:
    with (folder / "documents.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            text, pages = row["text"], tuple(Page(*page) for page in row["pages"])
            yield Document(
                text_id(text), text, row["title"], row["source"], row["meta"], (), pages,
                tuple(row["copies"]),
            )  # fmt: skip
