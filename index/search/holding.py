"""Every sentence that holds some words: what is mentioned, and where."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from index.language import Query
from index.passages import PassageTable
from index.search.sparse import Sparse
from index.types import Passage, Sentence


def sentences_holding(
    query: Query, sparse: Sparse, passages: PassageTable, chosen: NDArray[np.bool_]
) -> Iterator[tuple[Passage, Sentence]]:
    """The sentences of the `chosen` documents (n,) that hold all words of a query, in order.

    A word is held in any of its forms, by the rules of the document's language. None where the
    query has no word that counts.
    """
    wanted = {
        language: frozenset(stem for _, _, stem in query.words(language).placed)
        for language in sparse.languages
    }
    rows = {
        int(row)
        for stems in wanted.values()
        if stems
        for row in reduce(np.intersect1d, (sparse.passages_with(stem) for stem in stems))
    }
    for row in sorted(rows):
        document, first, count = passages.rows[row, :3].tolist()
        stems = wanted.get(passages.documents[document].language, frozenset())
        if not chosen[document] or not stems:
            continue
        held = [i for i in range(count) if stems <= {*sparse.sentence(first + i).own}]
        if held:
            passage = passages[row]
            yield from ((passage, passage.sentences[i]) for i in held)
