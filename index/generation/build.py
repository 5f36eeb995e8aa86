"""Documents to what an index holds: split, encoded, counted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from index.copies import sentence_digests
from index.encoder import Remembering
from index.generation.boxed import BoxTable
from index.generation.contents import Contents
from index.passages import (
    PassageTable,
    passage_stems,
    passage_text,
    sentence_stems,
    sentence_texts,
    split,
)
from index.search import Terms
from index.types import Document, Encoder, Passage, Progress, silent


def encode_documents(
    documents: Sequence[Document], encoder: Encoder, progress: Progress | None = None
) -> Contents:
    """Split, count and encode `documents`: all that their index will hold."""
    return encode_rest(count_documents(documents, encoder, progress), encoder, progress)


def count_documents(
    documents: Sequence[Document], encoder: Encoder, progress: Progress | None = None
) -> Contents:
    """Split and count `documents`: all that their index will hold but for vectors."""
    tell = progress or silent
    parts = []
    for i, document in enumerate(documents):
        tell("splitting documents", i, len(documents))
        parts.append(split(document, encoder.count_tokens, encoder.max_tokens))
    passages = list(chain.from_iterable(parts))
    tell("counting words", 0, 0)
    stemmed = (sentence_stems(p.document, s) for p in passages for s in p.sentences)
    terms = Terms.of([passage_stems(p) for p in passages], stemmed)
    table = PassageTable.from_passages(documents, passages)
    none = np.zeros((0, encoder.dim), np.float16)
    boxes, encoded = BoxTable.of(documents), np.zeros(len(passages), bool) if passages else None
    return Contents(table, none, none, sentence_digests(table), terms, boxes, encoded)


def encode_rest(contents: Contents, encoder: Encoder, progress: Progress | None = None) -> Contents:
    """The same contents with the vectors that they lack."""
    return _encoded(contents, contents.unencoded, encoder, progress or silent)


def encode_known(contents: Contents, encoder: Remembering) -> Contents:
    """The same contents with those vectors that `encoder` need not make."""
    if not encoder.remembers_any:
        return contents
    rows = [
        row
        for row in contents.unencoded.tolist()
        if all(map(encoder.remembers, texts_of(contents.passages[row])))
    ]
    return _encoded(contents, np.array(rows, np.int64), encoder, silent)


def texts_of(passage: Passage) -> list[str]:
    """All texts of a passage that are encoded."""
    return [passage_text(passage), *sentence_texts(passage)]


def _encoded(
    contents: Contents, rows: NDArray[np.int64], encoder: Encoder, tell: Progress
) -> Contents:
    """With the vectors of the passages `rows`."""
    if not len(rows):
        return contents
    passages = [contents.passages[row] for row in rows.tolist()]
    texts = [passage_text(p) for p in passages]
    sentences = list(chain.from_iterable(map(sentence_texts, passages)))
    vectors, single = (
        encoder.encode_passages(own, _counted(tell, stage, len(own))).astype(np.float16)
        for stage, own in (("encoding passages", texts), ("encoding sentences", sentences))
    )
    return contents.with_vectors(rows, vectors, single)


def _counted(tell: Progress, stage: str, total: int) -> Callable[[int], None]:
    return lambda done: tell(stage, done, total)
