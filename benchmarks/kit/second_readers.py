"""Other programs that read the same files: the second opinion on what a file says."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from subprocess import CalledProcessError
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from benchmarks.kit.programs import run, soffice

Texts = dict[Path, str]


class SecondReader(NamedTuple):
    """Its name, how it reads files of one format, and what must be installed.

    A file that it refuses is not among the texts.
    """

    name: str
    read: Callable[[Sequence[Path]], Texts]
    programs: tuple[str, ...] = ()


def second_readers() -> Mapping[str, SecondReader]:
    """By the suffix of the files."""
    browser = SecondReader("a browser's DOM", _innertext, ("chromium",))
    return {
        ".pdf": SecondReader("pdftotext", _each(_pdftotext), ("pdftotext",)),
        ".docx": SecondReader("LibreOffice", _writer, ("soffice",)),
        ".pptx": SecondReader("python-pptx", _each(_slides)),
        ".xlsx": SecondReader("openpyxl", _each(_sheets)),
        ".html": browser,
        ".htm": browser,
        ".epub": SecondReader("pandoc", _each(_pandoc("epub")), ("pandoc",)),
        ".md": SecondReader("pandoc", _each(_pandoc("gfm")), ("pandoc",)),
        ".rst": SecondReader("pandoc", _each(_pandoc("rst")), ("pandoc",)),
        ".ipynb": SecondReader("json", _each(_strings_of)),
        ".json": SecondReader("json", _each(_strings_of)),
        ".xml": SecondReader("its own XML", _each(_xml)),
        ".eml": SecondReader("email", _each(_mail)),
        ".txt": SecondReader("its bytes", _each(lambda file: file.read_text("utf-8"))),
    }


def _each(read: Callable[[Path], str]) -> Callable[[Sequence[Path]], Texts]:
    def read_all(files: Sequence[Path]) -> Texts:
        texts: Texts = {}
        for file in files:
            with suppress(CalledProcessError):
                texts[file] = read(file)
        return texts

    return read_all


def _pdftotext(file: Path) -> str:
    return run("pdftotext", "-enc", "UTF-8", file, "-")


def _pandoc(form: str) -> Callable[[Path], str]:
    return lambda file: run("pandoc", "-f", form, "-t", "plain", "--wrap=none", file)


def _writer(files: Sequence[Path]) -> Texts:
    """What LibreOffice Writer saves as text."""
    made: Texts = {}
    for folder in {file.parent for file in files}:
        own = [file for file in files if file.parent == folder]
        with TemporaryDirectory() as into:
            soffice(own, "txt:Text (encoded):UTF8", Path(into))
            for file in own:
                made[file] = (Path(into) / f"{file.stem}.txt").read_text("utf-8-sig")
    return made


def _innertext(files: Sequence[Path]) -> Texts:
    """What the browser shows of each page, no script run."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium")
        page = browser.new_page(java_script_enabled=False)
        made: Texts = {}
        for file in files:
            page.goto(file.resolve().as_uri())
            made[file] = page.inner_text("body")
        browser.close()
    return made


def _slides(file: Path) -> str:
    from pptx import Presentation

    shapes = (shape for slide in Presentation(str(file)).slides for shape in slide.shapes)
    return "\n".join(shape.text_frame.text for shape in shapes if shape.has_text_frame)


def _sheets(file: Path) -> str:
    from openpyxl import load_workbook

    rows = (row for sheet in load_workbook(file, data_only=True) for row in sheet.values)
    return "\n".join(str(cell) for row in rows for cell in row if cell is not None)


def _strings_of(file: Path) -> str:
    return "\n".join(_strings(json.loads(file.read_bytes())))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _strings(part)
    else:
        yield str(value)


def _xml(file: Path) -> str:
    from lxml import etree

    return " ".join(map(str, etree.parse(file).getroot().itertext("*")))


def _mail(file: Path) -> str:
    body = message_from_bytes(file.read_bytes(), policy=default).get_body(("plain", "html"))
    return body.get_content() if body else ""
