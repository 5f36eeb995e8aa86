"""What an index holds, and the files of one generation."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.copies import Copies
from index.dense import Dense
from index.fuse import Hybrid
from index.load.formats import Failure
from index.passages import PassageTable
from index.sparse import Sparse
from index.types import Document, Encoder, Passage, Vectors, text_id


@dataclass(frozen=True)
class Contents:
    """All that an index holds, before it is written."""

    documents: Sequence[Document]
    passages: Sequence[Passage]
    vectors: Vectors
    sentence_vectors: Vectors
    sparse: Sparse
    failures: Sequence[Failure] = ()

    def retriever(self, encoder: Encoder) -> Hybrid:
        """The retriever over these contents, without a disk between."""
        table = PassageTable.from_passages(self.documents, self.passages)
        dense = Dense(self.vectors, self.sentence_vectors, table.starts)
        return Hybrid(encoder, dense, self.sparse, table, Copies.of(table))


def write_contents(folder: Path, contents: Contents) -> None:
    """Write the files of a generation into `folder`."""
    with (folder / "documents.jsonl").open("w", encoding="utf-8") as file:
        for d in contents.documents:
            row = {"text": d.text, "title": d.title, "source": d.source, "meta": dict(d.meta)}
            file.write(json.dumps(row) + "\n")  # ASCII: a lone surrogate has no UTF-8
    table = PassageTable.from_passages(contents.documents, contents.passages)
    copies = Copies.of(table)
    for name, array in (
        ("vectors", contents.vectors), ("sentence_vectors", contents.sentence_vectors),
        ("passages", table.rows), ("sentences", table.sentences),
        ("sentence_digests", copies.digests), ("copies", copies.standing),
    ):  # fmt: skip
        np.save(folder / f"{name}.npy", array, allow_pickle=False)
    (folder / "headings.json").write_text(json.dumps(table.headings), "utf-8")
    contents.sparse.save(folder / "bm25")


def read_documents(folder: Path) -> Iterator[Document]:
    """The documents that `write_contents` wrote, in order."""
    with (folder / "documents.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            text = row["text"]
            yield Document(text_id(text), text, row["title"], row["source"], row["meta"])
