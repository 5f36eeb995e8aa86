"""Dates and amounts in a sentence, and what they are sorted by."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from rag.table.columns import ColumnKind
from rag.table.values import find_amounts, find_dates, sort_key


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("from 1 April 2024 until 31 March 2027", ["1 April 2024", "31 March 2027"]),
        ("Am 1. März 2025 oder 31.12.2027.", ["1. März 2025", "31.12.2027"]),
        ("this 3rd day of May 2022", ["3rd day of May 2022"]),
        ("the minutes of 12 May, and as of 2026-03-14", ["2026-03-14"]),
        ("Version 1.3, 3 November 2008", ["3 November 2008"]),
        ("section 12.3 of 14/02/2026x", []),
    ],
)
def test_dates(text: str, found: list[str]) -> None:
    assert [text[slice(*span)] for span in find_dates(text)] == found


@pytest.mark.parametrize(
    ("text", "money_first", "found"),
    [
        ("three months' rent (€3,750)", True, ["€3,750"]),
        ("three months' rent (€3,750)", False, ["three months"]),
        ("US$ 100,000 or 2.400,00 EUR", True, ["US$ 100,000", "2.400,00 EUR"]),
        ("CHF 100 to CHF 5,000", True, ["CHF 100 to CHF 5,000"]),
        ("within thirty (30) days of 12 May 2024", True, ["thirty (30) days"]),
        ("see section 12", True, []),
        ("Fourteen members and 2 guests", True, ["Fourteen", "2"]),
        ("1.5 percent per month", True, ["1.5 percent per month"]),
    ],
)
def test_amounts(text: str, money_first: bool, found: list[str]) -> None:
    spans = find_amounts(text, money_first=money_first)
    assert [text[slice(*span)] for span in spans] == found


@pytest.mark.parametrize(
    ("kind", "words", "key"),
    [
        (ColumnKind.DATE, "31 March 2027", "2027-03-31"),
        (ColumnKind.DATE, "January 2004", "2004-01-00"),
        (ColumnKind.DATE, "31.12.2027", "2027-12-31"),
        (ColumnKind.DATE, "2026-03-14", "2026-03-14"),
        (ColumnKind.DATE, "next week", ""),
        (ColumnKind.AMOUNT, "EUR 1,250.00", "1250.0"),
        (ColumnKind.AMOUNT, "2.400,00 EUR", "2400.0"),
        (ColumnKind.AMOUNT, "$2.5 million", "2500000.0"),
        (ColumnKind.AMOUNT, "thirty (30) days", "30.0"),
        (ColumnKind.AMOUNT, "twelve months", "12.0"),
        (ColumnKind.AMOUNT, "none", ""),
        (ColumnKind.PARTY, "Ida Holm", "ida holm"),
        (None, "Anything", "anything"),
    ],
)
def test_what_it_is_sorted_by(kind: ColumnKind | None, words: str, key: str) -> None:
    assert sort_key(kind, words) == key


@given(st.sampled_from(list(ColumnKind)), st.text(max_size=300))
def test_any_text_has_values_within_it(kind: ColumnKind, text: str) -> None:
    for start, end in (*find_dates(text), *find_amounts(text)):
        assert 0 <= start < end <= len(text)
    assert isinstance(sort_key(kind, text), str)
