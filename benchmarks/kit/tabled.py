"""The programs that write sheets of tables in other formats than PDF."""

from __future__ import annotations

import csv
import html
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.kit.programs import run
from benchmarks.kit.tables import Table, TableSheet

Make = Callable[[TableSheet, Path], None]


def makers() -> Mapping[str, Mapping[str, Make]]:
    """By the suffix of the files, then by the producer."""
    return {
        ".html": {"web page": web_page},
        ".docx": {"python-docx": document, "pandoc": _pandoc},
        ".epub": {"pandoc": _pandoc},
        ".xlsx": {"openpyxl": partial(workbook, merged=True)},
        ".pptx": {"python-pptx": _slides},
        ".csv": {"csv": _csv},
    }


def web_page(sheet: TableSheet, file: Path) -> None:
    """HTML, as it is written here."""
    file.write_text(page_of(sheet), "utf-8")


def _pandoc(sheet: TableSheet, file: Path) -> None:
    run("pandoc", "-f", "html", "-o", file, given=page_of(sheet))


def spanned(table: Table, row: int) -> bool:
    """Whether the first cell of a row is covered by one above it."""
    return row % table.spans != 0


def page_of(sheet: TableSheet) -> str:
    """A sheet as HTML."""
    body = "\n".join(
        _html(part) if isinstance(part, Table) else f"<p>{html.escape(part)}</p>"
        for part in sheet.parts
    )
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{sheet.name}</title>'
        "<style>body { font: 10pt sans-serif; } table { border-collapse: collapse; width: 100%; "
        "margin: 1em 0; } td, th { text-align: left; } tr { page-break-inside: avoid; } "
        ".r { text-align: right; } .c { text-align: center; } "
        ".all td, .all th { border: 1px solid #444; } .rows tr { border-bottom: 1px solid #999; } "
        ".head thead { border-bottom: 1px solid black; } "
        f"@page {{ size: A4; margin: 20mm; }}</style></head><body>{body}</body></html>"
    )


def _html(table: Table) -> str:
    tag = "th" if table.bold else "td"
    align = "middle" if table.middle else "top"
    look = f"padding: {table.padding / 2}pt {table.padding}pt; vertical-align: {align};"
    cols = "".join(f'<col style="width: {100 * w:.1f}%">' for w in table.widths)
    head = "".join(
        "<tr>"
        + "".join(
            f'<{tag} colspan="{n}" style="{look}" class="{"c" if n > 1 else ""}">'
            f"{html.escape(text)}</{tag}>"
            for text, n in row
        )
        + "</tr>"
        for row in table.header
    )
    rows = "".join(
        "<tr>" + "".join(_html_cell(table, i, n, look) for n in range(len(row))) + "</tr>"
        for i, row in enumerate(table.rows)
    )
    return (
        f'<table class="{table.rules}"><colgroup>{cols}</colgroup><thead>{head}</thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _html_cell(table: Table, row: int, column: int, look: str) -> str:
    if column == 0 and spanned(table, row):
        return ""
    rows = f' rowspan="{table.spans}"' if column == 0 and table.spans > 1 else ""
    kind = ' class="r"' if column in table.right else ""
    return f'<td{rows}{kind} style="{look}">{html.escape(table.rows[row][column])}</td>'


def document(sheet: TableSheet, file: Path) -> None:
    """Word's XML."""
    from docx import Document
    from docx.shared import Pt

    made = Document()
    made.styles["Normal"].font.size = Pt(10)
    for part in sheet.parts:
        if isinstance(part, Table):
            _docx_table(made, part)
        else:
            made.add_paragraph(part)
    made.save(str(file))


def _docx_table(made: Any, table: Table) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement, parse_xml
    from docx.oxml.ns import nsdecls
    from docx.shared import Pt

    depth = len(table.header)
    grid = made.add_table(depth + len(table.rows), len(table.widths))
    grid.autofit = False
    for r, row in enumerate((*_spread(table), *table.rows)):
        for c, text in enumerate(row):
            cell = grid.cell(r, c)
            cell.width = Pt(table.widths[c] * 430)
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(table.padding / 2)
            if text and not (c == 0 and r >= depth and spanned(table, r - depth)):
                paragraph.add_run(text).bold = table.bold and r < depth
            if c in table.right and r >= depth:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            sides = {"all": "top left bottom right", "rows": "bottom"}.get(table.rules, "")
            sides = sides or ("bottom" if table.rules == "head" and r == depth - 1 else "")
            lines = "".join(f'<w:{s} w:val="single" w:sz="4"/>' for s in sides.split())
            borders = f"<w:tcBorders {nsdecls('w')}>{lines}</w:tcBorders>"
            cell._tc.get_or_add_tcPr().append(parse_xml(borders))
    for r, first, last in _groups(table):
        grid.cell(r, first).merge(grid.cell(r, last))
    for r in range(depth):
        grid.rows[r]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    if table.spans > 1:
        for r in range(0, len(table.rows), table.spans):
            last = min(r + table.spans, len(table.rows)) - 1
            grid.cell(depth + r, 0).merge(grid.cell(depth + last, 0))


def workbook(sheet: TableSheet, file: Path, merged: bool = False) -> None:
    """Excel's XML, without the prose; `merged` where a label over columns is one cell."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Border, Font, Side

    book = Workbook()
    page = book.active
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.page_setup.fitToHeight = 0
    thin = Side(style="thin")
    at = 1
    for table in sheet.tables:
        for c, width in enumerate(table.widths):
            page.column_dimensions["ABCDEFGHIJ"[c]].width = 95 * width
        for r, row in enumerate((*_spread(table), *table.rows)):
            head = r < len(table.header)
            room = (len(text) / (80 * w) for text, w in zip(row, table.widths, strict=True))
            page.row_dimensions[at].height = 14 * (1 + int(max(room)))
            for c, text in enumerate(row, 1):
                cell = page.cell(at, c, text)
                side = "right" if c - 1 in table.right and not head else "left"
                cell.alignment = Alignment(side, "top", wrap_text=True)
                cell.font = Font(bold=head and table.bold)
                every = thin if table.rules == "all" else None
                last = table.rules == "head" and r == len(table.header) - 1
                foot = thin if table.rules in ("all", "rows") or last else None
                cell.border = Border(left=every, right=every, top=every, bottom=foot)
            at += 1
        top = at - len(table.rows) - len(table.header)
        for depth, left, right in _groups(table) if merged else ():
            page.merge_cells(None, top + depth, left + 1, top + depth, right + 1)
        at += 2
    book.save(file)


def _slides(sheet: TableSheet, file: Path) -> None:
    """A slide for each part."""
    from pptx import Presentation
    from pptx.util import Pt

    made = Presentation()
    for part in sheet.parts:
        slide = made.slides.add_slide(made.slide_layouts[1 if isinstance(part, str) else 6])
        if isinstance(part, str):
            slide.placeholders[1].text = part
            continue
        rows = [*_spread(part), *part.rows]
        shape = slide.shapes.add_table(len(rows), len(part.widths), 0, 0, Pt(600), Pt(400))
        for r, row in enumerate(rows):
            for c, text in enumerate(row):
                shape.table.cell(r, c).text = text
        for r, first, last in _groups(part):
            shape.table.cell(r, first).merge(shape.table.cell(r, last))
    made.save(str(file))


def _csv(sheet: TableSheet, file: Path) -> None:
    """Rows alone; nothing tells how many of them are the header."""
    with file.open("w", encoding="utf-8", newline="") as made:
        for table in sheet.tables:
            csv.writer(made).writerows([*_spread(table), *table.rows, []])


def _spread(table: Table) -> Iterator[list[str]]:
    for row in table.header:
        yield [cell for text, n in row for cell in (text, *[""] * (n - 1))]


def _groups(table: Table) -> Iterator[tuple[int, int, int]]:
    """The labels over several columns: row, first column, last column, each from 0."""
    for r, header in enumerate(table.header):
        at = 0
        for _, columns in header:
            if columns > 1:
                yield r, at, at + columns - 1
            at += columns
