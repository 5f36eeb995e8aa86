"""A table's cells to lines that can be read alone."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, strategies as st

from index.load.tables import Cell, lines_of


def head(text: str, columns: int = 1, rows: int = 1) -> Cell:
    return Cell(text, columns, rows, header=True)


def bold(text: str) -> Cell:
    return Cell(text, bold=True)


def plain(*texts: str) -> list[Cell]:
    return [Cell(text) for text in texts]


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        ([[head("Town"), head("Boats")], plain("Brell", "7")], ["Town: Brell; Boats: 7"]),
        ([[head("Town"), head("Boats")], plain("Brell", "")], ["Town: Brell"]),
        ([[Cell(""), head("Boats")], plain("Brell", "7")], ["Brell; Boats: 7"]),
        (
            [
                [head("Town", rows=2), head("Boats", columns=2)],
                [head("2019"), head("2020")],
                plain("Brell", "7", "9"),
            ],
            ["Town: Brell; Boats 2019: 7; Boats 2020: 9"],
        ),
        (
            [[head("Town"), head("Boat")], [Cell("Brell", rows=2), Cell("Ida")], plain("Per")],
            ["Town: Brell; Boat: Ida", "Town: Brell; Boat: Per"],
        ),
        (
            [[head("All the boats", columns=2)], [head("Town"), Cell("Brell")]],
            ["All the boats", "Town: Brell"],
        ),
        (
            [[head("a"), head("b")], plain("1", "2"), [head("c"), head("d")], plain("3", "4")],
            ["a: 1; b: 2", "c: 3; d: 4"],
        ),
        ([[head("a"), head("b")]], ["a; b"]),
        ([[head("a"), head("b")], [Cell("all of it", columns=2)]], ["all of it"]),
        ([[bold("a"), bold("b")], plain("1", "2")], ["a: 1; b: 2"]),
        ([[bold("a"), Cell("x")], [bold("b"), Cell("y")]], ["a: x", "b: y"]),
        (
            [plain("Town", "Boats"), plain("Brell", "7"), plain("Sel", "9")],
            ["Town: Brell; Boats: 7", "Town: Sel; Boats: 9"],
        ),
        ([plain("Boats", "7"), plain("Nets", "12")], ["Boats: 7", "Nets: 12"]),
        ([plain("a", "b", "c"), plain("d", "e", "f")], ["a; b; c", "d; e; f"]),
        ([[head("Why?"), head("Note:")], plain("x", "y")], ["Why? x; Note: y"]),
        ([[head("a"), head("b")], plain("a", "2")], ["a; b: 2"]),
        ([[], plain("", ""), []], []),
    ],
)
def test_each_row_says_its_headers(rows: Sequence[Sequence[Cell]], lines: list[str]) -> None:
    assert list(lines_of(rows)) == lines


def test_rows_of_headers_alone_are_told_however_many() -> None:
    rows = [[head(f"a{i}"), head(f"b{i}")] for i in range(9)]
    told = " ".join(lines_of(rows))
    assert all(cell.text in told for row in rows for cell in row)


CELLS = st.builds(Cell, st.text(max_size=3), st.integers(1, 300), st.integers(1, 9), st.booleans())


@given(st.lists(st.lists(CELLS, max_size=4), max_size=8))
def test_no_cell_is_lost(rows: list[list[Cell]]) -> None:
    told = "\n".join(lines_of(rows))
    # the header of a column in which nothing stands need not be told
    first = [row[0].text for row in rows[1:] if row and not row[0].header]
    assert all(text in told for text in first)
