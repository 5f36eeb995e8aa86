"""What the cells of a column say as numbers or as days, in each way in which they may be read.

"1.234" may be a thousand or little more than one, "03/04/2023" a day in March or in April: which of
them, the other cells of the column may tell.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import NamedTuple

from rag.statements import LISTS, Interval

UNITS: Mapping[str, str] = {
    name.casefold(): unit for unit, names in LISTS["units"].items() for name in names.split()
}
_SCALES: Mapping[str, float] = LISTS["numbers"]["scales"]
_GERMAN = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"
MONTHS: Mapping[str, int] = {
    written.casefold(): number
    for names in (
        LISTS["numbers"]["months"],
        _GERMAN,
        "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    )
    for number, written in enumerate(names.split(), 1)
} | {"sept": 9}
_NAMED = "|".join(sorted(MONTHS, key=len, reverse=True))
_YEAR = r"(?:1\d|20)\d\d"
MONTH_WRITTEN = rf"(?:{_NAMED})\b\.?(?:,?\s{_YEAR}(?!\d))?"
PERIOD_WRITTEN = (
    rf"(?:\d{{4}}-\d\d(?:-\d\d)?(?!\d)|\d\d?[./-]\s?\d\d?[./-]\s?{_YEAR}(?!\d)"
    rf"|(?:[0-3]?\d(?:st|nd|rd|th|\.)?\s(?:of\s)?)?(?:{_NAMED})\b\.?(?:\s[0-3]?\d(?:st|nd|rd|th)?(?!\d))?"
    rf"(?:,?\s{_YEAR}(?!\d))?|{_YEAR}(?![\d.,]?\d|\s?[%€$£]))"
)
_PERIOD = re.compile(
    rf"""(?xi) (?P<iso>\d{{4}}-\d\d(?:-\d\d)?)(?:[T ]\d\d:\d\d(?::\d\d)?)?
    | (?P<one>\d\d?)(?P<mark>[./-])\s?(?P<two>\d\d?)(?P=mark)\s?(?P<its_year>{_YEAR})
    | (?:(?P<day>[0-3]?\d)(?:st|nd|rd|th|\.)?\s(?:of\s)?)?(?P<month>{_NAMED})\.?
      (?:\s(?P<day_behind>[0-3]?\d)(?:st|nd|rd|th)?(?!\d))?(?:,?\s(?P<year>{_YEAR}))?
    | (?P<alone>{_YEAR})"""
)
_QUANTITY = re.compile(
    r"(?P<before>[^\W\d_]{1,4}|[$€£¥])?\s?(?P<digits>[+-]?\d[\d.,'’\u00a0\u202f ]*)(?P<rest>.*)"
)
_REST = re.compile(rf"(?i)(?:(?P<scale>{'|'.join(_SCALES)})\b\s?)?(?P<unit>[%€$£¥°]|[^\W\d_]+)?\.?")
_MARKS = {".": r"[,'’\u00a0\u202f ]", ",": r"[.'’\u00a0\u202f ]"}  # of decimals, and of thousands


class CellValue(NamedTuple):
    """What a cell says: a number or, from the first to the last, ordinals of days; and the unit."""

    value: Interval
    unit: str = ""


Way = Sequence[CellValue | None]  # of each cell; None for an empty one


def numbers_of(cells: Sequence[str]) -> list[Way]:
    """The numbers of a column in each way that reads all its cells; "" is an empty one."""
    return list(_ways(cells, [partial(number_of, decimal=mark) for mark in _MARKS]))


def days_of(cells: Sequence[str]) -> list[Way]:
    """The days of a column in each way that reads all its cells; "" is an empty one."""
    return list(_ways(cells, [partial(_day_value, day_first=first) for first in (True, False)]))


def _ways(
    cells: Sequence[str], readers: Sequence[Callable[[str], CellValue | None]]
) -> Iterator[Way]:
    for reader in readers:
        way = [reader(cell) if cell else None for cell in cells]
        if any(way) and all(value or not cell for value, cell in zip(way, cells, strict=True)):
            yield way


def number_of(cell: str, decimal: str = ".") -> CellValue | None:
    """The number that a text is, with its unit; None where it is none, or more than that.

    `decimal` is the mark before decimals, "." or ",".
    """
    found = _QUANTITY.fullmatch(cell.strip())
    rest = _REST.fullmatch(found["rest"]) if found else None
    if found is None or rest is None:
        return None
    digits, thousands, mark = found["digits"].strip(), _MARKS[decimal], re.escape(decimal)
    number = rf"[+-]?(?:[1-9]\d{{0,2}}(?:{thousands}\d{{3}})+|\d+)(?:{mark}\d+)?"
    if not re.fullmatch(number, digits):
        return None
    written = [name.casefold() for name in (found["before"], rest["unit"]) if name]
    units = {UNITS.get(name, name) for name in written}
    if len(units) > 1:
        return None
    scale = _SCALES[rest["scale"].casefold()] if rest["scale"] else 1.0
    plain = re.sub(thousands, "", digits).replace(decimal, ".")
    value = float(plain) * scale
    return CellValue(Interval(value, value), next(iter(units), ""))


def period_of(text: str, *, day_first: bool = True, year: int | None = None) -> Interval | None:
    """The first and the last day of a date, a month or a year; None where a text is none of them.

    `year` is that of what is written without one; without it, that is no date.
    """
    found = _PERIOD.fullmatch(text.strip())
    if found is None:
        return None
    if found["iso"]:
        return _days(*(int(part) for part in found["iso"].split("-")))
    if found["mark"]:
        one, two = int(found["one"]), int(found["two"])
        day, month = (one, two) if day_first or found["mark"] == "." else (two, one)
        return _days(int(found["its_year"]), month, day)
    if found["alone"]:
        return _days(int(found["alone"]))
    own = int(found["year"]) if found["year"] else year
    day_named = found["day"] or found["day_behind"]
    if own is None:
        return None
    return _days(own, MONTHS[found["month"].casefold()], int(day_named) if day_named else None)


def _day_value(cell: str, *, day_first: bool) -> CellValue | None:
    days = period_of(cell, day_first=day_first)
    return CellValue(days) if days else None


def _days(year: int, month: int | None = None, day: int | None = None) -> Interval | None:
    try:
        if day is not None and month is not None:
            own = date(year, month, day).toordinal()
            return Interval(own, own)
        first = date(year, month or 1, 1)
        end = month or 12
        last = date(year, end, calendar.monthrange(year, end)[1])
    except ValueError:
        return None
    return Interval(first.toordinal(), last.toordinal())


def year_of(day: float) -> int:
    """The year of a day by its ordinal."""
    return date.fromordinal(int(day)).year
