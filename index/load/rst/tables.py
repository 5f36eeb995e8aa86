"""A docutils table to lines, each row with the labels of its header."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from index.load.grid import table_lines
from index.load.rst.tree import text_of

_WIDEST = 200  # columns


def rows_of(group: Any) -> Iterator[str]:
    """The lines of a `tgroup`.

    A cell over several rows is in each of them, a header over several columns above each.
    """
    parts = {child.tagname: child for child in group.children}
    heads = _grid(parts["thead"], spread=True) if "thead" in parts else []
    body = _grid(parts["tbody"], spread=False)
    yield from table_lines([*heads, *body], len(heads))


def _grid(part: Any, *, spread: bool) -> list[list[str]]:
    grid: list[list[str]] = []
    above: dict[int, tuple[str, int]] = {}  # by column: a cell, and the rows it still covers
    for line in part.children:
        row = {column: said for column, (said, _) in above.items()}
        left = {column: (said, more - 1) for column, (said, more) in above.items() if more > 1}
        column = 0
        for entry in line.children:
            while column in above:
                column += 1
            said = " ".join(" ".join(map(text_of, entry.children)).split())
            for covered in range(column, column + 1 + entry.get("morecols", 0)):
                row[covered] = said if spread or covered == column else ""
                if entry.get("morerows", 0):
                    left[covered] = (row[covered], entry["morerows"])
            column = covered + 1
        above = left
        grid.append([row.get(at, "") for at in range(min(max(row, default=-1) + 1, _WIDEST))])
    return grid
