"""What other libraries read of a file: run by the Python of a venv that has them.

    VENV/bin/python benchmarks/kit/others.py LIBRARY FILE...

For each file a line of JSON: the text, and the processor time that it took, in seconds; or why
there is none. The last line has the megabytes that the library and what it needs take. It imports
nothing of the project.
"""

from __future__ import annotations

import io
import json
import re
import sys
import time
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any, NamedTuple


class Library(NamedTuple):
    """How a library reads files: the packages to install, and a file's bytes to its text."""

    packages: str
    read: Callable[[bytes, str], str]


def main() -> None:
    """Read the files and print what was read."""
    library = LIBRARIES[sys.argv[1]]
    for name in sys.argv[2:]:
        data = Path(name).read_bytes()
        try:
            library.read(data, name)  # it imports what it needs
            begun = time.process_time()
            text = library.read(data, name)
            told: dict[str, Any] = {"text": text, "seconds": time.process_time() - begun}
        except Exception as exc:  # whatever a library raises, it gave no text
            told = {"error": f"{type(exc).__name__}: {exc}"}
        print(json.dumps(told))
    print(json.dumps({"megabytes": megabytes(library.packages)}))


def megabytes(packages: str) -> float:
    """What packages take on the disk, with what they need; compiled Python is not counted."""
    seen: set[str] = set()
    sizes = (
        Path(str(file.locate())).stat().st_size
        for package in packages.split()
        for one in needed(package, seen)
        for file in distribution(one).files or ()
        if file.suffix != ".pyc" and Path(str(file.locate())).is_file()
    )
    return sum(sizes) / 2**20


def needed(package: str, seen: set[str]) -> Iterator[str]:
    """A package and all that it needs, as far as it is installed and not `seen`; no extras."""
    name = re.sub(r"[-_.]+", "-", package).lower()
    if name in seen:
        return
    seen.add(name)
    try:
        requires = distribution(package).requires or ()
    except PackageNotFoundError:
        return
    yield package
    for line in requires:
        if "extra ==" not in line:
            yield from needed(re.split(r"[^\w.-]", line, maxsplit=1)[0], seen)


@cache
def _markitdown_itself() -> Any:
    """It loads a model that tells formats apart, once."""
    return import_module("markitdown").MarkItDown(enable_plugins=False)


def _markitdown(data: bytes, name: str) -> str:
    made = _markitdown_itself()
    return str(made.convert_stream(io.BytesIO(data), file_extension=Path(name).suffix).text_content)


def _mammoth(data: bytes, name: str) -> str:
    return str(import_module("mammoth").extract_raw_text(io.BytesIO(data)).value)


def _docx2txt(data: bytes, name: str) -> str:
    return str(import_module("docx2txt").process(io.BytesIO(data)))


def _python_docx(data: bytes, name: str) -> str:
    made = import_module("docx").Document(io.BytesIO(data))
    lines = [paragraph.text for paragraph in made.paragraphs]
    rows = ("\t".join(cell.text for cell in row.cells) for t in made.tables for row in t.rows)
    return "\n".join([*lines, *rows])


def _python_pptx(data: bytes, name: str) -> str:
    slides = import_module("pptx").Presentation(io.BytesIO(data)).slides
    shapes = (shape for slide in slides for shape in slide.shapes)
    return "\n".join(shape.text_frame.text for shape in shapes if shape.has_text_frame)


def _openpyxl(data: bytes, name: str) -> str:
    book = import_module("openpyxl").load_workbook(io.BytesIO(data), data_only=True)
    rows = (row for sheet in book.worksheets for row in sheet.iter_rows(values_only=True))
    return "\n".join("\t".join(str(cell) for cell in row if cell is not None) for row in rows)


def _calamine(data: bytes, name: str) -> str:
    book = import_module("python_calamine").CalamineWorkbook.from_filelike(io.BytesIO(data))
    rows = (row for n in book.sheet_names for row in book.get_sheet_by_name(n).to_python())
    return "\n".join("\t".join(map(str, row)) for row in rows)


def _pandas(data: bytes, name: str) -> str:
    return str(import_module("pandas").read_csv(io.BytesIO(data)).to_csv(sep="\t"))


def _trafilatura(data: bytes, name: str) -> str:
    return str(import_module("trafilatura").extract(data) or "")


def _inscriptis(data: bytes, name: str) -> str:
    return str(import_module("inscriptis").get_text(data.decode("utf-8", "replace")))


def _ebooklib(data: bytes, name: str) -> str:
    book = import_module("ebooklib.epub").read_epub(io.BytesIO(data))
    pages = (book.get_item_with_id(item).get_content() for item, _ in book.spine)
    return "\n".join(_inscriptis(page, name) for page in pages)


def _mail_parser(data: bytes, name: str) -> str:
    mail = import_module("mailparser").parse_from_bytes(data)
    head = (mail.subject, *(part for one in (*mail.from_, *mail.to) for part in one))
    pages = (_inscriptis(page.encode(), name) for page in mail.text_html)
    return "\n".join([*head, *mail.text_plain, *pages])


def _pdfplumber(data: bytes, name: str) -> str:
    with import_module("pdfplumber").open(io.BytesIO(data)) as made:
        return "\n".join(page.extract_text() for page in made.pages)


def _pypdf(data: bytes, name: str) -> str:
    pages = import_module("pypdf").PdfReader(io.BytesIO(data)).pages
    return "\n".join(page.extract_text() for page in pages)


def _webvtt(data: bytes, name: str) -> str:
    read = import_module("webvtt").from_buffer
    captions = read(io.StringIO(data.decode()), Path(name).suffix.removeprefix("."))
    return "\n".join(caption.text for caption in captions)


def _pysrt(data: bytes, name: str) -> str:
    return str(import_module("pysrt").from_string(data.decode()).text)


def _nbformat(data: bytes, name: str) -> str:
    cells = import_module("nbformat").reads(data.decode(), as_version=4).cells
    return "\n".join(cell.source for cell in cells)


def _frontmatter(data: bytes, name: str) -> str:
    made = import_module("frontmatter").loads(data.decode())
    return "\n".join([*(f"{key}: {value}" for key, value in made.metadata.items()), made.content])


_EXTRAS = "mammoth python-pptx openpyxl pandas pdfminer.six pdfplumber"  # of markitdown
LIBRARIES = {
    "docx2txt": Library("docx2txt", _docx2txt),
    "ebooklib": Library("ebooklib", _ebooklib),
    "inscriptis": Library("inscriptis", _inscriptis),
    "mail-parser": Library("mail-parser", _mail_parser),
    "mammoth": Library("mammoth", _mammoth),
    "markitdown": Library(f"markitdown {_EXTRAS}", _markitdown),
    "nbformat": Library("nbformat", _nbformat),
    "openpyxl": Library("openpyxl", _openpyxl),
    "pandas": Library("pandas", _pandas),
    "pdfplumber": Library("pdfplumber", _pdfplumber),
    "pypdf": Library("pypdf", _pypdf),
    "pysrt": Library("pysrt", _pysrt),
    "python-calamine": Library("python-calamine", _calamine),
    "python-docx": Library("python-docx", _python_docx),
    "python-frontmatter": Library("python-frontmatter", _frontmatter),
    "python-pptx": Library("python-pptx", _python_pptx),
    "trafilatura": Library("trafilatura", _trafilatura),
    "webvtt-py": Library("webvtt-py", _webvtt),
}

if __name__ == "__main__":
    main()
