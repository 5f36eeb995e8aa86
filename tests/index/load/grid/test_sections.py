"""Rows that name the rows below them are told from rows whose other cells are left out."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, strategies as st

from index.load.grid import GridRow, sheet_lines

HEAD = "Station|Depth|Ground"
WORDS = ["Orre", "Varn", "Sula", "Hitra", "Molde", "Frei", "Smola", "Halsa", "Rindal", "Tustna"]


def said(text: str, *, wide: Sequence[int] = (), bold: Sequence[int] = ()) -> list[str]:
    """The lines of a sheet given as rows of cells between bars; rows are counted from 1."""
    rows = [[cell.strip() for cell in line.split("|")] for line in text.strip("\n").split("\n")]
    made = sheet_lines(
        GridRow(i, row, wide=i in wide, bold=i in bold) for i, row in enumerate(rows, 1)
    )
    return [line.text for line in made]


SECTIONED = """Station|Depth|Ground
Northern region||
Station 4|12|mud
Station 5|9|sand
Southern region||
Station 6|30|rock
Station 7|8|clay
The islands||
Station 8|41|sand
Station 9|6|mud"""


def test_each_row_says_in_which_section_it_is() -> None:
    assert said(SECTIONED) == [
        "Northern region",
        "Northern region > Station: Station 4; Depth: 12; Ground: mud",
        "Northern region > Station: Station 5; Depth: 9; Ground: sand",
        "Southern region",
        "Southern region > Station: Station 6; Depth: 30; Ground: rock",
        "Southern region > Station: Station 7; Depth: 8; Ground: clay",
        "The islands",
        "The islands > Station: Station 8; Depth: 41; Ground: sand",
        "The islands > Station: Station 9; Depth: 6; Ground: mud",
    ]


def test_below_what_proves_the_sections_a_cell_in_the_form_of_the_others_names_none() -> None:
    rows = "\n".join([SECTIONED, *(f"Kai {i}|{i}|mud" for i in range(1_000)), "Station 10||"])
    assert said(f"{rows}\nStation 11|5|mud")[-2:] == [
        "The islands > Station: Station 10",
        "The islands > Station: Station 11; Depth: 5; Ground: mud",
    ]


def test_a_total_ends_its_section_and_what_sums_up_all_is_in_none() -> None:
    rows = """Post|Amount
Income|
Berths|1200
Guests|340
Total|1540
Expenses|
Dredging|900
Total expenses|900
Grand total|640"""
    assert said(rows) == [
        "Income",
        "Income > Post: Berths; Amount: 1200",
        "Income > Post: Guests; Amount: 340",
        "Income > Post: Total; Amount: 1540",
        "Expenses",
        "Expenses > Post: Dredging; Amount: 900",
        "Expenses > Post: Total expenses; Amount: 900",
        "Post: Grand total; Amount: 640",
    ]


def test_sections_below_empty_rows_name_what_follows_them() -> None:
    rows = """Boat|Owner|Fee
INNER QUAY||
Sula|Ida Holm|400
Smola||200
||
||
OUTER QUAY||
Trane|Ole Berg|300
Svale|Per Lund|
||
ON LAND||
Frei|Eva Dahl|100
Halsa|Ann Moe|100
||
All fees are paid in May.||"""
    assert said(rows) == [
        "INNER QUAY",
        "INNER QUAY > Boat: Sula; Owner: Ida Holm; Fee: 400",
        "INNER QUAY > Boat: Smola; Fee: 200",
        "OUTER QUAY",
        "OUTER QUAY > Boat: Trane; Owner: Ole Berg; Fee: 300",
        "OUTER QUAY > Boat: Svale; Owner: Per Lund",
        "ON LAND",
        "ON LAND > Boat: Frei; Owner: Eva Dahl; Fee: 100",
        "ON LAND > Boat: Halsa; Owner: Ann Moe; Fee: 100",
        "All fees are paid in May.",
    ]


def test_two_sections_below_empty_rows_are_some_where_totals_end_them() -> None:
    rows = """Boat|Owner|Fee
Inner quay||
Sula|Ida Holm|400
Total||400
||
Outer quay||
Trane|Ole Berg|300
Total||300"""
    assert said(rows)[1::3] == [
        "Inner quay > Boat: Sula; Owner: Ida Holm; Fee: 400",
        "Outer quay > Boat: Trane; Owner: Ole Berg; Fee: 300",
    ]


def test_where_sections_have_a_column_of_their_own_their_rows_get_its_label() -> None:
    rows = """Region|Station|Depth
Northern||
|Station 4|12
|Station 5|
Southern||
|Station 6|30
Total||51"""
    assert said(rows) == [
        "Northern",
        "Region: Northern; Station: Station 4; Depth: 12",
        "Region: Northern; Station: Station 5",
        "Southern",
        "Region: Southern; Station: Station 6; Depth: 30",
        "Region: Total; Depth: 51",
    ]


def test_what_covers_the_columns_names_what_is_below_it_whatever_is_left_out() -> None:
    rows = f"""{HEAD}
Northern region||
Orre|12|
Svale||
Southern region||
Varn||rock
Measured by the harbour office||"""
    assert said(rows, wide=[2, 5, 7]) == [
        "Northern region",
        "Northern region > Station: Orre; Depth: 12",
        "Northern region > Station: Svale",
        "Southern region",
        "Southern region > Station: Varn; Ground: rock",
        "Measured by the harbour office",
    ]


def test_of_names_set_in_bold_those_above_plain_rows_are_sections() -> None:
    rows = f"{HEAD}\nNorth||\nOrre|12|\nSvale||\nSouth||\nVarn||rock"
    assert said(rows, bold=[2, 5])[2] == "North > Station: Svale"
    assert said(rows, bold=[2, 3, 4, 5, 6])[0] == "Station: North"  # all names are bold


def test_sections_within_sections() -> None:
    rows = f"""{HEAD}
Norway||
North||
Orre|12|mud
South||
Varn|8|rock
Sweden||
West||
Sula|3|sand"""
    made = said(rows, wide=[2, 3, 5, 7, 8])
    assert [line for line in made if " > " not in line] == [
        "Norway", "North", "South", "Sweden", "West",
    ]  # fmt: skip
    assert [line for line in made if " > " in line] == [
        "Norway > North > Station: Orre; Depth: 12; Ground: mud",
        "Norway > South > Station: Varn; Depth: 8; Ground: rock",
        "Sweden > West > Station: Sula; Depth: 3; Ground: sand",
    ]


@pytest.mark.parametrize(
    "rows",
    [
        f"{HEAD}\nOrre|12|mud\nVarn||\nSula|3|sand",  # does not begin with one
        f"{HEAD}\nOrre||\nVarn|8|\nSula|3|sand\nFrei||\nHitra|1|mud\nHalsa|2|mud",  # cells left out
        f"{HEAD}\nOrre||\nVarn|8|rock\nSula|3|sand",  # one alone proves nothing
        f"{HEAD}\nVarn|8|rock\n||\nOrre||\nSula|3|sand",  # nor one below an empty row
        f"{HEAD}\nFrei||\nVarn|8|rock\n||\nOrre||\nSula|3|sand\n||\nKai|1|mud\nHalsa|2|mud",
        f"{HEAD}\nOrre||\nVarn|8|rock\nFrei||\nSula|3|sand",  # each would name one row
        "Port|Depth\nVelm|\nHollin|5\nAun|4\nFrei|\nSula|3\nOrre|7",  # no total ends them
        f"{HEAD}\n12||\nVarn|8|rock\nOrre|7|mud\n14||\nSula|3|sand\nFrei|9|mud",  # values
        "Name|Room|Phone\nIda Holm||\nOle Berg|12|333\nPer Lund|14|444\n"
        "Eva Dahl||\nAnn Moe|15|555\nLiv Aas|16|666\nJon Vik||\nTor Ness|17|777\nUnn Bo|18|888",
        "Task|Owner|Due\nBuy paint||\nCall plumber|Ida|May\nMend net|Ole|June\n"
        "Sweep quay||\nPaint boat|Per|May\nBook crane|Eva|July",
        "Guest|Nights|Room\nPer Lund||\nAnn Moe|3|4\nLiv Aas|1|2\n||\nJon Vik||\nTor Ness|2|5",
        "Date|Visitor|Hours\nNo visits||\n2024-05-06|Ida|2\n2024-05-07|Ole|1\n||\n"
        "Closed||\n2024-06-03|Per|4\n2024-06-04|Eva|2\n||\n"
        "Storm||\n2024-07-01|Ida|4\n2024-07-02|Eva|2",
        "Date|Visitor|Hours\nCLOSED||\nMay 6|Ida|2\nMay 7|Ole|1\nCLOSED||\nJune 3|Per|4\n"
        "June 4|Eva|2\nCLOSED||\nJuly 1|Ida|4\nJuly 2|Eva|2",  # no names
        f"{HEAD}\nTotal||\nVarn|8|rock\nOrre|7|mud\nTotal||\nSula|3|sand\nFrei|9|mud",
    ],
)
def test_a_row_whose_last_cells_are_left_out_names_no_other(rows: str) -> None:
    made = said(rows)
    assert not any(" > " in line for line in made)
    assert len(made) == rows.count("\n") - rows.count("\n||\n")


@pytest.mark.parametrize(
    "notes",
    [
        ["Moved away", "", ""],  # one alone
        ["", "Moved away", "", "On leave", ""],  # above them rows that none names
        ["Moved away", "", "Moved away", ""],
    ],
)
def test_a_remark_in_the_first_column_is_no_row_s_but_its_own(notes: list[str]) -> None:
    rows = [f"{note}||" if note else f"|{WORDS[i]}|{i}" for i, note in enumerate(notes)]
    made = said("\n".join(["Note|Name|Phone", *rows]))
    assert [line for line in made if line.startswith("Note: ")] == [
        f"Note: {note}" for note in notes if note
    ]


def test_names_of_several_words_over_those_of_one_are_sections() -> None:
    rows = [
        "Keeper|Depth", "Upper valley|", "Orre|12", "Varn|9",
        "Lower valley|", "Sula|30", "Frei|8", "Outer islands|", "Molde|41", "Smola|6",
    ]  # fmt: skip
    made = said("\n".join(rows))
    assert made[1:3] == [
        "Upper valley > Keeper: Orre; Depth: 12",
        "Upper valley > Keeper: Varn; Depth: 9",
    ]
    assert said("\n".join([*rows, "Black rock|4"]))[1] == "Keeper: Orre; Depth: 12"


def test_a_long_sheet_keeps_its_sections() -> None:
    parts = ["|".join(("Station", "Depth", "Ground"))]
    for name in WORDS:
        parts += [f"Region {name}||", *(f"{name} {i}|{i}|mud" for i in range(300))]
    made = said("\n".join(parts))
    assert len(made) == 3_010
    assert made[::301] == [f"Region {name}" for name in WORDS]
    assert all(
        line.startswith(f"Region {WORDS[i // 301]} > Station: ")
        for i, line in enumerate(made)
        if i % 301
    )


DATA = st.lists(st.tuples(st.sampled_from(WORDS), st.integers(0, 99)), min_size=2, max_size=5)


@given(st.lists(DATA, min_size=3, max_size=5), st.booleans())
def test_every_row_of_a_sectioned_table_is_under_its_own_section(
    sections: list[list[tuple[str, int]]], gaps: bool
) -> None:
    rows, expected = [HEAD], []
    for i, data in enumerate(sections):
        rows += ["||"] * (gaps and i > 0) + [f"Part {'abcde'[i]}:||"]
        rows += [f"{name}|{depth}|mud" for name, depth in data]
        expected.append(f"Part {'abcde'[i]}")
        expected += [
            f"Part {'abcde'[i]}: > Station: {name}; Depth: {depth}; Ground: mud"
            for name, depth in data
        ]
    assert said("\n".join(rows)) == expected


RAGGED = st.lists(
    st.tuples(
        st.sampled_from(WORDS),
        st.integers(0, 99),
        st.sampled_from(["mud", "rock"]),
        st.integers(1, 3),
    ),
    min_size=1,
    max_size=9,
)


@given(RAGGED)
def test_rows_that_leave_out_their_last_cells_are_all_rows(
    data: list[tuple[str, int, str, int]],
) -> None:
    """One that is whole comes first, and one that leaves out a single cell."""
    rows = [[name, str(depth), ground][:kept] for name, depth, ground, kept in data]
    rows = [["Moss", "5", "mud"], ["Kai", "4"], *rows]
    made = said("\n".join([HEAD, *("|".join(row) for row in rows)]))
    assert [line.count(": ") for line in made] == [len(row) for row in rows]
    assert not any(" > " in line for line in made)
