"""The programs that print articles: each takes an article and where its PDF is to be."""

from __future__ import annotations

import html
import json
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.kit.articles import Article
from benchmarks.kit.programs import print_page, run

_PAGE = """<!DOCTYPE html><html lang="{language}" dir="{way}"><head><meta charset="utf-8">
<title>{title}</title><style>@page {{ size: A4; margin: 20mm; }}
body {{ font: 11pt serif; columns: {columns}; text-align: justify; hyphens: auto; }}
</style></head><body>{body}</body></html>"""


def body_of(article: Article) -> str:
    """An article as HTML, without a page around it."""
    lines = [f"<h1>{html.escape(article.title)}</h1>"]
    for kind, texts in article.lists:
        if kind in ("heading", "paragraph"):
            tag = "h2" if kind == "heading" else "p"
            lines += [f"<{tag}>{html.escape(text)}</{tag}>" for text in texts]
        else:
            tag = "ul" if kind == "bullet" else "ol"
            items = "".join(f"<li>{html.escape(text)}</li>" for text in texts)
            lines.append(f"<{tag}>{items}</{tag}>")
    return "\n".join(lines)


def page_of(article: Article) -> str:
    """An article as a web page."""
    return _PAGE.format(
        language=article.language,
        way="rtl" if article.language == "ar" else "ltr",
        title=html.escape(article.title),
        columns=article.columns,
        body=body_of(article),
    )


def chromium(article: Article, file: Path) -> None:
    """In columns, from a web page."""
    with TemporaryDirectory() as folder:
        print_page(_page(article, Path(folder)), file)


def wkhtmltopdf(article: Article, file: Path) -> None:
    """From a web page; it knows no columns."""
    with TemporaryDirectory() as folder:
        run("wkhtmltopdf", "-q", _page(article, Path(folder)), file)


def _page(article: Article, folder: Path) -> Path:
    page = folder / "page.html"
    page.write_text(page_of(article), "utf-8")
    return page


def weasyprint(article: Article, file: Path) -> None:
    """In columns, with hyphens where it knows the language."""
    from weasyprint import HTML

    HTML(string=page_of(article)).write_pdf(file)


def pdftex(article: Article, file: Path) -> None:
    """In columns and with hyphens, by LaTeX."""
    with TemporaryDirectory() as folder:
        source = Path(folder) / "page.tex"
        columns = ("-V", "classoption=twocolumn") if article.columns == 2 else ()
        language = ("-V", f"lang={article.language}")
        body = body_of(article)
        run("pandoc", "-f", "html", "-s", *columns, *language, "-o", source, given=body)
        run("pdflatex", "-interaction=batchmode", source.name, cwd=Path(folder))
        source.with_suffix(".pdf").replace(file)


def groff(article: Article, file: Path) -> None:
    """By its macros ms."""
    with TemporaryDirectory() as folder:
        source = Path(folder) / "page.ms"
        run("pandoc", "-f", "html", "-t", "ms", "-s", "-o", source, given=body_of(article))
        run("bash", "-c", f"groff -K utf8 -ms -Tps -P-pa4 {source} | ps2pdf - {file}")


def typst(article: Article, file: Path) -> None:
    """In columns and with hyphens."""
    import typst

    signs = {"heading": "==", "paragraph": "", "bullet": "-", "number": "+"}
    lines = [f'#set page(paper: "a4", columns: {article.columns})', "#set par(justify: true)"]
    lines.append(f'#set text(lang: "{article.language}")')
    lines.append(f"= #{json.dumps(article.title, ensure_ascii=False)}")
    for kind, texts in article.lists:
        lines.append("")
        lines += [f"{signs[kind]} #{json.dumps(text, ensure_ascii=False)}\n" for text in texts]
    file.write_bytes(typst.compile("\n".join(lines).encode()))


def reportlab(article: Article, file: Path) -> None:
    """In frames beside each other."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import (
        BaseDocTemplate,
        Flowable,
        Frame,
        ListFlowable,
        PageTemplate,
        Paragraph,
    )

    styles = getSampleStyleSheet()
    story: list[Flowable] = [Paragraph(html.escape(article.title), styles["Title"])]
    for kind, texts in article.lists:
        style = styles["Heading2" if kind == "heading" else "Normal"]
        made: list[Flowable] = [Paragraph(html.escape(text), style) for text in texts]
        lists = kind in ("bullet", "number")
        form = {"bulletType": "1" if kind == "number" else "bullet", "bulletFormat": "%s."}
        story += [ListFlowable(made, **form)] if lists else made
    wide = (A4[0] - 100) / article.columns
    frames = [Frame(50 + i * wide, 50, wide, A4[1] - 100) for i in range(article.columns)]
    BaseDocTemplate(str(file), pageTemplates=[PageTemplate(frames=frames)]).build(story)


def fpdf2(article: Article, file: Path) -> None:
    """From HTML, without columns."""
    from fpdf import FPDF

    made = FPDF(format="A4")
    made.add_page()
    made.set_font("Helvetica", size=11)
    made.write_html(body_of(article))
    made.output(str(file))
