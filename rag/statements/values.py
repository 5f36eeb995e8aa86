"""Numbers and dates in a sentence, so that two of them can be compared.

A number is the interval of what it may mean: "14 million" is all that rounds to it, "over 40" has
no upper end. Two numbers differ where no value is both.
"""

from __future__ import annotations

import math
import re
import tomllib
from pathlib import Path
from typing import Any, NamedTuple

from index import stems
from rag.dates import Date, WrittenDate, written_dates

SOURCE = Path(__file__).with_name("values.toml")
LISTS: dict[str, Any] = tomllib.loads(SOURCE.read_text("utf-8"))
ROUGHLY = 0.1  # how far "about 40" reaches, as a share of it
_REACH = 30  # characters before a value in which "more than" or "since" is looked for

UNITS: dict[str, str] = {
    name: unit for unit, names in LISTS["units"].items() for name in names.split()
}
_SCALES: dict[str, float] = LISTS["numbers"]["scales"]
_SHORT: dict[str, float] = LISTS["numbers"]["short_scales"]
_SMALL = {w: n for n, w in enumerate(LISTS["numbers"]["small"].split())}
_TENS = {w: 10 * n for n, w in enumerate(LISTS["numbers"]["tens"].split(), 2)}


class Interval(NamedTuple):
    """What a number may mean: `low` to `high`, both included."""

    low: float
    high: float

    def differs(self, other: Interval) -> bool:
        """Whether no value is both."""
        return self.low > other.high or other.low > self.high


class StatedValue(NamedTuple):
    """A number with its unit, or a date with its role, at `start` to `end` of the text.

    A noun that is counted lies outside: it says what is spoken of, which a unit does not.
    """

    start: int
    end: int
    of: str
    value: Interval | Date


# Numbers in words: "thirty-eight", "three hundred and five", "sixty thousand". A lone "one" is
# mostly a pronoun.
_UNDER_100 = rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_SMALL)}))?|(?:{'|'.join(_SMALL)}))"
_UNDER_1000 = rf"(?:{_UNDER_100} hundred(?: (?:and )?{_UNDER_100})?|{_UNDER_100})"
_SPELT = re.compile(
    rf"(?i)\b(?!one\b(?! (?:hundred|thousand|million|billion)))"
    rf"{_UNDER_1000}(?: thousand(?: (?:and )?{_UNDER_1000})?)?\b"
)

_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_RANGE = re.compile(rf"(?i)(?:\b({_NUMBER}) or|\bbetween ({_NUMBER}) and) ({_NUMBER})\b")


def in_digits(text: str) -> str:
    """The text with the numbers that are written in words as digits, and "2 or 3" as "2-3"."""
    digits = _SPELT.sub(lambda match: str(_read_number(match.group().casefold())), text)
    return _RANGE.sub(r"\1\2-\3", digits)


def _read_number(spelt: str) -> int:
    total = part = 0
    for word in re.split(r"[- ]", spelt):
        if word == "hundred":
            part *= 100
        elif word == "thousand":
            total, part = total + part * 1000, 0
        else:
            part += _SMALL.get(word, 0) + _TENS.get(word, 0)
    return total + part


_ROLES = {
    **dict.fromkeys(("since", "from", "after"), "start"),
    **dict.fromkeys(("until", "till", "by", "before"), "end"),
}
_LEAD = re.compile(
    rf"""(?xi) \b(?:(?P<lead>in|on|during|of|the|year|{"|".join(_ROLES)})(?:\ the)?\ )
    (?:(?:early|mid|late)[ -])?\Z"""
)


def dates(text: str) -> list[StatedValue]:
    """The dates of a text; `of` says whether they are the start, the end or neither.

    The word that says so is part of one.
    """
    return [_stated(text, one) for one in written_dates(text, ["en"])]


def _stated(text: str, one: WrittenDate) -> StatedValue:
    lead = _LEAD.search(text, max(0, one.start - _REACH), one.start)
    role = _ROLES.get(lead["lead"].casefold(), "at") if lead else "at"
    return StatedValue(lead.start() if lead else one.start, one.end, role, one.date)


_UNIT = "|".join(re.escape(name) for name in UNITS)
_QUANTITY = re.compile(
    rf"(?<![\w.,:])(?<!\w-)(?P<currency>[$€£] ?)?(?P<low>{_NUMBER})"
    rf"(?:(?: ?- ?| to )(?P<high>{_NUMBER}))?"
    rf"(?: (?P<scale>{'|'.join(_SCALES)})\b"
    rf"|(?(currency)(?P<suffix>{'|'.join(_SHORT)})(?!\w)|(?!)))?"
    rf"(?:[ -]?(?P<unit>(?:{_UNIT})(?!\w))|(?![\w:]|[.,]\d))"
)
_NOUN = re.compile(r"[ -](\w+)")
_RATE = re.compile(r" (?:an?|per|each|every) (\w+)")
_BOUND = re.compile(
    r"""(?xi) \b(?:(?P<above>more\ than|over|at\ least|above|exceeding|no\ (?:less|fewer)\ than)
        |(?P<below>(?:less|fewer|no\ more)\ than|under|below|at\ most|up\ to)
        |(?P<about>about|around|roughly|approximately|some|nearly|almost|close\ to))
        (?:\ the|\ an?)?\ \Z"""
)


def quantities(text: str) -> list[StatedValue]:
    """The numbers of a text that count or measure; `of` is the unit or the noun counted.

    "38 of them" counts what was counted before.
    """
    found: list[StatedValue] = []
    for match in _QUANTITY.finditer(text):
        unit, end = _find_unit(text, match)
        if not unit and found and re.match(r" of (?:them|these|those|whom)\b|\W*\Z", text[end:]):
            unit = found[-1].of
        if unit:
            found.append(StatedValue(match.start(), end, unit, _read_interval(text, match)))
    return found


def _find_unit(text: str, match: re.Match[str]) -> tuple[str, int]:
    """The unit of a number, "" where none follows, and where it ends."""
    end = match.end()
    name = match["unit"] or (match["currency"] or "").strip()
    if name:
        unit = UNITS[name]
    else:
        noun = _NOUN.match(text, end)
        unit = UNITS.get(noun[1], "".join(stems(noun[1]))) if noun else ""
        end = noun.end() if noun and noun[1] in UNITS else end
    rate = _RATE.match(text, end)
    if rate and rate[1] in UNITS:
        return f"{unit} a {UNITS[rate[1]]}", rate.end()
    return unit, end


def _read_interval(text: str, match: re.Match[str]) -> Interval:
    """What the number may be, by its last digit and by the words before it."""
    low = match["low"]
    scale = _SCALES.get(match["scale"], 1.0) * _SHORT.get(match["suffix"], 1.0)
    decimals = len(low.partition(".")[2])
    slack = 0.5 * 10**-decimals if decimals or scale > 1 else 0.0
    value = float(low.replace(",", ""))
    high = float((match["high"] or low).replace(",", ""))
    bottom, top = (min(value, high) - slack) * scale, (max(value, high) + slack) * scale
    bound = _BOUND.search(text, max(0, match.start() - _REACH), match.start())
    kind = bound.lastgroup if bound else None
    if kind == "about":
        return Interval(bottom * (1 - ROUGHLY), top * (1 + ROUGHLY))
    return Interval(0.0 if kind == "below" else bottom, math.inf if kind == "above" else top)
