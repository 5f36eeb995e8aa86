"""The stems of a collection: how often each occurs, whether a sentence says it, what surrounds."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.language import folded
from index.search import Surroundings, Terms
from index.storage import sum_of


@dataclass(frozen=True)
class Dictionary:
    """A `KnownStems`: `counts` says in how many passages each stem occurs.

    `unsaid` are those of them that no sentence says in its own words; `around` has the stems of
    what surrounds the sentences of documents and is never quoted: the number of the first document,
    and of how many.
    """

    counts: Mapping[str, int]
    unsaid: frozenset[str]
    around: Mapping[str, tuple[int, int]]

    @classmethod
    def of(cls, terms: Terms, surroundings: Surroundings) -> Dictionary:
        """That of all passages of an index."""
        ids, starts = terms.passages.ids, terms.passages.starts
        size, n = len(terms.vocabulary), len(starts) - 1
        pairs = np.unique(np.repeat(np.arange(n), np.diff(starts)) * size + ids)
        often = np.bincount(pairs % size, minlength=size).tolist() if size else []
        sentence = np.repeat(np.arange(len(terms.own)), terms.sentences.lengths)
        at = np.arange(len(terms.sentences.ids)) - terms.sentences.starts[sentence]
        before = terms.sentences.lengths[sentence] - terms.own[sentence]
        said = np.zeros(size, bool)
        said[terms.sentences.ids[at >= before]] = True
        counts = {s: n for s, n in zip(terms.vocabulary, often, strict=True) if n}
        unsaid = (s for s, own in zip(terms.vocabulary, said.tolist(), strict=True) if not own)
        around = {stem: (found[0], len(found)) for stem, found in surroundings.postings.items()}
        return cls(counts, frozenset(unsaid), around)

    @property
    def stems(self) -> Iterable[str]:
        """Every stem that occurs in a passage."""
        return self.counts

    def often(self, stem: str) -> int:
        """In how many passages a stem occurs."""
        return self.counts.get(stem, 0)

    def is_said(self, stem: str) -> bool:
        """Whether a sentence says it in its own words."""
        return stem in self.counts and stem not in self.unsaid

    def longer(self, letters: bytes, most: int) -> list[str]:
        """The stems of which these letters are a part, both `folded`; at most `most`."""
        found: list[str] = []
        ends, every = self._letters
        at = every.find(letters) if letters else -1
        while at >= 0 and len(found) < most:
            number = int(ends.searchsorted(at, "right"))
            found.append(self._ordered[number])
            at = every.find(letters, int(ends[number]))
        return found

    @cached_property
    def _ordered(self) -> list[str]:
        return list(self.counts)

    @cached_property
    def _letters(self) -> tuple[NDArray[np.int64], bytes]:
        """The letters of all stems, a line each, and where each line ends."""
        lines = [folded(stem) for stem in self._ordered]
        ends = np.cumsum([len(line) + 1 for line in lines], dtype=np.int64)
        return ends, b"\n".join([*lines, b""])

    def to_bytes(self) -> bytes:
        """As compressed JSON."""
        content = [dict(self.counts), sorted(self.unsaid), dict(self.around)]
        return zlib.compress(json.dumps(content).encode(), 6)

    @classmethod
    def from_bytes(cls, data: bytes) -> Dictionary:
        """What `to_bytes` gave; raises ValueError or zlib.error."""
        counts, unsaid, around = json.loads(zlib.decompress(data))
        return cls(counts, frozenset(unsaid), {stem: (a, b) for stem, (a, b) in around.items()})


def number_of(stem: str) -> int:
    """The dimension of a stem in sparse vectors: two may share one, which finds too much."""
    return int(sum_of(stem.encode("utf-8", "surrogatepass"))[:8], 16) & 0x7FFFFFFF
