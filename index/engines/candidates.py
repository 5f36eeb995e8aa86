"""Rows that an engine found, as a retriever of our own: it ranks them as it would among all.

The engine only chooses what is looked at. Whatever is told of a passage is measured here, by what
measures it in an index on the disk, over the rows alone and with the statistics of all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence, Set

import numpy as np

from index.copies import Copies
from index.engines.fetched import FetchedDocument
from index.engines.rows import FetchedRow
from index.passages import PassageTable
from index.search import Compounds, CompoundWords, Dense, Hybrid, Sparse, Statistics, Terms
from index.types import Document, Encoder


def retriever_over(
    rows: Iterable[FetchedRow],
    document_of: Callable[[str], tuple[int, Document]],
    encoder: Encoder,
    statistics: Statistics,
    words: CompoundWords,
    chosen: Set[str] | None,
) -> Hybrid | None:
    """A retriever over these rows; None where there is none.

    `document_of` gives a document and its number among all, by its id. `chosen` are the ids of
    those that are looked at, which are all that the rows are of; None means all there are.
    """
    placed = sorted(((*document_of(row.document), row) for row in rows), key=_place)
    if not placed:
        return None
    ordered = [row for _, _, row in placed]
    table = _table(placed)
    standing = [
        0 if one and (chosen is None or one in chosen) else -1
        for row in ordered
        for one in row.standing
    ]
    digests = np.concatenate([row.digests for row in ordered])
    terms = Terms.of(
        [row.stems for row in ordered], [s for row in ordered for s in row.sentence_stems]
    )
    vectors = np.stack([row.vectors[0] for row in ordered])
    dense = Dense(vectors, np.concatenate([row.vectors[1:] for row in ordered]), table.starts)
    sparse = Sparse.some_of(terms, statistics)
    copies = Copies(table, digests, np.arange(len(digests)), np.array(standing, np.int64))
    compounds = Compounds(sparse, table, words)
    return Hybrid(encoder, dense, sparse, table, copies, compounds=compounds)


def _place(placed: tuple[int, Document, FetchedRow]) -> tuple[int, int]:
    return placed[0], placed[2].start


def _table(placed: Sequence[tuple[int, Document, FetchedRow]]) -> PassageTable:
    """The passages over documents of which what they hold is at hand."""
    windows: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    known: dict[int, Document] = {}
    for number, document, row in placed:
        known[number] = document
        windows[number] += row.windows
    documents = [_seen(document, windows[number]) for number, document in known.items()]
    numbers = {number: at for at, number in enumerate(known)}
    paths: dict[tuple[str, ...], int] = {}
    rows, first = [], 0
    for number, _, row in placed:
        path = paths.setdefault(row.headings, len(paths))
        rows.append((numbers[number], first, len(row.sentences), path))
        first += len(row.sentences)
    sentences = np.concatenate([row.sentences for _, _, row in placed])
    return PassageTable(documents, np.array(rows, np.int64), sentences, [list(p) for p in paths])


def _seen(document: Document, windows: Sequence[tuple[int, str]]) -> Document:
    if isinstance(document, FetchedDocument):
        return document.seen_through(windows)
    return document
