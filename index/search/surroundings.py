"""What of a document is never quoted: its title, headings and furniture, its name and metadata."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np

from index.language import folded, stems
from index.load import ASIDE
from index.passages import PassageTable, languages_of
from index.search.mentions import Where
from index.types import Document, Span

KEPT_BYTES = 64 * 2**20  # of letters: to fold a text takes longer than to search it
_OF_THE_PROGRAM = frozenset(("sha256", "loader", "language", ASIDE))
_NO_LETTERS = re.compile(r"[\W_]+")


class Surroundings:
    """The surroundings of each document of a table, by its number; thread-safe."""

    def __init__(self, table: PassageTable) -> None:
        self.documents, self.passages = table.documents, table
        self._letters: dict[int, bytes] = {}
        self._kept = 0

    def of(self, number: int) -> Iterator[tuple[Where, str]]:
        """The texts that surround what can be quoted of a document, and what each is."""
        document = self.documents[number]
        yield from named(document)
        for heading in self._headings(number):
            yield Where.HEADING, heading
        ends = [Span(0, 0), *self._sentences(number), Span(len(document.text), 0)]
        gaps = (document.text[a.end : b.start] for a, b in pairwise(ends))
        yield Where.FURNITURE, "\n".join(gap for gap in gaps if not gap.isspace())

    def parts(self, number: int) -> tuple[str, str]:
        """What surrounds the sentences of a document, and the sentences, in lines."""
        text = self.documents[number].text
        around = "\n".join(text for _, text in self.of(number))
        return around, "\n".join(text[start:end] for start, end in self._sentences(number))

    def letters(self, number: int) -> bytes:
        """The letters of all that is known of a document, `folded`; of the first ones kept."""
        found = self._letters.get(number)
        if found is None:
            document = self.documents[number]
            found = folded("\n".join((document.text, *(text for _, text in named(document)))))
            if self._kept < KEPT_BYTES:
                self._letters[number] = found
                self._kept += len(found)
        return found

    def having(self, stem: str) -> Sequence[int]:
        """The numbers of the documents in whose surroundings a word has this stem, in order."""
        return self.postings.get(stem, ())

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages of all documents, of those without a sentence too."""
        return tuple(np.unique(languages_of(self.documents)).tolist())

    @cached_property
    def postings(self) -> Mapping[str, Sequence[int]]:
        """The documents in whose surroundings each stem stands, by their numbers, in order."""
        found: dict[str, list[int]] = defaultdict(list)
        for number, document in enumerate(self.documents):
            text = "\n".join(text for _, text in self.of(number))
            for stem in stems_of(text, document.language):
                found[stem].append(number)
        return found

    @cached_property
    def _edges(self) -> tuple[list[int], list[int]]:
        """Where each document's passages begin, and its sentences; the ends of the last one's."""
        rows = self.passages.rows[:, 0].searchsorted(range(len(self.documents) + 1))
        return rows.tolist(), self.passages.edges.tolist()

    def _sentences(self, number: int) -> list[Span]:
        first, stop = self._edges[1][number : number + 2]
        return [Span(a, b) for a, b in self.passages.sentences[first:stop, :2].tolist()]

    def _headings(self, number: int) -> Iterator[str]:
        first, stop = self._edges[0][number : number + 2]
        for path in dict.fromkeys(self.passages.rows[first:stop, 3].tolist()):
            yield from self.passages.headings[path]


def named(document: Document) -> Iterator[tuple[Where, str]]:
    """What a document is called and what is known of it; not all of it stands in its text."""
    names = (document.source, *document.copies)
    if not any(Path(name).stem == document.title for name in names):  # where no title was found
        yield Where.TITLE, document.title
    facts = (fact for key, fact in document.meta.items() if key not in _OF_THE_PROGRAM)
    yield Where.METADATA, "\n".join(facts)
    yield Where.LEFT_OUT, document.meta.get(ASIDE, "")
    yield Where.FILE_NAME, "\n".join(_NO_LETTERS.sub(" ", name) for name in names)


def stems_of(text: str, language: str) -> frozenset[str]:
    """The stems of the words between blanks: quicker than `stems` where words come again."""
    return frozenset().union(*(_stems(token, language) for token in set(text.split())))


@lru_cache(2**17)
def _stems(token: str, language: str) -> tuple[str, ...]:
    return tuple(stems(token, language))
