"""A table as a question asks of it: which of its words name the table, a column or a value."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from index import name_stems, stems
from rag.compose.tables import YES, LabelledRow, RowTable
from rag.compose.things import AskedWord, things_of
from rag.query import AskedQuestion
from rag.statements import are_synonyms, base

_NUMERIC = re.compile(r"[^\w]*\d[\d.,:'’% ]*\w{0,3}[^\w]*")
_THINGS = ("s", "n", "people")  # how words for several things mostly end
# "partly paid" is neither paid nor not
_QUALIFIED = re.compile(
    r"(?i)\b(?:not|never|no|partly|partially|half|nicht|kein\w*|teilweise|halb)\b"
)
_NEGATED = re.compile(r"(?i)(?:un|non|dis|in|nicht)-?(\w{3,})")
_STATES = 4  # words of a cell that says a state, at most


class AskedTable:
    """A question and a table, word by word.

    `words` are those of the question that count, and `nouns` those of them that name its things;
    `said` is what each row says under each label, where it says yes what the label says.
    """

    def __init__(self, question: AskedQuestion, table: RowTable) -> None:
        document = table.document
        self.text, self.table, self.language = question.cleaned, table, document.language
        called = stems(" ".join((document.title, *table.headings)), self.language)
        self.called = name_stems(document.source, self.language).union(called)
        self.labels = {label: frozenset(stems(label, self.language)) for label in table.labels}
        self.words, self.nouns = things_of(question, self.language)
        self.said = [self._with_ticks(row) for row in table.rows]

    def thing(self) -> tuple[AskedWord | None, str, int]:
        """The word for what is asked for, the column that is called so, and how well that fits.

        The table and what names its rows go before others: "which projects start in May".
        """
        labelled = [(word, self.label_of(word)) for word in self.nouns]
        names = self._names_rows(self.table.labels[0])
        for word, label in labelled:
            if self.is_called(word) or (names and label == self.table.labels[0]):
                return word, label, 2
        for word, label in labelled:
            if label:
                return word, label, 1
        several = (word for word in self.nouns if word.written.endswith(_THINGS))
        return next(several, next(iter(self.nouns), None)), "", 0

    def are_numbers(self, thing: AskedWord | None) -> bool:
        """Whether a column other than the first is called so, and holds numbers."""
        rest = self.table.labels[1:]
        called = [n for n in rest if thing is not None and thing.stem in self.labels[n]]
        return any(map(self.is_numeric, called))

    def is_numeric(self, label: str) -> bool:
        """Whether most of what stands under a label are numbers."""
        cells = [cell for row in self.table.rows if (cell := row.value(label))]
        numbers = [c for c in cells if _NUMERIC.fullmatch(self.table.document.cut(c.span))]
        return 2 * len(numbers) > len(cells)

    def label_of(self, word: AskedWord) -> str:
        return next((name for name, own in self.labels.items() if word.stem in own), "")

    def is_called(self, word: AskedWord) -> bool:
        """Whether the table is called so, or by a word of the same meaning."""
        if word.stem in self.called:
            return True
        own = base(word.written.casefold())
        return self.language == "en" and any(are_synonyms(own, name) for name in self.called)

    def says_what(self, word: AskedWord) -> bool:
        """Whether a word says what the table or a column is called, and no value."""
        label = self.label_of(word)
        return word.stem in self.called or (bool(label) and label not in self.table.ticked)

    def columns(self, word: AskedWord, named: Collection[str]) -> frozenset[str]:
        """The labels under which a word stands: of those that the question names, where it does."""
        found = {name for said in self.said for name, own in said.items() if word.stem in own}
        return frozenset(found.intersection(named) or found)

    def is_qualified(self, word: AskedWord, labels: frozenset[str]) -> bool:
        """Whether a cell says a state by halves: "partly paid"."""
        cells = ((cell, row.get(n, ())) for n in labels for cell, row in self._cells(n))
        return any(
            word.stem in said and _QUALIFIED.search(cell) and len(cell.split()) <= _STATES
            for cell, said in cells
        )

    def is_denied(self, word: AskedWord) -> bool:
        """Whether it says that something of the table is not so: "unpaid"."""
        denied = _NEGATED.fullmatch(word.written)
        said = frozenset(stems(denied[1], self.language) if denied else ())
        return any(not said.isdisjoint(own) for row in self.said for own in row.values())

    def _cells(self, label: str) -> Iterator[tuple[str, Mapping[str, frozenset[str]]]]:
        return zip(self.table.cells(label), self.said, strict=True)

    def _names_rows(self, label: str) -> bool:
        """Whether what stands under a label tells the rows apart."""
        cut = self.table.document.cut
        cells = [cut(cell.span).strip() for row in self.table.rows if (cell := row.value(label))]
        return len({*cells}) == len(cells)

    def _with_ticks(self, row: LabelledRow) -> Mapping[str, frozenset[str]]:
        """What a row says under each label; where it says yes, what the label says."""
        cut = self.table.document.cut
        said = dict(row.said)
        for label in self.table.ticked:
            cell = row.value(label)
            if cell is not None and cut(cell.span).strip().casefold() in YES:
                said[label] = said[label] | self.labels[label]
        return said
