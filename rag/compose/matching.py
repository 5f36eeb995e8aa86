"""Which rows of a table match a question that lists or counts: those that hold all of its words.

No row is computed with: a question that compares ("more than", "before"), denies or asks for the
most matches none, and neither does one of which a name or a number stands nowhere in the table.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from index import name_stems, stems
from rag.compose.tables import Table, TableRow
from rag.query import AskedQuestion
from rag.statements import are_synonyms, base

_COMPUTED = re.compile(
    r"""(?xi) \b(?:not|no|never|none|without|except|neither|nor|\w+n['’]?t(?=\ )|(?:more|less|fewer|other)\ than|over|under
        |above|below|before|after|since|until|till|between|at\ (?:least|most)|up\ to|older|younger|earlier
        |later|most|least|highest|lowest|largest|smallest|biggest|oldest|newest|youngest|longest
        |shortest|cheapest|latest|earliest|best|worst|fewest|average|mean|median|sum
        |(?:last|this|next)\ (?:week|month|year|quarter)|today|yesterday|tomorrow|half
        |nicht|kein\w*|ohne|außer|mehr\ als|weniger\ als|über|unter|vor|nach|seit|bis|zwischen
        |mindestens|höchstens|meisten|wenigsten|letzte\w*|nächste\w*|heute|gestern|morgen)\b"""
)
# what stands before the noun of the things that are listed or counted
_LEAD = re.compile(
    r"""(?xi) \b(?:how\ ?man+y|number\ of|(?:names|dates|titles)\ of|which|what|who|list|enumerate|count|all|every
        |each|name|show|give|find|wie\ ?viele[nr]?|welche[nrs]?|nenne?|liste|alle[nrs]?)\b
    (?:\s+(?:me|us|of|all|the|our|my|your|their|these|those|different|other|a|list|are|were|is|names
        |how\ ?man+y|mir|die|der|den|das|von|sind|waren)\b)*"""
)
# says of what is listed or counted only that it is there
_THERE = re.compile(
    r"""(?xi) (?:list|listed|lists|enumerate|enumerated|count|counted|name|names|named|mention|mentioned|mentions|told
        |show|shown|give|given|find|found|number|total|different|currently|still|yet|now|moment|exist|existing
        |contain\w*|record\w*|appear\w*|occur\w*|have|there|table|sheet|spreadsheet|csv|file|rows?|entries
        |documents?|altogether|overall|got|gibt|noch|derzeit|insgesamt|liste|tabelle|datei|aufgeführt|genannt
        |stehen|please|bitte|tell|know|can|could)"""
)
_NEGATED = re.compile(r"(?i)(?:un|non|dis|in|nicht)-?(\w{3,})")
_STATE = re.compile(r"(?i)\b(?:is|are|was|were|be|ist|sind|war|waren)\W+\Z")
_DONE = re.compile(r"(?i)\w+(?:ed|ing)|run|led|held|made|sent|sold|kept|written|owned|bought|built")
_NUMERIC = re.compile(r"[^\w]*\d[\d.,:'’% ]*\w{0,3}[^\w]*")


class Word(NamedTuple):
    """A word of the question: where it stands in it, as it is written, and its stem."""

    at: int
    written: str
    stem: str


@dataclass(frozen=True)
class Matched:
    """Rows of a table that match; `words` are what they hold of the question, alternatives together.

    `label` is that of the column whose values are asked for; "" where the rows themselves are, and
    `named` then the label of what a row is called. `fit` is higher where it is the table itself
    that is called like what is asked for, and lowest where nothing of it is.
    """

    table: Table
    rows: tuple[TableRow, ...]
    words: tuple[tuple[str, ...], ...] = ()
    label: str = ""
    named: str = ""
    fit: int = 0


def matched_rows(
    question: AskedQuestion, table: Table, *, counted: bool, favoured: bool
) -> Matched | None:
    """The rows of a table that a question asks for; None where they are none of its things.

    The things are what the table, its first column or another one is called; where the reader finds
    its best answer in the table (`favoured`), they may be called otherwise. Where `counted` a column
    of numbers has the answer written down.
    """
    if _COMPUTED.search(question.cleaned):
        return None
    return _Matching(question, table).result(counted=counted, favoured=favoured)


class _Matching:
    """A question and a table, word by word."""

    def __init__(self, question: AskedQuestion, table: Table) -> None:
        document = table.document
        self._question, self._table, self._language = question, table, document.language
        called = stems(" ".join((document.title, *table.headings)), self._language)
        self._called = name_stems(document.source, self._language).union(called)
        self._labels = {label: frozenset(stems(label, self._language)) for label in table.labels}
        placed = [Word(*word) for word in question.words(self._language).placed]
        lead = _LEAD.search(question.cleaned)
        within = lead.span() if lead else (0, 0)
        self._words = [word for word in placed if not within[0] <= word.at < within[1]]
        self._nouns = self._noun_phrase(within[1])

    def result(self, *, counted: bool, favoured: bool) -> Matched | None:
        noun, label, is_called = self._things()
        if noun is None or not (is_called or label or favoured):
            return None
        is_row = is_called or not label or label == self._table.labels[0]
        if counted and self._names_numbers(noun):
            return None
        hinted = {name for name, own in self._labels.items() for w in self._words if w.stem in own}
        held = {w: self._columns(w, hinted) for w in self._words if not self._is_called(w)}
        left = [w for w, columns in held.items() if not columns and not _THERE.fullmatch(w.written)]
        told = {w: columns for w, columns in held.items() if columns}
        if not self._may_lack([w for w in left if w != noun], noun, told):
            return None
        rows, words = _holding(self._table.rows, told)
        if not rows:
            return None
        first = label if is_row and label else self._table.labels[0]
        together = self._together(words, told)
        numbers = not is_row and self._is_numeric(label)
        fit = 2 if is_called or (is_row and label) else 1 if label else 0
        asked_for = "" if is_row or numbers else label
        return Matched(self._table, rows, together, asked_for, label or first, fit)

    def _noun_phrase(self, start: int) -> list[Word]:
        """The words on end behind what asks for several things, which ends at `start`."""
        found: list[Word] = []
        for word in self._words:
            if word.at < start:
                continue
            if found and self._question.cleaned[found[-1].at + len(found[-1].written) : word.at].strip():
                break
            found.append(word)
        return found

    def _things(self) -> tuple[Word | None, str, bool]:
        """What is asked for: the word, the column that is called so, and whether the table is."""
        for word in reversed(self._nouns):
            label = next((name for name, own in self._labels.items() if word.stem in own), "")
            if label or self._is_named(word):
                return word, label, self._is_named(word)
        plural = (w for w in self._nouns if w.written.endswith(("s", "n", "people")))
        return next(plural, next(iter(self._nouns), None)), "", False

    def _is_named(self, word: Word) -> bool:
        """Whether the table is called so, or a word of the same meaning."""
        if word.stem in self._called:
            return True
        own = base(word.written.casefold())
        return self._language == "en" and any(are_synonyms(own, other) for other in self._called)

    def _is_called(self, word: Word) -> bool:
        """Whether a word says what the table or a column is called, and no value."""
        return word.stem in self._called or any(word.stem in own for own in self._labels.values())

    def _columns(self, word: Word, hinted: set[str]) -> frozenset[str]:
        """The labels under which a word stands: of those that the question names, where it does."""
        found = {name for row in self._table.rows for name, own in row.said.items() if word.stem in own}
        return frozenset(found & hinted or found)

    def _is_numeric(self, label: str) -> bool:
        """Whether most of what stands under a label are numbers."""
        cells = [cell for row in self._table.rows if (cell := row.value(label))]
        numbers = sum(bool(_NUMERIC.fullmatch(self._table.document.cut(c.span))) for c in cells)
        return 2 * numbers > len(cells)

    def _names_numbers(self, noun: Word) -> bool:
        """Whether a column other than the first is called so, and holds numbers."""
        rest = self._table.labels[1:]
        return any(noun.stem in self._labels[name] and self._is_numeric(name) for name in rest)

    def _may_lack(self, left: Sequence[Word], noun: Word, told: Collection[Word]) -> bool:
        """Whether the words that stand nowhere in the table only tie the others together.

        One verb may: "does Mei run", "are assigned to Tomas". What stands before the noun, a name,
        a number, or a state ("are unpaid") says which rows are meant.
        """
        if not left:
            return True
        if len(left) > 1 or not told:
            return False
        word, text = left[0], self._question.cleaned
        begins = not text[: word.at].strip(" \"'“‘¿¡")
        if any(map(str.isdigit, word.written)) or (word.written[0].isupper() and not begins):
            return False
        if word.at < noun.at or self._denies(word):
            return False
        return not _STATE.search(text[: word.at]) or bool(_DONE.fullmatch(word.written))

    def _denies(self, word: Word) -> bool:
        """Whether it says the opposite of what stands in the table: "unpaid"."""
        denied = _NEGATED.fullmatch(word.written)
        said = stems(denied[1], self._language) if denied else ()
        return any(stem in own for row in self._table.rows for own in row.said.values() for stem in said)

    def _together(
        self, words: Sequence[Sequence[Word]], told: Mapping[Word, frozenset[str]]
    ) -> tuple[tuple[str, ...], ...]:
        """The words as written, those on end in the question as one where a column holds both."""
        text = self._question.cleaned
        required = [own[0] for own in words if len(own) == 1]
        runs: list[str] = []
        for i, word in enumerate(required):
            last = required[i - 1] if i else None
            gap = text[last.at + len(last.written) : word.at] if last else "|"
            if last and not gap.strip() and told[last] & told[word]:
                runs[-1] += gap + word.written
            else:
                runs.append(word.written)
        return (*((run,) for run in runs), *(tuple(w.written for w in own) for own in words if len(own) > 1))


def _holding(
    rows: Sequence[TableRow], told: dict[Word, frozenset[str]]
) -> tuple[tuple[TableRow, ...], list[tuple[Word, ...]]]:
    """The rows that hold all words, each under a label where it may stand.

    Where none does, values of one column are alternatives: "in Bergen and Leeds". With the rows
    what they hold, alternatives together.
    """
    own = [
        frozenset(w for w, names in told.items() if any(w.stem in row.said.get(n, ()) for n in names))
        for row in rows
    ]
    every = frozenset(told)
    if every in own:
        return tuple(r for r, h in zip(rows, own, strict=True) if h == every), [(w,) for w in told]
    kept = {
        held
        for held in {*own}
        if held
        and not any(held < other for other in own)
        and all(any(told[w] & told[h] for h in held) for w in every - held)
    }
    if not kept:
        return (), []
    common = frozenset.intersection(*kept)
    others = tuple(w for w in told if any(w in held for held in kept) and w not in common)
    words = [*((w,) for w in told if w in common), *((others,) if others else ())]
    return tuple(r for r, h in zip(rows, own, strict=True) if h in kept), words
