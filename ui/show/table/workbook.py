"""A table as a workbook of Excel, by XlsxWriter: no formula, the same bytes for the same table."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from index import installed_version
from ui.show.phrases import PERHAPS as DOUBT
from ui.show.plain import one_line, shortened, visible
from ui.show.table.words import (
    DOCUMENT,
    NOT_FOUND,
    QUOTED,
    SAID,
    CellWords,
    not_read_of,
    others_of,
    question_of,
    quoted_lines,
    source_of,
    words_of,
)

if TYPE_CHECKING:
    from rag.table import AnswerCell, AnswerTable, DocumentRow

MOST_CHARACTERS = 30_000  # of a cell; Excel takes 32,767
_LONGEST_LINK = 1_000
_IN_A_NOTE = 3  # other quotations
_MADE = datetime(2000, 1, 1)  # of every workbook: when it was made is not part of what it says
_DOCUMENT_WIDTH, _CUT_WIDTH, _WIDTH = 28, 16, 44  # characters
_NOTE = {"x_scale": 2.5, "y_scale": 2, "author": ""}
_PLAIN = {"text_wrap": True, "valign": "top"}


def to_xlsx(table: AnswerTable, links: Mapping[str, str] | None = None) -> bytes:
    """A sheet with the table, and one that says what was asked, read and not read.

    `links` are the paths of files, relative to where the workbook will be, by source. What begins
    with "=" is text: every cell is written as such.
    """
    import xlsxwriter

    stream = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    book = xlsxwriter.Workbook(stream, options)
    book.set_properties({"created": _MADE, "comments": QUOTED})
    _Sheet(book, table, links or {}).write()
    _write_about(book, table)
    book.close()
    return stream.getvalue()


class _Sheet:
    """The sheet with the table: to each question a column, before it one of what was cut out."""

    def __init__(self, book: Any, table: AnswerTable, links: Mapping[str, str]) -> None:
        self._table, self._links = table, links
        self._sheet = book.add_worksheet("Table")
        self._head = book.add_format({**_PLAIN, "bold": True, "bottom": 1})
        self._plain = book.add_format(_PLAIN)
        self._bold = book.add_format({**_PLAIN, "bold": True})
        self._faint = book.add_format({**_PLAIN, "font_color": "#6a655c", "italic": True})
        self._place = book.add_format({"font_color": "#8f5600", "font_size": 9})

    def write(self) -> None:
        """Write all of it."""
        sheet = self._sheet
        sheet.set_column(0, 0, _DOCUMENT_WIDTH)
        sheet.write_string(0, 0, DOCUMENT, self._head)
        places = []
        at = 1
        for column in self._table.columns:
            if column.kind:
                sheet.set_column(at, at, _CUT_WIDTH)
                sheet.write_string(0, at, column.kind.value, self._head)
                at += 1
            sheet.set_column(at, at, _WIDTH)
            sheet.write_string(0, at, _fit(question_of(column)), self._head)
            places.append(at)
            at += 1
        for number, row in enumerate(self._table.rows, 1):
            self._write_row(number, row, places)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(1, len(self._table.rows)), at - 1)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)

    def _write_row(self, number: int, row: DocumentRow, places: list[int]) -> None:
        sheet = self._sheet
        self._link(number, 0, row)
        sheet.write_string(number, 0, _fit(source_of(row)), self._bold)
        if about := "\n".join(filter(None, (one_line(row.title), visible(row.unread)))):
            self._note(number, 0, about)
        if not row.cells:
            sheet.write_string(number, 1, _fit(visible(row.unread)), self._faint)
        for column, cell, at in zip(self._table.columns, row.cells, places, strict=False):
            words = words_of(cell)
            if column.kind and words.cut:
                sheet.write_string(number, at - 1, _fit(words.cut), self._bold)
            if words.found == NOT_FOUND:
                sheet.write_string(number, at, NOT_FOUND, self._faint)
                continue
            self._link(number, at, row)
            quote, place = _fit("\n".join(words.lines)), f"\n{words.place}; {words.sure}"
            sheet.write_rich_string(number, at, quote, self._place, place, self._plain)
            self._note(number, at, "\n".join(_note(words, cell)))

    def _link(self, number: int, at: int, row: DocumentRow) -> None:
        """Where the file lies; what is written next is shown in its place."""
        # a colon or a backslash in a file's name leads nowhere else: it is written as "%3A"
        path = quote(self._links.get(row.source, ""), errors="surrogatepass")
        if path and len(path) < _LONGEST_LINK:
            self._sheet.write_url(number, at, _link_to(path))

    def _note(self, number: int, at: int, text: str) -> None:
        self._sheet.write_comment(number, at, _fit(text), _NOTE)


def _link_to(path: str) -> Any:
    """A link to a file, with "/" as in any URI; XlsxWriter would put the "\\" of Windows."""
    from xlsxwriter.url import Url

    link = Url(f"external:{path}")
    link._link = link._relationship_link = path
    return link


def _note(words: CellWords, cell: AnswerCell) -> Iterator[str]:
    """What else is known of a cell: the other quotations, and where each stands."""
    if cell.answer.perhaps:
        yield DOUBT
    yield f"{words.place}; confidence {words.confidence:.0%}"
    others = others_of(cell)
    for cited in others[:_IN_A_NOTE]:
        yield f"{shortened(' '.join(quoted_lines(cited)), 500)} ({visible(cited.place)})"
    if rest := len(others[_IN_A_NOTE:]):
        yield f"and {rest} more"


def _write_about(book: Any, table: AnswerTable) -> None:
    """The sheet that says what the other one is made of."""
    sheet = book.add_worksheet("About")
    head, plain = book.add_format({"bold": True}), book.add_format(_PLAIN)
    sheet.set_column(0, 0, _DOCUMENT_WIDTH)
    sheet.set_column(1, 4, _WIDTH)
    left = not_read_of(table)
    blocks: list[Sequence[tuple[str, ...]]] = [
        [(f"Made by Ibid {installed_version() or ''}".rstrip(), QUOTED), ("", SAID)],
        [("Question", "Kind")]
        + [(question_of(c), c.kind.value if c.kind else "") for c in table.columns],
        [("File", "Title", "Not read", "Text sha256")]
        + [
            (
                source_of(r),
                one_line(r.title),
                visible(r.unread),
                r.document.id if r.document else "",
            )
            for r in table.rows
        ],
        [("Files that were not read", left or "none")],
    ]
    at = 0
    for block in blocks:
        for first, line in enumerate(block):
            for column, word in enumerate(line):
                style = head if first == 0 and column < 4 else plain
                sheet.write_string(at, column, _fit(word), style)
            at += 1
        at += 1


def _fit(text: str) -> str:
    return shortened(text, MOST_CHARACTERS)
