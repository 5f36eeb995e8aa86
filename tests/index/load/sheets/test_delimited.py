"""CSV: which character parts the cells, which row is the header, where each row stands."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, strategies as st

from index.layout.divide import layout
from index.load.loading import load_file
from index.load.sheets.delimited import find_delimiter
from index.pieces import Kind
from tests.index.load.office.office import lines, loaded


def read(text: str, name: str = "a.csv") -> list[str]:
    return lines(loaded(text.encode(), name))


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("Port,Depth\nVelm,5\n", ","),
        ("Port;Depth\nVelm;7,5\nHollin;3,2\n", ";"),
        ("Velm;7,5\nHollin;3,2\n", ";"),
        ("Port\tDepth\nVelm, the old one\t5\n", "\t"),
        ("Port|Depth|Fee\nVelm|5|1\n", "|"),
        ('Port,Note\nVelm,"old; wet; cold"\nHollin,"new; dry; warm"\n', ","),
        ("It was dredged, said Ada.\nIn part, at least, it was.\nNobody knows.\n", "\x1f"),
        ("one\ntwo\n", "\x1f"),
        ("", "\x1f"),
        ("Boat,Built,Sold,Sunk\nSula,1987\nTerna,1990,2001\nAlke,1991,2003,2010\nLom,2020\n", ","),
        ("Sula,1987\nTerna,1990,2001\nAlke,1991,2003,2010\nLom,2020,x,y,z\n", "\x1f"),
        ("Dues of Skarvik\n\nBoat,Fee\nTrawler,12\nYacht,3\nBarge,9\n", ","),
    ],
)
def test_the_delimiter_is_what_parts_the_rows_alike(text: str, delimiter: str) -> None:
    assert find_delimiter(text) == delimiter


CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)


@given(
    st.sampled_from(",;\t|"),
    st.integers(2, 6).flatmap(
        lambda n: st.lists(st.lists(st.integers(), min_size=n, max_size=n), min_size=2, max_size=9)
    ),
)
def test_what_a_writer_used_is_found_again(delimiter: str, rows: list[list[int]]) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    assert find_delimiter(out.getvalue()) == delimiter


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=8))
def test_no_cell_is_lost(rows: list[tuple[str, str, str]]) -> None:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([("id", "name", "note"), *rows])
    text = loaded(out.getvalue().encode(), "a.csv").text
    for row in rows:
        for cell in row:
            assert " ".join(cell.split()) in text


def test_rows_are_counted_as_a_spreadsheet_counts_them() -> None:
    text = 'id,text\n1,"Line one.\nLine two."\n\n2,x\n'
    document = loaded(text.encode(), "a.csv")
    assert lines(document) == ["rows: id: 1; text: Line one. Line two.", "rows: id: 2; text: x"]
    assert [document.page(b.start) for b in document.blocks] == ["row 2", "row 4"]


def test_a_first_line_may_name_the_delimiter() -> None:
    document = loaded(b"sep=|\r\nPort|Depth, in metres|Fee\r\nVelm|5,5|3\r\n", "a.csv")
    assert lines(document) == ["rows: Port: Velm; Depth, in metres: 5,5; Fee: 3"]
    assert document.page(0) == "row 3"


def test_what_names_its_delimiter_names_its_columns_too() -> None:
    rows = "Name;City\nIda;Oslo\nOle;Bergen\n"
    assert not any("City: Oslo" in line for line in read(rows))
    assert read(f"sep=;\n{rows}") == [
        "rows: Name: Ida; City: Oslo",
        "rows: Name: Ole; City: Bergen",
    ]
    assert not any("12: 17" in line for line in read("sep=;\n12;Oslo\n17;Bergen\n"))


def test_other_encodings_and_suffixes() -> None:
    text = "Hafen;Tiefe;Gebühr\r\nHöllin;3,2;8,50 €\r\n"
    expected = ["rows: Hafen: Höllin; Tiefe: 3,2; Gebühr: 8,50 €"]
    for encoding in ("cp1252", "utf-8", "utf-8-sig", "utf-16"):
        assert lines(loaded(text.encode(encoding), "a.csv")) == expected
    assert read("a\tb\tc\n1\t2\t3\n", "a.TSV") == ["rows: a: 1; b: 2; c: 3"]


def test_a_cell_may_be_as_long_as_it_likes() -> None:
    long = "eel " * 50_000
    assert len(read(f'id,text,note\n1,"{long}",x\n')[0]) > 199_000


@pytest.mark.slow
def test_a_sample_that_is_cut_does_not_mislead() -> None:
    rows = "".join(f"{i},{i * 7},eel\n" for i in range(30_000))
    assert len(load_file(f"id,count,what\n{rows}".encode(), "a.csv").documents[0].blocks) == 30_000


def test_the_title_above_the_table_is_the_document_s() -> None:
    above = "Dues of Skarvik,,\nPrinted:,2024-02-01,\n,,\n"
    table = "Boat,Fee,Power\nTrawler,12.5,yes\nYacht,3,no\n"
    below = ",,\nAll fees in crowns.,,\n"
    document = loaded((above + table + below).encode(), "a.csv")
    assert document.title == "Dues of Skarvik"
    assert lines(document) == [
        "heading1: Dues of Skarvik",
        "paragraph: Printed: 2024-02-01",
        "rows: Boat: Trawler; Fee: 12.5; Power: yes",
        "rows: Boat: Yacht; Fee: 3; Power: no",
        "paragraph: All fees in crowns.",
    ]
    assert loaded(b"id,n\n1,2\n", "dues.csv").title == "dues"


def test_a_row_is_quoted_as_a_whole_unless_it_is_long() -> None:
    short = "id,note,year\n1,It was dredged. It took a year!,1987\n"
    (piece,) = layout(loaded(short.encode(), "a.csv"))
    assert piece.kind is Kind.SENTENCE
    long = "It was dredged in that year as well. " * 10
    pieces = layout(loaded(f"id,note,year\n1,{long},1987\n".encode(), "a.csv"))
    assert len(pieces) == 11
