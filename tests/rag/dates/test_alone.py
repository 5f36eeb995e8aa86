"""A date that is all that a cell or a condition says."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given, strategies as st

from rag.dates import date_pattern, month_pattern, period_of


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("2024-02-29", "2024-02-29"),
        ("2024-02-29 14:30", "2024-02-29"),
        ("2024-02", "2024-02"),
        ("2019", "2019"),
        ("3 April 2024", "2024-04-03"),
        ("3rd of april 2024", "2024-04-03"),
        ("April 3rd, 2024", "2024-04-03"),
        ("3. März 2024", "2024-03-03"),
        ("Jänner 2024", "2024-01"),
        ("Sept 2024", "2024-09"),
        ("03.04.2024", "2024-04-03"),
        ("3. 4. 2024", "2024-04-03"),
    ],
)
def test_a_period_is_read_in_any_case(text: str, edtf: str) -> None:
    for written in (text, text.upper(), text.casefold()):
        period = period_of(written)
        assert period is not None
        assert period.edtf == edtf


def test_there_is_no_such_day() -> None:
    assert period_of("2023-02-29") is None
    assert period_of("31/31/2023") is None
    assert period_of("2023-21") is None
    assert period_of("April") is None
    assert period_of("since 2019") is None


def test_which_number_is_the_day_is_told() -> None:
    american, other = period_of("03/04/2024", day_first=False), period_of("03/04/2024")
    assert american is not None
    assert other is not None
    assert (american.edtf, other.edtf) == ("2024-03-04", "2024-04-03")
    assert period_of("13/06/2024", day_first=False) is None


def test_a_year_is_told_where_none_is_written() -> None:
    period = period_of("3 May", year=2023)
    assert period is not None
    assert period.edtf == "2023-05-03"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("due before March 3, 2024 or so", "March 3, 2024"),
        ("bis 31. dezember 2023 fällig", "31. dezember 2023"),
        ("since may", "may"),
        ("the mark of 2019", "2019"),
        ("more than 2019.5 of 20199", None),
    ],
)
def test_where_one_is_written(text: str, written: str | None) -> None:
    found = re.search(rf"(?i)(?<![\w.]){date_pattern()}", text)
    assert (found[0] if found else None) == written


def test_where_a_month_is_written() -> None:
    found = re.search(rf"(?i)\bin {month_pattern()}", "orders in oktober 2024 and 2025")
    assert found is not None
    assert found[0] == "in oktober 2024"


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_a_day_is_the_same_however_it_is_written(day: date) -> None:
    for written in (day.isoformat(), day.strftime("%d.%m.%Y"), day.strftime("%d %B %Y")):
        period = period_of(written)
        assert period is not None
        assert period.first == period.last == day


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_none(text: str) -> None:
    period = period_of(text)
    assert period is None or period.first <= period.last
