"""Numbers as lists count, characters above the line, and markers that were typed."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from index.load.markers import numeral, raised, typed_marker

VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


@pytest.mark.parametrize(
    ("number", "style", "shown"),
    [
        (1, "lowerLetter", "a"),
        (26, "upperLetter", "Z"),
        (27, "lowerLetter", "aa"),
        (53, "lowerLetter", "aaa"),
        (1994, "upperRoman", "MCMXCIV"),
        (7, "decimal", "7"),
        (7, "decimalZero", "07"),
        (0, "lowerRoman", "0"),
        (4000, "lowerRoman", "4000"),
        (0, "lowerLetter", "0"),
    ],
)
def test_a_number_in_a_style(number: int, style: str, shown: str) -> None:
    assert numeral(number, style) == shown


@given(st.integers(1, 3999))
def test_roman_numbers_are_read_back(number: int) -> None:
    values = [VALUES[letter] for letter in numeral(number, "lowerRoman")]
    signed = (-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))
    assert sum(signed) == number


def test_above_the_line_where_all_characters_can_be() -> None:
    assert [raised(text) for text in ("2", "(n+1)", "th")] == ["²", "⁽ⁿ⁺¹⁾", "th"]


def test_a_typed_marker_is_parted_from_its_words() -> None:
    assert typed_marker("(a) Bring boots") == ("(a) ", "Bring boots")
    assert typed_marker("Bring boots") == ("", "Bring boots")
