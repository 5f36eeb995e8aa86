"""Which rows of a table name its columns, and how they call them."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import NamedTuple

from index.layout import is_total_label
from index.load.grid.cells import WIDEST, Cell, Grid

LABEL, LONG_LABEL = 100, 300  # characters of a label at most; of one that stands above values
_MARKED = 200  # of one that the format itself marks
_YEAR = re.compile(r"(?:19|20)\d\d")
_NAME = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")  # a label as programs write it
# a number, a date, a sum of money, a measure with a short unit
_VALUE = re.compile(
    r"[-+−(<>~≈$€£¥]*\s?\d[\d.,:/'’\s()T-]*(?:[%‰°$€£¥]|[A-Za-z]{1,3}[²³]?)?[)]?", re.ASCII
)
_TRUTH = {"true", "false", "yes", "no", "[x]", "[ ]"}


class Header(NamedTuple):
    """The labels of a table; `at` is the header's first row and `end` the row after its last.

    No labels: the first cell of each row names the second.
    """

    labels: Sequence[str]
    at: int
    end: int


def header_rows(grid: Grid, sure: bool = False) -> Container[int]:
    """The rows that name columns: those the format marks, a first one in bold, or by its looks.

    What all rows have says nothing, and where cells are marked nothing is guessed. `sure`: looks
    have to prove it, as in `find_header`.
    """
    said = [i for i, row in enumerate(grid.rows) if any(cell.text for cell in row.values())]
    marked = [i for i in said if _is_marked(grid.rows[i], below=i != said[0])]
    marks = any(cell.header for row in grid.rows for cell in row.values())
    if marks and len(marked) < max(len(said), 2):
        return frozenset([*marked, *_below_groups(grid, marked)])
    bold = [i for i in said if all(cell.bold for cell in grid.rows[i].values() if cell.text)]
    if bold[:1] == said[:1] and len(bold) < len(said) and len(grid.rows[bold[0]]) > 1:
        return frozenset(bold[:1])
    found = find_header([grid.texts(i)[:WIDEST] for i in range(len(grid.rows))], sure)
    return range(found.at, found.end) if found else ()


def _is_marked(row: Mapping[int, Cell], below: bool) -> bool:
    """Whether all that a row says is marked; one cell over all columns is a title.

    Nor does a total name columns, which stands `below` others.
    """
    cells = [cell for cell in row.values() if cell.text]
    if below and is_total_label(cells[0].text):
        return False
    return len(row) > 1 and all(cell.header and len(cell.text) <= _MARKED for cell in cells)


def _below_groups(grid: Grid, marked: Sequence[int]) -> Iterator[int]:
    """The row below the marked ones, where they name groups of what it says: "2023" over two.

    Beside the groups they say nothing, or what reaches down; the row has labels above values.
    """
    at = marked[-1] + 1 if marked else len(grid.rows)
    if at + 1 >= len(grid.rows):
        return
    upper, lower = grid.rows[at - 1].values(), grid.texts(at)
    beside = [cell for cell in upper if cell.columns == 1]
    groups = len(upper) > len(beside) > 0
    open_below = all(not cell.text or cell.rows > 1 for cell in beside)
    labels = len(lower) == len(grid.texts(at - 1)) and all(map(is_label, lower))
    below = [grid.texts(i) for i in range(at + 1, len(grid.rows))]
    if groups and open_below and labels and _name_values(lower, below):
        yield at


def labels_of(grid: Grid, rows: Sequence[int]) -> list[str]:
    """What header rows above one another call the columns.

    Where no cell says how far it reaches, an upper one reaches over the gaps beside it.
    """
    spans = any(cell.columns > 1 for i in rows for cell in grid.rows[i].values())
    return _joined([grid.spread(i) for i in rows], reach=not spans)


def filled(cells: Sequence[str]) -> list[str]:
    """The cells that hold something."""
    return [cell for cell in cells if cell]


def is_value(cell: str) -> bool:
    """Whether a cell holds a number, a date or a truth rather than words."""
    return len(cell) <= 40 and (bool(_VALUE.fullmatch(cell)) or cell.lower() in _TRUTH)


def find_header(rows: Sequence[Sequence[str]], sure: bool = False) -> Header | None:
    """The first wide row, when it looks like labels above values; narrower rows above are titles.

    Of two columns, these have to prove it: words above values, names as programs write them, or
    short words above long texts. Where it must be `sure` only words above values do.
    """
    width = max((len(filled(row)) for row in rows), default=0)
    found = (_header_at(rows, at, width, sure) for at in _wider(rows, max(width, 3)))
    return next(filter(None, found), None) if width > 1 else None


def first_as_header(rows: Sequence[Sequence[str]]) -> Header | None:
    """The first row, where the file says that it holds labels, and they look like some."""
    labels = rows[0]
    are_labels = all(labels) and all(map(is_label, labels))
    return Header(labels, 0, 1) if are_labels and len(rows) > 1 else None


def _wider(rows: Sequence[Sequence[str]], width: int) -> Iterator[int]:
    """The rows that are half as wide as the table, or more, and wider than those above them."""
    most = 0
    for i, row in enumerate(rows[:-1]):
        if 2 * len(filled(row)) >= width and len(filled(row)) > most:
            yield i
            most = len(filled(row))


def _header_at(rows: Sequence[Sequence[str]], at: int, width: int, sure: bool) -> Header | None:
    """The header that begins in a row, when it looks like one."""
    end = at + 1 + _goes_on(rows, at)
    while at > 0 and _stands_over(rows[at - 1], rows[at]):
        at -= 1
    labels, below = _joined(rows[at:end]), rows[end:]
    if not _are_labels(labels, below) or _recurs(labels, below):
        return None
    if all(map(_YEAR.fullmatch, filled(labels))) and not _names_rows(labels, below):
        return None
    if sure:
        proven = _name_values(labels, below)
    else:
        proven = width > 2 or _name_values(labels, below) or _name_texts(labels, below)
    return Header(labels, at, end) if proven else None


def _are_labels(labels: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether all look like labels; one that says at length what its values are is one as well."""
    above_values = {label for label, column in _columns(labels, below) if _are_values(column)}
    return all(
        is_label(label) or (label in above_values and is_label(label, LONG_LABEL))
        for label in filled(labels)
    )


def _are_values(column: Sequence[str]) -> bool:
    return sum(map(is_value, column)) >= 0.8 * len(column)


def is_label(cell: str, most: int = LABEL) -> bool:
    """Whether a cell looks like a label of `most` characters: words, and no sentence."""
    short = len(cell) <= most and len(cell.split()) <= 12 * most // LABEL
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
    labels = all(map(is_label, [*filled(first), *filled(second)]))
    return bool(gaps) and gaps != [0] and labels and any(map(is_value, filled(third)))


def _stands_over(upper: Sequence[str], lower: Sequence[str]) -> bool:
    """Whether a row names groups of the columns below: years, say, each over several labels."""
    places = [i for i, cell in enumerate(upper) if cell]
    if len(places) < 2 or places[0] == 0 or places[-1] >= len(lower):
        return False
    return all(lower[: places[0]]) and all(map(is_label, filled(upper)))


def _joined(rows: Sequence[Sequence[str]], reach: bool = True) -> list[str]:
    """The labels of a header in one or more rows, from the top."""
    said: list[list[str]] = [[] for _ in range(max(map(len, rows)))]
    for depth, row in enumerate(rows):
        last = ""
        for i in range(len(said)):
            cell = row[i] if i < len(row) else ""
            lower = any(i < len(r) and r[i] for r in rows[depth + 1 :])
            last = cell or (last if lower and reach and i else "")
            if last and last not in said[i]:
                said[i].append(last)
    return [" ".join(texts) for texts in said]


def _name_values(labels: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether a label that is no value stands above values."""
    return any(
        not is_value(label) and _are_values(column) for label, column in _columns(labels, below)
    )


def _name_texts(labels: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether labels are names as programs write them, or one stands above far longer texts."""
    texts = [cell for row in below for cell in filled(row)]
    if all(map(_NAME.fullmatch, filled(labels))) and not all(map(_NAME.fullmatch, texts)):
        return True
    for label, column in _columns(labels, below):
        median = sorted(map(len, column))[len(column) // 2]
        if not is_value(label) and median > max(40, 4 * len(label)):
            return True
    return False


def _columns(
    labels: Sequence[str], below: Sequence[Sequence[str]]
) -> Iterator[tuple[str, list[str]]]:
    """The columns that have a label, and something below it."""
    for i, label in enumerate(labels):
        column = [row[i] for row in below if i < len(row) and row[i]]
        if label and column:
            yield label, column
