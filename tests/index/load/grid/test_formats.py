"""One table in every format that has tables: its rows are the same lines."""

from __future__ import annotations

import io
from collections.abc import Callable

import docx
import openpyxl
import pptx
import pytest
from docx.oxml.ns import qn
from pptx.util import Inches

from index.load.loading import load_file

TITLE, HEAD, BODY = "Dues of Skarvik", ("Boat", "Rig", "Fee"), (
    ("Trawler", "beam", "12.5"),
    ("Trawler", "stern", "14"),
    ("Yacht", "sloop", "3"),
)  # fmt: skip
LINES = [
    "Boat: Trawler; Rig: beam; Fee: 12.5",
    "Boat: Trawler; Rig: stern; Fee: 14",
    "Boat: Yacht; Rig: sloop; Fee: 3",
]


def html() -> bytes:
    head = "".join(f"<th>{label}" for label in HEAD)
    return (
        f"<p>It is so.<table><tr><td colspan=3>{TITLE}<tr>{head}<tr><td rowspan=2>Trawler<td>beam"
        "<td>12.5<tr><td>stern<td>14<tr><td>Yacht<td>sloop<td>3</table>"
    ).encode()


def rst() -> bytes:
    return b"""It is so.

+---------+-------+------+
| Dues of Skarvik        |
+---------+-------+------+
| Boat    | Rig   | Fee  |
+=========+=======+======+
| Trawler | beam  | 12.5 |
|         +-------+------+
|         | stern | 14   |
+---------+-------+------+
| Yacht   | sloop | 3    |
+---------+-------+------+
"""


def word() -> bytes:
    made = docx.Document()
    made.add_paragraph("It is so.")
    table = made.add_table(5, 3)
    table.cell(0, 0).merge(table.cell(0, 2)).text = TITLE
    table.cell(2, 0).merge(table.cell(3, 0))
    for i, row in enumerate((HEAD, *BODY), 1):
        for j, text in enumerate(row):
            table.cell(i, j).text = text
    for row in table.rows[:2]:
        look = row._tr.get_or_add_trPr()
        look.append(look.makeelement(qn("w:tblHeader"), {}))
    return saved(made.save)


def slide() -> bytes:
    made = pptx.Presentation()
    shapes = made.slides.add_slide(made.slide_layouts[6]).shapes
    table = shapes.add_table(4, 3, Inches(1), Inches(1), Inches(6), Inches(3)).table
    table.cell(1, 0).merge(table.cell(2, 0))
    for i, row in enumerate((HEAD, *BODY)):
        for j, text in enumerate(row):
            table.cell(i, j).text = text if (i, j) != (2, 0) else ""
    return saved(made.save)


def sheet() -> bytes:
    made = openpyxl.Workbook()
    for row in ((TITLE,), HEAD, *BODY):
        made.active.append([float(text) if text[0].isdigit() else text for text in row])
    made.active.merge_cells("A3:A4")
    return saved(made.save)


def delimited() -> bytes:
    return "\n".join(",".join(row) for row in ((TITLE, "", ""), HEAD, *BODY)).encode()


def saved(save: Callable[[io.BytesIO], object]) -> bytes:
    out = io.BytesIO()
    save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("make", "suffix"),
    [(html, "html"), (rst, "rst"), (word, "docx"), (slide, "pptx"), (sheet, "xlsx"),
     (delimited, "csv")],
)  # fmt: skip
def test_a_table_is_the_same_lines_in_every_format(make: Callable[[], bytes], suffix: str) -> None:
    (document,) = load_file(make(), f"dues.{suffix}").documents
    lines = [line for line in document.text.split("\n") if line]
    assert lines[-3:] == LINES
    assert lines[-4:-3] == ([] if suffix == "pptx" else [TITLE])
