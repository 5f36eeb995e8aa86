"""Which column of numbers a condition speaks of, and whether all of it is of the unit asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index import stems
from rag.compose.column_values import Way
from rag.compose.conditions import LISTS, Condition
from rag.compose.tables import RowTable
from rag.compose.things import AskedWord
from rag.statements import UNITS

MONEY = LISTS["labels"]["money"]
CURRENCIES = frozenset(LISTS["labels"]["currencies"].split())
_IN_BRACKETS = re.compile(r"[(\[]\s*([^()\[\]]{1,12}?)\s*[)\]]|\bin\s+(\S+)\Z|([€$£%])")
_MONEY_STEMS = frozenset(stem for language in ("en", "de") for stem in stems(MONEY, language))

Named = Sequence[tuple[AskedWord, str]]  # words of a question, and the labels that they name


def nearest(condition: Condition, named: Named) -> tuple[AskedWord, str] | None:
    """The last word before a condition that names one of its columns, or else the first behind."""
    before = [own for own in named if own[0].end <= condition.start]
    behind = [own for own in named if own[0].at >= condition.end]
    return before[-1] if before else behind[0] if behind else None


def numeric_label(
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
    if word := nearest(condition, [(w, n) for w, n in named if n in numeric and n != first]):
        return word[1], word[0]
    of_unit = [n for n in numeric if condition.unit and _unit_of(n) == condition.unit]
    if len(of_unit) == 1:
        return of_unit[0], None
    others = [label for label in numeric if label != first]
    if condition.unit and condition.unit not in CURRENCIES:
        return "", None
    is_money = len(others) == 1 and called[others[0]] & frozenset(stems(MONEY, language))
    return (
        (others[0], None) if len(others) == 1 and (is_money or not condition.unit) else ("", None)
    )


def is_in_one_unit(condition: Condition, table: RowTable, label: str, ways: Sequence[Way]) -> bool:
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
