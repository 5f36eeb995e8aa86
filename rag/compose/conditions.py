"""What a question demands of cells: "more than 500 hours", "before 2019", "without a deadline".

Only what is said in so many words is read, and nothing is computed with: "more than half of the
others" and "last month" are no conditions.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from math import inf, nextafter
from pathlib import Path
from typing import Any

from rag.compose.column_values import CellValue, days_in, number_of
from rag.dates import date_pattern, month_pattern, period_of
from rag.statements import LISTS as VALUES, UNITS, Interval

LISTS: dict[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


class Demand(Enum):
    """What kind of condition it is."""

    NUMBER = "number"
    DAY = "day"
    EMPTY = "empty"  # "without a deadline"
    NOT = "not"  # "not overdue"
    OPPOSITE = "opposite"  # "unpaid"


class Bound(Enum):
    """On which side of what is named a value is to lie."""

    OVER = "over"
    AT_LEAST = "at least"
    UNDER = "under"
    AT_MOST = "at most"
    WITHIN = "within"


@dataclass(frozen=True)
class Condition:
    """A condition, and where it stands in the question.

    Of a number or a day `side` and `named` say what is demanded, two where it is to lie between
    them; `unit` is that of the number, `noun` the word behind it. Of the others `word` says what
    is to be empty, or not so. `hints` are labels that a comparative speaks of: "older".
    """

    start: int
    end: int
    written: str
    demand: Demand
    side: Bound = Bound.WITHIN
    named: tuple[str, ...] = ()
    unit: str = ""
    noun: str = ""
    word: str = ""
    hints: tuple[str, ...] = ()

    def bounds(self, year: int | None = None) -> Interval | None:
        """From where to where a number or a day may lie, both included; None for nowhere clear.

        `year` is that of the days without one.
        """
        read = _read_number if self.demand is Demand.NUMBER else _read_days
        values = [read(text, year) for text in self.named]
        known = [value for value in values if value is not None]
        if not known or len(known) < len(values):
            return None
        low, high = min(v.low for v in known), max(v.high for v in known)
        is_number = self.demand is Demand.NUMBER
        return {
            Bound.OVER: Interval(nextafter(high, inf) if is_number else high + 1, inf),
            Bound.AT_LEAST: Interval(low, inf),
            Bound.UNDER: Interval(-inf, nextafter(low, -inf) if is_number else low - 1),
            Bound.AT_MOST: Interval(-inf, high),
            Bound.WITHIN: Interval(low, high),
        }[self.side]


_COUNTS = {w: n for n, w in enumerate(VALUES["numbers"]["small"].split())}
_COUNTS |= {w: 10 * n for n, w in enumerate(VALUES["numbers"]["tens"].split(), 2)}
_SCALES = "|".join(VALUES["numbers"]["scales"])
_UNIT = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))
_COUNT = rf"(?:{'|'.join(_COUNTS)})\b(?:\s(?:{_SCALES})\b)?"
_NUMBER = rf"(?:\d[\d.,'’]*(?<!\D)(?:k\b|\s(?:{_SCALES})\b)?|{_COUNT})"
_SUM = rf"(?:(?:[$€£]|\b(?:eur|usd|gbp)\b)\s?)?{_NUMBER}(?:\s?(?:{_UNIT})(?!\w))?"
_BEFORE_DATE = r"(?:(?:the|end\sof|the\syear|dem|der|den|jahr)\s)*"
_MORE = (
    r"(?:older|longer|heavier|taller|higher|greater|larger|bigger|dearer|more|älter|länger|schwerer"
    r"|größer|höher|teurer|mehr)\s(?:than|als)|over|above|exceeding|in\sexcess\sof|über|>(?!=)"
)
_LESS = (
    r"(?:younger|shorter|lighter|smaller|lower|cheaper|less|fewer|jünger|kürzer|leichter|kleiner"
    r"|niedriger|billiger|weniger)\s(?:than|als)|under|below|unter|<(?!=)"
)
_LEAST = r"at\sleast|(?:no|not)\s(?:less|fewer)\sthan|a\sminimum\sof|mindestens|>=|≥"
_MOST = r"at\smost|(?:no|not)\smore\sthan|up\sto|a\smaximum\sof|höchstens|maximal|bis\szu|<=|≤"
_BETWEEN = (
    r"(?:(?:between|zwischen)\s(?P<a>{0})\s(?:and|und)|from\s(?P<b>{0})\sto|von\s(?P<c>{0})\sbis)"
    r"\s(?P<d>{0})"
)
_OR_MORE = r"(?:or\s(?:more|over|older|longer)|oder\smehr)\b"
_OR_LESS = r"(?:or\s(?:less|fewer|under|younger)|oder\sweniger)\b"
_NUMBERS = {
    Bound.AT_LEAST: rf"(?:{_LEAST})\s?(?P<a>{_SUM})|(?P<b>{_SUM})\s{_OR_MORE}",
    Bound.AT_MOST: rf"(?:{_MOST})\s?(?P<a>{_SUM})|(?P<b>{_SUM})\s{_OR_LESS}",
    Bound.OVER: rf"(?:{_MORE})\s?(?P<a>{_SUM})",
    Bound.UNDER: rf"(?:{_LESS})\s?(?P<a>{_SUM})",
    Bound.WITHIN: f"{_BETWEEN.format(_SUM)}|(?:exactly|genau)\\s(?P<e>{_SUM})",
}
_DETERMINER = r"(?:(?:a|an|any|the|their|its|einen?|eine[mr]?|das|die|den)\s)?"
_NO = (
    r"without|lacking|missing|with\sno|ha(?:s|ve|d|ving)\sno|(?:do|does|did)(?:n['’]t|\snot)\shave"
    r"|ohne|haben\skeinen?|hat\skeinen?"
)
_BESIDE_NOT = "yet|been|being|in|from|at|of|by|on|for|with|the|a|an|to|have|more|less|fewer"
_WORDS = {
    Demand.EMPTY: rf"\b(?:{_NO})\s{_DETERMINER}(?P<word>\w+)"
    r"|(?P<named>\w+)\s(?:is|are)\s(?:empty|blank|missing|not\s(?:set|given))\b",
    Demand.NOT: r"(?:\bnot|n['’]t|\bnicht)\s(?:(?:yet|been|being|noch)\s)*"
    rf"(?!(?:{_BESIDE_NOT})\b)(?P<word>\w+)",
    Demand.OPPOSITE: r"\b(?:un|non-?|nicht)(?P<word>\w{3,})",
}


def _days() -> dict[Bound, str]:
    date = f"{_BEFORE_DATE}{date_pattern()}"
    return {
        Bound.WITHIN: rf"{_BETWEEN.format(date)}|(?:in|during|im)\s(?P<e>{month_pattern()})",
        Bound.UNDER: rf"(?:before|prior\sto|earlier\sthan|vor)\s(?P<a>{date})",
        Bound.OVER: rf"(?:after|later\sthan|nach)\s(?P<a>{date})",
        Bound.AT_LEAST: rf"(?:since|seit|ab)\s(?P<a>{date})|from\s(?P<b>{date})\s(?:on|onwards?)\b",
        Bound.AT_MOST: rf"(?:until|till|up\sto|by|bis)\s(?P<a>{date})",
    }


@cache
def _signs() -> tuple[tuple[Demand, Bound, re.Pattern[str]], ...]:
    """By what each is told, the days before the numbers; compiled when somebody asks."""

    def compiled(expression: str) -> re.Pattern[str]:
        return re.compile(rf"(?i)(?<![\w.])(?:{expression})")

    return (
        *((Demand.DAY, side, compiled(own)) for side, own in _days().items()),
        *((Demand.NUMBER, side, compiled(own)) for side, own in _NUMBERS.items()),
        *((demand, Bound.WITHIN, re.compile(f"(?i){own}")) for demand, own in _WORDS.items()),
    )


_COMPARATIVES = {
    word: tuple(own["labels"].split())
    for own in LISTS["comparatives"]
    for word in own["words"].split()
}
_FIRST = re.compile(r"\w+")


def conditions_in(question: str) -> list[Condition]:
    """The conditions of a question, in order; what one of them says is of no other."""
    found: list[Condition] = []
    for demand, side, pattern in _signs():
        for match in pattern.finditer(question):
            if all(match.end() <= c.start or c.end <= match.start() for c in found):
                found.append(_condition(demand, side, match))
    return sorted(found, key=lambda c: c.start)


def without_conditions(question: str, conditions: Sequence[Condition]) -> str:
    """The question with commas in place of conditions, so that all else stands where it did."""
    for one in conditions:
        question = question[: one.start] + "," * (one.end - one.start) + question[one.end :]
    return question


def _condition(demand: Demand, side: Bound, match: re.Match[str]) -> Condition:
    start, end, written = match.start(), match.end(), match[0]
    said = [text for text in match.groups() if text]
    if demand not in (Demand.NUMBER, Demand.DAY):
        return Condition(start, end, written, demand, word=said[0])
    first = _FIRST.match(written)
    comparative = first[0].casefold() if first else ""
    hints = _COMPARATIVES.get(comparative, ())
    unit = noun = ""
    if demand is Demand.NUMBER:
        units = {value.unit for text in said if (value := _number(text)) and value.unit}
        unit = units.pop() if len(units) == 1 else ""
        behind = re.match(r"\s(\w+)", match.string[end:])
        noun = behind[1] if behind and not unit else ""
    return Condition(start, end, written, demand, side, tuple(said), unit, noun, hints=hints)


def _number(text: str) -> CellValue | None:
    """A number as it is written in a question: three digits behind a mark are thousands."""
    plain = re.sub(r"(?<=\d)[.,'’](?=\d{3}(?!\d))", "", text.strip())
    plain = re.sub(r"(?i)(?<=\d)k\b", " thousand", plain).replace(",", ".")
    plain = re.sub(r"[^\W\d_]+", lambda word: str(_COUNTS.get(word[0].casefold(), word[0])), plain)
    return number_of(plain)


def _read_number(text: str, _: int | None) -> Interval | None:
    value = _number(text)
    return value.value if value else None


def _read_days(text: str, year: int | None) -> Interval | None:
    """The days of a date, unless the day and the month of it may be the other way round."""
    written = re.sub(rf"(?i)\A{_BEFORE_DATE}", "", text)
    one, other = (period_of(written, day_first=first, year=year) for first in (True, False))
    if one and other and one != other:
        return None
    period = one or other
    return days_in(period) if period else None
