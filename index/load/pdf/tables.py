"""Tables that are known by where their words stand on the page: their rows and their header.

No cell says here what it covers: the cells of a line are its runs of words, and a header is one
by its bold type alone, since rows that only look like a table are common. So it is no grid.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.load.grid import as_line
from index.load.pdf.sheet import Run, TextLine
from index.load.text import MARKER

_DIGIT = re.compile(r"\d")


def tabled(lines: Sequence[TextLine]) -> list[bool]:
    """Which lines are of a table: two rows or more, with cells under one another."""
    found = [False] * len(lines)
    above = 0
    for i in range(1, len(lines)):
        if _wraps(lines[above], lines[i]):
            continue
        if _aligned(lines[above].cells, lines[i].cells):
            found[above : i + 1] = [True] * (i + 1 - above)
        above = i
    return found


def drawn(lines: Sequence[TextLine]) -> list[tuple[str, TextLine]]:
    """The rows of a table that is known by its looks alone; bold cells above others head it."""
    rows: list[TextLine] = []
    for line in lines:
        if rows and _wraps(rows[-1], line):
            rows[-1] = _filled(rows[-1], line)
        else:
            rows.append(line)
    head = rows[0].cells
    headed = rows[0].bold and not any(row.bold for row in rows[1:])
    if not headed or len(head) < max(len(row.cells) for row in rows):
        return [(as_line((), [cell.text for cell in row.cells]), row) for row in rows]
    labels = [cell.text for cell in head]
    return [(as_line(labels, _under(head, row.cells)), row) for row in rows[1:]]


def _wraps(row: TextLine, line: TextLine) -> bool:
    """Whether a line only goes on in cells of the row above it."""
    close = 0 < row.base - line.base < 1.4 * row.size
    return (
        close
        and len(line.cells) < len(row.cells)
        and all(any(abs(cell.left - other.left) < 3 for other in row.cells) for cell in line.cells)
    )


def _filled(row: TextLine, line: TextLine) -> TextLine:
    cells = list(row.cells)
    for cell in line.cells:
        at = min(range(len(cells)), key=lambda i: abs(cells[i].left - cell.left))
        cells[at] = cells[at]._replace(text=f"{cells[at].text} {cell.text}")
    return row._replace(cells=tuple(cells))


def _aligned(a: Sequence[Run], b: Sequence[Run]) -> bool:
    """Whether half the cells after the first begin, or numbers end, at the same place."""
    few, many = sorted((a, b), key=len)
    if len(few) < 2 or _is_item(a) or _is_item(b):
        return False
    met = sum(any(_is_over(cell, other) for other in many[1:]) for cell in few[1:])
    return met * 2 >= len(few) - 1


def _is_over(a: Run, b: Run) -> bool:
    numbers = _DIGIT.search(a.text) and _DIGIT.search(b.text)
    return abs(a.left - b.left) < 3 or bool(numbers and abs(a.right - b.right) < 3)


def _is_item(cells: Sequence[Run]) -> bool:
    """Whether the gap in a line is only that after a list's marker."""
    head = cells[0].text
    return len(cells) == 2 and (bool(MARKER.match(head + " x")) or len(head) == 1)


def _under(head: Sequence[Run], cells: Sequence[Run]) -> list[str]:
    """The texts of cells, each in the column that it is nearest to."""
    columns = [""] * len(head)
    for cell in cells:
        near = [min(abs(h.left - cell.left), abs(h.right - cell.right)) for h in head]
        at = near.index(min(near))
        columns[at] = f"{columns[at]} {cell.text}".strip()
    return columns
