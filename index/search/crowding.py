"""Passages that would crowd out others: what says the same again takes no further place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from index.language import ANY_WORD, rules_of
from index.types import Vectors

NEAR = 0.6  # cos of two passages, below which their words are not compared
SHARE = 0.5  # of the words of the longer one, that near-copies have in common
HEARD = 3  # documents that are heard of those that say the same


@dataclass(frozen=True)
class PassagePlace:
    """A passage that was found: its document, its headings, and what it says.

    `wordings` are the digests of the sentences looked at, `best` that of the one most like the
    question; `vector` (dim,) is the passage's, of unit length, and `text` all of its words.
    """

    document: int
    headings: int
    wordings: frozenset[bytes]
    best: bytes
    vector: Vectors
    text: str
    language: str

    @cached_property
    def words(self) -> frozenset[str]:
        """Its words that count, each once; not stemmed, which costs more than all the rest."""
        return frozenset(ANY_WORD.findall(self.text.casefold())) - rules_of(self.language).stop


def crowded(places: Sequence[PassagePlace]) -> list[bool]:
    """Of each place, which are best first, whether it adds nothing to those before it.

    It adds nothing where its document said all of it, under the same headings; and where `HEARD`
    other documents have said its best sentence, or are near-copies of it, be it with words
    shuffled in: a number or a name may tell them apart, so several are heard, but all of them would
    leave no place for others. Each is compared with the first of every group of near-copies
    (leader clustering, Hartigan 1975).
    """
    said: defaultdict[tuple[int, int], set[bytes]] = defaultdict(set)
    saying: defaultdict[bytes, set[int]] = defaultdict(set)
    groups: list[tuple[PassagePlace, set[int]]] = []
    leaders = np.zeros((len(places), len(places[0].vector) if places else 0), np.float32)
    found = []
    for place in places:
        own = said[place.document, place.headings]
        near = np.flatnonzero(leaders[: len(groups)] @ place.vector >= NEAR).tolist()
        alike = (groups[j][1] for j in near if _near_copies(place, groups[j][0]))
        group = next(alike, None)
        heard = (saying[place.best], set() if group is None else group)
        full = any(len(g) >= HEARD and place.document not in g for g in heard)
        found.append(full or own.issuperset(place.wordings))
        if found[-1]:
            continue
        if group is None:
            leaders[len(groups)] = place.vector
            groups.append((place, heard[1]))
        for documents in heard:
            documents.add(place.document)
        own.update(place.wordings)
    return found


def _near_copies(a: PassagePlace, b: PassagePlace) -> bool:
    if a.document == b.document:
        return False
    return len(a.words & b.words) >= SHARE * max(len(a.words), len(b.words), 1)
