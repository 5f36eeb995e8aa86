"""Where a cell stands, by its letters and digits."""

from __future__ import annotations

import pytest

from index.load.office.excel.places import CellPlace, column_number, place_of


@pytest.mark.parametrize(
    ("named", "place"),
    [
        ("A1", CellPlace(0, 1)),
        ("XFD1048576", CellPlace(16_383, 1_048_576)),
        ("ZZZZ1", None),
        ("", None),
        ("a1", None),
        ("A1:B2", None),
    ],
)
def test_a_place_is_told_by_letters_and_digits(named: str, place: CellPlace | None) -> None:
    assert place_of(named) == place


def test_columns_are_counted_from_their_letters() -> None:
    assert [column_number(c) for c in ("A", "Z", "AA", "XFD")] == [0, 25, 26, 16383]
