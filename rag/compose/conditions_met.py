"""Which rows meet the conditions of a question, by the cells of one column each.

Where it is not clear which column is spoken of, in which unit, or what a cell says, no row is known
to meet anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from index import stems
from rag.compose.column_values import Way, days_of, number_of, numbers_of, year_of
from rag.compose.conditions import LISTS, Condition, Demand
from rag.compose.numeric_columns import Named, is_in_one_unit, nearest, numeric_label
from rag.compose.tables import NO, YES, RowTable
from rag.compose.things import AskedWord
from rag.statements import Interval, are_synonyms, base

DATED = frozenset(LISTS["labels"]["dated"].split())
STILL = LISTS["cells"]["still"]
NOTHING = frozenset(LISTS["cells"]["none"].split())
_UNKNOWN = re.compile(
    r"(?i)n\.?/?a\.?|tb[acd]|\?+|unknown|unbekannt|k\.\s?a\.|x{2,}|see .*|siehe .*"
)


class Met(NamedTuple):
    """Of each row whether it meets a condition, None where that cannot be known; by which column.

    `named` is the word of the question that names the column, None where another sign tells it.
    """

    held: tuple[bool | None, ...]
    condition: Condition
    label: str
    named: AskedWord | None = None

    def is_moved_by(self, word: AskedWord) -> bool:
        """Whether a word that stands nowhere may say that another column is meant."""
        if self.condition.demand not in (Demand.NUMBER, Demand.DAY):
            return False
        if self.named is None:
            return True
        return (
            min(self.named.at, self.condition.start)
            < word.at
            < max(self.named.at, self.condition.end)
        )


def met(condition: Condition, table: RowTable, named: Named) -> Met | None:
    """The rows that meet a condition; None where it is not clear which those are.

    `named` are the words of the rest of the question that name columns, in order.
    """
    finder = {
        Demand.NUMBER: _by_number,
        Demand.DAY: _by_day,
        Demand.EMPTY: _by_emptiness,
        Demand.NOT: _by_state,
        Demand.OPPOSITE: _by_state,
    }[condition.demand]
    return finder(condition, table, named)


def _by_number(condition: Condition, table: RowTable, named: Named) -> Met | None:
    ways = _readable(table, numbers_of)
    label, word = numeric_label(condition, table, named, list(ways))
    bounds = condition.bounds()
    if not label or bounds is None or not is_in_one_unit(condition, table, label, ways[label]):
        return None
    held = _compared(ways[label], bounds)
    return None if held is None else Met(held, condition, label, word)


def _by_day(condition: Condition, table: RowTable, named: Named) -> Met | None:
    ways = _readable(table, days_of)
    own = nearest(condition, [(w, n) for w, n in named if n in ways])
    if own is None:
        called = [n for n in ways if DATED & frozenset(re.findall(r"\w+", n.casefold()))]
        label = called[0] if len(called) == len(ways) == 1 else ""
    else:
        label = own[1]
    if not label:
        return None
    years = {year_of(end) for way in ways[label] for v in way if v for end in v.value}
    bounds = condition.bounds(next(iter(years)) if len(years) == 1 else None)
    held = _compared(ways[label], bounds) if bounds else None
    return None if held is None else Met(held, condition, label, own[0] if own else None)


def _compared(ways: Sequence[Way], bounds: Interval) -> tuple[bool | None, ...] | None:
    """Of each row whether its value lies within bounds, in whichever way it is read.

    None where the ways do not agree, or one value may lie on both sides.
    """
    results = set()
    for way in ways:
        held: list[bool | None] = []
        for cell in way:
            inside = cell and bounds.low <= cell.value.low and cell.value.high <= bounds.high
            if cell and not inside and not bounds.differs(cell.value):
                return None
            held.append(inside if cell else None)
        results.add(tuple(held))
    return results.pop() if len(results) == 1 else None


def _readable(
    table: RowTable, reader: Callable[[Sequence[str]], list[Way]]
) -> dict[str, list[Way]]:
    """The columns that are read as numbers or as days, each in the ways in which that can be."""
    found = {}
    for label in table.labels:
        cells = [
            "" if _UNKNOWN.fullmatch(cell) or cell.casefold() in NOTHING else cell
            for cell in table.cells(label)
        ]
        if ways := reader(cells):
            found[label] = ways
    return found


def _by_emptiness(condition: Condition, table: RowTable, named: Named) -> Met | None:
    label = _labelled(condition.word, table)
    if not label or label == table.labels[0]:
        return None
    cells = table.cells(label)
    if any(map(_UNKNOWN.fullmatch, cells)) or any(
        number and number.value.low == 0 for number in map(number_of, cells)
    ):
        return None if label not in table.ticked else _unticked(condition, table, label)
    if label in table.ticked:
        return _unticked(condition, table, label)
    return Met(tuple(not c or c.casefold() in NOTHING for c in cells), condition, label)


def _unticked(condition: Condition, table: RowTable, label: str) -> Met | None:
    """The rows in which a column says no; an empty cell says so where no other does."""
    cells = [cell.casefold() for cell in table.cells(label)]
    if not all(cells) and NO.intersection(cells):
        return None
    return Met(tuple(cell not in YES for cell in cells), condition, label)


def _by_state(condition: Condition, table: RowTable, named: Named) -> Met | None:
    """The rows whose state is another than the one that is denied."""
    language = table.document.language
    own = frozenset(stems(condition.word, language))
    label = _labelled(condition.word, table)
    if label in table.ticked:
        return _unticked(condition, table, label)
    holding = [
        n for n in table.labels if any(own <= frozenset(stems(c, language)) for c in table.cells(n))
    ]
    if len(own) != 1 or len(holding) > 1:
        return None
    if not holding:
        # "paid until" may be long past
        called_so = label.casefold() == condition.word.casefold()
        dated = called_so and label in _readable(table, days_of)
        cells = table.cells(label) if dated else []
        return Met(tuple(not cell for cell in cells), condition, label) if cells else None
    if label and label != holding[0]:
        return None
    return _other_states(condition, table, holding[0], own)


def _other_states(
    condition: Condition, table: RowTable, label: str, own: frozenset[str]
) -> Met | None:
    language = table.document.language
    held: list[bool | None] = []
    still = frozenset(stems(STILL, language))
    for cell in table.cells(label):
        said = frozenset(stems(cell, language))
        if own < said or (said and len(said) > 3):
            return None  # "partly paid"
        is_other = bool(said) and not own <= said
        if condition.demand is Demand.OPPOSITE and is_other and not said & still:
            return None  # a cancelled invoice is neither paid nor unpaid
        held.append(is_other if cell and not _UNKNOWN.fullmatch(cell) else None)
    return Met(tuple(held), condition, label)


def _labelled(word: str, table: RowTable) -> str:
    """The only column that is called by a word; "" for none, or more."""
    language = table.document.language
    own = frozenset(stems(word, language))
    found = [n for n in table.labels if own and own <= frozenset(stems(n, language))]
    return found[0] if len(found) == 1 else ""


def names(word: AskedWord, label: str, language: str) -> bool:
    """Whether a word of a question names a column, itself or by a word of the same meaning."""
    said = frozenset(stems(label, language))
    if word.stem in said:
        return True
    if language != "en":
        return False
    own = base(word.written.casefold())
    return any(are_synonyms(own, base(other)) for other in re.findall(r"[a-z]+", label.casefold()))
