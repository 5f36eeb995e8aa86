"""Which sentences of two sides clearly agree, and which differ."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np

from index import ENGLISH, Document, Retriever, Storing, Vectors
from rag.differences import DifferenceKind, compare
from rag.kinds import PairKind
from rag.readings import Reading
from rag.stance import Relation, RelationOdds, relations

VALUES = (DifferenceKind.NUMBER, DifferenceKind.DATE, DifferenceKind.NAME)
MOST = 48  # pairs that are compared, those that are most alike


class RelatedPair(NamedTuple):
    """Two sentences of different sides, and how they stand to each other."""

    kind: PairKind
    one: Reading
    other: Reading

    @property
    def both(self) -> tuple[Reading, Reading]:
        """The two sentences."""
        return self.one, self.other


def related(
    retriever: Retriever, question: str, sides: Sequence[Sequence[Reading]]
) -> list[RelatedPair]:
    """Of sentences of different documents those that clearly agree or differ, the likest first."""
    pairs = _nearest(retriever, sides)
    words = [(_words(one), _words(other)) for one, other in pairs]
    told = relations(words)
    found = []
    for (one, other), said, odds in zip(pairs, words, told, strict=True):
        if odds.clear is Relation.AGAINST or _state_other_values(question, said, odds):
            found.append(RelatedPair(PairKind.DIFFER, one, other))
        elif odds.clear is Relation.SAME:
            found.append(RelatedPair(PairKind.AGREE, one, other))
    return found


def _state_other_values(question: str, said: tuple[str, str], odds: RelationOdds) -> bool:
    """Whether two sentences differ in a number, a date or a name.

    Or by a "not" or an opposite, where they rather go against each other than not: among many pairs
    there are some that these words alone tell wrong.
    """
    kind = compare(question, *said)
    return kind in VALUES or (kind is not None and odds.against > odds.neither)


def _nearest(
    retriever: Retriever, sides: Sequence[Sequence[Reading]]
) -> list[tuple[Reading, Reading]]:
    """The pairs of English sentences of two sides, those that are most alike first."""
    every = [(at, r) for at, own in enumerate(sides) for r in own if _is_english(r)]
    if not isinstance(retriever, Storing) or not every:
        return []
    vectors = _vectors(retriever, [r for _, r in every])
    alike = vectors @ vectors.T
    pairs = [
        (i, j)
        for (i, (a, _)), (j, (b, _)) in combinations(enumerate(every), 2)
        if a != b and _document(every[i][1]) != _document(every[j][1])
    ]
    pairs.sort(key=lambda pair: (-round(float(alike[pair]), 5), pair))
    return [(every[i][1], every[j][1]) for i, j in pairs[:MOST]]


def _words(reading: Reading) -> str:
    return _document(reading).cut(reading.span)


def _document(reading: Reading) -> Document:
    return reading.hit.passage.document


def _is_english(reading: Reading) -> bool:
    return reading.hit.passage.document.language == ENGLISH


def _vectors(retriever: Storing, readings: Sequence[Reading]) -> Vectors:
    """Those of the sentences, shape (n, dim)."""
    table = retriever.passages
    found = []
    for reading in readings:
        row = table.row(reading.hit.passage)
        found.append(retriever.stored.vectors([row])[table[row].place(reading.span)])
    return np.stack(found)
