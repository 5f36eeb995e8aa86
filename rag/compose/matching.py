"""Which rows of a table match a question that lists or counts: those that hold all of its words.

They meet the conditions that it states ("before 2019", "not overdue"). No row is computed with: a
question that asks for the most, or denies or compares in another way, matches none, and neither
does one of which a name or a number stands nowhere in the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rag.compose.asked_table import AskedTable
from rag.compose.conditions import Condition, conditions_in, without_conditions
from rag.compose.conditions_met import Met, met, names
from rag.compose.tables import LabelledRow, RowTable
from rag.compose.things import AskedWord
from rag.query import AskedQuestion

_COMPUTED = re.compile(
    r"""(?xi) \b(?:not|no|never|none|without|except|neither|nor|\w+n['’]t
        |(?:ha[sd]|have|is|are|was|were|do|does|did)nt
        |(?:more|less|fewer|other)\ than|over|under|above|below|before|after|since|until|till
        |between
        |at\ (?:least|most)|up\ to|older|younger|earlier|later|most|least|highest|lowest|largest
        |smallest|biggest|oldest|newest|youngest|longest|shortest|cheapest|latest|earliest|best|worst
        |fewest|average|mean|median|sum|(?:last|this|next)\ (?:week|month|year|quarter)|today
        |yesterday|tomorrow|half|nicht|kein\w*|ohne|außer|mehr\ als|weniger\ als|über|unter|vor|nach
        |seit|bis|zwischen|mindestens|höchstens|meisten|wenigsten|letzte\w*|nächste\w*|heute|gestern
        |morgen)\b"""
)
_STATE = re.compile(r"(?i)\b(?:is|are|was|were|be|ist|sind|war|waren)\W+\Z")
_DONE = re.compile(r"(?i)\w+(?:ed|ing)|run|led|held|made|sent|sold|kept|written|bought|built")
_DOES = re.compile(r"(?i)\b(?:do|does|did)\b")
_ROWS = re.compile(r"(?i)\b(?:rows?|entries|entry|records?|zeilen?|einträge)\b")
# words of the question, and the labels under which they stand
Told = Mapping[AskedWord, frozenset[str]]


@dataclass(frozen=True)
class Matched:
    """Rows of a table that match; `words` are what they hold, alternatives together.

    `label` is that of the column whose values are asked for; "" where the rows themselves are, and
    `named` is then the label of what a row is called. `fit` is 2 where the table is called like
    what is asked for, or its first column that names each row, 1 where another column is, 0 where
    nothing is. `conditions` are the labels of columns, and what the cells under them are to be, in
    the words of the question; of some rows that may not be known (`unsure`).
    """

    table: RowTable
    rows: tuple[LabelledRow, ...]
    words: tuple[tuple[str, ...], ...]
    label: str
    named: str
    fit: int
    conditions: tuple[tuple[str, str], ...] = ()
    unsure: bool = False


class _Held(NamedTuple):
    """The rows that match, and what they hold, as on `Matched`."""

    rows: tuple[LabelledRow, ...]
    words: tuple[tuple[str, ...], ...]
    unsure: bool = False


def matched_rows(
    question: AskedQuestion, table: RowTable, *, counted: bool, favoured: bool
) -> Matched | None:
    """The rows of a table that a question asks for; None where they are none of its things.

    The things are what the table, its first column or another one is called; where the reader
    finds a likely answer in the table (`favoured`), or rows are asked for, they may be called
    otherwise. Where `counted` a column of numbers that is called like them has the answer written
    down.
    """
    text = question.cleaned
    if conditions := conditions_in(text):
        rest = AskedQuestion(without_conditions(text, conditions))
        found = _matched(rest, conditions, table, counted=counted, favoured=favoured)
        if found is not None:
            return found
    return _matched(question, (), table, counted=counted, favoured=favoured)


def _matched(
    question: AskedQuestion,
    conditions: Sequence[Condition],
    table: RowTable,
    *,
    counted: bool,
    favoured: bool,
) -> Matched | None:
    """The rows that hold the words of a question and meet these conditions, which it leaves out."""
    if _COMPUTED.search(question.cleaned):
        return None
    asked = AskedTable(question, table)
    thing, label, fit = asked.thing()
    if counted and asked.are_numbers(thing):
        return None
    if not (fit or (favoured and thing) or _ROWS.search(question.cleaned)):
        return None
    matching = _Matching(asked)
    own = matching.met(conditions)
    found = matching.rows(thing, own) if own is not None else None
    if found is None or own is None:
        return None
    asked_for = label if fit == 1 and not asked.is_numeric(label) else ""
    return Matched(
        table,
        found.rows,
        found.words,
        asked_for,
        label or table.labels[0],
        fit,
        tuple((one.label, one.condition.written) for one in own),
        found.unsure,
    )


class _Matching:
    """The rows of a table that match a question, which meets conditions besides."""

    def __init__(self, table: AskedTable) -> None:
        self._asked, self._table = table, table.table

    def met(self, conditions: Sequence[Condition]) -> list[Met] | None:
        """What meets each condition; None where that is not clear of one."""
        asked, labels = self._asked, self._table.labels
        words = (word for word in asked.words if word.stem not in asked.called)
        named = [(w, n) for w in words for n in labels if self._is_named(w, n)]
        found = [met(one, self._table, named) for one in conditions]
        own = [one for one in found if one is not None]
        return own if len(own) == len(found) else None

    def _is_named(self, word: AskedWord, label: str) -> bool:
        """Whether a word names a column; by another word of the same meaning no thing does."""
        if word in self._asked.nouns:
            return word.stem in self._asked.labels[label]
        return names(word, label, self._asked.language)

    def rows(self, thing: AskedWord | None, own: Sequence[Met]) -> _Held | None:
        """The rows that hold what else the question says, and what that is."""
        named = {
            name
            for name, own in self._asked.labels.items()
            for w in self._asked.words
            if w.stem in own
        }
        others = [word for word in self._asked.words if not self._asked.says_what(word)]
        columns = {w: self._asked.columns(w, named) for w in others if not self._is_done(w)}
        told = {word: found for word, found in columns.items() if found}
        telling = {one.named for one in own}
        left = [
            w
            for w in others
            if w not in told and not w.is_frame and w != thing and w not in telling
        ]
        if not self._may_lack(left, thing, told, own) or not self._are_used(thing, told, own):
            return None
        if any(self._asked.is_qualified(word, labels) for word, labels in told.items()):
            return None
        held, words = _holding(self._asked.said, told)
        met = [
            _all(holds for holds in one) for one in zip(held, *(m.held for m in own), strict=True)
        ]
        rows = tuple(row for row, holds in zip(self._table.rows, met, strict=True) if holds)
        return _Held(rows, self._as_written(words, told), None in met) if rows else None

    def _is_done(self, word: AskedWord) -> bool:
        """Whether a word says what somebody does, and stands in no cell as it is written.

        "Which projects does Mei run" does not ask for those that are "running".
        """
        if not _DOES.search(self._asked.text[: word.at]) or word in self._asked.nouns:
            return False
        written = re.compile(rf"(?i)\b{re.escape(word.written)}\b")
        cut = self._table.document.cut
        cells = (
            cell
            for row in self._table.rows
            for label in self._table.labels
            if (cell := row.value(label))
        )
        return not any(written.search(cut(cell.span)) for cell in cells)

    def _are_used(self, thing: AskedWord | None, told: Told, own: Sequence[Met]) -> bool:
        """Whether each column that is named is what is asked for, or holds a word that is."""
        used = {label for labels in told.values() for label in labels}
        used |= {one.label for one in own}
        named = (w for w in self._asked.words if w != thing and w.stem not in self._asked.called)
        labels = {label for word in named if (label := self._asked.label_of(word))}
        asked_for = self._asked.label_of(thing) if thing else ""
        return labels <= used | {asked_for, self._table.labels[0]}

    def _may_lack(
        self,
        left: Sequence[AskedWord],
        thing: AskedWord | None,
        told: Told,
        own: Sequence[Met],
    ) -> bool:
        """Whether the words that stand nowhere in the table only tie the others together.

        One verb may: "does Mei run", "are assigned to Tomas". What stands before the things, a
        name, a number, or a state ("are unpaid") says which of them are meant, and what stands
        beside a condition which column is ("approved before 2019").
        """
        if not left:
            return True
        if len(left) > 1 or not (told or own) or any(one.is_moved_by(left[0]) for one in own):
            return False
        word, before = left[0], self._asked.text[: left[0].at]
        is_name = word.written[0].isupper() and bool(before.strip(" \"'“‘¿¡"))
        if is_name or any(map(str.isdigit, word.written)) or self._asked.is_denied(word):
            return False
        if thing is not None and word.at < thing.at:
            return False
        return not _STATE.search(before) or bool(_DONE.fullmatch(word.written))

    def _as_written(
        self, words: Sequence[Sequence[AskedWord]], told: Told
    ) -> tuple[tuple[str, ...], ...]:
        """The words as written; those on end in the question as one where a column holds both."""
        runs: list[str] = []
        last: AskedWord | None = None
        for word in (own[0] for own in words if len(own) == 1):
            gap = self._asked.text[last.end : word.at] if last else ""
            if last and not gap.strip() and told[last] & told[word]:
                runs[-1] += gap + word.written
            else:
                runs.append(word.written)
            last = word
        several = (tuple(word.written for word in own) for own in words if len(own) > 1)
        return (*((run,) for run in runs), *several)


def _all(holds: Iterable[bool | None]) -> bool | None:
    """Whether all of it holds; None where that is not known."""
    held = tuple(holds)
    return False if False in held else None if None in held else True


def _holding(
    rows: Sequence[Mapping[str, frozenset[str]]], told: Told
) -> tuple[list[bool], list[tuple[AskedWord, ...]]]:
    """Which rows hold all words, each under a label where it may stand.

    Where none does, values of one column are alternatives: "in Bergen and Leeds". With them what
    they hold, alternatives together.
    """
    own = [
        frozenset(w for w, names in told.items() if any(w.stem in row.get(n, ()) for n in names))
        for row in rows
    ]
    every = frozenset(told)
    if every in own:
        held = {every}
    else:
        fullest = {h for h in {*own} if h and not any(h < other for other in own)}
        held = {h for h in fullest if all(any(told[w] & told[o] for o in h) for w in every - h)}
    common = frozenset.intersection(*held) if held else every
    others = tuple(w for w in told if any(w in h for h in held) and w not in common)
    words = [*((word,) for word in told if word in common), *([others] if others else [])]
    return [h in held for h in own], words
