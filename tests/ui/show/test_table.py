"""A table in each format: what people see, and what hostile documents can do there."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from hypothesis import given, strategies as st
from markdown_it import MarkdownIt

from index.installed import installed_version
from index.load.loading import load_file
from index.types import Document, text_id
from rag.answers import Answer
from rag.citations import Citation
from rag.proof import Status, verify
from rag.table import AnswerCell, AnswerTable, ColumnKind, DocumentRow, TableColumn
from tests.ui.handmade import HARBOUR, cite, span_of
from tests.ui.show.test_word import read
from ui.show.as_json import json_text
from ui.show.plain import HIDDEN
from ui.show.table.delimited import inert, to_csv
from ui.show.table.lines import to_lines
from ui.show.table.markup import to_markdown_table
from ui.show.table.page import SORTING, stretches, to_html_table
from ui.show.table.word import to_docx_table
from ui.show.table.words import words_of
from ui.show.table.workbook import to_xlsx

Golden = Callable[[str, str], None]

QUESTIONS = (
    TableColumn("When was the lamp changed?", ColumnKind.DATE),
    TableColumn("What do strokes of the bell mean?"),
    TableColumn("Did coal ships pay?", ColumnKind.YES_NO),
)
# what a spreadsheet would compute, a page would run, and a terminal would act on
HOSTILE = '=HYPERLINK("http://evil.example","x") <script>alert(1)</script> | \x1b[31m ${x}'


def answer(question: str, *cited: Citation, confidence: float, perhaps: bool = False) -> Answer:
    return Answer(question, cited, (), confidence, perhaps=perhaps)


@pytest.fixture
def table(lighthouse: Document, harbour: Document) -> AnswerTable:
    """Two documents and a file that could not be read; cells of every state."""
    oil = cite(lighthouse, "It burned colza oil until 1874,\nwhen the Board sent paraffin.", 1)
    two = cite(lighthouse, 'Two strokes mean "keep away".', 1, score=0.9)
    three = cite(lighthouse, "Three strokes mean that the boat is out.", 2)
    coal = cite(harbour, "Coal ships paid nothing <1870.", 1)
    when, bell, paid = (column.question for column in QUESTIONS)
    own = (
        AnswerCell(answer(when, oil, confidence=0.875), span_of(lighthouse, "1874")),
        AnswerCell(answer(bell, two, three, confidence=0.5)),
        AnswerCell(answer(paid, confidence=0.01)),
    )
    others = (
        AnswerCell(answer(when, confidence=0.02)),
        AnswerCell(answer(bell, coal, confidence=0.19, perhaps=True)),
        AnswerCell(answer(paid, coal, confidence=0.75), says="says no"),
    )
    return AnswerTable(
        QUESTIONS,
        (
            DocumentRow("harbour.txt", harbour, others, "harbour.txt: a picture is not read"),
            DocumentRow("notes/lighthouse.txt", lighthouse, own),
            DocumentRow("scan.pdf", None, (), "scan.pdf: there is no text in it"),
        ),
        ((".png", 10), (".pdf", 1)),
    )


@pytest.fixture
def hostile() -> AnswerTable:
    """Question, file name, title, text and reason all hold HOSTILE."""
    document = Document(text_id(HOSTILE), HOSTILE, HOSTILE, f"{HOSTILE}.txt", {}, copies=(HOSTILE,))
    cell = AnswerCell(answer(HOSTILE, cite(document, HOSTILE, 1), confidence=0.5), says=HOSTILE)
    return AnswerTable(
        (TableColumn(HOSTILE, ColumnKind.PARTY),),
        (DocumentRow(document.source, document, (cell,), HOSTILE),),
        ((HOSTILE, 2),),
    )


def test_each_look(table: AnswerTable, golden: Golden) -> None:
    golden("table.txt", to_lines(table))
    golden("table-40-columns.txt", to_lines(table, width=40))
    golden("table.md", to_markdown_table(table))
    golden("table.csv", to_csv(table).replace("\r\n", "\n"))
    version = installed_version()
    golden("table.html", to_html_table(table).replace(f"Ibid {version}.", "Ibid 0.1.0."))
    golden("table.docx.txt", read(to_docx_table(table)))
    golden("table.json", json_text({**table.to_dict(), "version": "0.1.0"}))


def test_many_questions_are_a_table_a_document_in_word(table: AnswerTable, golden: Golden) -> None:
    rows = tuple(replace(row, cells=row.cells * 3) for row in table.rows)
    longer = AnswerTable(table.columns * 3, rows, table.not_read)
    golden("table-long.docx.txt", read(to_docx_table(longer)))
    for some, count in ((table, 1), (longer, 3)):
        data = to_docx_table(some)
        assert data == to_docx_table(some)
        file = docx.Document(io.BytesIO(data))
        assert len(file.tables) == count
        for own in file.tables:
            assert own.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None


def test_json_comes_back_and_is_verified(
    table: AnswerTable, lighthouse: Document, harbour: Document
) -> None:
    data = json.loads(json_text(table.to_dict()))
    assert AnswerTable.from_dict(data, [lighthouse, harbour]) == table
    verdicts = verify(data, [lighthouse, harbour])
    assert [(v.source, v.question, v.number) for v in verdicts] == [
        ("harbour.txt", 2, 1), ("harbour.txt", 3, 1), ("notes/lighthouse.txt", 1, 1),
        ("notes/lighthouse.txt", 2, 1), ("notes/lighthouse.txt", 2, 2),
    ]  # fmt: skip
    assert {v.status for v in verdicts} == {Status.HOLDS}
    data["rows"][1]["cells"][0]["cut"]["text"] = "1847"
    changed = verify(data, [lighthouse, harbour])[2]
    assert (changed.status, changed.detail) == (
        Status.CHANGED, "other words than were cut out stand there",
    )  # fmt: skip
    assert {v.status for v in verify(data, [harbour])} == {Status.HOLDS, Status.MISSING}


def test_a_workbook_is_read_by_another_program(table: AnswerTable) -> None:
    links = {"notes/lighthouse.txt": "../papers/notes/lighthouse.txt"}
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(table, links)), rich_text=False)
    sheet, about = book["Table"], book["About"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0] == ["Document", "date", QUESTIONS[0].question, QUESTIONS[1].question,
                       "yes/no", QUESTIONS[2].question]  # fmt: skip
    assert rows[1] == ["harbour.txt", None, "not found",
                       "Coal ships paid nothing <1870.\nharbour.txt:3; perhaps, 19%",
                       "says no", "Coal ships paid nothing <1870.\nharbour.txt:3; 75%"]  # fmt: skip
    assert rows[2][:3] == ["notes/lighthouse.txt", "1874",
        "It burned colza oil until 1874, when the Board sent paraffin.\n"
        "notes/lighthouse.txt:5; 88%"]  # fmt: skip
    assert rows[3] == ["scan.pdf", "scan.pdf: there is no text in it", None, None, None, None]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", "A1:F4")
    targets = {cell.coordinate: cell.hyperlink.target for row in sheet.iter_rows()
               for cell in row if cell.hyperlink}  # fmt: skip
    assert targets == dict.fromkeys(("A3", "C3", "D3"), "../papers/notes/lighthouse.txt")
    note = sheet["D2"].comment.text
    assert "Perhaps." in note
    assert "confidence 19%" in note
    assert "Three strokes mean that the boat is out. (notes/lighthouse.txt:11)" in str(
        sheet["D3"].comment.text
    )
    told = [[cell.value for cell in row] for row in about.iter_rows()]
    assert ["When was the lamp changed?", "date", None, None] in told
    assert ["Files that were not read", "10 .png, 1 .pdf", None, None] in told


def test_a_workbook_is_read_by_our_own_loader(table: AnswerTable) -> None:
    (read,) = load_file(to_xlsx(table), "table.xlsx").documents
    assert "Coal ships paid nothing <1870." in read.text
    assert "scan.pdf: there is no text in it" in read.text


def test_the_same_table_is_the_same_bytes(table: AnswerTable) -> None:
    made = to_xlsx(table)
    assert made == to_xlsx(table)
    dates = {entry.date_time[:3] for entry in zipfile.ZipFile(io.BytesIO(made)).infolist()}
    assert dates == {(1980, 1, 1)}


def test_nothing_in_a_workbook_is_computed(hostile: AnswerTable) -> None:
    made = to_xlsx(hostile, {hostile.rows[0].source: "\\\\evil.example\\javascript:x"})
    book = openpyxl.load_workbook(io.BytesIO(made))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(str(cell.value).startswith("=HYPERLINK") for cell in cells)
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        sheets = [parts.read(n).decode() for n in parts.namelist() if "worksheets/sheet" in n]
        every = b"".join(parts.read(name) for name in parts.namelist())
    assert not any(re.search(r"<f[ >]", sheet) for sheet in sheets)
    targets = set(re.findall(rb'Target="([^"]*)" TargetMode="External"', every))
    assert targets == {b"%5C%5Cevil.example%5Cjavascript%3Ax"}


def test_csv_is_read_back_and_begins_no_formula(hostile: AnswerTable) -> None:
    written = to_csv(hostile)
    assert written.startswith("\ufeff")
    head, row = csv.reader(io.StringIO(written[1:], newline=""))
    assert not [word for word in (*head, *row) if word.startswith(("=", "+", "-", "@"))]
    assert row[4][1:].startswith("=HYPERLINK")
    assert len(head) == len(row) == 8


@pytest.mark.parametrize("sign", "=+-@\t\r＝＋－＠")
def test_what_begins_a_formula_is_text(sign: str) -> None:
    assert inert(f"{sign}1") == f"'{sign}1"
    assert inert(f"a{sign}1") == f"a{sign}1"


class Tags(HTMLParser):
    """The tags and attributes of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        self.tags.append(tag)
        self.links += [str(known[name]) for name in ("href", "src") if name in known]
        self.ids += [str(known["id"])] if "id" in known else []


def test_a_page_loads_nothing_and_runs_its_own_script_alone(hostile: AnswerTable) -> None:
    page = to_html_table(hostile)
    found = Tags(page)
    assert found.tags.count("script") == 1
    assert "<script>alert" not in page
    assert all(link.startswith("#cite-") for link in found.links)
    assert "default-src 'none'" in page
    assert SORTING in page


def test_each_place_leads_to_its_quotation(table: AnswerTable) -> None:
    found = Tags(to_html_table(table))
    assert sorted(found.links) == [f"#cite-{n}" for n in (1, 2, 3, 4, 5)]
    assert set(found.ids) >= {link.removeprefix("#") for link in found.links}


def test_markdown_is_one_table_whatever_stands_in_it(hostile: AnswerTable) -> None:
    made = MarkdownIt("commonmark").enable("table").render(to_markdown_table(hostile))
    assert made.count("<tr>") == 2
    assert made.count("<td>") == 2
    assert "<script>" not in made


def test_text_shows_nothing_that_a_terminal_acts_on(hostile: AnswerTable) -> None:
    assert not HIDDEN.search(to_lines(hostile, width=60).replace("\n", ""))


@pytest.mark.parametrize("width", [30, 40, 80, 100, 200])
def test_lines_are_no_wider_than_the_terminal(table: AnswerTable, width: int) -> None:
    lines = to_lines(table, width=width).split("\n")
    assert max(map(len, lines[:-1])) <= max(width, 24 + 2 + 24)
    shown = " ".join(" ".join(lines).split())
    for row in table.rows:
        for cell in row.cells:
            assert words_of(cell).place.split("/")[0][:8] in shown


def test_of_a_long_quotation_the_words_around_the_cut_are_shown(lighthouse: Document) -> None:
    text = f"{'It went on and on. ' * 20}The lamp was changed in 1874. {'So it was. ' * 30}\n"
    document = Document(text_id(text), text, "t", "t.txt")
    cell = AnswerCell(
        answer("When?", cite(document, text.strip(), 1), confidence=0.5), span_of(document, "1874")
    )
    table = AnswerTable(
        (TableColumn("When?", ColumnKind.DATE),), (DocumentRow("t.txt", document, (cell,)),)
    )
    shown = " ".join(to_lines(table).split())
    assert "[1874] … " in shown
    assert "The lamp was changed in 1874. So it was." in shown


@given(st.lists(st.tuples(st.integers(0, 2500), st.integers(1, 200)), min_size=1, max_size=6))
def test_stretches_hold_each_quotation_whole(places: list[tuple[int, int]]) -> None:
    text = HARBOUR * 40
    document = Document(text_id(text), text, "t", "t.txt")
    cited = [
        Citation(document, start, min(start + length, len(text)), None, 1.0, n)
        for n, (start, length) in enumerate(places, 1)
        if start < len(text) - 1
    ]
    found = stretches(document, cited)
    assert found == sorted(found)
    assert all(a.end < b.start for a, b in pairwise(found))
    for c in cited:
        assert sum(s.start <= c.start and c.end <= s.end for s in found) == 1
