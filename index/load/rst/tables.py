"""A docutils table to lines, each row with the labels of its header."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from index.load.grid import Cell, table_lines
from index.load.rst.tree import text_of


def rows_of(group: Any) -> Iterator[str]:
    """The lines of a `tgroup`."""
    parts = (part for part in group.children if part.tagname in ("thead", "tbody"))
    return table_lines(
        [_cell(entry, part.tagname == "thead") for entry in row.children]
        for part in parts
        for row in part.children
    )


def _cell(entry: Any, header: bool) -> Cell:
    text = " ".join(" ".join(map(text_of, entry.children)).split())
    return Cell(text, 1 + entry.get("morecols", 0), 1 + entry.get("morerows", 0), header)
