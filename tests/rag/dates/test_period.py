"""A stretch of days, as EDTF writes it and as a person reads it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, strategies as st

from rag.dates import Period, between


@pytest.mark.parametrize(
    ("edtf", "first", "last", "label"),
    [
        ("1667-07-06", "1667-07-06", "1667-07-06", "6 July 1667"),
        ("2024-02", "2024-02-01", "2024-02-29", "February 2024"),
        ("1900", "1900-01-01", "1900-12-31", "1900"),
        ("193X", "1930-01-01", "1939-12-31", "1930s"),
        ("18XX", "1800-01-01", "1899-12-31", "19th century"),
        ("20XX", "2000-01-01", "2099-12-31", "21st century"),
        ("1931-21", "1931-03-01", "1931-05-31", "spring 1931"),
        ("2009-24", "2009-12-01", "2010-02-28", "winter 2009"),
        ("2026-35", "2026-07-01", "2026-09-30", "third quarter of 2026"),
        ("2020-40", "2020-01-01", "2020-06-30", "first half of 2020"),
        ("1914/1918", "1914-01-01", "1918-12-31", "1914 to 1918"),
        ("2025-03-10/2025-03-16", "2025-03-10", "2025-03-16", "week of 10 March 2025"),
    ],
)
def test_days_and_label(edtf: str, first: str, last: str, label: str) -> None:
    period = Period(edtf)
    assert (str(period.first), str(period.last), period.label) == (first, last, label)


@pytest.mark.parametrize(
    "edtf", ["", "soon", "2024-13", "2024-06-31", "1918/1914", "24", "2024-50"]
)
def test_what_is_no_date(edtf: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Period(edtf)


def test_what_is_longer_comes_first() -> None:
    edtfs = ["1931-21", "193X", "1930-01-01", "1930", "1929-12-31"]
    assert [p.edtf for p in sorted(map(Period, edtfs))] == [
        "1929-12-31", "193X", "1930", "1930-01-01", "1931-21",
    ]  # fmt: skip


@given(st.dates(date(1001, 1, 1), date(2199, 12, 31)))
def test_any_day(day: date) -> None:
    period = Period(str(day))
    assert period.first == period.last == day
    assert period.overlaps(*between(str(day.year), ""))
    assert not period.overlaps(*between("", str(day.year - 1)))
