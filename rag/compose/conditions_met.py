"""Which rows meet the conditions of a question, by the cells of one column each.

Where it is not clear which column is spoken of, in which unit, or what a cell says, no row is known
to meet anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from index import stems
from rag.compose.column_values import UNITS, Way, days_of, number_of, numbers_of, year_of
from rag.compose.conditions import Condition, Demand
from rag.compose.tables import NO, YES, RowTable
from rag.compose.things import AskedWord
from rag.statements import Interval, are_synonyms, base

NAMED_SO = frozenset(("date", "datum", "day", "tag", "when", "wann", "year", "jahr"))
MONEY = frozenset(
    """amount price cost total sum value fee rent salary pay wage budget betrag preis kosten summe wert
    gebühr miete gehalt lohn""".split()
)
CURRENCIES = frozenset(("euro", "dollar", "pound-sterling", "chf", "jpy", "nok", "sek", "dkk", "¥"))
# a state that has not come to its end, beside the one that is denied
STILL = frozenset(
    """open overdue due outstanding pending unpaid owed late sent waiting offen überfällig fällig
    ausstehend unbezahlt gemahnt""".split()
)
_NONE = frozenset(("-", "–", "—", "none", "nil", "no", "keine", "keiner", "kein", "ohne"))
_UNKNOWN = re.compile(
    r"(?i)n\.?/?a\.?|tb[acd]|\?+|unknown|unbekannt|k\.\s?a\.|x{2,}|see .*|siehe .*"
)
_IN_BRACKETS = re.compile(r"[(\[]\s*([^()\[\]]{1,12}?)\s*[)\]]|\bin\s+(\S+)\Z|([€$£%])")


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


Named = Sequence[tuple[AskedWord, str]]  # words of a question, and the labels that they name


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
    label, word = _numeric_label(condition, table, named, list(ways))
    bounds = condition.bounds()
    if not label or bounds is None or not _in_one_unit(condition, table, label, ways[label]):
        return None
    held = _compared(ways[label], bounds)
    return None if held is None else Met(held, condition, label, word)


def _numeric_label(
    condition: Condition, table: RowTable, named: Named, numeric: Sequence[str]
) -> tuple[str, AskedWord | None]:
    """The column of numbers that is spoken of: by its unit, by a word, or as the only one."""
    first = table.labels[0]
    language = table.document.language
    called = {label: frozenset(stems(label, language)) for label in numeric}
    behind = frozenset(stems(condition.noun or condition.unit, language))
    by_noun = [label for label in numeric if behind & called[label]]
    if len(by_noun) == 1:
        own = next((w for w, label in named if label == by_noun[0] and w.at >= condition.end), None)
        return by_noun[0], own or AskedWord(condition.start, condition.written, "")
    hinted = [
        n for n in numeric if called[n] & frozenset(stems(" ".join(condition.hints), language))
    ]
    if condition.hints and len(hinted) == 1:
        return hinted[0], AskedWord(condition.start, condition.written, "")
    if condition.hints or by_noun:
        return "", None
    if word := _nearest(condition, [(w, n) for w, n in named if n in numeric and n != first]):
        return word[1], word[0]
    of_unit = [n for n in numeric if condition.unit and _unit_of(n) == condition.unit]
    if len(of_unit) == 1:
        return of_unit[0], None
    others = [label for label in numeric if label != first]
    if condition.unit and condition.unit not in CURRENCIES:
        return "", None
    is_money = len(others) == 1 and called[others[0]] & frozenset(stems(" ".join(MONEY), language))
    return (
        (others[0], None) if len(others) == 1 and (is_money or not condition.unit) else ("", None)
    )


def _nearest(condition: Condition, named: Named) -> tuple[AskedWord, str] | None:
    """The last word before a condition that names one of its columns, or else the first behind."""
    before = [own for own in named if own[0].end <= condition.start]
    behind = [own for own in named if own[0].at >= condition.end]
    return before[-1] if before else behind[0] if behind else None


def _in_one_unit(condition: Condition, table: RowTable, label: str, ways: Sequence[Way]) -> bool:
    """Whether all that a column says is of one unit, the one that is asked for where one is."""
    units = {value.unit for way in ways for value in way if value and value.unit}
    if own := _unit_of(label):
        units.add(own)
    without = any(value and not value.unit for way in ways for value in way)
    if units and without and not own:
        return False
    beside = _currencies_beside(table, label)
    called = frozenset(stems(label, table.document.language))
    is_money = (
        condition.unit in CURRENCIES or bool(units & CURRENCIES) or bool(called & _MONEY_STEMS)
    )
    if is_money:
        units |= beside
    if len(units) > 1 or (condition.unit and units and condition.unit not in units):
        return False
    # "more than 500 hours" of a column that says neither hours nor anything
    if condition.unit and not units and condition.unit not in CURRENCIES:
        return bool(frozenset(stems(condition.unit, table.document.language)) & called)
    return True


def _currencies_beside(table: RowTable, label: str) -> set[str]:
    """The currencies that another column says."""
    for other in table.labels:
        cells = [cell for cell in table.cells(other) if cell]
        units = {UNITS.get(cell.casefold(), cell.casefold()) for cell in cells}
        if other != label and units and units <= CURRENCIES:
            return units
    return set()


def _unit_of(label: str) -> str:
    """The unit that a label says: "amount (EUR)", "Preis in €"; "" for none."""
    for match in _IN_BRACKETS.finditer(label):
        written = next(part for part in match.groups() if part)
        if unit := UNITS.get(written.casefold()):
            return unit
    return ""


def _by_day(condition: Condition, table: RowTable, named: Named) -> Met | None:
    ways = _readable(table, days_of)
    own = _nearest(condition, [(w, n) for w, n in named if n in ways])
    if own is None:
        called = [n for n in ways if NAMED_SO & frozenset(re.findall(r"\w+", n.casefold()))]
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
            "" if _UNKNOWN.fullmatch(cell) or cell.casefold() in _NONE else cell
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
    return Met(tuple(not c or c.casefold() in _NONE for c in cells), condition, label)


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
        dated = label and label in _readable(table, days_of)
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
    still = frozenset(stems(" ".join(STILL), language))
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


_MONEY_STEMS = frozenset(
    stem for word in MONEY for language in ("en", "de") for stem in stems(word, language)
)
