"""When something is that is said relative to the date of its document: "last week", "by June"."""

from __future__ import annotations

from datetime import date, timedelta

from rag.dates import Period, RelativeDate

FAR = 150  # days: of a month without a year it is not known which year's is meant
_DAY, _WEEK, _MONTH, _YEAR = range(4)
_BACK, _AHEAD = ("since", "seit", "after", "last"), ("by", "until", "before", "next", "bis")


def resolved(said: RelativeDate, own: date) -> Period | None:
    """The days that are meant, in a document of that date; None where several may be.

    Raises ValueError where there is no such day.
    """
    step = said.step or 0
    if said.weekday is not None:
        return _weekday(said.weekday, said.step, own)
    if said.season is not None:
        return _season(said.season, said.lead, own)
    if said.month is not None:
        if said.unit == _YEAR and said.step is not None:
            return _period(own.year + step, said.month, said.day)
        return _month(said, own)
    if said.unit is None:
        return None if said.step is None else _days(own + timedelta(step))
    return _shifted(said.unit, -said.ago if said.ago is not None else step, own)


def _period(year: int, month: int, day: int | None) -> Period:
    return Period(f"{year}-{month:02}" + (f"-{day:02}" if day else ""))


def _days(first: date, last: date | None = None) -> Period:
    return Period(f"{first}/{last}" if last else f"{first}")


def _shifted(unit: int, by: int, own: date) -> Period:
    if unit == _DAY:
        return _days(own + timedelta(by))
    if unit == _WEEK:
        monday = own + timedelta(7 * by - own.weekday())
        return _days(monday, monday + timedelta(6))
    if unit == _MONTH:
        year, month = divmod(own.year * 12 + own.month - 1 + by, 12)
        return _period(year, month + 1, None)
    return Period(str(own.year + by))


def _weekday(weekday: int, step: int | None, own: date) -> Period | None:
    """The nearest one, or the last or the next; the day itself is none of them."""
    ahead = (weekday - own.weekday()) % 7 or 7
    if step == 0:
        return _days(own + timedelta(weekday - own.weekday()))
    if step is None:
        step = 1 if ahead <= 3 else -1
    elif ahead >= 4 and step == 1:  # "next Friday", of a Monday: whether this week's is not known
        return None
    return _days(own + timedelta(ahead if step > 0 else ahead - 7))


def _season(season: int, lead: str, own: date) -> Period | None:
    near = [Period(f"{own.year + shift}-{season}") for shift in (-1, 0, 1)]
    if lead in _BACK:
        return max(p for p in near if p.first <= own)
    if lead in _AHEAD:
        return min(p for p in near if p.last >= own)
    return near[1] if lead == "this" else None


def _month(said: RelativeDate, own: date) -> Period | None:
    """A month or a day of it without its year: the nearest one, where it is near."""
    assert said.month is not None
    near = []
    for year in (own.year - 1, own.year, own.year + 1):
        period = _period(year, said.month, said.day)
        days = (period.first - own).days if period.first > own else (period.last - own).days
        near.append((0 if period.overlaps(own, own) else days, period))
    if said.step == 0:
        return near[1][1]
    if said.step:
        aside = [(abs(d), p) for d, p in near if d * said.step > 0]
        return min(aside)[1]
    distance, period = min((abs(days), period) for days, period in near)
    return period if distance <= FAR else None
