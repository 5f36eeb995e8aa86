"""When something is: a day, a month, a year or more, as ISO 8601-2 (EDTF) writes it."""

from __future__ import annotations

import re
from calendar import month_name, monthrange
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from index import QuestionError

_ORDINALS = ("first", "second", "third", "fourth")
_SEASONS = ("spring", "summer", "autumn", "winter")
# sub-year groupings of EDTF, as the first month and how many months
_GROUPED = {
    **{21 + i: (3 + 3 * i, 3) for i in range(4)},  # seasons; winter ends in the next year
    **{33 + i: (1 + 3 * i, 3) for i in range(4)},  # quarters
    40: (1, 6),  # halves
    41: (7, 6),
}
# of years from 1000 to 2199: "11th century" to "22nd"
_FORM = re.compile(
    r"(?P<century>\d\d)XX|(?P<decade>\d{3})X"
    r"|(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?"
)


class Period:
    """A stretch of days, `first` to `last`, both included.

    `edtf` is one of "1667-07-06", "1863-08", "1900", "193X", "18XX", "1931-21" for a spring,
    "2026-35" for a third quarter, "2020-40" for a first half, or two of them as "1914/1918". Raises
    ValueError for anything else, and for what ends before it begins.
    """

    def __init__(self, edtf: str) -> None:
        self.edtf = edtf
        begin, _, end = edtf.partition("/")
        self.first = _days(begin)[0]
        self.last = _days(end or begin)[1]
        if self.first > self.last:
            raise ValueError(f"{edtf} ends before it begins")

    def __repr__(self) -> str:
        return f"Period({self.edtf!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Period) and other.edtf == self.edtf

    def __hash__(self) -> int:
        return hash(self.edtf)

    def __lt__(self, other: Period) -> bool:
        """Whether it begins before the other; of two that begin together the longer one does."""
        return self._order < other._order

    @cached_property
    def _order(self) -> tuple[date, int]:
        return self.first, -self.last.toordinal()

    @property
    def label(self) -> str:
        """What a person reads: "6 July 1667", "1930s", "19th century", "1914 to 1918"."""
        begin, _, end = self.edtf.partition("/")
        if (self.last - self.first).days == 6 and self.first.weekday() == 0:
            return f"week of {_label(begin)}"
        return f"{_label(begin)} to {_label(end)}" if end else _label(begin)

    def overlaps(self, first: date, last: date) -> bool:
        """Whether any of its days lies between two, both included."""
        return self.first <= last and first <= self.last


def _parts(edtf: str) -> dict[str, Any]:
    found = _FORM.fullmatch(edtf)
    if found is None:
        raise ValueError(f"{edtf!r} is no date")
    return {name: int(value) for name, value in found.groupdict().items() if value}


def _days(edtf: str) -> tuple[date, date]:
    """The first day and the last."""
    match _parts(edtf):
        case {"century": n}:
            return date(100 * n, 1, 1), date(100 * n + 99, 12, 31)
        case {"decade": n}:
            return date(10 * n, 1, 1), date(10 * n + 9, 12, 31)
        case {"year": year, "month": month, "day": day}:
            return date(year, month, day), date(year, month, day)
        case {"year": year, "month": month} if month in _GROUPED:
            start, count = _GROUPED[month]
            ends = year * 12 + start - 1 + count  # the month after it
            return date(year, start, 1), date(ends // 12, ends % 12 + 1, 1) - timedelta(1)
        case {"year": year, "month": month} if month <= 12:
            return date(year, month, 1), date(year, month, monthrange(year, month)[1])
        case {"year": year, **more} if not more:
            return date(year, 1, 1), date(year, 12, 31)
    raise ValueError(f"{edtf!r} is no date")


def _label(edtf: str) -> str:
    match _parts(edtf):
        case {"century": n}:
            return f"{n + 1}{'st' if n == 20 else 'nd' if n == 21 else 'th'} century"
        case {"decade": n}:
            return f"{n}0s"
        case {"year": year, "month": month, "day": day}:
            return f"{day} {month_name[month]} {year}"
        case {"year": year, "month": month}:
            if month in (40, 41):
                return f"{_ORDINALS[month - 40]} half of {year}"
            if month >= 33:
                return f"{_ORDINALS[month - 33]} quarter of {year}"
            return f"{_SEASONS[month - 21] if month > 12 else month_name[month]} {year}"
        case {"year": year}:
            return str(year)
    raise ValueError(f"{edtf!r} is no date")


def between(since: str, until: str) -> tuple[date, date]:
    """The days from the begin of one period to the end of another; "" is no bound.

    Raises QuestionError for what is no date.
    """
    try:
        first = Period(since).first if since else date.min
        return first, Period(until).last if until else date.max
    except ValueError as exc:
        raise QuestionError(f"{exc}; give a date as 2019, 2019-05 or 2019-05-31") from exc
