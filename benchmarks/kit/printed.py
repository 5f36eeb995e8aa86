"""The programs that print sheets of tables: each takes a sheet and where its PDF is to be."""

from __future__ import annotations

import html
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.kit.programs import print_page, run, soffice
from benchmarks.kit.tabled import Make, document, page_of, spanned, workbook
from benchmarks.kit.tables import Table, TableSheet

_WIDE = 480  # points of a page's text


def producers() -> Mapping[str, Make]:
    """By their names."""
    return {
        "chromium": _chromium,
        "reportlab": _reportlab,
        "fpdf2": _fpdf2,
        "weasyprint": _weasyprint,
        "libreoffice": _libreoffice,
        "pdftex": _pdftex,
        "typst": _typst,
        "wkhtmltopdf": _wkhtmltopdf,
        "calc": _calc,
        "groff": _groff,
    }


def _chromium(sheet: TableSheet, pdf: Path) -> None:
    with _page(sheet) as page:
        print_page(page, pdf)


def _wkhtmltopdf(sheet: TableSheet, pdf: Path) -> None:
    with _page(sheet) as page:
        run("wkhtmltopdf", "-q", page, pdf)


def _libreoffice(sheet: TableSheet, pdf: Path) -> None:
    _convert(document, ".docx", sheet, pdf)


def _calc(sheet: TableSheet, pdf: Path) -> None:
    _convert(workbook, ".xlsx", sheet, pdf)


def _convert(make: Make, suffix: str, sheet: TableSheet, pdf: Path) -> None:
    """LibreOffice prints what is written in another format."""
    file = pdf.with_suffix(suffix)
    make(sheet, file)
    soffice([file], "pdf", pdf.parent)
    file.unlink()


class _page:
    """A sheet's page in a folder of its own, while it is printed."""

    def __init__(self, sheet: TableSheet) -> None:
        self._sheet, self._folder = sheet, tempfile.TemporaryDirectory()

    def __enter__(self) -> Path:
        page = Path(self._folder.name) / f"{self._sheet.name}.html"
        page.write_text(page_of(self._sheet), "utf-8")
        return page

    def __exit__(self, *_: object) -> None:
        self._folder.cleanup()


def _weasyprint(sheet: TableSheet, pdf: Path) -> None:
    from weasyprint import HTML

    HTML(string=page_of(sheet)).write_pdf(pdf)


def _reportlab(sheet: TableSheet, pdf: Path) -> None:
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer

    style = getSampleStyleSheet()["Normal"]
    story: list[Flowable] = []
    for part in sheet.parts:
        if isinstance(part, Table):
            story += [Spacer(1, 8), _reportlab_table(part, style), Spacer(1, 8)]
        else:
            story.append(Paragraph(html.escape(part), style))
    SimpleDocTemplate(str(pdf), pagesize=A4, title=sheet.name).build(story)


def _reportlab_table(table: Table, style: object) -> Any:
    from reportlab.lib import colors
    from reportlab.platypus import Paragraph, Table as Made, TableStyle

    depth = len(table.header)
    kinds: dict[str, list[tuple[object, ...]]] = {
        "all": [("GRID", (0, 0), (-1, -1), 0.5, colors.black)],
        "rows": [("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.grey)],
        "head": [("LINEBELOW", (0, depth - 1), (-1, depth - 1), 1, colors.black)],
    }
    looks: list[tuple[object, ...]] = [
        *kinds.get(table.rules, []),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE" if table.middle else "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), table.padding),
        ("RIGHTPADDING", (0, 0), (-1, -1), table.padding),
        *(("ALIGN", (c, depth), (c, -1), "RIGHT") for c in table.right),
    ]
    if table.bold:
        looks.append(("FONTNAME", (0, 0), (-1, depth - 1), "Helvetica-Bold"))
    data: list[list[object]] = []
    for i, row in enumerate(table.header):
        data.append([c for text, n in row for c in (text, *[""] * (n - 1))])
        at = 0
        for _, n in row:
            looks += [("SPAN", (at, i), (at + n - 1, i)), ("ALIGN", (at, i), (at, i), "CENTER")][
                : 2 * (n > 1)
            ]
            at += n
    for r, cells in enumerate(table.rows):
        held: list[object] = [Paragraph(c, style) if len(c) > 20 else c for c in cells]
        if table.spans > 1:
            first = depth + r - r % table.spans
            last = min(first + table.spans, depth + len(table.rows)) - 1
            looks += [("SPAN", (0, first), (0, last))]
            held[0] = "" if spanned(table, r) else held[0]
        data.append(held)
    widths = [w * _WIDE for w in table.widths]
    return Made(data, colWidths=widths, repeatRows=depth, style=TableStyle(looks))


def _fpdf2(sheet: TableSheet, pdf: Path) -> None:
    from fpdf import FPDF
    from fpdf.fonts import FontFace

    made = FPDF(unit="pt", format="A4")
    made.add_page()
    made.set_font("Helvetica", size=10)
    layouts = {"all": "ALL", "rows": "HORIZONTAL_LINES", "head": "SINGLE_TOP_LINE", "none": "NONE"}
    for part in sheet.parts:
        if not isinstance(part, Table):
            made.multi_cell(0, 13, part, new_x="LMARGIN", new_y="NEXT")
            made.ln(8)
            continue
        with made.table(
            borders_layout=layouts[part.rules],
            headings_style=FontFace(emphasis="B" if part.bold else ""),
            num_heading_rows=len(part.header),
            col_widths=[w * 100 for w in part.widths],
            text_align=["RIGHT" if c in part.right else "LEFT" for c in range(len(part.widths))],
            line_height=13,
            v_align="MIDDLE" if part.middle else "TOP",
        ) as grid:
            for header in part.header:
                line = grid.row()
                for text, n in header:
                    line.cell(text, colspan=n, align="CENTER" if n > 1 else "LEFT")
            for i, cells in enumerate(part.rows):
                line = grid.row()
                for c, text in enumerate(cells):
                    if c == 0 and part.spans > 1:
                        if not spanned(part, i):
                            line.cell(text, rowspan=min(part.spans, len(part.rows) - i))
                    else:
                        line.cell(text)
        made.ln(8)
    made.output(str(pdf))


def _pdftex(sheet: TableSheet, pdf: Path) -> None:
    body = "\n\n".join(_tex(p) if isinstance(p, Table) else _escaped(p) for p in sheet.parts)
    source = (
        "\\documentclass[10pt]{article}\\usepackage[a4paper,margin=2cm]{geometry}"
        "\\usepackage{longtable,array,booktabs}\\setlength{\\LTleft}{0pt}"
        f"\\begin{{document}}\\setlength{{\\parindent}}{{0pt}}{body}\\end{{document}}"
    )
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "page.tex").write_text(source, "utf-8")
        for _ in range(2):
            run("pdflatex", "-interaction=batchmode", "page.tex", cwd=Path(folder))
        (Path(folder) / "page.pdf").replace(pdf)


def _escaped(text: str) -> str:
    return "".join(f"\\{c}" if c in "&%$#_{}" else c for c in text)


def _tex(table: Table) -> str:
    bar, line = ("|", "\\hline") if table.rules == "all" else ("", "")
    every = "\\hline" if table.rules in ("all", "rows") else ""
    below = "\\midrule" if table.rules == "head" else every
    kind = "m" if table.middle else "p"
    columns = bar.join(
        f">{{\\{'raggedleft' if c in table.right else 'raggedright'}\\arraybackslash}}"
        f"{kind}{{{w * 0.86:.3f}\\textwidth}}"
        for c, w in enumerate(table.widths)
    )
    heads: list[str] = []
    for row in table.header:
        cells = ((f"\\textbf{{{_escaped(t)}}}" if table.bold else _escaped(t), n) for t, n in row)
        heads.append(
            " & ".join(f"\\multicolumn{{{n}}}{{c}}{{{t}}}" if n > 1 else t for t, n in cells)
        )
    rows = (" & ".join(map(_escaped, row)) for row in table.rows)
    head = " \\\\ ".join(heads)
    body = "".join(f"{row} \\\\ {every}\n" for row in rows)
    return (
        f"\\setlength{{\\tabcolsep}}{{{table.padding}pt}}"
        f"\\begin{{longtable}}{{{bar}{columns}{bar}}}{line}{head} \\\\ {below}\\endhead\n"
        f"{body}\\end{{longtable}}"
    )


def _typst(sheet: TableSheet, pdf: Path) -> None:
    import typst

    body = "\n\n".join(_typ(p) if isinstance(p, Table) else p for p in sheet.parts)
    source = f'#set page(paper: "a4", margin: 2cm)\n#set text(size: 10pt)\n{body}\n'
    pdf.write_bytes(typst.compile(source.encode()))


def _typ(table: Table) -> str:
    stroke = {
        "all": "0.5pt",
        "rows": "(x, y) => (bottom: 0.5pt)",
        "head": f"(x, y) => if y == {len(table.header) - 1} {{ (bottom: 0.7pt) }}",
    }.get(table.rules, "none")
    align = ", ".join("right" if c in table.right else "left" for c in range(len(table.widths)))
    mark = "*" if table.bold else ""
    heads = "".join(
        f"table.cell(colspan: {n})[{f'{mark}{text}{mark}' if text else ''}], "
        for row in table.header
        for text, n in row
    )
    cells: list[str] = []
    for i, row in enumerate(table.rows):
        for c, text in enumerate(row):
            if c == 0 and table.spans > 1:
                rows = min(table.spans, len(table.rows) - i)
                cells += [] if spanned(table, i) else [f"table.cell(rowspan: {rows})[{text}]"]
            else:
                cells.append(f"[{text}]")
    columns = ", ".join(f"{w:.3f}fr" for w in table.widths)
    across = "horizon" if table.middle else "top"
    return (
        f"#table(columns: ({columns}), stroke: {stroke}, inset: {table.padding}pt, "
        f"align: (x, y) => ({align}).at(x) + {across}, table.header({heads}), {', '.join(cells)})"
    )


def _groff(sheet: TableSheet, pdf: Path) -> None:
    body = "\n.sp\n".join(_tbl(p) if isinstance(p, Table) else p for p in sheet.parts)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "page.ms"
        source.write_text(f".nr PS 10\n.LP\n{body}\n", "utf-8")
        command = f"groff -K utf8 -t -ms -Tps -P-pa4 page.ms | ps2pdf - {pdf}"
        run("bash", "-c", command, cwd=Path(folder))


def _tbl(table: Table) -> str:
    widths = [f"w({w * 5.6:.2f}i)" for w in table.widths]
    bold = "B" if table.bold else ""
    heads: list[str] = []
    for row in table.header:
        kinds = (kind for _, n in row for kind in ("c" if n > 1 else "l", *["s"] * (n - 1)))
        heads.append(" ".join(f"{k}{bold if k != 's' else ''}" for k in kinds))
    body = " ".join(f"{'r' if c in table.right else 'l'}{w}" for c, w in enumerate(widths))
    options = "allbox" if table.rules == "all" else ""
    lines = ["\t".join(text for text, _ in row) for row in table.header]
    every = ["_"] if table.rules == "rows" else []
    lines += ["_"] if table.rules in ("rows", "head") else []
    for cells in table.rows:
        held = (f"T{{\n.ad l\n{text}\nT}}" if len(text) > 20 else text for text in cells)
        lines += ["\t".join(held), *every]
    form = "\n".join([*heads, f"{body}."])
    rows = "\n".join(lines)
    return (
        f".TS H\n{options};\n{form}\n{_headed(rows, table)}\n.TE"
        if options
        else (f".TS H\n{form}\n{_headed(rows, table)}\n.TE")
    )


def _headed(rows: str, table: Table) -> str:
    lines = rows.split("\n")
    at = len(table.header) + (table.rules in ("rows", "head"))
    return "\n".join([*lines[:at], ".TH", *lines[at:]])
