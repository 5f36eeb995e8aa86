"""A table as a file of Word: a grid, or where there are many questions a table a document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from index import installed_version
from ui.show.paper import WordPaper
from ui.show.plain import count, one_line, visible
from ui.show.table.words import (
    DOCUMENT,
    NOT_FOUND,
    QUOTED,
    SAID,
    not_read_of,
    question_of,
    source_of,
    words_of,
)

if TYPE_CHECKING:
    from rag.table import AnswerCell, AnswerTable, DocumentRow, TableColumn

IN_A_GRID = 6  # questions: more columns cannot be read on paper
_ACROSS = 25.7  # centimetres between the margins
_FIRST = 4.2
_Cell = list[tuple[str, str]]  # paragraphs, each with how it looks


def to_docx_table(table: AnswerTable) -> bytes:
    """Every cell with its quotation and place, and under it what was not read."""
    asked = f"{count(len(table.columns), 'question')} of {count(len(table.rows), 'document')}"
    paper = WordPaper(asked, landscape=True)
    if len(table.columns) <= IN_A_GRID:
        _write_grid(paper, table)
    else:
        for row in table.rows:
            _write_row(paper, table, row)
    for row in table.rows:
        if row.cells and row.unread:
            paper.line(f"read in part: {visible(row.unread)}")
    if left := not_read_of(table):
        paper.line(f"not read: {left}")
    paper.line(f"Ibid {installed_version() or ''}".rstrip() + f". {QUOTED} {SAID}", faint=True)
    return paper.to_bytes()


def _write_grid(paper: WordPaper, table: AnswerTable) -> None:
    width = (_ACROSS - _FIRST) / len(table.columns)
    head = [[(DOCUMENT, "bold")], *([(_asked(c), "bold")] for c in table.columns)]
    rows = [[_name(row), *_cells(table, row)] for row in table.rows]
    paper.table([head, *rows], [_FIRST, *[width] * len(table.columns)])


def _write_row(paper: WordPaper, table: AnswerTable, row: DocumentRow) -> None:
    paper.heading(source_of(row), 1)
    if row.title:
        paper.line(one_line(row.title), faint=True)
    asked = zip(table.columns, _cells(table, row), strict=True)
    lines = [[[(_asked(column), "bold")], cell] for column, cell in asked]
    paper.table([[[("Question", "bold")], [("Answer", "bold")]], *lines], [8, _ACROSS - 8])


def _asked(column: TableColumn) -> str:
    return f"{question_of(column)}{f' ({column.kind.value})' if column.kind else ''}"


def _name(row: DocumentRow) -> _Cell:
    return [(source_of(row), "bold"), *([(one_line(row.title), "")] if row.title else [])]


def _cells(table: AnswerTable, row: DocumentRow) -> list[_Cell]:
    if row.cells:
        return [list(_said(cell)) for cell in row.cells]
    return [[(visible(row.unread), "faint")], *([[("", "")]] * (len(table.columns) - 1))]


def _said(cell: AnswerCell) -> Iterator[tuple[str, str]]:
    words = words_of(cell)
    if words.found == NOT_FOUND:
        yield NOT_FOUND, "faint"
        return
    if words.cut:
        yield words.cut, "bold"
    yield from ((line, "") for line in words.lines)
    yield f"{words.place}; {words.sure}", "faint"
