"""Comments, notes and text boxes are read beside their cells."""

from __future__ import annotations

import io

from openpyxl import Workbook
from openpyxl.comments import Comment

from index.load.loading import load_file
from index.types import Document
from tests.index.load.office.office import A, members, rels, zipped

ROWS: list[list[object]] = [
    ["Pier", "Length", "Keeper"],
    ["North", 120, "Ada"],
    ["South", 80, None],
]
_XDR = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"


def written(notes: dict[str, str], rows: list[list[object]] | None = None) -> bytes:
    """A workbook as openpyxl writes it."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows or ROWS:
        sheet.append(row)
    for place, text in notes.items():
        sheet[place].comment = Comment(text, "Ole")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def linked(data: bytes, kind: str, part: str, inner: str) -> bytes:
    """The workbook with one part more that its sheet links to, and its links to comments kept."""
    held = members(data)
    name = "xl/worksheets/_rels/sheet1.xml.rels"
    links = {"new": (kind, f"/{part}")}
    if name in held:
        links["old"] = ("comments", "/xl/comments/comment1.xml")
    return zipped({**held, name: rels(links), part: inner})


def read(data: bytes) -> Document:
    (document,) = load_file(data, "piers.xlsx").documents
    return document


def text_lines(document: Document) -> list[str]:
    return [line for line in document.text.split("\n") if line]


def test_a_note_stands_behind_the_row_of_its_cell_and_says_what_it_is_on() -> None:
    document = read(written({"A2": "Closed in winter.", "B3": "Measured in May."}))
    assert text_lines(document) == [
        "Pier: North; Length: 120; Keeper: Ada",
        "Note on North: Closed in winter.",
        "Pier: South; Length: 80",
        "Note on South, Length: Measured in May.",
    ]
    assert document.page(document.text.index("Note on South")) == "sheet Sheet, row 3"


def test_notes_on_empty_cells_headers_and_titles_are_kept() -> None:
    rows: list[list[object]] = [["Piers of the harbour"], [], *ROWS]
    notes = {"A1": "As of May.", "B3": "In metres.", "C5": "Nobody yet.", "F9": "Ask Bo."}
    said = text_lines(read(written(notes, rows)))
    assert "Note on Piers of the harbour: As of May." in said
    assert "Note on Length: In metres." in said
    assert "Note on South, Keeper: Nobody yet." in said
    assert said[-1] == "Note on F: Ask Bo."


def test_of_a_thread_of_comments_the_older_copy_is_not_read() -> None:
    thread = (
        '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/'
        'threadedcomments"><threadedComment ref="A2"><text>Who repairs it?</text>'
        '</threadedComment><threadedComment ref="A2"><text>The club does.</text>'
        "</threadedComment></ThreadedComments>"
    )
    kind = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
    data = written({"A2": "[Threaded comment] Get a newer version."})
    said = text_lines(read(linked(data, kind, "xl/threadedComments/t.xml", thread)))
    assert [line for line in said if line.startswith("Note")] == [
        "Note on North: Who repairs it?",
        "Note on North: The club does.",
    ]


def test_a_text_box_is_read_beside_its_row_unless_it_is_hidden() -> None:
    def box(row: int, *texts: str, look: str = "") -> str:
        said = "".join(f"<a:p><a:r><a:t>{text}</a:t></a:r></a:p>" for text in texts)
        return (
            f"<xdr:twoCellAnchor><xdr:from><xdr:row>{row}</xdr:row></xdr:from><xdr:sp>"
            f'<xdr:nvSpPr><xdr:cNvPr id="1" name="Box" {look}/></xdr:nvSpPr>'
            f"<xdr:txBody>{said}</xdr:txBody></xdr:sp></xdr:twoCellAnchor>"
        )

    inner = box(1, "Boats over ten metres", "lie at the north pier.") + box(
        2, "Secret.", look='hidden="1"'
    )
    drawing = f'<xdr:wsDr xmlns:xdr="{_XDR}" xmlns:a="{A}">{inner}</xdr:wsDr>'
    said = text_lines(read(linked(written({}), "drawing", "xl/drawings/d.xml", drawing)))
    assert said == [
        "Pier: North; Length: 120; Keeper: Ada",
        "Boats over ten metres lie at the north pier.",
        "Pier: South; Length: 80",
    ]
