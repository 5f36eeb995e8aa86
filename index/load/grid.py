"""Tables to lines: which row is the header, and each row below it with the header's labels."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Iterator, Sequence
from itertools import chain, groupby, islice
from typing import NamedTuple

from index.types import BlockKind

_SAMPLE = 30  # rows that are looked at to find the header
_LABEL = 100  # characters of a label at most
_MARKED = 200  # of one that the format itself marks
_YEAR = re.compile(r"(?:19|20)\d\d")
_NAME = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")  # a label as programs write it
# a number, a date, a sum of money, a measure with a short unit
_VALUE = re.compile(
    r"[-+−(<>~≈$€£¥]*\s?\d[\d.,:/'’\s()T-]*(?:[%‰°$€£¥]|[A-Za-z]{1,3}[²³]?)?[)]?", re.ASCII
)
_TRUTH = {"true", "false", "yes", "no"}


class Row(NamedTuple):
    """A row of a sheet as people number it."""

    number: int
    cells: Sequence[str]


class Line(NamedTuple):
    """A row as it is written: ROWS below a header, PARAGRAPH or HEADING above or between."""

    number: int
    kind: BlockKind
    text: str


class Header(NamedTuple):
    """The labels of a table; `at` is the header's first row and `end` the row after its last.

    No labels: the first cell of each row names the second.
    """

    labels: Sequence[str]
    at: int
    end: int


def table_lines(rows: Sequence[Sequence[str]], heads: int = 0) -> Iterator[str]:
    """The rows of a table in a text, each with the labels of its header, empty ones left out.

    `heads` is how many rows the format marks as the header; 0 where it does not say.
    """
    labels = _joined(rows[:heads], max(map(len, rows), default=0))
    if 0 < heads < len(rows) and max(map(len, labels)) <= _MARKED:
        header = Header(labels, 0, heads)
    else:
        header = find_header(rows) or Header((), 0, 0)
    for row in rows[: header.at]:
        yield as_line((), row)
    for row in rows[header.end :]:
        if any(row):
            yield as_line(header.labels, row)


def sheet_lines(rows: Iterable[Row]) -> Iterator[Line]:
    """The rows of a sheet, in order, of which only a few are held at a time.

    Empty rows part a sheet: above the first table stand titles, between and below them notes,
    and a second table has a header of its own where its looks are clear.
    """
    header: Header | None = None
    for is_filled, part in groupby(rows, key=lambda row: any(row.cells)):
        if is_filled:
            header = yield from _part_lines(part, header)


def _part_lines(part: Iterator[Row], header: Header | None) -> Generator[Line, None, Header | None]:
    """The rows up to the next empty one; gives the header that holds from then on."""
    head = list(islice(part, _SAMPLE))
    cells = [row.cells for row in head]
    own = find_header(cells, sure=header is not None)
    if own is None and _is_aside(header, cells):
        aside = enumerate(chain(head, part))
        yield from (_title(row, header is None and i == 0) for i, row in aside)
        return header
    found = own or (header and header._replace(at=0, end=0)) or _letters(cells)
    yield from (_title(row, i == 0) for i, row in enumerate(head[: found.at]))
    for row in chain(head[found.end :], part):
        yield Line(row.number, BlockKind.ROWS, as_line(found.labels, row.cells))
    return found


def _is_aside(header: Header | None, cells: Sequence[Sequence[str]]) -> bool:
    """Whether rows are titles above a table ("Printed: 2024-02-01" too) or a note below it."""
    widest = max(len(filled(row)) for row in cells)
    if header is None:
        return widest <= 2 and len(cells) < 4
    return widest == 1 and len(header.labels) > 1


def _title(row: Row, first: bool) -> Line:
    """A row beside a table: a heading where it is one short cell above all."""
    cells = filled(row.cells)
    short = len(cells) == 1 and len(cells[0]) <= _LABEL and not cells[0].endswith((".", ":", ";"))
    kind = BlockKind.HEADING if first and short else BlockKind.PARAGRAPH
    return Line(row.number, kind, ": ".join(c.rstrip(":") for c in cells))


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


def as_line(labels: Sequence[str], cells: Sequence[str]) -> str:
    """A row as "Label: value; Label: value", empty cells left out; without labels "a: b; c"."""
    if not labels:
        first, *rest = filled(cells) or [""]
        named = len(rest) == 1 and len(first) <= _LABEL and not is_value(first)
        return f"{first.rstrip(':')}: {rest[0]}" if named else "; ".join([first, *rest])
    padded = chain(labels, [""] * (len(cells) - len(labels)))
    pairs = zip(padded, cells, strict=False)
    return "; ".join(f"{label}: {cell}" if label else cell for label, cell in pairs if cell)


def filled(cells: Sequence[str]) -> list[str]:
    """The cells that hold something."""
    return [cell for cell in cells if cell]


def is_value(cell: str) -> bool:
    """Whether a cell holds a number, a date or a truth rather than words."""
    return len(cell) <= 40 and (bool(_VALUE.fullmatch(cell)) or cell.lower() in _TRUTH)


def find_header(rows: Sequence[Sequence[str]], sure: bool = False) -> Header | None:
    """The first wide row, when it looks like labels above values; narrower rows above are titles.

    Of two columns, and where it must be `sure`, the columns have to prove it: words above values,
    names as programs write them, or short words above long texts.
    """
    width = max((len(filled(row)) for row in rows), default=0)
    at = next((i for i, row in enumerate(rows) if 2 * len(filled(row)) >= max(width, 3)), None)
    if at is None or width < 2 or at + 1 >= len(rows):
        return None
    end = at + 1 + _goes_on(rows, at)
    labels, below = _joined(rows[at:end], max(map(len, rows))), rows[end:]
    if not all(map(_is_label, filled(labels))) or _recurs(labels, below):
        return None
    if all(map(_YEAR.fullmatch, filled(labels))) and not _names_rows(labels, below):
        return None
    return Header(labels, at, end) if (width > 2 and not sure) or _proves(labels, below) else None


def _is_label(cell: str) -> bool:
    short = len(cell) <= _LABEL and len(cell.split()) <= 12
    words = any(c.isalpha() for c in cell) and not is_value(cell)
    sentence = cell.endswith((".", "!", ";")) and len(cell) > 12  # "Avg. temp." is none
    return short and (words or bool(_YEAR.fullmatch(cell))) and not sentence


def _recurs(labels: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether the row is one of many: what it says stands in the same column again.

    A header that is printed again stands there as a whole.
    """
    others = [row for row in below if filled(row) != filled(labels)]
    columns = ((label, (r[i] for r in others if i < len(r))) for i, label in enumerate(labels))
    return any(label and label in column for label, column in columns)


def _names_rows(labels: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether the first column, without a label, says what the rows are: years stand above."""
    return not labels[0] and all(row[0] and not is_value(row[0]) for row in below if row)


def _goes_on(rows: Sequence[Sequence[str]], at: int) -> bool:
    """Whether the row below is the header's second: it fills gaps, with labels alone."""
    if at + 2 >= len(rows):
        return False
    first, second, third = rows[at], rows[at + 1], rows[at + 2]
    gaps = [i for i, cell in enumerate(second) if cell and (i >= len(first) or not first[i])]
    labels = all(map(_is_label, filled(second)))
    return bool(gaps) and gaps != [0] and labels and any(map(is_value, filled(third)))


def _joined(rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """The labels of a header in one or more rows; an upper one reaches over the gaps beside it."""
    labels = [""] * width
    for depth, row in enumerate(rows):
        last = ""
        for i in range(width):
            cell = row[i] if i < len(row) else ""
            lower = depth + 1 < len(rows) and any(i < len(r) and r[i] for r in rows[depth + 1 :])
            last = cell or (last if lower and i else "")
            if last and last != labels[i]:
                labels[i] = f"{labels[i]} {last}".strip()
    return [label.rstrip(":") for label in labels]


def _proves(labels: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    texts = [cell for row in below for cell in filled(row)]
    if all(map(_NAME.fullmatch, filled(labels))) and not all(map(_NAME.fullmatch, texts)):
        return True
    for i, label in enumerate(labels):
        column = [row[i] for row in below if i < len(row) and row[i]]
        if label and column and not is_value(label):
            values = sum(map(is_value, column)) >= 0.8 * len(column)
            if values or sorted(map(len, column))[len(column) // 2] > max(40, 4 * len(label)):
                return True
    return False
