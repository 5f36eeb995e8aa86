"""Designed pages by LibreOffice (a document, slides) and fpdf2; and who prints what."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.kit.designed import DesignedPage, PageBlock
from benchmarks.kit.designed_rows import LAYOUTS as ROWS
from benchmarks.kit.designed_set import ASIDES, HEADS, parted, pdftex, reportlab, typst
from benchmarks.kit.designed_web import chromium, chromium_tagged, weasyprint

_SCALES = {"title": 2.2, "lead": 1.3, "heading": 1.25, "quote": 1.4, "figure": 0.8, "note": 0.75}
_MARGIN = 50  # points

Printing = Callable[[DesignedPage, Path], None]


def printers(layout: str) -> dict[str, Printing]:
    """The programs that can print a layout, by their names."""
    if layout in ROWS:
        return {"chromium": chromium, "chromium tagged": chromium_tagged}
    able: dict[str, tuple[Printing, str]] = {
        "chromium": (chromium, "columns sidebar float panels slides margin"),
        "reportlab": (reportlab, "columns sidebar panels slides"),
        "writer": (writer, "columns float margin"),
        "weasyprint": (weasyprint, "columns sidebar float panels slides margin"),
        "pdftex": (pdftex, "columns float margin"),
        "impress": (impress, "sidebar panels slides"),
        "typst": (typst, "columns sidebar float panels slides margin"),
        "fpdf2": (fpdf2, "columns sidebar panels"),
        "chromium tagged": (
            chromium_tagged,
            "columns sidebar float panels slides margin",
        ),
    }
    return {name: make for name, (make, layouts) in able.items() if layout in layouts.split()}


def fpdf2(page: DesignedPage, pdf: Path) -> None:
    """Its own columns, and cells that are placed by hand."""
    from fpdf import FPDF

    made = FPDF(unit="pt", format="A4")
    made.set_margin(_MARGIN)
    made.add_page()
    inner, gap, look = made.epw, page.look.gap, page.look
    if page.layout == "panels":
        half = (inner - gap) / 2
        for n, section in enumerate(page.sections()):
            x, y = _MARGIN + n % 2 * (half + gap), _MARGIN + n // 2 * 350.0
            if look.tinted:
                made.set_fill_color(232, 228, 216)
                made.rect(x, y, half, 340, style="F")
            if look.framed:
                made.rect(x, y, half, 340)
            _cells(made, section, page, x + 8, y + 8, half - 16)
        made.output(str(pdf))
        return
    head, rest = parted(page, *HEADS)
    y = _cells(made, head, page, _MARGIN, _MARGIN, inner) + 10
    beside, main = parted(page._replace(blocks=tuple(rest)), *ASIDES)
    if page.layout == "columns":
        with made.text_columns(ncols=look.columns, gutter=gap, line_height=1.25) as columns:
            for block in rest:
                _font(made, block, page)
                for text in block.texts:
                    with columns.paragraph(bottom_margin=6, text_align=_align(block, page)) as one:
                        one.write(text)
    else:
        side = 0.28 * inner
        wide = inner - side - gap
        main_x, side_x = (_MARGIN + side + gap, _MARGIN) if look.left else (_MARGIN, 0.0)
        side_x = side_x or _MARGIN + wide + gap
        _cells(made, main, page, main_x, y, wide)
        made.page = 1
        _cells(made, beside, page, side_x, y, side)
    made.output(str(pdf))


def _align(block: PageBlock, page: DesignedPage) -> str:
    return "JUSTIFY" if page.look.justified and block.kind == "text" else "LEFT"


def _font(made: Any, block: PageBlock, page: DesignedPage) -> float:
    size = page.look.size * _SCALES.get(block.kind, 1)
    made.set_font("Helvetica", "B" if block.kind in ("title", "heading") else "", size)
    return float(size)


def _cells(
    made: Any, blocks: Sequence[PageBlock], page: DesignedPage, x: float, y: float, wide: float
) -> float:
    """Blocks below one another; where they end."""
    for block in blocks:
        size = _font(made, block, page)
        for text in block.texts:
            made.set_xy(x, y)
            align = "J" if _align(block, page) == "JUSTIFY" else "L"
            made.multi_cell(wide, size * 1.25, text, align=align, padding=0)
            y = made.get_y() + 6
    return y


def writer(page: DesignedPage, pdf: Path) -> None:
    """A document with columns and frames, as Word's XML, printed by LibreOffice."""
    from docx import Document
    from docx.enum.section import WD_SECTION
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls
    from docx.shared import Pt

    made = Document()
    made.styles["Normal"].font.size = Pt(page.look.size)
    head, rest = parted(page, *HEADS)
    for block in head:
        _docx(made, block, page)
    if page.layout == "columns":
        section = made.add_section(WD_SECTION.CONTINUOUS)
        columns = f'<w:cols {nsdecls("w")} w:num="{page.look.columns}" w:space="360"/>'
        for old in section._sectPr.findall(".//{*}cols"):
            section._sectPr.remove(old)
        section._sectPr.append(parse_xml(columns))
    elif page.layout == "margin":
        made.sections[0].right_margin = Pt(190)
    for block in rest:
        _docx(made, block, page)
    file = pdf.with_suffix(".docx")
    made.save(str(file))
    _convert(file, pdf)


def _docx(made: Any, block: PageBlock, page: DesignedPage) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls
    from docx.shared import Pt

    look = page.look
    for n, text in enumerate(block.texts):
        paragraph = made.add_paragraph()
        run = paragraph.add_run(text)
        run.font.size = Pt(round(2 * look.size * _SCALES.get(block.kind, 1)) / 2)
        run.bold = block.kind in ("title", "heading") or (block.kind == "callout" and not n)
        paragraph.paragraph_format.space_after = Pt(0 if look.indented else 6)
        if look.indented and block.kind == "text":
            paragraph.paragraph_format.first_line_indent = Pt(14)
        if look.justified and block.kind == "text":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        settings = paragraph._p.get_or_add_pPr()
        names = nsdecls("w")
        if block.kind in ASIDES and page.layout in ("float", "margin"):
            beside = page.layout == "margin"
            x = 'w:x="8600" w:hAnchor="page"' if beside else (
                f'w:xAlign="{"left" if look.left else "right"}" w:hAnchor="margin"')  # fmt: skip
            settings.insert(0, parse_xml(
                f'<w:framePr {names} w:w="{2400 if beside else 3800}" w:hSpace="200" '
                f'w:wrap="around" w:vAnchor="text" {x} w:y="1"/>'))  # fmt: skip
        if block.kind == "callout" and look.framed:
            sides = "".join(f'<w:{s} w:val="single" w:sz="6" w:space="4"/>'
                            for s in ("top", "left", "bottom", "right"))  # fmt: skip
            settings.append(parse_xml(f"<w:pBdr {names}>{sides}</w:pBdr>"))
        if block.kind == "callout" and look.tinted:
            settings.append(parse_xml(f'<w:shd {names} w:val="clear" w:fill="E8E4D8"/>'))


def impress(page: DesignedPage, pdf: Path) -> None:
    """Text boxes on slides, printed by LibreOffice."""
    from pptx import Presentation
    from pptx.util import Pt

    made = Presentation()
    landscape = page.layout == "slides"
    made.slide_width, made.slide_height = (Pt(842), Pt(595)) if landscape else (Pt(595), Pt(842))
    groups = [list(page.blocks)] if not landscape else list(page.sections())
    for section in groups:
        slide = made.slides.add_slide(made.slide_layouts[6])
        for blocks, place in _boxes(section, page):
            _pptx(slide, blocks, page, place)
    file = pdf.with_suffix(".pptx")
    made.save(str(file))
    _convert(file, pdf)


def _boxes(
    section: Sequence[PageBlock], page: DesignedPage
) -> list[tuple[list[PageBlock], tuple[float, float, float, float]]]:
    """Which blocks stand in which box: left, top, width, height."""
    if page.layout == "panels":
        return [(held, (40 + n % 2 * 265, 40 + n // 2 * 385, 250, 370))
                for n, held in enumerate(page.sections())]  # fmt: skip
    if page.layout == "slides":
        heads = [b for b in section if b.kind != "text"]
        texts = [b for b in section if b.kind == "text"]
        return [(heads, (40, 30, 760, 90)),
                *(([b], (40 + n * 390, 150, 370, 400)) for n, b in enumerate(texts))]  # fmt: skip
    head, rest = parted(page, *HEADS)
    beside, main = parted(page._replace(blocks=tuple(rest)), *ASIDES)
    left = page.look.left
    places = ((40.0, 200.0, 150.0, 600.0), (205.0, 200.0, 350.0, 600.0))
    if not left:
        places = ((405.0, 200.0, 150.0, 600.0), (40.0, 200.0, 350.0, 600.0))
    return [(head, (40, 30, 515, 160)), (beside, places[0]), (main, places[1])]


def _pptx(
    slide: Any, blocks: Sequence[PageBlock], page: DesignedPage, place: tuple[float, ...]
) -> None:
    from pptx.enum.dml import MSO_THEME_COLOR
    from pptx.util import Pt

    box = slide.shapes.add_textbox(*(Pt(n) for n in place))
    frame = box.text_frame
    frame.word_wrap = True
    if page.layout == "panels" and page.look.tinted:
        box.fill.solid()
        box.fill.fore_color.theme_color = MSO_THEME_COLOR.BACKGROUND_2
    texts = [(b.kind, text) for b in blocks for text in b.texts]
    scale = 1.5 if page.layout == "slides" else 0.85
    for n, (kind, text) in enumerate(texts):
        paragraph = frame.add_paragraph() if n else frame.paragraphs[0]
        run = paragraph.add_run()
        run.text = text
        run.font.size = Pt(round(page.look.size * _SCALES.get(kind, 1) * scale, 1))
        run.font.bold = kind in ("title", "heading")
        paragraph.space_after = Pt(6)


def _convert(file: Path, pdf: Path) -> None:
    folder = str(pdf.parent)
    command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", folder, str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    file.unlink()
