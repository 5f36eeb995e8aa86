"""Numbers and days of a column, in each way in which they may be read."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, strategies as st

from rag.compose.column_values import days_of, number_of, numbers_of
from rag.statements import Interval


def values(cells: list[str]) -> list[list[float | None]]:
    return [[cell.value.low if cell else None for cell in way] for way in numbers_of(cells)]


def test_one_cell_tells_how_the_others_are_read() -> None:
    assert values(["1.250,00", "99,90", ""]) == [[1250.0, 99.9, None]]
    assert values(["1,250.00", "99.90"]) == [[1250.0, 99.9]]
    assert values(["1.234", "0.980"]) == [[1.234, 0.98]]


def test_where_none_does_there_are_two_ways() -> None:
    assert values(["1.234", "2.500"]) == [[1.234, 2.5], [1234.0, 2500.0]]


@pytest.mark.parametrize("cells", [["120 (net)"], ["5-6"], ["about 5"], ["12", "twelve"], [""]])
def test_what_is_more_or_less_than_a_number_is_not_read(cells: list[str]) -> None:
    assert numbers_of(cells) == []


@pytest.mark.parametrize(
    ("cell", "value", "unit"),
    [
        ("€ 1,200.00", 1200.0, "euro"),
        ("40 h", 40.0, "hour"),
        ("12 %", 12.0, "percent"),
        ("1.2 million USD", 1.2e6, "dollar"),
        ("-5", -5.0, ""),
        ("CHF 80", 80.0, "chf"),
    ],
)
def test_a_number_has_its_unit(cell: str, value: float, unit: str) -> None:
    found = number_of(cell)
    assert found is not None
    assert found.value.low == pytest.approx(value)
    assert found.unit == unit


def test_a_day_over_twelve_tells_the_order_of_a_column() -> None:
    assert len(days_of(["03/04/2024", "05/06/2024"])) == 2
    (way,) = days_of(["03/04/2024", "13/06/2024"])
    assert way[0] is not None
    third = date(2024, 4, 3).toordinal()
    assert way[0].value == Interval(third, third)


@given(st.integers(0, 10**9), st.integers(0, 99))
def test_a_number_is_the_same_in_english_and_german(whole: int, cents: int) -> None:
    english = f"{whole:,}.{cents:02}"
    german = english.translate(str.maketrans(",.", ".,"))
    one, other = number_of(english), number_of(german, decimal=",")
    assert one is not None
    assert one == other
    assert one.value.low == pytest.approx(whole + cents / 100)
