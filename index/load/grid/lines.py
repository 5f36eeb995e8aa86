"""The rows of a table as lines, each with the labels of its header, that can be read alone."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby, islice
from typing import NamedTuple

from index.load.grid.cells import Cell, Grid
from index.load.grid.header import (
    LABEL,
    Header,
    filled,
    find_header,
    first_as_header,
    header_rows,
    is_value,
    labels_of,
)
from index.load.grid.sections import CellForm, GridRow, parted, sectioned
from index.types import BlockKind, Span

_SAMPLE = 30  # rows of a sheet that are looked at to find the header
_GAPS = 1_000  # rows of a sheet that are looked at to see whether sections begin below empty ones
_HEADS = 4  # rows of headers above one another
_CLOSED = re.compile(r"(?s:.*)[:?!…]|[\d.]+\.")  # takes no colon: a question, "1.2."


def has_header(rows: Iterable[Sequence[Cell]], sure: bool = False) -> bool:
    """Whether the first row names columns; `sure`: by its looks alone it has to prove it."""
    return 0 in header_rows(Grid(rows), sure)


def table_lines(rows: Iterable[Sequence[Cell]], sure: bool = False) -> Iterator[str]:
    """The rows of a table in a text; empty cells are left out.

    Headers above one another are said together, and those further down name what is below them.
    `sure`: where none is marked, a header has to prove itself.
    """
    yield from (line for _, line in numbered_lines(rows, sure))


def numbered_lines(rows: Iterable[Sequence[Cell]], sure: bool = False) -> Iterator[tuple[int, str]]:
    """The same, each with the number of its row, from 0; rows without cells do not count."""
    grid = Grid(rows)
    naming = header_rows(grid, sure)
    heads: list[int] = []
    labels: Sequence[str] = ()
    for i, row in enumerate(grid.rows):
        if i in naming and len(heads) < _HEADS:
            heads.append(i)
        elif any(cell.text for cell in row.values()):
            if heads:
                labels, heads = labels_of(grid, heads), []
            yield i, _line(labels, row, grid.texts(i))
    for i in heads:  # with nothing below them
        yield i, "; ".join(filled(grid.texts(i)))


def _line(labels: Sequence[str], row: Mapping[int, Cell], texts: Sequence[str]) -> str:
    first, *rest = filled(texts)
    if len(row) == 1:  # over all columns: a title of the rows below it
        return first
    if rest and not labels and row[0].header and row[0].text:
        return named(first, "; ".join(rest))
    return as_line(labels, texts)


def as_line(labels: Sequence[str], cells: Sequence[str]) -> str:
    """A row as "Label: value; Label: value", empty cells left out; without labels "a: b; c"."""
    if not labels:
        first, *rest = filled(cells) or [""]
        pair = len(rest) == 1 and len(first) <= LABEL and rest != [first]
        return named(first, rest[0]) if pair else "; ".join([first, *rest])
    padded = chain(labels, [""] * (len(cells) - len(labels)))
    return "; ".join(named(*pair) for pair in zip(padded, cells, strict=False) if pair[1])


def named(name: str, value: str) -> str:
    """The value with its name before it."""
    if not name or name == value:
        return value
    return f"{name} {value}" if _CLOSED.fullmatch(name) else f"{name}: {value}"


def cell_spans(line: str, cells: Sequence[str]) -> list[Span | None]:
    """Where in a row's line each of its cells is; None for one that is not said there.

    It is looked for from the end, before what parts it from the next: its label stands before it.
    """
    found: list[Span | None] = []
    end = len(line)
    for i, cell in reversed(list(enumerate(cells))):
        at = _last(line, cell, end, first=not any(cells[:i])) if cell else -1
        found.append(Span(at, at + len(cell)) if at >= 0 else None)
        end = at if at >= 0 else end
    return found[::-1]


def _last(line: str, cell: str, end: int, *, first: bool) -> int:
    """Where a cell begins that ends at the line's end, or before "; " or what labels the next."""
    if end == len(line) and line.endswith(cell):
        return end - len(cell)
    at = line.rfind(f"{cell}; ", 0, end)
    return at if at >= 0 or not (first and line.startswith(cell, 0, end)) else 0


class GridLine(NamedTuple):
    """A row as it is written: ROWS below a header, PARAGRAPH or HEADING above or between."""

    number: int
    kind: BlockKind
    text: str


def sheet_lines(rows: Iterable[GridRow], headed: bool = False) -> Iterator[GridLine]:
    """The rows of a sheet, in order, of which only a few are held at a time.

    Empty rows part a sheet: above the first table stand titles, between and below them notes,
    and a second table has a header of its own where its looks are clear. `headed`: the program that
    wrote it puts labels into its first row. A row that names those below it stands in each of them:
    "Northern region > Station: 4; Depth: 12".
    """
    header: Header | None = None
    rows = iter(rows)
    first = list(islice(rows, _GAPS))
    gaps, rows = parted(first), chain(first, rows)
    for is_filled, part in groupby(rows, key=lambda row: any(row.cells)):
        if is_filled:
            header = yield from _part_lines(part, header, headed, gaps)
            headed = False
        else:
            yield from (line for row in part for line in _note_lines(row, ()))


def _part_lines(
    part: Iterator[GridRow], header: Header | None, headed: bool, gaps: CellForm | None
) -> Generator[GridLine, None, Header | None]:
    """The rows up to the next empty one; gives the header that holds from then on."""
    head = list(islice(part, _SAMPLE))
    cells = [row.cells for row in head]
    own = find_header(cells, sure=header is not None) or (
        first_as_header(cells) if headed else None
    )
    if own is None and _is_aside(header, cells):
        aside = enumerate(chain(head, part))
        for i, row in aside:
            yield _title(row, header is None and i == 0)
            yield from _note_lines(row, ())
        return header
    found = own or (header and header._replace(at=0, end=0)) or _letters(cells)
    for i, row in enumerate(head[: found.at]):
        yield _title(row, i == 0)
        yield from _note_lines(row, ())
    for row in head[found.at : found.end]:
        yield from _note_lines(row, ())
    for row, path, names in sectioned(chain(head[found.end :], part), gaps):
        if names or (row.wide and len(filled(row.cells)) == 1):
            yield _title(row, False)
        else:
            line = as_line(found.labels, row.cells)
            yield GridLine(row.number, BlockKind.ROWS, " > ".join([*path, line]))
        yield from _note_lines(row, found.labels)
    return found


def _note_lines(row: GridRow, labels: Sequence[str]) -> Iterator[GridLine]:
    """What is written beside the cells of a row: "Note on Ida Holm: treasurer until 2026"."""
    for column, text in row.notes:
        on = _noted(row.cells, labels, column)
        yield GridLine(row.number, BlockKind.PARAGRAPH, f"Note on {on}: {text}" if on else text)


def _noted(cells: Sequence[str], labels: Sequence[str], column: int | None) -> str:
    """What a note is on: the words of its cell, or whose value of which column it holds."""
    if column is None:
        return ""
    own = cells[column] if column < len(cells) else ""
    if own and not is_value(own):
        return own
    label = labels[column] if column < len(labels) else ""
    name = next((cell for cell in cells if cell and not is_value(cell)), "")
    return ", ".join(filled([name, label or own])) or column_letters(column)


def _is_aside(header: Header | None, cells: Sequence[Sequence[str]]) -> bool:
    """Whether rows are titles above a table ("Printed: 2024-02-01" too) or a note below it."""
    widest = max(len(filled(row)) for row in cells)
    if header is None:
        return widest <= 2 and len(cells) < 4
    return widest == 1 and len(header.labels) > 1


def _title(row: GridRow, first: bool) -> GridLine:
    """A row beside a table: a heading where it is one short cell above all."""
    cells = filled(row.cells)
    short = len(cells) == 1 and len(cells[0]) <= LABEL and not cells[0].endswith((".", ":", ";"))
    kind = BlockKind.HEADING if first and short else BlockKind.PARAGRAPH
    return GridLine(row.number, kind, ": ".join(c.rstrip(":") for c in cells))


def _letters(rows: Sequence[Sequence[str]]) -> Header:
    """What stands for a header where there is none: the letters of the columns."""
    width = max(map(len, rows))
    used = {i for row in rows for i, cell in enumerate(row) if cell}
    labels = [column_letters(i) for i in range(width)] if len(used) > 2 else []
    return Header(labels, 0, 0)


def column_letters(i: int) -> str:
    """The letters of column `i`, counted from 0: A, B … Z, AA."""
    letters = ""
    while i >= 0:
        letters = chr(ord("A") + i % 26) + letters
        i = i // 26 - 1
    return letters
