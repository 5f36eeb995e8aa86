"""Which rows are a header: by its marks, in bold, or by its looks."""

from __future__ import annotations

import pytest

from index.load.grid.cells import Cell, Grid
from index.load.grid.header import find_header, header_rows, is_value


def rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().split("\n")]


HEADED = [
    "Metal|Crystal|Energy\n160.6|3.406|-80/3",
    "Nr.|Kunde|Betrag\n1|Holm & Lund|1.204,50 €\n2|Reed Press|90,00 €",
    "Day|Low water|High water\nMonday|05:12|11:40\nTuesday|06:01|12:22",
    "Fleet (max. 9)||\nNo.|Mission|Ships\n1|Scouting|3\n2|Trade|12",
]
BARE = [
    # a function's arguments: the first is one among them, however long the others' texts are
    "ctxt|a context\noptions|a combination of flags of the parser of version 2\nReturns|0 or -1",
    "Owner|Ada Holm\nBuilt|in 1987, at the yard\nLength|12.5 metres over all",
    "authors|categories\ndescription|documentation\nrust-version|version",
    "2019|12.5\n2020|13.1",
    "Prev|Home|Next\nOther chapters|Contents|Appendix",
]


@pytest.mark.parametrize("table", HEADED)
def test_labels_above_values_are_a_header(table: str) -> None:
    found = find_header(rows(table), sure=True)
    assert found is not None
    assert found.at == table.count("||\n")


@pytest.mark.parametrize("table", BARE)
def test_a_first_row_like_the_others_proves_nothing(table: str) -> None:
    assert find_header(rows(table), sure=True) is None


def test_labels_above_texts_are_a_header_where_one_is_likely() -> None:
    table = rows("Port|River|Mayor\nVelm|Eld|Ada\nHollin|Aun|Bo")
    assert find_header(table) is not None
    assert find_header(table, sure=True) is None


LONG = (
    "Number of boats that were moored at the long pier of Tarn in the night before the count of May"
)


def test_a_long_label_is_one_above_values_alone() -> None:
    assert len(LONG.split()) > 12
    values = rows(f"Town|{LONG}|{LONG} again\nBrell|7|12.5\nVelm|9|3")
    assert find_header(values) is not None
    assert find_header(values, sure=True) is not None
    texts = rows(f"Town|{LONG}|River\nBrell|many of them|Eld\nVelm|few|Aun")
    assert find_header(texts) is None
    assert find_header(rows(f"Town|{LONG}.|River\nBrell|7|Eld\nVelm|9|Aun")) is None
    far_longer = " ".join([LONG] * 4)
    assert find_header(rows(f"Town|{far_longer}|River\nBrell|7|Eld\nVelm|9|Aun")) is None


def cells(table: str) -> list[list[Cell]]:
    """ "*" marks a cell as a header, "_" sets it in bold."""
    return [
        [Cell(text.lstrip("*_"), header=text[:1] == "*", bold=text[:1] == "_") for text in row]
        for row in rows(table)
    ]


@pytest.mark.parametrize(
    ("table", "heads"),
    [
        ("*Town|*Boats\nBrell|7", [0]),
        ("*Town|*Boats\nBrell|7\n*Town|*Nets\nSel|3", [0, 2]),
        ("*All the boats\nBrell|7", []),  # a title
        ("*|*\nauthor|category\nedition|2021\nversion|3", []),  # marked, and left empty
        ("*Owner|Ada\n*Built|1987\n*Length|12 m", []),  # what names rows is marked
        ("*Town|*Boats\n*Brell|*7\n*Sel|*9", [0]),  # all is marked: by its looks
        ("*Town|*Boats", [0]),
        ("_Port|_Built\nVelm|by monks", [0]),
        ("_Name|_Ada\n_Office|_harbour master", []),  # all is bold
        ("_Dues of Skarvik\nBoat|Fee\nIda|5", [1]),  # a title in bold
        ("Port|_Built\nVelm|by monks", []),
    ],
)
def test_marks_go_before_looks_and_what_all_rows_have_says_nothing(
    table: str, heads: list[int]
) -> None:
    grid = Grid(cells(table))
    found = header_rows(grid, sure=True)
    assert [i for i in range(len(grid.rows)) if i in found] == heads


def test_what_is_marked_and_goes_on_and_on_is_no_label() -> None:
    table = [[Cell("word " * 50, header=True), Cell("b", header=True)], [Cell("c"), Cell("d")]]
    assert not any(i in header_rows(Grid(table)) for i in range(2))


@pytest.mark.parametrize(
    "cell", ["12", "-3.5", "1,204", "12.5%", "€5", "5 €", "2024-03-01", "01.03.2024", "14:30",
             "2024-03-01 14:30", "7.5 m", "40 m²", "(12)", "TRUE", "yes", "1'000"],
)  # fmt: skip
def test_values(cell: str) -> None:
    assert is_value(cell)


@pytest.mark.parametrize("cell", ["", "Port", "3 months", "Q1 2024", "m", "-", "No. 5", "5 " * 30])
def test_what_is_no_value(cell: str) -> None:
    assert not is_value(cell)


@pytest.mark.parametrize(
    ("table", "labels"),
    [
        (
            "|2023||2024|\nItem|Planned|Actual|Planned|Actual\nDredging|48000|51200|50000|",
            ["Item", "2023 Planned", "2023 Actual", "2024 Planned", "2024 Actual"],
        ),
        (
            "Boats of the club\n||Sommer||Winter|\nNr.|Name|Liegeplatz|Preis|Liegeplatz|Preis\n"
            "1|Sula|4|120|Halle|80\n2|Terna|9|95|Halle|70",
            [
                "Nr.",
                "Name",
                "Sommer Liegeplatz",
                "Sommer Preis",
                "Winter Liegeplatz",
                "Winter Preis",
            ],
        ),
    ],
)
def test_what_stands_over_groups_of_labels_is_said_with_each(table: str, labels: list[str]) -> None:
    found = find_header(rows(table))
    assert found is not None
    assert found.labels == labels


@pytest.mark.parametrize(
    "table",
    [
        "Harbour club|3 May|\nItem|Planned|Actual\nDredging|48000|51200",
        "|Budget of the year|\nItem|Planned|Actual\nDredging|48000|51200",
        "|As of May|12:30\nItem|Planned|Actual\nDredging|48000|51200",
    ],
)
def test_a_title_or_a_date_above_the_labels_is_none_of_them(table: str) -> None:
    found = find_header(rows(table))
    assert found is not None
    assert found.labels == ["Item", "Planned", "Actual"]


UPPER = [Cell("", header=True), Cell("2023", columns=2, header=True), Cell("", header=True)]
LOWER = [Cell(text) for text in ("Item", "Planned", "Actual", "Remarks")]
ROW = [Cell(text) for text in ("jetty", "4", "5", "late")]


def test_labels_below_groups_are_a_header_where_the_groups_alone_are_marked() -> None:
    found = header_rows(Grid([UPPER, LOWER, ROW, ROW]))
    assert [i in found for i in range(4)] == [True, True, False, False]


def test_a_group_beside_labels_that_reach_down_has_labels_below_it() -> None:
    upper = [cell._replace(text=cell.text or "Item", rows=3 - cell.columns) for cell in UPPER]
    found = header_rows(Grid([upper, LOWER[1:3], ROW, ROW]))
    assert [i in found for i in range(4)] == [True, True, False, False]


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        ([Cell("Name", columns=2, header=True), Cell("Town", header=True)], "Ole|Berg|Oslo"),
        ([Cell("", header=True), Cell("2023", columns=2, header=True)], "jetty|4|5"),
        ([Cell("", header=True), Cell("2023", columns=2, header=True)], "|Planned|Actual"),
        ([Cell("", header=True), Cell("Team", columns=2, header=True)], "Ropes|Ida Holm|Ole Berg"),
        ([Cell("", header=True), Cell("2023", header=True)], "Item|Planned"),
    ],
)
def test_a_row_of_values_below_a_header_is_none(upper: list[Cell], lower: str) -> None:
    cells = [Cell(text) for text in lower.split("|")]
    assert 1 not in header_rows(Grid([upper, cells, cells, cells]))
