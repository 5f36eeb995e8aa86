"""The sentences that an overview may quote, and what they are compared by."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index import Passage, StoredSentences, Vectors, asks_something
from rag.reader import is_reference
from rag.statements import leans

LEAST = 4  # words that count, of a sentence that says something
LONGEST = 600  # characters
MOST = 2_000  # sentences that are compared with one another
_UNFINISHED = re.compile(r"[:,;(–—-]\W*\Z")  # what follows belongs to it
_CUT_OFF = re.compile(r"\W*[A-Z]\. [a-z]")  # "S. policymakers": what is left of "U.S. policymakers"
_LABEL = re.compile(r"[A-Z][\w .'-]{0,30}:\s+")  # who speaks


class Told(NamedTuple):
    """A sentence: the number of its passage, which sentence of it, and its stems."""

    row: int
    passage: Passage
    at: int
    stems: tuple[str, ...]

    @property
    def text(self) -> str:
        """Its words."""
        return self.passage.document.cut(self.passage.sentences[self.at].span)


@dataclass(frozen=True)
class SentencePool:
    """n sentences, in the order of their documents.

    `encoded` gives their vectors when somebody compares them. `relevance` (n,) is how much each is
    about what is asked for, 0-1; None where nothing is.
    """

    told: Sequence[Told]
    encoded: Callable[[], Vectors]
    relevance: NDArray[np.float64] | None = None

    def __len__(self) -> int:
        return len(self.told)

    def take(self, numbers: Sequence[int]) -> SentencePool:
        """Some of the sentences, in this order."""
        own = list(numbers)
        relevance = None if self.relevance is None else self.relevance[own]
        return SentencePool([self.told[i] for i in own], lambda: self.vectors[own], relevance)

    @cached_property
    def vectors(self) -> Vectors:
        """Shape (n, dim), of unit length."""
        return self.encoded()

    @cached_property
    def terms(self) -> Vectors:
        """Shape (n, stems): tf-idf over these sentences, rows of unit length."""
        numbers: dict[str, int] = {}
        for one in self.told:
            for stem in one.stems:
                numbers.setdefault(stem, len(numbers))
        found = np.zeros((len(self), len(numbers)), np.float32)
        for row, one in enumerate(self.told):
            for stem, count in Counter(one.stems).items():
                found[row, numbers[stem]] = count
        found *= np.log(1 + len(self) / np.maximum((found > 0).sum(axis=0), 1))
        lengths = np.linalg.norm(found, axis=1, keepdims=True)
        found /= np.maximum(lengths, 1e-9)
        return found

    @cached_property
    def similarity(self) -> Vectors:
        """Shape (n, n): the mean of the cosines of the vectors and of the words, 0-1."""
        cosines = np.maximum(self.vectors @ self.vectors.T, 0)
        found: Vectors = (cosines + self.terms @ self.terms.T) / 2
        return found

    @cached_property
    def parts(self) -> NDArray[np.int64]:
        """Shape (n,): of which document each is, or of one document of which passage; from 0."""
        documents = [one.passage.document.id for one in self.told]
        keys = documents if len(set(documents)) > 1 else [one.row for one in self.told]
        found: NDArray[np.int64] = np.unique(keys, return_inverse=True)[1]
        return found


def pool_of(
    stored: StoredSentences,
    rows: Sequence[int],
    relevance: Mapping[tuple[int, int], float] | None = None,
) -> SentencePool:
    """The sentences of these passages that an overview may quote; none where none may be.

    `relevance` is that of each sentence, by the number of its passage and its place there; others
    are left out.
    """
    rows = rows if relevance is not None else _spread(stored, rows)
    told = [one for row in rows for one in _told(stored, row)]
    if relevance is not None:
        told = [one for one in told if (one.row, one.at) in relevance]
    if not told:
        return SentencePool((), lambda: np.zeros((0, 0), np.float32))

    def encoded() -> Vectors:
        counts = stored.passages.rows[list(rows), 2]
        firsts = dict(zip(rows, (np.cumsum(counts) - counts).tolist(), strict=True))
        return stored.vectors(rows)[[firsts[one.row] + one.at for one in told]]

    if relevance is None:
        return SentencePool(told, encoded)
    return SentencePool(told, encoded, np.array([relevance[one.row, one.at] for one in told]))


def first_rows(stored: StoredSentences, rows: Sequence[int], count: int) -> SentencePool:
    """The first row of each table in these passages, at most `count`; of a single table more."""
    table = stored.passages
    found: dict[int, list[Told]] = {}
    for row in rows:
        passage, stems = table[row], stored.stems(row)
        told = (Told(row, passage, at, tuple(stems[at])) for at in range(len(passage.sentences)))
        own = found.setdefault(int(table.rows[row, 3]), [])
        own += (one for one in told if passage.sentences[one.at].role == "row")
    tables = [own for own in found.values() if own]
    told_of = tables[0] if len(tables) == 1 else [own[0] for own in tables]
    shown = told_of[:count]
    return SentencePool(shown, lambda: np.zeros((len(shown), 0), np.float32))


def _spread(stored: StoredSentences, rows: Sequence[int]) -> Sequence[int]:
    """The passages; of very many the first ones of each section, and some of all the others."""
    table = stored.passages.rows[list(rows)]
    if table[:, 2].sum() <= MOST:
        return rows
    begins = np.flatnonzero(np.diff(table[:, 3], prepend=-1))
    most = max(2, int(MOST / table[:, 2].mean()))
    begins = begins[np.linspace(0, len(begins) - 1, min(len(begins), most // 2)).astype(int)]
    evenly = np.linspace(0, len(rows) - 1, most // 2).astype(int)
    return [rows[i] for i in np.union1d(begins, evenly).tolist()]


def _told(stored: StoredSentences, row: int) -> Iterator[Told]:
    passage = stored.passages[row]
    if is_reference(passage):
        return
    looked_at = stored.are_looked_at(row)
    for at, stems in enumerate(stored.stems(row)):
        if looked_at[at] and len(set(stems)) >= LEAST and _may_be_quoted(passage, at):
            yield Told(row, passage, at, tuple(stems))


def _may_be_quoted(passage: Passage, at: int) -> bool:
    """Whether a sentence says something that is understood, by itself or with the one before it."""
    sentence, words = passage.sentences[at], passage.document.cut(passage.sentences[at].span)
    if sentence.role not in ("body", "item") or len(words) > LONGEST:
        return False
    if asks_something(words) or _UNFINISHED.search(words) or _CUT_OFF.match(words):
        return False
    if not leans(_LABEL.sub("", words, count=1)):
        return True
    # it is shown with the one before it, where that is of the same passage and stands by itself
    before = passage.sentences[at - 1] if at else None
    if before is None or {before.role, sentence.role} != {"body"} or not leans(words):
        return False
    return not leans(_LABEL.sub("", passage.document.cut(before.span), count=1))
