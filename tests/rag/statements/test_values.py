"""Numbers with their units, and dates with their roles, out of sentences."""

from __future__ import annotations

import pytest

from rag.dates import Date
from rag.statements.values import Interval, dates, in_digits, quantities


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("60,000 euros a year", ("euro a year", 60_000, 60_000)),
        ("sixty thousand euros each year", ("euro a year", 60_000, 60_000)),
        ("€14.2m", ("euro", 14_150_000, 14_250_000)),
        ("thirty-eight nurses", ("nurs", 38, 38)),
        ("a 3-year plan", ("year", 3, 3)),
        ("50 % of them", ("percent", 50, 50)),
    ],
)
def test_numbers_are_read_with_their_units(text: str, found: tuple[str, float, float]) -> None:
    (number,) = quantities(in_digits(text))
    assert number.of == found[0]
    assert number.value == pytest.approx(Interval(*found[1:]))


def test_what_was_counted_before_is_counted_on() -> None:
    assert [n.of for n in quantities("412 nurses, 38 of them at night")] == ["nurs", "nurs"]


@pytest.mark.parametrize("text", ["Llama 3", "a 5G mast", "at 10:30", "H100s", "one of them"])
def test_a_number_that_counts_nothing_is_none(text: str) -> None:
    assert quantities(in_digits(text)) == []


@pytest.mark.parametrize(
    ("text", "role", "date"),
    [
        ("on 3 May 2025", "at", Date(2025, 5, 3)),
        ("since the first of February", "start", Date(None, 2, 1)),
        ("until June 2, 2024", "end", Date(2024, 6, 2)),
        ("in September 2025", "at", Date(2025, 9, None)),
        ("by late 2019", "end", Date(2019)),
    ],
)
def test_dates_are_read_with_their_roles(text: str, role: str, date: Date) -> None:
    ((_, _, of, value),) = dates(text)
    assert (of, value) == (role, date)
