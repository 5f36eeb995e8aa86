"""The programs that write articles: each takes articles and where their files are to be."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from email.message import EmailMessage
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks.kit import typeset
from benchmarks.kit.articles import Article
from benchmarks.kit.programs import run, soffice
from benchmarks.kit.typeset import body_of, page_of

Articles = Mapping[Path, Article]  # by the files that are to be written
_PLAIN = ("gfm", "rst", "plain", "ipynb")  # of which pandoc makes no page with a head


class Producer(NamedTuple):
    """How a program writes files, what must be installed, and the signs that it has."""

    write: Callable[[Articles], None]
    programs: tuple[str, ...] = ()
    encoding: str = "utf-8"

    def can(self, article: Article) -> bool:
        """Whether it has the signs that an article needs."""
        return article.text.encode(self.encoding, "ignore").decode(self.encoding) == article.text


def producers() -> Mapping[tuple[str, str], Producer]:
    """By the suffix of the files and the producer's name."""
    pandoc, office = ("pandoc",), ("pandoc", "soffice")
    return {
        (".pdf", "chromium"): Producer(_each(typeset.chromium), ("chromium",)),
        (".pdf", "weasyprint"): Producer(_each(typeset.weasyprint)),
        (".pdf", "wkhtmltopdf"): Producer(
            _each(typeset.wkhtmltopdf), ("wkhtmltopdf",), encoding="cp1252"
        ),
        (".pdf", "libreoffice"): Producer(partial(_office, ".docx"), office),
        (".pdf", "pdftex"): Producer(
            _each(typeset.pdftex), ("pandoc", "pdflatex"), encoding="cp1252"
        ),
        (".pdf", "typst"): Producer(_each(typeset.typst)),
        (".pdf", "reportlab"): Producer(_each(typeset.reportlab), encoding="cp1252"),
        (".pdf", "fpdf2"): Producer(_each(typeset.fpdf2), encoding="latin-1"),
        (".pdf", "groff"): Producer(
            _each(typeset.groff), ("pandoc", "groff", "ps2pdf"), encoding="cp1252"
        ),
        (".docx", "pandoc"): Producer(_each(partial(_pandoc, "docx")), pandoc),
        (".docx", "libreoffice"): Producer(partial(_office, ".odt"), office),
        (".docx", "python-docx"): Producer(_each(_python_docx)),
        (".pptx", "pandoc"): Producer(_each(partial(_pandoc, "pptx")), pandoc),
        (".pptx", "libreoffice"): Producer(_impress, office),
        (".pptx", "python-pptx"): Producer(_each(_python_pptx)),
        (".html", "pandoc"): Producer(_each(partial(_pandoc, "html")), pandoc),
        (".html", "libreoffice"): Producer(partial(_office, ".odt"), office),
        (".html", "docutils"): Producer(_each(_docutils), pandoc),
        (".epub", "pandoc"): Producer(_each(partial(_pandoc, "epub")), pandoc),
        (".epub", "libreoffice"): Producer(partial(_office, ".odt"), office),
        (".md", "pandoc"): Producer(_each(partial(_pandoc, "gfm")), pandoc),
        (".rst", "pandoc"): Producer(_each(partial(_pandoc, "rst")), pandoc),
        (".txt", "pandoc"): Producer(_each(partial(_pandoc, "plain")), pandoc),
        (".xml", "docbook by pandoc"): Producer(_each(partial(_pandoc, "docbook5")), pandoc),
        (".xml", "jats by pandoc"): Producer(_each(partial(_pandoc, "jats")), pandoc),
        (".ipynb", "pandoc"): Producer(_each(partial(_pandoc, "ipynb")), pandoc),
        (".eml", "text by email"): Producer(_each(partial(_mail, "plain"))),
        (".eml", "html by email"): Producer(_each(partial(_mail, "html"))),
        (".json", "json"): Producer(_each(_json)),
    }


def _each(write: Callable[[Article, Path], None]) -> Callable[[Articles], None]:
    def write_all(articles: Articles) -> None:
        for file, article in articles.items():
            write(article, file)

    return write_all


def _pandoc(form: str, article: Article, file: Path) -> None:
    whole = () if form in _PLAIN else ("-s", "-M", f"lang={article.language}")
    named = ("-M", f"pagetitle={article.name}") if form == "html" else ()
    run("pandoc", "-f", "html", "-t", form, *whole, *named, "-o", file, given=body_of(article))


def _office(form: str, articles: Articles) -> None:
    """LibreOffice writes what pandoc wrote in another format: it starts once for all."""
    with TemporaryDirectory() as folder:
        between = {Path(folder) / f"{file.stem}{form}": file for file in articles}
        for source, file in between.items():
            _pandoc(form[1:], articles[file], source)
        (into,) = {(file.suffix[1:], file.parent) for file in articles}
        soffice(between, *into)


def _impress(articles: Articles) -> None:
    """LibreOffice writes presentations that it read from pandoc's."""
    with TemporaryDirectory() as folder:
        between = [Path(folder) / file.name for file in articles]
        for source, article in zip(between, articles.values(), strict=True):
            _pandoc("pptx", article, source)
        soffice(between, "odp", Path(folder))
        odp = [source.with_suffix(".odp") for source in between]
        soffice(odp, "pptx", next(iter(articles)).parent)


def _python_docx(article: Article, file: Path) -> None:
    from docx import Document

    styles = {"heading": "Heading 2", "bullet": "List Bullet", "number": "List Number"}
    made = Document()
    made.add_heading(article.title, 1)
    for kind, text in article.parts:
        made.add_paragraph(text, styles.get(kind))
    made.save(str(file))


def _python_pptx(article: Article, file: Path) -> None:
    from pptx import Presentation

    made = Presentation()
    made.slides.add_slide(made.slide_layouts[0]).shapes.title.text = article.title
    for kind, texts in article.lists:
        if kind == "heading":
            slide = made.slides.add_slide(made.slide_layouts[1])
            slide.shapes.title.text = texts[0]
        else:
            slide.placeholders[1].text = "\n".join(_numbered(kind, texts))
    made.save(str(file))


def _numbered(kind: str, texts: list[str]) -> Iterator[str]:
    for i, text in enumerate(texts, 1):
        yield f"{i}. {text}" if kind == "number" else text


def _docutils(article: Article, file: Path) -> None:
    from docutils.core import publish_file

    with TemporaryDirectory() as folder:
        source = Path(folder) / "page.rst"
        _pandoc("rst", article, source)
        publish_file(
            source_path=str(source),
            destination_path=str(file),
            writer="html5",
            settings_overrides={"embed_stylesheet": True},
        )


def _mail(form: str, article: Article, file: Path) -> None:
    mail = EmailMessage()
    mail["Subject"] = article.title
    mail["From"], mail["To"] = "ida@example.org", "ole@example.org"
    mail.set_content(page_of(article) if form == "html" else f"{article.text}\n", subtype=form)
    file.write_bytes(bytes(mail))


def _json(article: Article, file: Path) -> None:
    records = [{"heading": article.title}]
    for kind, texts in article.lists:
        if kind == "heading":
            records.append({"heading": texts[0]})
        else:
            records[-1]["text"] = "\n".join(_numbered(kind, texts))
    file.write_text(json.dumps(records, ensure_ascii=False), "utf-8")
