"""A table as one HTML file, that holds what stands around each quotation and needs nothing else."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import count as counting
from pathlib import Path
from typing import TYPE_CHECKING

from index import Span, installed_version
from ui.show.html import document_html, escape, quoted_html
from ui.show.plain import one_line
from ui.show.table.words import (
    DOCUMENT,
    NOT_FOUND,
    PERHAPS,
    QUOTED,
    SAID,
    not_read_of,
    others_of,
    words_of,
)

if TYPE_CHECKING:
    from index import Document
    from rag.citations import Citation
    from rag.table import AnswerCell, AnswerTable, ColumnKind, DocumentRow

AROUND = 400  # characters of the document before and behind a quotation
_FOLDER = Path(__file__).parent
STYLE = (_FOLDER / "table.css").read_text(encoding="utf-8")
SORTING = (_FOLDER / "sorting.js").read_text(encoding="utf-8")
_SUM = b64encode(hashlib.sha256(SORTING.encode()).digest()).decode()
# nothing is loaded and no other script runs, wherever it is opened
_POLICY = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{_SUM}'"
_TITLE = "A table by Ibid"

Place = Callable[[int, int, "Citation"], str]  # of row, column and quotation: what leads to it


def to_html_table(table: AnswerTable) -> str:
    """The table, whose columns sort, then of each document what stands around its quotations."""
    numbers = counting(1)
    rows = tuple(
        replace(row, cells=tuple(_numbered(cell, numbers) for cell in row.cells))
        for row in table.rows
    )
    numbered = replace(table, rows=rows)
    sources = "".join(
        _source(row.document, [c for cell in row.cells for c in cell.answer.citations])
        for row in rows
        if row.document
    )
    left = not_read_of(table)
    unread = f'<p class="about">Not read: {escape(left)}</p>' if left else ""
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="content-security-policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{_TITLE}</title><style>{STYLE}</style></head><body><h1>{_TITLE}</h1>"
        '<div class="frame" tabindex="0" role="region" aria-label="Table">'
        f"{table_html(numbered, _anchor)}</div>{unread}"
        f"<section><h1>Sources</h1>{sources}</section>"
        f"<footer>Ibid {escape(installed_version() or '')}. {QUOTED} {SAID}</footer>"
        f"<script>{SORTING}</script></body></html>\n"
    )


def _numbered(cell: AnswerCell, numbers: Iterator[int]) -> AnswerCell:
    """The cell, its quotations numbered on through the whole table."""
    cited = tuple(replace(c, number=next(numbers)) for c in cell.answer.citations)
    return replace(cell, answer=replace(cell.answer, citations=cited, groups=(), pairs=()))


def _anchor(row: int, column: int, cited: Citation) -> str:
    return f'<a class="cite" href="#cite-{cited.number}">{escape(cited.place)}</a>'


def table_html(table: AnswerTable, place: Place) -> str:
    """A `<table>` of class "answers", whose heads `SORTING` makes sort.

    `place` gives what leads to a quotation, of the row and the column in which it stands.
    """
    heads = [_heading(DOCUMENT, None), *(_heading(c.question, c.kind) for c in table.columns)]
    rows = "".join(_row(number, row, table, place) for number, row in enumerate(table.rows))
    return (
        f'<table class="answers"><thead><tr>{"".join(heads)}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _heading(words: str, kind: ColumnKind | None) -> str:
    named = f'<span class="kind">{kind.value}</span>' if kind else ""
    button = f'<button type="button" dir="auto">{escape(one_line(words))}</button>'
    return f'<th scope="col">{button}{named}</th>'


def _row(number: int, row: DocumentRow, table: AnswerTable, place: Place) -> str:
    copies = "".join(f'<span class="copy">= {escape(name)}</span>' for name in row.copies)
    unread = f'<span class="unread">{escape(row.unread)}</span>' if row.unread else ""
    name = (
        f'<th scope="row" data-key="{escape(row.source)}"><bdi>{escape(row.source)}</bdi>'
        f"{copies}{unread}</th>"
    )
    cells = "".join(
        _cell(cell, column.kind, partial(place, number, at))
        for at, (cell, column) in enumerate(zip(row.cells, table.columns, strict=False))
    )
    return f"<tr>{name}{cells or '<td></td>' * len(table.columns)}</tr>"


def _cell(cell: AnswerCell, kind: ColumnKind | None, place: Callable[[Citation], str]) -> str:
    from rag.table import sort_key

    words = words_of(cell)
    if cell.best is None:
        return f'<td data-key=""><span class="none">{NOT_FOUND}</span></td>'
    key = sort_key(kind, words.cut) if words.cut else "" if kind else words.quote.casefold()
    cut = f'<b class="cut" dir="auto">{escape(words.cut)}</b>' if words.cut else ""
    doubt = ' class="perhaps"' if words.found == PERHAPS else ""
    others = [_quotation(c, place(c)) for c in others_of(cell)]
    opened = f"<details><summary>{len(others)} more</summary>{''.join(others)}</details>"
    return (
        f'<td data-key="{escape(key[:200])}"{doubt}>{cut}'
        f"{_quotation(cell.best, place(cell.best), words.sure)}{opened if others else ''}</td>"
    )


def _quotation(cited: Citation, place: str, sure: str = "") -> str:
    return (
        f'<blockquote dir="auto">{quoted_html(cited)}</blockquote>'
        f'<span class="at">{place}{f"; {sure}" if sure else ""}</span>'
    )


def _source(document: Document, cited: Sequence[Citation]) -> str:
    if not cited:
        return ""
    around = "".join(
        f"<p>{document_html(document, cited, stretch=stretch)}</p>"
        for stretch in stretches(document, cited)
    )
    return (
        f'<article><h2 dir="auto">{escape(one_line(document.title))}</h2>'
        f'<p class="about"><bdi>{escape(document.source)}</bdi><br>text sha256 {document.id}</p>'
        f'<div class="text" dir="auto">{around}</div></article>'
    )


def stretches(document: Document, cited: Iterable[Citation]) -> list[Span]:
    """What of a document stands around its quotations, in order; no two overlap."""
    found: list[Span] = []
    for start, end in sorted((c.start, c.end) for c in cited):
        first = _at_white_space(document.text, max(0, start - AROUND), start)
        last = min(len(document.text), end + AROUND)
        last = max(end, document.text.rfind(" ", end, last)) if last < len(document.text) else last
        if found and first <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, last))
        else:
            found.append(Span(first, last))
    return found


def _at_white_space(text: str, first: int, start: int) -> int:
    at = text.find(" ", first, start)
    return first if first == 0 else at + 1 if at >= 0 else start
