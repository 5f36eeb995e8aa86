"""Excel: rows with their header's labels, each in the place where a person finds it."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from index.errors import UnreadableDocument
from index.load.loading import load_file
from index.load.office.excel.number_formats import plain
from index.load.office.excel.workbook import Workbook
from index.load.office.package import Package
from index.load.sheets import lines as sheet_lines
from tests.index.load.office.office import (
    FORMATS,
    cells,
    lines,
    loaded,
    replaced,
    workbook,
)

HEAD = cells(1, "Pier", "Length", "Built")


def read(*sheets: str, **names: str) -> list[str]:
    return lines(loaded(workbook(*sheets, **names), "a.xlsx"))


def places(*sheets: str, **names: str) -> list[str]:
    document = loaded(workbook(*sheets, **names), "a.xlsx")
    return [document.page(block.start) for block in document.blocks]


def styled(*codes: str) -> str:
    """Cell styles 1, 2 … with these formats; a number names a builtin one."""
    own = "".join(
        f'<numFmt numFmtId="{200 + i}" formatCode="{code}"/>' for i, code in enumerate(codes)
    )
    ids = [code if code.isdecimal() else str(200 + i) for i, code in enumerate(codes)]
    used = "".join(f'<xf numFmtId="{i}"/>' for i in ["0", *ids])
    return f"<numFmts>{own}</numFmts><cellXfs>{used}</cellXfs>"


def one(place: str, inner: str, look: str = "") -> str:
    return f'<c r="{place}" {look}>{inner}</c>'


def cell_texts(*inner: str, **names: str) -> list[str]:
    """What is read of the cells of one row."""
    row = "".join(f'<c r="{chr(65 + i)}1" {x}</c>' for i, x in enumerate(inner))
    book = Workbook(Package(workbook(f'<row r="1">{row}</row>', **names), "a.xlsx", "workbook"))
    (found,) = book.rows(next(book.sheets()))
    return list(found.cells)


def test_openpyxl_reads_the_same_values() -> None:
    name = "harbour-dues.xlsx"
    openpyxl = pytest.importorskip("openpyxl")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO((FORMATS / name).read_bytes()), data_only=True)
    text = loaded((FORMATS / name).read_bytes(), name).text
    values = [
        cell.value for sheet in book for row in sheet for cell in row if cell.value is not None
    ]
    assert len(values) > 25
    for value in values:
        assert value == "#DIV/0!" or _as_text(value) in text, value


def _as_text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return "12.5%" if value == 0.125 else plain(value)
    return str(value).removesuffix(" 00:00:00")


def test_what_openpyxl_writes_is_read() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    from datetime import date, time

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Tide", "Day", "At", "Height"])
    sheet.append(["high", date(2024, 3, 1), time(14, 30), 4.25])
    sheet.append(["low", date(2024, 3, 1), time(20, 45), "=D2/2"])
    out = io.BytesIO()
    book.save(out)
    found = load_file(out.getvalue(), "tides.xlsx")
    assert lines(found.documents[0]) == [
        "rows: Tide: high; Day: 2024-03-01; At: 14:30:00; Height: 4.25",
        "rows: Tide: low; Day: 2024-03-01; At: 20:45:00",
    ]
    (failure,) = found.failures
    assert failure.partly
    assert failure.reason == (
        "tides.xlsx: a formula has no result in the file (Sheet!D3); open it in Excel or "
        "LibreOffice and save it again"
    )
    assert found.documents[0].title == "tides"


def test_rows_are_called_as_a_person_finds_them() -> None:
    rows = HEAD + cells(2, "North", "12", "1987") + cells(5, "South", "7", "1990")
    other = {"Sheet2": 'name="Fees &amp; dues"'}
    assert places(rows, rows, **other) == [
        "sheet Sheet1",
        "sheet Sheet1, row 2",
        "sheet Sheet1, row 5",
        "sheet Fees & dues",
        "sheet Fees & dues, row 2",
        "sheet Fees & dues, row 5",
    ]
    assert read(rows) == [
        "rows: Pier: North; Length: 12; Built: 1987",
        "rows: Pier: South; Length: 7; Built: 1990",
    ]
    assert read(rows, Sheet1='name="Piers"')[0] == "heading2: Piers"


def test_rows_and_cells_that_do_not_say_where_they_stand() -> None:
    text = '<c t="inlineStr"><is><t>{}</t></is></c>'
    row = "<row>" + "".join(text.format(t) for t in ("Pier", "Length", "Built")) + "</row>"
    values = f"<row>{text.format('North')}<c><v>12</v></c><c><v>1987</v></c></row>"
    assert read(row + values) == ["rows: Pier: North; Length: 12; Built: 1987"]


def test_hidden_sheets_are_left_out_and_hidden_rows_are_not() -> None:
    hidden = {"Sheet2": 'name="B" state="hidden"', "Sheet3": 'name="C" state="veryHidden"'}
    rows = HEAD + cells(2, "North", "12", "1987").replace("<row ", '<row hidden="1" ')
    assert read(rows, rows, rows, **hidden) == ["rows: Pier: North; Length: 12; Built: 1987"]


def test_each_kind_of_cell() -> None:
    strings = "<si><t>eel</t></si><si><r><t>ri</t></r><r><t>ch</t></r><rPh><t>no</t></rPh></si>"
    assert cell_texts(
        't="s"><v>0</v>',
        't="s"><v>1</v>',
        't="s"><v>9</v>',
        't="str"><f>A1</f><v>text</v>',
        't="b"><v>1</v>',
        't="b"><v>0</v>',
        't="e"><v>#N/A</v>',
        't="d"><v>2024-03-01</v>',
        't="inlineStr"><is><t>a_x000D_\nb</t></is>',
        "><v>nonsense</v>",
        "><v>1e999</v>",
        "><v>2.50</v>",
        strings=strings,
    ) == [
        "eel",
        "rich",
        "",
        "text",
        "TRUE",
        "FALSE",
        "",
        "2024-03-01",
        "a b",
        "nonsense",
        "1e999",
        "2.5",
    ]


def test_numbers_are_shown_in_their_formats() -> None:
    styles = styled("14", "0.0%", "#,##0.00\\ &quot;kg&quot;")
    said = ('s="1"><v>45352</v>', 's="2"><v>0.125</v>', 's="3"><v>1234.5</v>', 's="77"><v>1</v>')
    assert cell_texts(*said, styles=styles) == ["2024-03-01", "12.5%", "1234.50 kg", "1"]
    old = '<workbookPr date1904="1"/>'
    assert cell_texts('s="1"><v>43890</v>', styles=styles, properties=old) == ["2024-03-01"]


def test_a_formula_without_a_result_is_reported_and_an_empty_one_is_not() -> None:
    row = "".join(
        (one("A2", "<f>B2</f>"), one("B2", "<f>C2</f><v></v>"), one("C2", "<v>5</v>"),
         one("D2", "<f>C2</f><v></v>", 't="str"'), one("E2", "<f>1/0</f><v>#DIV/0!</v>", 't="e"'))
    )  # fmt: skip
    found = load_file(workbook(HEAD + f'<row r="2">{row}</row>'), "a.xlsx")
    assert lines(found.documents[0]) == ["rows: Built: 5"]
    (failure,) = found.failures
    assert failure.reason == (
        "a.xlsx: 2 formulas have no result in the file (Sheet1!A2, Sheet1!B2); open it in Excel or "
        "LibreOffice and save it again"
    )


def test_a_cell_merged_downwards_in_the_first_column_names_each_row() -> None:
    rows = (
        cells(1, "", "Pier", "Berth", "Length")
        + cells(2, "", "North", "1", "9")
        + cells(3, "", "", "2", "8")
        + cells(4, "", "", "3", "7")
        + cells(5, "", "South", "", "6")
    )
    merged = f'<sheetData>{rows}</sheetData><mergeCells><mergeCell ref="B2:B3"/>'
    merged += '<mergeCell ref="C4:C5"/></mergeCells>'
    assert read(merged) == [
        "rows: Pier: North; Berth: 1; Length: 9",
        "rows: Pier: North; Berth: 2; Length: 8",
        "rows: Berth: 3; Length: 7",
        "rows: Pier: South; Length: 6",
    ]


def sectioned(set_apart: Callable[[Worksheet, int], None]) -> list[str]:
    """A sheet of openpyxl's with two sections, and rows that leave out cells, as lines."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (
        ["Station", "Depth", "Ground"],
        ["Northern region"], ["Orre", 12, "mud"], ["Svale"],
        ["Southern region"], ["Varn", None, "rock"], ["Sula", 3],
    ):  # fmt: skip
        sheet.append(row)
    for number in (2, 5):
        set_apart(sheet, number)
    out = io.BytesIO()
    book.save(out)
    return lines(loaded(out.getvalue(), "a.xlsx"))


def merge(sheet: Worksheet, number: int) -> None:
    sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=3)


def embolden(sheet: Worksheet, number: int) -> None:
    sheet.cell(number, 1).font = Font(bold=True)


@pytest.mark.parametrize("set_apart", [merge, embolden])
def test_a_row_that_is_set_apart_names_those_below_it(
    set_apart: Callable[[Worksheet, int], None],
) -> None:
    assert sectioned(set_apart) == [
        "paragraph: Northern region",
        "rows: Northern region > Station: Orre; Depth: 12; Ground: mud",
        "rows: Northern region > Station: Svale",
        "paragraph: Southern region",
        "rows: Southern region > Station: Varn; Ground: rock",
        "rows: Southern region > Station: Sula; Depth: 3",
    ]


def test_a_row_whose_cells_are_left_out_names_none() -> None:
    assert sectioned(lambda sheet, number: None)[0] == "rows: Station: Northern region"


def test_the_title_is_the_properties_the_sheet_s_or_the_file_s() -> None:
    rows = cells(1, "Piers of Skarvik") + "".join(
        (HEAD.replace('"1"', '"3"').replace("1", "3"), cells(4, "North", "12", "1987"))
    )
    document = loaded(workbook(rows), "a.xlsx")
    assert (document.title, lines(document)[0]) == (
        "Piers of Skarvik",
        "heading3: Piers of Skarvik",
    )
    assert loaded(workbook(rows, rows), "piers.xlsx").title == "piers"
    named = loaded(workbook(rows, title="All piers"), "a.xlsx")
    assert (named.title, lines(named)[0]) == ("All piers", "heading1: All piers")
    assert loaded(workbook(rows, title="Mappe1"), "a.xlsx").title == "Piers of Skarvik"


def test_too_many_rows_or_cells_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = HEAD + "".join(cells(i, "North", "12", "1987") for i in range(2, 12))
    monkeypatch.setattr(sheet_lines, "MAX_ROWS", 15)
    assert len(read(rows)) == 10
    over = r"^a\.xlsx: over 15 rows; split it into smaller files\Z"
    with pytest.raises(UnreadableDocument, match=over):
        load_file(workbook(rows, rows), "a.xlsx")
    monkeypatch.setattr(sheet_lines, "MAX_CELLS", 20)
    with pytest.raises(UnreadableDocument, match=r"^a\.xlsx: over 20 cells; split it into smaller"):
        load_file(workbook(rows), "a.xlsx")


def test_a_workbook_without_a_value_is_refused() -> None:
    for sheets in ((), ("",), (cells(1, ""),)):
        with pytest.raises(UnreadableDocument, match=r"^a\.xlsx: there is no text in it"):
            load_file(workbook(*sheets, title="A title alone"), "a.xlsx")


def test_a_chart_sheet_and_a_sheet_that_is_not_there() -> None:
    data = workbook(HEAD + cells(2, "North", "12", "1987"), HEAD)
    chart = replaced(data, "xl/_rels/workbook.xml.rels", b"/worksheet", b"/chartsheet")
    with pytest.raises(UnreadableDocument, match=r"^a\.xlsx: there is no text in it"):
        load_file(chart, "a.xlsx")
    gone = load_file(replaced(data, "xl/_rels/workbook.xml.rels", b"sheet2", b"sheet9"), "a.xlsx")
    assert "North" in gone.documents[0].text
    assert re.match(
        r"a\.xlsx#Sheet2: xl/sheet9\.xml in it is missing; get it again", gone.failures[0].reason
    )


def test_a_cell_beyond_the_last_column_is_not_read() -> None:
    far = one("ZZZ1", "<v>7</v>") + one("A1", "<v>5</v>")  # no such column; and out of order
    assert cell_texts("><v>1</v>") == ["1"]
    book = Workbook(Package(workbook(f'<row r="1">{far}</row>'), "a.xlsx", "workbook"))
    (found,) = book.rows(next(book.sheets()))
    assert list(found.cells) == ["5"]
