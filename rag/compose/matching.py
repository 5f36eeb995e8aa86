"""Which rows of a table match a question that lists or counts: those that hold all of its words.

No row is computed with: a question that compares ("more than", "before"), denies or asks for the
most matches none, and neither does one of which a name or a number stands nowhere in the table.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from index import name_stems, stems
from rag.compose.tables import Table, TableRow
from rag.compose.things import Word, things_of
from rag.query import AskedQuestion
from rag.statements import are_synonyms, base

_COMPUTED = re.compile(
    r"""(?xi) \b(?:not|no|never|none|without|except|neither|nor|\w+n['’]?t(?=\ )
        |(?:more|less|fewer|other)\ than|over|under|above|below|before|after|since|until|till|between
        |at\ (?:least|most)|up\ to|older|younger|earlier|later|most|least|highest|lowest|largest
        |smallest|biggest|oldest|newest|youngest|longest|shortest|cheapest|latest|earliest|best|worst
        |fewest|average|mean|median|sum|(?:last|this|next)\ (?:week|month|year|quarter)|today
        |yesterday|tomorrow|half|nicht|kein\w*|ohne|außer|mehr\ als|weniger\ als|über|unter|vor|nach
        |seit|bis|zwischen|mindestens|höchstens|meisten|wenigsten|letzte\w*|nächste\w*|heute|gestern
        |morgen)\b"""
)
_NEGATED = re.compile(r"(?i)(?:un|non|dis|in|nicht)-?(\w{3,})")
_STATE = re.compile(r"(?i)\b(?:is|are|was|were|be|ist|sind|war|waren)\W+\Z")
_DONE = re.compile(r"(?i)\w+(?:ed|ing)|run|led|held|made|sent|sold|kept|written|bought|built")
_NUMERIC = re.compile(r"[^\w]*\d[\d.,:'’% ]*\w{0,3}[^\w]*")
_THINGS = ("s", "n", "people")  # how words for several things mostly end

Told = Mapping[Word, frozenset[str]]  # words of the question, and the labels under which they stand


@dataclass(frozen=True)
class Matched:
    """Rows of a table that match; `words` are what they hold of the question, alternatives together.

    `label` is that of the column whose values are asked for; "" where the rows themselves are, and
    `named` is then the label of what a row is called. `fit` is 2 where the table or its first
    column is called like what is asked for, 1 where another column is, 0 where nothing is.
    """

    table: Table
    rows: tuple[TableRow, ...]
    words: tuple[tuple[str, ...], ...]
    label: str
    named: str
    fit: int


def matched_rows(
    question: AskedQuestion, table: Table, *, counted: bool, favoured: bool
) -> Matched | None:
    """The rows of a table that a question asks for; None where they are none of its things.

    The things are what the table, its first column or another one is called; where the reader
    finds a likely answer in the table (`favoured`), they may be called otherwise. Where `counted`
    a column of numbers that is called like them has the answer written down.
    """
    if _COMPUTED.search(question.cleaned):
        return None
    matching = _Matching(question, table)
    thing, label, fit = matching.thing()
    if thing is None or not (fit or favoured) or (counted and matching.are_numbers(thing)):
        return None
    found = matching.rows(thing)
    if found is None:
        return None
    rows, words = found
    asked_for = label if fit == 1 and not matching.is_numeric(label) else ""
    return Matched(table, rows, words, asked_for, label or table.labels[0], fit)


class _Matching:
    """A question and a table, word by word."""

    def __init__(self, question: AskedQuestion, table: Table) -> None:
        document = table.document
        self._text, self._table, self._language = question.cleaned, table, document.language
        called = stems(" ".join((document.title, *table.headings)), self._language)
        self._called = name_stems(document.source, self._language).union(called)
        self._labels = {label: frozenset(stems(label, self._language)) for label in table.labels}
        self._words, self._nouns = things_of(question, self._language)

    def thing(self) -> tuple[Word | None, str, int]:
        """The word for what is asked for, the column that is called so, and how well that fits.

        The table and its first column go before others: "which projects start in May".
        """
        labelled = [(word, self._label_of(word)) for word in self._nouns]
        first = self._table.labels[0]
        for word, label in labelled:
            if self._is_called(word) or label == first:
                return word, label, 2
        for word, label in labelled:
            if label:
                return word, label, 1
        several = (word for word in self._nouns if word.written.endswith(_THINGS))
        return next(several, next(iter(self._nouns), None)), "", 0

    def are_numbers(self, thing: Word) -> bool:
        """Whether a column other than the first is called so, and holds numbers."""
        rest = self._table.labels[1:]
        return any(thing.stem in self._labels[name] and self.is_numeric(name) for name in rest)

    def is_numeric(self, label: str) -> bool:
        """Whether most of what stands under a label are numbers."""
        cells = [cell for row in self._table.rows if (cell := row.value(label))]
        numbers = [c for c in cells if _NUMERIC.fullmatch(self._table.document.cut(c.span))]
        return 2 * len(numbers) > len(cells)

    def rows(self, thing: Word) -> tuple[tuple[TableRow, ...], tuple[tuple[str, ...], ...]] | None:
        """The rows that hold what else the question says, and what that is."""
        names = {name for name, own in self._labels.items() for w in self._words if w.stem in own}
        others = [word for word in self._words if not self._says_what(word)]
        columns = {word: self._columns(word, names) for word in others}
        told = {word: found for word, found in columns.items() if found}
        left = [w for w in others if w not in told and not w.is_frame and w != thing]
        if not self._may_lack(left, thing, told):
            return None
        rows, words = _holding(self._table.rows, told)
        return (rows, self._as_written(words, told)) if rows else None

    def _label_of(self, word: Word) -> str:
        return next((name for name, own in self._labels.items() if word.stem in own), "")

    def _is_called(self, word: Word) -> bool:
        """Whether the table is called so, or by a word of the same meaning."""
        if word.stem in self._called:
            return True
        own = base(word.written.casefold())
        return self._language == "en" and any(are_synonyms(own, name) for name in self._called)

    def _says_what(self, word: Word) -> bool:
        """Whether a word says what the table or a column is called, and no value."""
        return word.stem in self._called or bool(self._label_of(word))

    def _columns(self, word: Word, named: Collection[str]) -> frozenset[str]:
        """The labels under which a word stands: of those that the question names, where it does."""
        rows = self._table.rows
        found = {name for row in rows for name, own in row.said.items() if word.stem in own}
        return frozenset(found.intersection(named) or found)

    def _may_lack(self, left: Sequence[Word], thing: Word, told: Told) -> bool:
        """Whether the words that stand nowhere in the table only tie the others together.

        One verb may: "does Mei run", "are assigned to Tomas". What stands before the things, a
        name, a number, or a state ("are unpaid") says which of them are meant.
        """
        if not left:
            return True
        if len(left) > 1 or not told:
            return False
        word, before = left[0], self._text[: left[0].at]
        is_name = word.written[0].isupper() and bool(before.strip(" \"'“‘¿¡"))
        if is_name or any(map(str.isdigit, word.written)) or word.at < thing.at:
            return False
        if self._is_denied(word):
            return False
        return not _STATE.search(before) or bool(_DONE.fullmatch(word.written))

    def _is_denied(self, word: Word) -> bool:
        """Whether it says that something of the table is not so: "unpaid"."""
        denied = _NEGATED.fullmatch(word.written)
        said = frozenset(stems(denied[1], self._language) if denied else ())
        rows = self._table.rows
        return any(not said.isdisjoint(own) for row in rows for own in row.said.values())

    def _as_written(
        self, words: Sequence[Sequence[Word]], told: Told
    ) -> tuple[tuple[str, ...], ...]:
        """The words as written; those on end in the question as one where a column holds both."""
        runs: list[str] = []
        last: Word | None = None
        for word in (own[0] for own in words if len(own) == 1):
            gap = self._text[last.end : word.at] if last else ""
            if last and not gap.strip() and told[last] & told[word]:
                runs[-1] += gap + word.written
            else:
                runs.append(word.written)
            last = word
        several = (tuple(word.written for word in own) for own in words if len(own) > 1)
        return (*((run,) for run in runs), *several)


def _holding(
    rows: Sequence[TableRow], told: Told
) -> tuple[tuple[TableRow, ...], list[tuple[Word, ...]]]:
    """The rows that hold all words, each under a label where it may stand.

    Where none does, values of one column are alternatives: "in Bergen and Leeds". With the rows
    what they hold, alternatives together.
    """
    own = [
        frozenset(
            w for w, names in told.items() if any(w.stem in row.said.get(n, ()) for n in names)
        )
        for row in rows
    ]
    every = frozenset(told)
    if every in own:
        held = {every}
    else:
        fullest = {h for h in {*own} if h and not any(h < other for other in own)}
        held = {h for h in fullest if all(any(told[w] & told[o] for o in h) for w in every - h)}
    if not held:
        return (), []
    common = frozenset.intersection(*held)
    others = tuple(w for w in told if any(w in h for h in held) and w not in common)
    words = [*((word,) for word in told if word in common), *([others] if others else [])]
    return tuple(row for row, h in zip(rows, own, strict=True) if h in held), words
