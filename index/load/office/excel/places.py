"""Where a cell stands: "C7" is column 2, row 7."""

from __future__ import annotations

import re
from typing import NamedTuple

_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


class CellPlace(NamedTuple):
    """A column, counted from 0, and a row, counted from 1."""

    column: int
    row: int


def place_of(named: str) -> CellPlace | None:
    """The place that a reference names, or None."""
    found = _PLACE.fullmatch(named)
    return CellPlace(column_number(found[1]), int(found[2])) if found else None


def column_number(letters: str) -> int:
    """The number of a column, counted from 0: A is 0, AA is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
