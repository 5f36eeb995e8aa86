"""Jupyter notebooks: what is written in the cells. What the code put out is of one run, and is
left out.

nbformat reads the same words, in 3.5 MB; what a cell is and its place would still be ours
(`python -m benchmarks.libraries`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from index.errors import UnreadableDocument
from index.load import markdown, text as plain
from index.load.decode import decode
from index.load.formats import Parsed
from index.load.meta import names_of, title_of
from index.load.records.json_values import parse
from index.load.writer import Writer
from index.types import BlockKind

NAME = "notebook"
VERSION = 5


def read(data: bytes, source: str, known: Mapping[str, str]) -> Iterator[Parsed]:
    """The file's one text: Markdown as it was written, code in lines; a cell is a page."""
    text = decode(data, source)
    try:
        book = parse(text)
    except ValueError as exc:
        raise UnreadableDocument(
            f"{source}: this notebook is damaged ({exc}); open it in Jupyter and save it again"
        ) from exc
    cells = _cells(book)
    if cells is None:
        raise UnreadableDocument(
            f"{source}: there are no cells in it, so it is no notebook; save it from Jupyter"
        )
    writer = Writer()
    for number, cell in enumerate(cells, 1):
        writer.page(f"cell {number}")
        _add(writer, cell)
    yield writer.parsed(_meta(book))


def _cells(book: Any) -> list[Any] | None:
    """The cells, also of format 3, which has them in worksheets; None where there are none."""
    if not isinstance(book, dict):
        return None
    sheets = book.get("worksheets", [book])
    if not isinstance(sheets, list):
        return None
    lists = [sheet.get("cells") for sheet in sheets if isinstance(sheet, dict)]
    cells = [cell for one in lists if isinstance(one, list) for cell in one]
    return cells if any(isinstance(one, list) for one in lists) else None


def _add(writer: Writer, cell: Any) -> None:
    if not isinstance(cell, dict):
        return
    kind = cell.get("cell_type")
    said = _joined(cell.get("source", cell.get("input"))).strip("\n")
    if kind == "code":
        writer.add(said, BlockKind.CODE)
    elif kind == "markdown":
        writer.keep(said, markdown.blocks(said))
    elif kind == "heading":
        level = str(cell.get("level", 1))
        writer.add(said, BlockKind.HEADING, level=int(level) if level in "123456" else 6)
    else:
        writer.keep(said, plain.blocks(said))


def _joined(said: Any) -> str:
    """A text, or the list of its lines."""
    lines = said if isinstance(said, list) else [said]
    return "".join(line for line in lines if isinstance(line, str))


def _meta(book: Mapping[str, Any]) -> dict[str, str]:
    said = book.get("metadata")
    said = said if isinstance(said, dict) else {}
    authors = said.get("authors")
    names = (
        one["name"]
        for one in (authors if isinstance(authors, list) else [])
        if isinstance(one, dict) and isinstance(one.get("name"), str)
    )
    title = said.get("title")
    return {"title": title_of(title if isinstance(title, str) else ""), "author": names_of(names)}
