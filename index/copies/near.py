"""Near-copies: documents most of which an earlier one says word for word, and none was edited.

A copy with another footer, with another order of paragraphs, with an advertisement in it. Of such
a document only what it says alone is looked at; the other one stands for the rest.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.copies.digests import (
    SIZE,
    Digests,
    digest,
    letter_count,
)
from index.copies.edits import Outline, edited, said_by_both
from index.passages import PassageTable
from index.types import Document

SHARE = 0.6  # of the letters of the smaller document, that the other must hold
LEAST = 0.5  # and of those of either
HOLDERS = 4  # documents that are tried for a sentence: thousands may share a notice


def near_copies(
    table: PassageTable, digests: Digests, order: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Shape (m,): for each sentence the number of the document that stands for it, or -1.

    That document stands earlier, is no near-copy itself, and says the sentence in the same
    letters and figures, under the same heading if it has that heading. It shares with the
    near-copy `SHARE` of the letters of the smaller of both, `LEAST` of either, and no edit is
    seen between them (`edits.edited`). Of several, it is the one that shares most; ties by number.

    Looked for among the first `HOLDERS` such documents of each sentence: the time grows as the
    number of sentences does. `order` is what `digests.in_order` gives.
    """
    standing = np.full(len(digests), -1)
    edges = table.edges
    texts: dict[int, _Text] = {}
    holders: defaultdict[bytes, list[int]] = defaultdict(list)
    for number in _sharing(edges, digests, order):
        own = slice(edges[number], edges[number + 1])
        text = texts[number] = _Text(table.documents[number], _wordings(digests[own]), table)
        original = _original(text, texts, holders)
        if original is not None:
            standing[own] = [original if one else -1 for one in text.held_by(texts[original])]
            continue
        for wording in text.wordings:
            if len(holders[wording]) < HOLDERS:
                holders[wording].append(number)
    return standing


def _sharing(edges: NDArray[np.int64], digests: Digests, order: NDArray[np.int64]) -> list[int]:
    """The numbers of the documents that have a sentence that stands more than once."""
    ordered = digests[order]
    same = (ordered[1:] == ordered[:-1]).all(axis=1)
    sentences = np.union1d(order[1:][same], order[:-1][same])
    found: list[int] = np.unique(np.searchsorted(edges, sentences, "right") - 1).tolist()
    return found


def _wordings(digests: Digests) -> list[bytes]:
    found: list[bytes] = digests.copy().view(f"V{SIZE}").ravel().tolist()
    return found


def _original(
    text: _Text, texts: Mapping[int, _Text], holders: Mapping[bytes, Sequence[int]]
) -> int | None:
    """The number of the document that stands for `text`; None where there is none."""
    noted: Counter[int] = Counter()
    spare = 0  # letters of sentences of which not every holder was noted
    for wording in text.wordings:
        found = holders.get(wording, ())
        noted.update(dict.fromkeys(found, letter_count(wording)))
        spare += letter_count(wording) * (len(found) == HOLDERS)
    shared: dict[int, int] = {}
    for number, least in noted.items():
        needed = text.needed(texts[number])
        common = text.shared(texts[number]) if least + spare >= needed else 0
        if common >= needed:
            shared[number] = common
    ranked = sorted(shared, key=lambda number: (-shared[number], number))
    return next((n for n in ranked if not edited(texts[n].outline, text.outline)), None)


class _Text:
    """A document by what it says; `said` are the digests of its sentences, in order."""

    def __init__(self, document: Document, said: Sequence[bytes], table: PassageTable) -> None:
        self.document, self.said, self._table = document, said, table
        self.wordings = frozenset(said)
        self._size = sum(map(letter_count, self.wordings))

    def needed(self, other: _Text) -> float:
        """How many letters both must share for one to be a near-copy."""
        sizes = self._size, other._size
        return max(1, SHARE * min(sizes), LEAST * max(sizes))

    def shared(self, other: _Text) -> int:
        """How many letters both say."""
        return sum(map(letter_count, self.wordings & other.wordings))

    @cached_property
    def outline(self) -> Outline:
        """Its headings and sentences."""
        return Outline.of(self.document, self._table.of_document(self.document.id), self.said)

    def held_by(self, other: _Text) -> list[bool]:
        """Whether the other says each sentence, and under that heading, if it has that heading."""
        both = said_by_both(other.outline, self.outline)
        under: defaultdict[bytes, set[bytes]] = defaultdict(set)
        for wording, above in zip(other.said, other._above(), strict=True):
            under[wording] |= above
        known = set().union(*under.values())
        return [
            wording in both and above & known <= under.get(wording, above)
            for wording, above in zip(self.said, self._above(), strict=True)
        ]

    def _above(self) -> list[set[bytes]]:
        """For each sentence, the heading above it and what introduces its list: "Adults:"."""
        found = []
        for passage in self._table.of_document(self.document.id):
            heading = {digest(h) for h in passage.headings[-1:]}
            for sentence in passage.sentences:
                lead = self.document.cut(sentence.lead) if sentence.lead else ""
                found.append(heading | {digest(lead)} if lead.endswith(":") else heading)
        return found
