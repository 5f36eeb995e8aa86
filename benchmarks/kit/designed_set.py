"""Designed pages by typst, pdfTeX, ReportLab and fpdf2, whose words are not HTML."""

from __future__ import annotations

import html
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.kit.designed import DesignedPage, PageBlock

HEADS = ("title", "lead", "byline")
ASIDES = ("callout", "quote", "figure")
_WIDE, _HIGH, _MARGIN = 595, 842, 50  # points


def parted(page: DesignedPage, *kinds: str) -> tuple[list[PageBlock], list[PageBlock]]:
    """The blocks of these kinds, and the others."""
    held = [b for b in page.blocks if b.kind in kinds]
    return held, [b for b in page.blocks if b.kind not in kinds]


def typst(page: DesignedPage, pdf: Path) -> None:
    """Tagged, as it is by default, and justified where asked for."""
    import typst as program

    look = page.look
    head, rest = parted(page, *HEADS)
    paper = ", flipped: true" if page.layout == "slides" else ""
    right = "4.4cm" if page.layout == "margin" else "2cm"
    lines: list[str] = [
        f'#set page(paper: "a4", margin: (x: 2cm, y: 2cm, right: {right}){paper})',
        f"#set text(size: {look.size}pt, hyphenate: {str(look.justified).lower()})",
        f"#set par(justify: {str(look.justified).lower()}, "
        f"first-line-indent: {'1.2em' if look.indented else '0em'}, spacing: "
        f"{'0.65em' if look.indented else '1.2em'})",
    ]
    if page.layout == "panels":
        cells = ", ".join(f"[{_typ_all(s, page)}]" for s in page.sections())
        fill = 'rgb("#e8e4d8")' if look.tinted else "none"
        stroke = "1pt" if look.framed else "none"
        lines.append(
            f"#grid(columns: (1fr, 1fr), gutter: {look.gap}pt, inset: 8pt, fill: {fill}, "
            f"stroke: {stroke}, {cells})"
        )
    elif page.layout == "slides":
        for section in page.sections():
            heads = [b for b in section if b.kind != "text"]
            texts = ", ".join(f"[{_typ(b, page)}]" for b in section if b.kind == "text")
            both = f"#grid(columns: (1fr, 1fr), gutter: 30pt, {texts})" if texts else ""
            lines.append(f"{_typ_all(heads, page)}\n\n{both}\n\n#pagebreak(weak: true)")
    elif page.layout == "sidebar":
        beside, main = parted(page._replace(blocks=tuple(rest)), *ASIDES)
        text = f"#columns({look.columns - 1}, gutter: {look.gap}pt)[{_typ_all(main, page)}]"
        sides = [("1fr", f"[{_typ_all(beside, page)}]"), ("2.4fr", f"[{text}]")]
        widths, both = map(", ".join, zip(*sides[:: 1 if look.left else -1], strict=True))
        lines += [
            _typ_all(head, page),
            f"#grid(columns: ({widths}), gutter: {look.gap}pt, {both})",
        ]
    else:
        lines.append(_typ_all(head, page))
        body = _typ_all(rest, page)
        many = page.layout == "columns"
        lines.append(f"#columns({look.columns}, gutter: {look.gap}pt)[{body}]" if many else body)
    pdf.write_bytes(program.compile("\n\n".join(lines).encode()))


def _typ_all(blocks: Sequence[PageBlock], page: DesignedPage) -> str:
    return "\n\n".join(_typ(block, page) for block in blocks)


def _typ(block: PageBlock, page: DesignedPage) -> str:
    text, *more = ("".join(f"\\{c}" if c in "#$*_@<>`~\\" else c for c in t) for t in block.texts)
    fill = 'fill: rgb("#e8e4d8"), ' * page.look.tinted
    box = f"#block(inset: 8pt, width: 100%, breakable: false, {fill}stroke: " + (
        "0.8pt)" if page.look.framed else "none)"
    )
    plain = "#set par(first-line-indent: 0em)\n"
    made = {
        "title": f"#block(text(size: 2.2em, weight: 700)[{text}])",
        "heading": f"#block(text(size: 1.25em, weight: 700)[{text}])",
        "lead": f"#block[{plain}#text(size: 1.3em)[{text}]]",
        "byline": f"#block(emph[{text}])",
        "callout": f"{box}[{plain}*{text}*\n\n{' '.join(more)}]",
        "quote": f"#block(width: 100%, inset: (y: 6pt), stroke: (y: 1pt))[#set "
        f"text(hyphenate: false)\n#text(size: 1.4em)[{text}]]",
        "figure": "#block(breakable: false)[#rect(width: 100%, height: 80pt, fill: "
        f'rgb("#89a"))\n#text(size: 0.8em)[{text}]]',
        "note": f"#block(inset: (top: 3pt), stroke: (top: 0.5pt))[#text(size: 0.75em)[{text}]]",
    }.get(block.kind, text)
    if block.kind not in ASIDES:
        return made
    if page.layout == "margin":
        return f"#place(right, dx: 4cm)[#block(width: 3.4cm)[#text(size: 0.8em)[{made}]]]"
    return f"#place(auto, float: true)[{made}]" if page.layout == "float" else made


def pdftex(page: DesignedPage, pdf: Path) -> None:
    """As papers are set: columns, floats, notes in the margin, footnotes."""
    look = page.look
    head, rest = parted(page, *HEADS)
    columns = page.layout == "columns"
    side = "3.2cm" if page.layout == "margin" else "0pt"
    body = "\n\n".join(_tex(block, page) for block in rest)
    above = "\n\n".join(_tex(block, page) for block in head)
    start = f"\\begin{{multicols}}{{{look.columns}}}" if columns else ""
    end = "\\end{multicols}" if columns else ""
    source = (
        "\\documentclass[10pt]{article}\\usepackage[T1]{fontenc}\\usepackage{lmodern}"
        f"\\usepackage[a4paper,margin=2cm,right={'5.5cm' if side != '0pt' else '2cm'},"
        f"marginparwidth={side if side != '0pt' else '1cm'}]{{geometry}}"
        "\\usepackage{multicol,wrapfig,xcolor,lettrine}\\pagestyle{plain}"
        f"\\setlength{{\\columnsep}}{{{look.gap}pt}}"
        f"\\setlength{{\\parindent}}{{{'1.2em' if look.indented else '0pt'}}}"
        f"\\setlength{{\\parskip}}{{{'0pt' if look.indented else '5pt'}}}"
        f"\\begin{{document}}{above}\n\n{start}{body}\n\n{end}\\end{{document}}"
    )
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "page.tex").write_text(source, "utf-8")
        for _ in range(2):
            command = ["pdflatex", "-interaction=batchmode", "page.tex"]
            subprocess.run(command, cwd=folder, capture_output=True, timeout=300, check=False)
        (Path(folder) / "page.pdf").replace(pdf)


def _tex(block: PageBlock, page: DesignedPage) -> str:
    text, *more = ("".join(f"\\{c}" if c in "&%$#_{}" else c for c in t) for t in block.texts)
    inner = f"\\textbf{{{text}}}\\par {' '.join(more)}"
    wide = "\\dimexpr\\linewidth-2\\fboxsep-2\\fboxrule\\relax"
    ruled = "\\fcolorbox{black}" if page.look.framed else "\\colorbox"
    tint = "{black!8}" if page.look.tinted else "{white}"
    small = "\\footnotesize "
    made = {
        "title": f"{{\\Huge\\bfseries\\raggedright {text}\\par}}\\bigskip",
        "lead": f"{{\\large {text}\\par}}\\medskip",
        "byline": f"\\textit{{{text}}}\\par\\bigskip",
        "heading": f"\\section*{{{text}}}",
        "callout": f"\\noindent{ruled}{tint}{{\\parbox{{{wide}}}{{\\raggedright\\small {inner}}}}}",
        "quote": f"\\noindent\\parbox{{\\linewidth}}{{\\hrule\\smallskip\\raggedright\\Large {text}"
        "\\smallskip\\hrule}",
        "figure": f"\\noindent\\parbox{{\\linewidth}}{{\\rule{{\\linewidth}}{{60pt}}\\\\{small}"
        f"\\raggedright {text}}}",
        "note": f"\\footnotetext[1]{{{text.removeprefix('1 ')}}}",
    }.get(block.kind, text)
    if block.kind not in ASIDES:
        return made
    if page.layout == "margin":
        said = inner if more else text
        return f"\\marginpar{{\\raggedright\\footnotesize {said}}}"
    if page.layout == "float":
        side = "l" if page.look.left else "r"
        return f"\\begin{{wrapfigure}}{{{side}}}{{0.45\\textwidth}}{made}\\end{{wrapfigure}}"
    return f"\n\n\\medskip {made}\\medskip\n\n"


def reportlab(page: DesignedPage, pdf: Path) -> None:
    """Frames that text flows through."""
    from reportlab.platypus import BaseDocTemplate, FrameBreak, NextPageTemplate, PageBreak

    wide, high = (_HIGH, _WIDE) if page.layout == "slides" else (_WIDE, _HIGH)
    inner = wide - 2 * _MARGIN
    story: list[Any] = []
    if page.layout in ("panels", "slides"):
        for n, section in enumerate(page.sections()):
            if page.layout == "slides" and n:
                story.append(PageBreak())
            elif n:
                story.append(FrameBreak())
            heads = [b for b in section if b.kind != "text"]
            texts = [b for b in section if b.kind == "text"]
            story += [f for b in heads for f in _flow(b, page)]
            for b in texts:
                story += [*([FrameBreak()] if page.layout == "slides" else []), *_flow(b, page)]
        made = BaseDocTemplate(str(pdf), pagesize=(wide, high), title=page.name)
        made.addPageTemplates([_template(page, wide, high, 0)])
        made.build(story)
        return
    head, rest = parted(page, *HEADS)
    top = [f for b in head for f in _flow(b, page)]
    tall = sum(f.wrap(inner - 12, high)[1] + f.getSpaceAfter() + f.getSpaceBefore() for f in top)
    if page.layout == "sidebar":
        beside, rest = parted(page._replace(blocks=tuple(rest)), *ASIDES)
        story = [*(f for b in beside for f in _flow(b, page)), FrameBreak()]
    body = [f for b in rest for f in _flow(b, page)]
    made = BaseDocTemplate(str(pdf), pagesize=(wide, high), title=page.name)
    made.addPageTemplates(
        [_template(page, wide, high, tall + 25), _template(page, wide, high, 0, "later")]
    )
    made.build([NextPageTemplate("later"), *top, FrameBreak(), *story, *body])


def _template(page: DesignedPage, wide: float, high: float, top: float, name: str = "first") -> Any:
    from reportlab.platypus import Frame, PageTemplate

    inner, gap = wide - 2 * _MARGIN, page.look.gap
    y, tall = _MARGIN, high - 2 * _MARGIN - top
    frames = [Frame(_MARGIN, y + tall, inner, top)] if top else []
    if page.layout in ("panels", "slides"):
        half = (inner - gap) / 2
        low = (tall - gap) / 2
        places = [(_MARGIN + c * (half + gap), y + (1 - r) * (low + gap), half, low)
                  for r in range(2) for c in range(2)]  # fmt: skip
        if page.layout == "slides":
            places = [(_MARGIN, high - _MARGIN - 80, inner, 80), (_MARGIN, y, half, tall - 80),
                      (_MARGIN + half + gap, y, half, tall - 80)]  # fmt: skip
        return PageTemplate(name, [Frame(*place) for place in places],
                            onPage=lambda canvas, _: _panels(canvas, page, places))  # fmt: skip
    x, room, count = float(_MARGIN), inner, page.look.columns
    if page.layout == "sidebar":
        side, count = 0.28 * inner, page.look.columns - 1
        room = inner - side - gap
        x = _MARGIN + side + gap if page.look.left else _MARGIN
        at = _MARGIN if page.look.left else _MARGIN + room + gap
        frames += [Frame(at, y, side, tall)] if name == "first" else []
    each = (room - gap * (count - 1)) / count
    frames += [Frame(x + n * (each + gap), y, each, tall, 0, 6, 0, 6) for n in range(count)]
    return PageTemplate(name, frames)


def _panels(canvas: Any, page: DesignedPage, places: Sequence[tuple[float, ...]]) -> None:
    if page.layout == "panels":
        canvas.setFillColorRGB(0.9, 0.89, 0.84)
        for place in places:
            canvas.rect(*place, stroke=int(page.look.framed), fill=int(page.look.tinted))


def _flow(block: PageBlock, page: DesignedPage) -> Iterator[Any]:
    from reportlab.graphics.shapes import Drawing, Rect
    from reportlab.lib import colors
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import KeepTogether, Paragraph, Spacer, Table

    look = page.look
    scale = {"title": 2.3, "lead": 1.3, "heading": 1.25, "quote": 1.4, "figure": 0.8, "note": 0.75}
    size = look.size * scale.get(block.kind, 1) * (1.5 if page.layout == "slides" else 1)
    bold, text = block.kind in ("title", "heading"), block.kind == "text"
    style = ParagraphStyle(
        block.kind, fontName="Helvetica-Bold" if bold else "Helvetica", fontSize=size,
        leading=size * 1.25, alignment=4 if look.justified and text else 0,
        firstLineIndent=12 if look.indented and text else 0,
        spaceAfter=0 if look.indented and text else 6, spaceBefore=8 if bold else 0,
    )  # fmt: skip
    held = [Paragraph(html.escape(text), style) for text in block.texts]
    if block.kind == "callout":
        head = Paragraph(f"<b>{html.escape(block.texts[0])}</b>", style)
        looks: list[tuple[object, ...]] = []
        looks += [("BACKGROUND", (0, 0), (-1, -1), colors.HexColor("#e8e4d8"))] * look.tinted
        looks += [("BOX", (0, 0), (-1, -1), 1, colors.black)] * look.framed
        yield Table([[[head, held[1]]]], style=looks)
        yield Spacer(1, 8)
    elif block.kind == "figure":
        drawing = Drawing(120, 60)
        drawing.add(Rect(0, 0, 120, 60, fillColor=colors.slategray))
        yield KeepTogether([drawing, *held])
    else:
        yield from held
