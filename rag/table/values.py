"""The dates and amounts of a sentence, as a cell shows and sorts them."""

from __future__ import annotations

import re

from index import Span
from rag.dates import written_dates
from rag.statements import LISTS, UNITS, in_digits
from rag.table.columns import ColumnKind

# what stands behind "of" names a thing: "the minutes of 12 May", and not "as of", "the end of"
_NAMES_A_THING = re.compile(
    r"(?i)(?<!\bas)(?<!day)(?<!end)(?<!month)(?<!year)(?<!beginning)(?<!start)(?<!summer)"
    r"(?<!winter)(?<!spring)(?<!autumn)\ of\ (?:the\ )?\Z"
)

_SMALL, _TENS = LISTS["numbers"]["small"].split(), LISTS["numbers"]["tens"].split()
_SCALES = "|".join(LISTS["numbers"]["scales"])
_SPELT = (
    rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_SMALL)}))?|{'|'.join(_SMALL[2:])}"
    rf"|one(?=\ (?:{_SCALES})))\b"
)
_DIGITS = r"(?:\d{1,3}(?:[.,'’\ ]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d+)?)(?!\d|(?:st|nd|rd|th)\b)"
_NUMBER = (
    rf"(?:(?:{_DIGITS})|(?i:{_SPELT}))(?:\ \((?:{_DIGITS})\))?(?:\ (?:{_SCALES}|Mio\.|Mrd\.))?"
)
_SYMBOL = r"(?:(?:US|CA|AU|A|C)?\$|€|£|¥|(?:USD|EUR|GBP|CHF|JPY|CAD|AUD|NOK|SEK|DKK)\b)"
_NAMED = r"(?:euros?|dollars?|pounds?(?:\ sterling)?|francs?|crowns?|yen|cents?)\b"
_SUM = (
    rf"{_SYMBOL}\ ?(?:{_DIGITS})(?:\ (?:{_SCALES})\b|(?:k|m|bn)\b)?"
    rf"|{_NUMBER}\ ?(?:{_SYMBOL}|{_NAMED})"
)
_MONEY = re.compile(rf"(?:{_SUM})(?:\ ?(?:-|–|to)\ ?(?:{_SUM}))?")
_UNITS = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))
_MEASURE = re.compile(
    rf"(?<![\w.,])(?:{_NUMBER})(?:\ ?(?:-|–|to)\ ?(?:{_NUMBER}))?"
    rf"(?:[\ -]?(?:business\ |calendar\ |working\ )?(?:{_UNITS})(?!\w)"
    rf"(?:\ (?:per|an?|each)\ (?:{_UNITS})(?!\w))?)?"
)
# the number of a clause counts nothing, nor does that of an edition
_NUMBERED = re.compile(r"(?i)\b(?:section|clause|article|version|chapter|no\.?|paragraph|§)\s*\Z")


def find_dates(text: str) -> list[Span]:
    """The dates of a text, in order; none that only names a thing: "the minutes of 12 May"."""
    found = (Span(one.start, one.end) for one in written_dates(text, day_first=True))
    return [span for span in found if not _NAMES_A_THING.search(text[: span.start])]


def find_amounts(text: str, *, money_first: bool = True) -> list[Span]:
    """The sums of money of a text; where there are none, or they do not come first, its numbers.

    Of numbers those with a unit, where there are any.
    """
    money = [Span(*m.span()) for m in _MONEY.finditer(text)]
    if money and money_first:
        return money
    taken = [*find_dates(text), *money]
    measured = [
        Span(*m.span())
        for m in _MEASURE.finditer(text)
        if not _NUMBERED.search(text[: m.start()])
        and all(m.end() <= s.start or s.end <= m.start() for s in taken)
    ]
    with_unit = [s for s in measured if " " in text[slice(*s)] or "%" in text[slice(*s)]]
    return with_unit or sorted(measured or money)


def sort_key(kind: ColumnKind | None, words: str) -> str:
    """What a date or an amount is sorted by: "2027-03-31", "100000.0"; "" where that is not known.

    Days before months, as everywhere but in the United States.
    """
    if kind is ColumnKind.DATE:
        said = next((one.date for one in written_dates(words, day_first=True)), None)
        return f"{said.year or 0:04}-{said.month or 0:02}-{said.day or 0:02}" if said else ""
    if kind is ColumnKind.AMOUNT:
        digits = re.search(_DIGITS, in_digits(words))
        return str(_number(digits[0]) * _scale(words)) if digits else ""
    return words.casefold()


def _number(digits: str) -> float:
    """Of what stands behind the last point or comma, three digits are thousands."""
    whole, mark, last = re.fullmatch(r"(.*?)(?:([.,])(\d+))?", digits).groups()  # type: ignore[union-attr]
    if mark and len(last) == 3:
        whole, last = whole + last, ""
    return float(f"{re.sub(r'[^0-9]', '', whole)}.{last or 0}")


def _scale(words: str) -> float:
    return next((n for name, n in LISTS["numbers"]["scales"].items() if name in words), 1.0)
