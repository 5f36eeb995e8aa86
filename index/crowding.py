"""Passages that would crowd out others: what says the same again takes no further place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from index.types import Vectors

ALIKE = 0.65  # cos of the sentences most like the question, from which two passages are alike
HEARD = 3  # documents that are heard of those that are alike


class Place(NamedTuple):
    """A passage that was found: its document, its headings, and what it says.

    `wordings` are the digests of the sentences looked at, `best` (dim,) is the unit vector of the
    one that is most like the question.
    """

    document: int
    headings: int
    wordings: frozenset[bytes]
    best: Vectors


def crowded(places: Sequence[Place]) -> list[bool]:
    """Of each place, which are best first, whether it adds nothing to those before it.

    One of which the same document said all, under the same headings. And one that is like others,
    of which `HEARD` other documents are before it: a number or a name may tell them apart, so
    several are heard, but all of them would leave no place for what differs. Each is compared with
    the first of every group of those that are alike (leader clustering, Hartigan 1975).
    """
    said: defaultdict[tuple[int, int], set[bytes]] = defaultdict(set)
    leaders: list[Vectors] = []
    heard: list[set[int]] = []
    found = []
    for place in places:
        own = said[place.document, place.headings]
        like = np.array(leaders) @ place.best if leaders else np.zeros(1)
        group = int(np.argmax(like)) if like.max() >= ALIKE else len(leaders)
        others = heard[group] if group < len(leaders) else set()
        late = place.document not in others and len(others) >= HEARD
        found.append(late or own.issuperset(place.wordings))
        if found[-1]:
            continue
        if group == len(leaders):
            leaders.append(place.best)
            heard.append(set())
        heard[group].add(place.document)
        own.update(place.wordings)
    return found
