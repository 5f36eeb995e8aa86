"""A docutils table to lines: each row says its headers, so that it can be quoted alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from index.load.rst.tree import text_of

Row = dict[int, str]  # by column; a cell over several columns is at its first


def rows_of(group: Any) -> Iterator[str]:
    """ "Header: value; Header: value" for each row of a `tgroup`; empty cells are left out."""
    parts = {child.tagname: _grid(child) for child in group.children}
    heads = parts.get("thead", [])
    names = {
        column: " ".join(dict.fromkeys(row[column] for row in heads if row.get(column)))
        for row in heads
        for column in row
    }
    for row in parts.get("tbody", []):
        cells = [
            f"{names[column]}: {said}" if names.get(column) else said
            for column, said in sorted(row.items())
            if said
        ]
        yield "; ".join(cells)


def _grid(part: Any) -> list[Row]:
    """The rows, a cell over several rows in each of them."""
    grid: list[Row] = []
    above: dict[int, tuple[str, int]] = {}  # by column: a cell, and the rows it still covers
    for line in part.children:
        if line.tagname != "row":
            continue
        row = {column: said for column, (said, _) in above.items()}
        left = {column: (said, more - 1) for column, (said, more) in above.items() if more > 1}
        column = 0
        for entry in line.children:
            while column in above:
                column += 1
            said = " ".join(" ".join(text_of(child).split()) for child in entry.children).strip()
            width, more = 1 + entry.get("morecols", 0), entry.get("morerows", 0)
            row[column] = said
            for covered in range(column, column + width) if more else ():
                left[covered] = (said if covered == column else "", more)
            column += width
        above = left
        grid.append(row)
    return grid
