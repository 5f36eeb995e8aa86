"""Passages as arrays: a hundred thousand of them open at once, and are made when looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cached_property
from itertools import groupby
from typing import overload

import numpy as np
from numpy.typing import NDArray

from index.passages.documents import ids_of
from index.pieces import ROLES
from index.types import Document, Passage, Sentence, Span

Numbers = NDArray[np.int64]
Table = NDArray[np.int64]
AROUND = 100  # passages on each side of one, that a list may reach into


class PassageTable(Sequence[Passage]):
    """A sequence of passages over `rows` (n, 4) and `sentences` (m, 5).

    A row is document, first sentence, number of sentences, headings; a sentence is start, end,
    start and end of its lead (-1 for none), role.
    """

    def __init__(
        self,
        documents: Sequence[Document],
        rows: Table,
        sentences: Table,
        headings: Sequence[Sequence[str]],
    ) -> None:
        self.documents, self.rows, self.sentences, self.headings = (
            documents,
            rows,
            sentences,
            headings,
        )

    @classmethod
    def from_passages(
        cls, documents: Sequence[Document], passages: Sequence[Passage]
    ) -> PassageTable:
        """The table of `passages`, each of one of `documents`."""
        number = {d.id: i for i, d in enumerate(documents)}
        paths: dict[tuple[str, ...], int] = {}
        rows: list[tuple[int, ...]] = []
        sentences: list[tuple[int, ...]] = []
        for p in passages:
            path = paths.setdefault(p.headings, len(paths))
            rows.append((number[p.document.id], len(sentences), len(p.sentences), path))
            sentences += [
                (s.start, s.end, *(s.lead or (-1, -1)), ROLES.index(s.role)) for s in p.sentences
            ]
        return cls(
            documents,
            np.array(rows, np.int64).reshape(-1, 4),
            np.array(sentences, np.int64).reshape(-1, 5),
            [list(p) for p in paths],
        )

    @property
    def starts(self) -> Table:
        """Shape (n + 1,): the sentences of passage i are rows starts[i] to starts[i + 1]."""
        return np.append(self.rows[:, 1], len(self.sentences)).astype(np.int64)

    def number(self, document: str) -> int | None:
        """Which of the documents has this id, from 0; None for none."""
        return self._number.get(document)

    @cached_property
    def _number(self) -> dict[str, int]:
        return {id_: i for i, id_ in enumerate(ids_of(self.documents))}

    @classmethod
    def join(cls, parts: Sequence[PassageTable]) -> PassageTable:
        """The documents of all parts and their passages, one part after another."""
        rows, sentences = [], []
        headings: dict[tuple[str, ...], int] = {}
        documents: list[Document] = []
        count = 0
        for part in parts:
            path = [headings.setdefault(tuple(h), len(headings)) for h in part.headings]
            moved = part.rows + np.array([len(documents), count, 0, 0])
            moved[:, 3] = np.array(path, np.int64)[part.rows[:, 3]]
            rows.append(moved)
            sentences.append(part.sentences)
            documents += part.documents
            count += len(part.sentences)
        return cls(
            documents, np.concatenate(rows), np.concatenate(sentences), [list(h) for h in headings]
        )

    def take(self, numbers: Sequence[int]) -> tuple[PassageTable, Table, Table]:
        """The table of the documents with these numbers, in this order.

        With it, the numbers in this table of the passages and of the sentences taken.
        """
        edges = np.searchsorted(self.rows[:, 0], np.arange(len(self.documents) + 1))
        chosen = np.array(numbers, np.int64)
        counts = np.diff(edges)[chosen]
        rows = ranges(edges[chosen], counts)
        sentences = ranges(self.rows[rows, 1], self.rows[rows, 2])
        taken = self.rows[rows].copy()
        taken[:, 0] = np.repeat(np.arange(len(chosen)), counts)
        taken[:, 1] = np.cumsum(taken[:, 2]) - taken[:, 2]
        used, path = np.unique(taken[:, 3], return_inverse=True)
        taken[:, 3] = path
        table = PassageTable(
            [self.documents[i] for i in numbers],
            taken,
            self.sentences[sentences],
            [self.headings[i] for i in used.tolist()],
        )
        return table, rows, sentences

    def of_document(self, document: str) -> list[Passage]:
        """The passages of the document with this id, in order; none where there is no such."""
        number = self._number.get(document)
        if number is None:
            return []
        rows = self.rows_of(number)
        return self[rows.start : rows.stop]

    def rows_of(self, document: int) -> range:
        """The numbers of the passages of the document with this number."""
        return range(*np.searchsorted(self.rows[:, 0], [document, document + 1]).tolist())

    def row(self, passage: Passage) -> int:
        """The number of the passage of this table that holds one: it, or what is a part of it.

        Raises ValueError where there is none.
        """
        rows = self.rows_of(-1 if (n := self.number(passage.document.id)) is None else n)
        starts = self.sentences[self.rows[rows.start : rows.stop, 1], 0]
        at = rows.start + int(np.searchsorted(starts, passage.start, "right")) - 1
        if at < rows.start or self[at].end < passage.end:
            raise ValueError(f"{passage.document.source} has no such passage")
        return at

    def around(self, passage: Passage, least: int = 0, most: int = AROUND) -> Sequence[Passage]:
        """A passage and its neighbours under one heading, in order: `least` of them on each side.

        Up to `most` where a list reaches into them; the passage alone where it is not of this
        table.
        """
        number = self._number.get(passage.document.id)
        if number is None:
            return [passage]
        first, stop = np.searchsorted(self.rows[:, 0], [number, number + 1]).tolist()
        starts = self.sentences[self.rows[first:stop, 1], 0]
        at = first + int(np.searchsorted(starts, passage.start, "right")) - 1
        if at < first or self[at].start != passage.start:
            return [passage]
        low = high = at
        while low > first and self._goes_on(low - 1):
            if at - low >= (most if self._begins_in_list(low) else least):
                break
            low -= 1
        while high + 1 < stop and self._goes_on(high):
            if high - at >= (most if self._begins_in_list(high + 1) else least):
                break
            high += 1
        return self[low : high + 1]

    def under(self, is_named: Callable[[str], object]) -> Iterator[list[Passage]]:
        """The passages of each section whose heading, or one above it, `is_named`; in order."""
        depth = [next((i for i, h in enumerate(p, 1) if is_named(h)), 0) for p in self.headings]
        rows = np.flatnonzero(np.array(depth, int)[self.rows[:, 3]]).tolist()
        keyed = groupby(
            enumerate(rows),
            lambda own: (
                own[1] - own[0],  # the same for rows that follow one another
                self.rows[own[1], 0],
                *self.headings[self.rows[own[1], 3]][: depth[self.rows[own[1], 3]]],
            ),
        )
        for _, group in keyed:
            yield [self[row] for _, row in group]

    def _begins_in_list(self, number: int) -> bool:
        return bool(self.sentences[self.rows[number, 1], 4] == ROLES.index("item"))

    def _goes_on(self, number: int) -> bool:
        """Whether the next passage is under the same heading, and not under another of its name."""
        paths = self.rows[:, 3]
        if paths[number] != paths[number + 1]:
            return False
        one, other = self[number : number + 2]
        between = one.document.text[one.end : other.start]
        return not one.headings or one.headings[-1] not in between

    @property
    def edges(self) -> Table:
        """Shape (documents + 1,): the sentences of document i are rows edges[i] to edges[i + 1]."""
        first = np.searchsorted(self.rows[:, 0], np.arange(len(self.documents) + 1))
        return self.starts[first]

    def among(self, documents: Collection[str]) -> NDArray[np.bool_]:
        """Shape (documents,): which have these ids."""
        return np.array([id_ in documents for id_ in ids_of(self.documents)], bool)

    def counts(self) -> Counter[str]:
        """How many passages each document has, by its id."""
        numbers = np.bincount(self.rows[:, 0], minlength=len(self.documents)).tolist()
        return Counter(dict(zip(ids_of(self.documents), numbers, strict=True)))

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, key: int) -> Passage: ...
    @overload
    def __getitem__(self, key: slice) -> list[Passage]: ...
    def __getitem__(self, key: int | slice) -> Passage | list[Passage]:
        if isinstance(key, slice):
            return [self[i] for i in range(*key.indices(len(self)))]
        document, first, count, path = self.rows[key].tolist()
        sentences = tuple(
            Sentence(start, end, Span(a, b) if a >= 0 else None, ROLES[role])
            for start, end, a, b, role in self.sentences[first : first + count].tolist()
        )
        return Passage(
            self.documents[document],
            sentences[0].start,
            sentences[-1].end,
            sentences,
            tuple(self.headings[path]),
        )


def ranges(starts: Numbers, counts: Numbers) -> Numbers:
    """starts[0], starts[0] + 1, … counts[0] numbers, then those from starts[1], and so on."""
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    found: Numbers = np.arange(total, dtype=np.int64) + np.repeat(starts - (ends - counts), counts)
    return found
