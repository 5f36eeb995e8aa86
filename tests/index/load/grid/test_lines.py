"""Tables to lines: the header is found where there is one, and nothing else is taken for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given, strategies as st

from index.load.grid import (
    Cell,
    GridRow,
    as_line,
    cell_spans,
    sheet_lines,
    table_lines as lines_of,
)
from index.load.grid.header import find_header
from index.load.grid.lines import column_letters


def sheet(text: str) -> list[str]:
    """The lines of a sheet given as rows of cells between bars."""
    rows = [[cell.strip() for cell in line.split("|")] for line in text.strip("\n").split("\n")]
    made = sheet_lines(GridRow(i, row) for i, row in enumerate(rows, 1))
    return [f"{line.number} {line.kind.value}: {line.text}" for line in made]


def table_lines(rows: list[list[str]], heads: int = 0) -> Iterator[str]:
    """The lines of a table whose first rows are marked."""
    return lines_of([Cell(text, header=i < heads) for text in row] for i, row in enumerate(rows))


def test_a_header_above_values() -> None:
    assert sheet("Port|Depth\nVelm|5\n|7\nHollin|") == [
        "2 rows: Port: Velm; Depth: 5",
        "3 rows: Depth: 7",
        "4 rows: Port: Hollin",
    ]


def test_without_a_header_columns_have_letters() -> None:
    assert (
        sheet("2024-01-01|5|Velm\n2024-01-02|6|Hollin")[0] == "1 rows: A: 2024-01-01; B: 5; C: Velm"
    )
    # what stands in its column again is no label
    assert (
        sheet("Velm|Eld|Ada\nHollin|Eld|Bo\nSkarvik|Aun|Eva")[0]
        == "1 rows: A: Velm; B: Eld; C: Ada"
    )


def test_a_header_printed_again_is_still_one() -> None:
    rows = "Town|River|Mayor\nVelm|Eld|Ada\nTown|River|Mayor\nHollin|Aun|Bo"
    assert sheet(rows)[0] == "2 rows: Town: Velm; River: Eld; Mayor: Ada"


def test_a_header_of_texts_above_texts() -> None:
    assert (
        sheet("Town|River|Mayor\nVelm|Eld|Ada")[0] == "2 rows: Town: Velm; River: Eld; Mayor: Ada"
    )


def test_two_columns_are_pairs_unless_the_header_proves_itself() -> None:
    pairs = "Name|Ada Holm\nTown|Velm\nYear|1987\nRole|Harbour master"
    assert sheet(pairs) == [
        "1 rows: Name: Ada Holm",
        "2 rows: Town: Velm",
        "3 rows: Year: 1987",
        "4 rows: Role: Harbour master",
    ]
    assert sheet("question|answer\nWho?|Ada")[0] == "2 rows: question: Who?; answer: Ada"
    long = "The pier was built by hand, which took eleven years and two harbour masters."
    assert (
        sheet(f"Pier|Note\nNorth|{long}\nSouth|{long}")[0] == f"2 rows: Pier: North; Note: {long}"
    )
    assert sheet("eel|river\nsmelt|lake\nroach|pond\nperch|lake")[0] == "1 rows: eel: river"
    assert sheet("12|13\n14|15\n16|17\n18|19")[0] == "1 rows: 12: 13"


def test_labels_may_be_cut_short_and_sentences_are_none() -> None:
    assert sheet("No.|Port|Avg. fee\n1|Velm|5")[0] == "2 rows: No.: 1; Port: Velm; Avg. fee: 5"
    assert sheet("It is old and wet.|a|b\nc|d|e")[0].startswith(
        "1 rows: A: It is old and wet.; B: a"
    )


def test_years_may_be_labels() -> None:
    assert sheet("|2021|2022\nElvers|0|1968\nSmelt|5|7")[0] == "2 rows: Elvers; 2021: 0; 2022: 1968"
    assert sheet("Fish|2021|2022\nElvers|0|1968")[0] == "2 rows: Fish: Elvers; 2021: 0; 2022: 1968"
    assert sheet("2021|2022|2023\n2024|2025|2026")[0] == "1 rows: A: 2021; B: 2022; C: 2023"


def test_a_header_in_two_rows() -> None:
    rows = "Port|Depth||Fee|\n|2021|2022|2021|2022\nVelm|5|6|7|8\nHollin|1|2|3|4"
    assert sheet(rows)[0] == (
        "3 rows: Port: Velm; Depth 2021: 5; Depth 2022: 6; Fee 2021: 7; Fee 2022: 8"
    )


def test_titles_above_and_notes_between_and_below() -> None:
    rows = """Dues|
Printed:|2024
|
Boat|Fee|Power
Trawler|12.5|yes
Yacht|3|no
|
All fees in crowns.|
|
Pier|Length|Built
North|12|1987
|
South|9|1990"""
    assert sheet(rows) == [
        "1 heading: Dues",
        "2 paragraph: Printed: 2024",
        "5 rows: Boat: Trawler; Fee: 12.5; Power: yes",
        "6 rows: Boat: Yacht; Fee: 3; Power: no",
        "8 paragraph: All fees in crowns.",
        "11 rows: Pier: North; Length: 12; Built: 1987",
        "13 rows: Pier: South; Length: 9; Built: 1990",
    ]


def test_titles_right_above_a_header() -> None:
    rows = "Dues of Skarvik||\nBoat|Fee|Power\nTrawler|12.5|yes\nYacht|3|no"
    assert sheet(rows)[:2] == [
        "1 heading: Dues of Skarvik",
        "3 rows: Boat: Trawler; Fee: 12.5; Power: yes",
    ]


def test_a_single_column_is_a_list() -> None:
    assert sheet("eel\nsmelt\nroach\nperch")[0] == "1 rows: eel"


def test_a_long_sheet_keeps_its_header() -> None:
    rows = "Port|Depth|Fee\n" + "\n".join(f"Velm {i}|{i}|{i}" for i in range(100))
    assert sheet(rows)[-1] == "101 rows: Port: Velm 99; Depth: 99; Fee: 99"


def test_values_beyond_the_header_stand_without_a_label() -> None:
    assert list(table_lines([["a", "b"], ["1", "2", "3"]], 1)) == ["a: 1; b: 2; 3"]


def test_a_table_in_a_text() -> None:
    assert list(table_lines([["Port", "Depth"], ["Velm", "5 m"]], 1)) == ["Port: Velm; Depth: 5 m"]
    assert list(table_lines([["Port", "Depth"]], 1)) == ["Port; Depth"]
    above = [["Depths", "", ""], ["Port", "2021", "2022"], ["Velm", "5", "6"]]
    assert list(table_lines(above)) == ["Depths", "Port: Velm; 2021: 5; 2022: 6"]
    assert list(table_lines([])) == []
    assert list(table_lines([["", ""], ["", ""]])) == []
    # what is marked as a header and goes on and on is none
    assert list(table_lines([["word " * 50, "b"], ["c", "d"]], 1))[1] == "c: d"


def test_columns_are_lettered_as_in_a_spreadsheet() -> None:
    assert [column_letters(i) for i in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


ROWS = st.lists(
    st.lists(st.sampled_from(["", "a", "b c", "12", "2021", "It is."]), max_size=5), max_size=12
)


@given(ROWS, st.integers(0, 3))
def test_no_cell_of_a_table_is_lost(rows: list[list[str]], heads: int) -> None:
    text = "\n".join(table_lines(rows, heads))
    held = find_header(rows)
    below = rows[heads:] if 0 < heads < len(rows) else rows[held.end if held else 0 :]
    for cell in (cell for row in below for cell in row):
        assert cell in text


@given(ROWS)
def test_no_row_of_a_sheet_is_lost_or_said_twice(rows: list[list[str]]) -> None:
    made = list(sheet_lines(GridRow(i, row) for i, row in enumerate(rows)))
    numbers = [line.number for line in made]
    assert numbers == sorted(set(numbers))
    for line in made:
        assert all(cell in line.text for cell in rows[line.number])
    for i, row in enumerate(rows):  # what has no line names columns, or the rows of the next line
        own = [cell for cell in row if cell]
        if i not in numbers and len(own) == 1:
            below = next(line for line in made if line.number > i)
            assert own[0] in below.text


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
        ([plain("1.1.", "Eels"), plain("1.2.", "Lamps")], ["1.1. Eels", "1.2. Lamps"]),
        ([plain("No.", "12"), plain("Pier", "north")], ["No.: 12", "Pier: north"]),
        ([plain("2019", "12.5"), plain("7", "7")], ["2019: 12.5", "7; 7"]),
        ([[], plain("", ""), []], []),
    ],
)
def test_each_row_says_its_headers(rows: Sequence[Sequence[Cell]], lines: list[str]) -> None:
    assert list(lines_of(rows, sure=True)) == lines


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


WORDS = st.text("ab:;. 12", max_size=9).map(lambda text: " ".join(text.split()))


@given(st.lists(st.tuples(st.text("abc12 ", max_size=6).map(str.strip), WORDS), max_size=5))
def test_where_a_cell_stands_in_its_line_it_is_and_no_two_meet(row: list[tuple[str, str]]) -> None:
    labels, cells = [label for label, _ in row], [cell for _, cell in row]
    for line in (as_line(labels, cells), as_line((), cells)):
        spans = cell_spans(line, cells)
        assert len(spans) == len(cells)
        assert [line[s.start : s.end] for s in spans if s] == [
            cell for cell, span in zip(cells, spans, strict=True) if span
        ]
        edges = [edge for span in spans if span for edge in span]
        assert edges == sorted(edges)


@given(st.lists(st.tuples(st.sampled_from(["", "Area 5", "5", "b"]), st.sampled_from("5b "))))
def test_a_cell_is_not_found_in_a_label(row: list[tuple[str, str]]) -> None:
    labels, cells = [label for label, _ in row], [cell.strip() for _, cell in row]
    line = as_line(labels, cells)
    ends = iter([len(part) for part in line.split("; ")] if line else [])
    expected: list[tuple[int, int] | None] = []
    at = 0
    for cell in cells:
        if not cell:
            expected.append(None)
            continue
        end = at + next(ends)
        expected.append((end - len(cell), end))
        at = end + len("; ")
    if any(labels):
        assert cell_spans(line, cells) == expected
