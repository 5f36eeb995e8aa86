"""Tables as lines that can be read alone, each row with the labels of its header.

A table goes on on the next page where that begins with the same columns; a header that is printed
again there is one, whatever it looks like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from index.load.grid import Cell, cell_spans, has_header, is_value, numbered_lines
from index.load.pdf.extents import are_alike
from index.load.pdf.sheet import CellStretch, PageCell, PageTable, Part, Path
from index.load.pdf.words import Vocabulary
from index.types import BlockKind

_HEADS = 4  # rows of a header
_YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)

_Rows = list[list[Cell]]


def with_rows(parts: Sequence[Part], words: Vocabulary) -> Iterator[Part]:
    """The parts, with one for each row of each table."""
    held: list[PageTable] = []
    path: Path = ()
    aside: list[Part] = []  # running lines, which part no table
    for part in parts:
        if held and part.kind is BlockKind.RULE:
            aside.append(part)
            continue
        same = part.path and part.path == path
        if held and not (part.table and (same or _goes_on(held, part.table, words))):
            yield from _written(held, words)
            held = []
            yield from aside
            aside = []
        if part.table is None:
            yield part
        else:
            held.append(part.table)
            path = part.path
    if held:
        yield from _written(held, words)
    yield from aside


def _goes_on(held: Sequence[PageTable], after: PageTable, words: Vocabulary) -> bool:
    """Whether a table is the rest of one on the page before."""
    before = held[-1]
    follows = after.lines[0].sheet == before.lines[-1].sheet + 1
    if not follows or len(after.columns) != len(before.columns):
        return False
    first, rest = _cells(held[0], words), _cells(after, words)
    if _texts(first[0]) == _texts(rest[0]):
        return True
    return are_alike(before.columns, after.columns) and not (
        after.header or _depth(rest) or has_header(rest, sure=True)
    )


def _written(pages: Sequence[PageTable], words: Vocabulary) -> Iterator[Part]:
    """The rows of a table, which may stand on several pages."""
    tables = [_cells(page, words) for page in pages]
    first, *more = tables
    known = pages[0].header or _depth(first)
    heads = first[:known] or [*takewhile(_is_label_row, first[:_HEADS])]
    alike = [_alike(heads, rest) for rest in more]
    depth = min(filter(None, alike), default=known)
    kept = [first, *(rest[n:] for rest, n in zip(more, alike, strict=True))]
    rows = [row for table in kept for row in table]
    held = [
        (row, page.lines[0])
        for page, table in zip(pages, kept, strict=True)
        for row in page.rows[len(page.rows) - len(table) :]
    ]
    if depth < len(rows):
        for i, row in enumerate(rows[:depth]):
            rows[i] = [cell._replace(header=True) for cell in row]
    for i, text in numbered_lines(rows):
        cells, line = held[i]
        line = next((line for cell in cells for line in cell.lines), line)
        spans = cell_spans(text, _texts(rows[i]))
        stretches = (
            CellStretch(*span, cell.lines) for span, cell in zip(spans, cells, strict=True) if span
        )
        yield Part(BlockKind.ROWS, (line._replace(text=text, stretches=tuple(stretches)),))


def _cells(table: PageTable, words: Vocabulary) -> _Rows:
    return [[_cell(cell, words) for cell in row] for row in table.rows]


def _cell(cell: PageCell, words: Vocabulary) -> Cell:
    text = words.join(line.text for line in cell.lines)[0]
    bold = bool(cell.lines) and all(line.bold for line in cell.lines)
    return Cell(text, cell.columns, cell.rows, bold=bold)


def _texts(row: Sequence[Cell]) -> list[str]:
    return [cell.text for cell in row]


def _alike(heads: _Rows, rest: _Rows) -> int:
    """How many rows both begin with: a header, where it is printed again."""
    pairs = zip(heads, rest, strict=False)
    return len(list(takewhile(lambda pair: _texts(pair[0]) == _texts(pair[1]), pairs)))


def _is_label_row(row: Sequence[Cell]) -> bool:
    """Whether a row may name columns: its values are years, if any, and more than one."""
    values = [cell.text for cell in row if is_value(cell.text)]
    return not values or (len(values) > 1 and all(map(_YEAR.fullmatch, values)))


def _depth(rows: _Rows) -> int:
    """How many rows name columns, by their type or by what their cells reach over; 0: not known."""
    title = len(list(takewhile(lambda row: len(row) == 1, rows[:_HEADS])))
    head = rows[title] if title < len(rows) else []
    bold = len(list(takewhile(_is_bold, rows)))
    if title < bold < len(rows) and bold <= _HEADS:
        return bold
    width = sum(cell.columns for cell in head)
    over = any(1 < cell.columns < width for cell in head) + max((c.rows for c in head), default=0)
    labels = [cell.text for row in rows[title : title + over] for cell in row]
    if over < 2 or title + over >= len(rows) or over > _HEADS or sum(map(is_value, labels)) > 0:
        return 0
    return title + over


def _is_bold(row: Sequence[Cell]) -> bool:
    said = [cell for cell in row if cell.text]
    return bool(said) and all(cell.bold for cell in said)
