"""Dates and amounts by their looks, in English and, where they are in digits, in German too."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index import Span
from rag.statements import LISTS, Interval, dates, in_digits
from rag.table.columns import ColumnKind

_GERMAN = "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
_MONTHS = "|".join(LISTS["numbers"]["months"].split())
_DATES = re.compile(
    rf"""(?x) \b\d{{1,2}}(?:st|nd|rd|th)\ day\ of\ (?:{_MONTHS}),?\ \d{{4}}\b
    | \b\d{{4}}-\d\d-\d\d\b | \b\d{{1,2}}\.\ ?\d{{1,2}}\.\ ?(?:19|20)\d\d\b
    | \b\d{{1,2}}/\d{{1,2}}/\d{{4}}\b | \b\d{{1,2}}\.\ (?:{_GERMAN})\ \d{{4}}\b"""
)
# what stands behind "of" names a thing: "the minutes of 12 May", and not "as of", "the end of"
_NAMES_A_THING = re.compile(
    r"(?i)(?<!\bas)(?<!day)(?<!end)(?<!month)(?<!year)(?<!beginning)(?<!start)(?<!summer)"
    r"(?<!winter)(?<!spring)(?<!autumn)\ of\ (?:the\ )?\Z"
)
_LEAD = re.compile(r"(?:[a-z]+ )+")

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
_UNITS = "|".join(
    sorted(
        (re.escape(n) for names in LISTS["units"].values() for n in names.split()),
        key=len,
        reverse=True,
    )
)
_MEASURE = re.compile(
    rf"(?<![\w.,])(?:{_NUMBER})(?:\ ?(?:-|–|to)\ ?(?:{_NUMBER}))?"
    rf"(?:[\ -]?(?:business\ |calendar\ |working\ )?(?:{_UNITS})(?!\w)"
    rf"(?:\ (?:per|an?|each)\ (?:{_UNITS})(?!\w))?)?"
)
# the number of a clause counts nothing, nor does that of an edition
_NUMBERED = re.compile(r"(?i)\b(?:section|clause|article|version|chapter|no\.?|paragraph|§)\s*\Z")


def find_dates(text: str) -> list[Span]:
    """The dates of a text, in order; none that only names a thing: "the minutes of 12 May"."""
    found = [Span(*m.span()) for m in _DATES.finditer(text)]
    for start, end, *_ in dates(text):  # in words, in English
        lead = _LEAD.match(text, start, end)
        span = Span(lead.end() if lead else start, end)
        if all(span.end <= s.start or s.end <= span.start for s in found):
            found.append(span)
    return sorted(s for s in found if not _NAMES_A_THING.search(text[: s.start]))


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
        return next(_iso_dates(words), "")
    if kind is ColumnKind.AMOUNT:
        digits = re.search(_DIGITS, in_digits(words))
        return str(_number(digits[0]) * _scale(words)) if digits else ""
    return words.casefold()


def _iso_dates(words: str) -> Iterator[str]:
    if iso := re.search(r"\d{4}-\d\d-\d\d", words):
        yield iso[0]
    if numbers := re.search(r"(\d{1,2})[./] ?(\d{1,2})[./] ?(\d{4})", words):
        yield f"{numbers[3]}-{int(numbers[2]):02}-{int(numbers[1]):02}"
    for named in dates(words):
        if isinstance(named.value, Interval):
            continue
        year, month, day = named.value
        yield f"{year or 0:04}-{month or 0:02}-{day or 0:02}"


def _number(digits: str) -> float:
    """Of what stands behind the last point or comma, three digits are thousands."""
    whole, mark, last = re.fullmatch(r"(.*?)(?:([.,])(\d+))?", digits).groups()  # type: ignore[union-attr]
    if mark and len(last) == 3:
        whole, last = whole + last, ""
    return float(f"{re.sub(r'[^0-9]', '', whole)}.{last or 0}")


def _scale(words: str) -> float:
    return next((n for name, n in LISTS["numbers"]["scales"].items() if name in words), 1.0)
