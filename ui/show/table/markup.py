"""A table as Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ui.show.markdown import escape_markdown
from ui.show.plain import visible
from ui.show.table.words import (
    DOCUMENT,
    NOT_FOUND,
    not_read_of,
    question_of,
    source_of,
    words_of,
)

if TYPE_CHECKING:
    from rag.table import AnswerCell, AnswerTable


def to_markdown_table(table: AnswerTable) -> str:
    """A table of GitHub's Markdown, and under it what was not read."""
    return "\n".join(_lines(table)) + "\n"


def _lines(table: AnswerTable) -> Iterator[str]:
    questions = [
        f"{escape_markdown(question_of(c))}{f' ({c.kind.value})' if c.kind else ''}"
        for c in table.columns
    ]
    yield _row([DOCUMENT, *questions])
    yield _row(["---"] * (1 + len(questions)))
    for row in table.rows:
        cells = [_cell(cell) for cell in row.cells]
        unread = [escape_markdown(visible(row.unread)), *[""] * (len(questions) - 1)]
        yield _row([escape_markdown(source_of(row)), *(cells or unread)])
    partly = [row for row in table.rows if row.cells and row.unread]
    if partly or not_read_of(table):
        yield ""
    for row in partly:
        yield f"- read in part: {escape_markdown(visible(row.unread))}"
    if left := not_read_of(table):
        yield f"- not read: {escape_markdown(left)}"


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(cell: AnswerCell) -> str:
    words = words_of(cell)
    if words.found == NOT_FOUND:
        return NOT_FOUND
    cut = f"**{escape_markdown(words.cut)}**<br>" if words.cut else ""
    quote = "<br>".join(map(escape_markdown, words.lines))
    return f"{cut}{quote}<br>({escape_markdown(words.place)}; {words.sure})"
