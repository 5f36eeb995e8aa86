"""Documents to what an index holds: split, encoded, counted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain

import numpy as np

from index.copies import sentence_digests
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
from index.types import Document, Encoder, Progress, silent


def encode_documents(
    documents: Sequence[Document], encoder: Encoder, progress: Progress | None = None
) -> Contents:
    """Split and encode `documents`: all that their index will hold."""
    tell = progress or silent
    parts = []
    for i, document in enumerate(documents):
        tell("splitting documents", i, len(documents))
        parts.append(split(document, encoder.count_tokens, encoder.max_tokens))
    passages = list(chain.from_iterable(parts))
    texts = [passage_text(p) for p in passages]
    sentences = list(chain.from_iterable(map(sentence_texts, passages)))
    vectors, single = (
        encoder.encode_passages(own, _counted(tell, stage, len(own))).astype(np.float16)
        for stage, own in (("encoding passages", texts), ("encoding sentences", sentences))
    )
    tell("counting words", 0, 0)
    stemmed = (sentence_stems(p.document, s) for p in passages for s in p.sentences)
    terms = Terms.of([passage_stems(p) for p in passages], stemmed)
    table = PassageTable.from_passages(documents, passages)
    boxes = BoxTable.of(documents)
    return Contents(table, vectors, single, sentence_digests(table), terms, boxes)


def _counted(tell: Progress, stage: str, total: int) -> Callable[[int], None]:
    return lambda done: tell(stage, done, total)
