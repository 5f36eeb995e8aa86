"""What the cells of a column say as numbers or as days, in each way in which they may be read.

"1.234" may be a thousand or little more than one, "03/04/2023" a day in March or in April: which of
them, the other cells of the column may tell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import NamedTuple

from rag.dates import Period, period_of
from rag.statements import LISTS, UNITS, Interval

_SCALES: Mapping[str, float] = LISTS["numbers"]["scales"]
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


def days_in(period: Period) -> Interval:
    """Its first and its last day, as ordinals."""
    return Interval(period.first.toordinal(), period.last.toordinal())


def _day_value(cell: str, *, day_first: bool) -> CellValue | None:
    period = period_of(cell, day_first=day_first)
    return CellValue(days_in(period)) if period else None


def year_of(day: float) -> int:
    """The year of a day by its ordinal."""
    return date.fromordinal(int(day)).year
