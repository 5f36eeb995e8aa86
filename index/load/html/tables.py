"""A page's table: whether it holds data, and its cells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from index.load.grid import Cell, Grid, table_lines
from index.load.html.tree import steps

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode as Node

_CELLS = frozenset(("td", "th"))
_MARKS = frozenset(("th", "caption"))  # what no table has that only lays out a page
_LAID_OUT = frozenset((
    "pre", "h1", "h2", "h3", "h4", "h5", "h6", "form", "article", "section",
))  # fmt: skip
_LONG = 300  # characters that no cell has in a table of data that marks no header


def rows_of(
    table: Node, left_out: Callable[[Node], bool], text_of: Callable[[Node], str]
) -> list[str] | None:
    """The rows as lines that can be read alone; None where the table only lays out the page."""
    if table.attributes.get("role") in ("presentation", "none"):
        return None
    rows: list[list[Node]] = []
    names: set[str] = set()
    for node, begins in steps(table, left_out):
        name = node.tag or ""
        if not begins or node.is_text_node:
            continue
        if name == "table":
            return None
        names.add(name)
        if name == "tr":
            rows.append([])
        elif name in _CELLS and rows:
            rows[-1].append(node)
    marked = not names.isdisjoint(_MARKS)
    if not marked and not names.isdisjoint(_LAID_OUT):
        return None
    headed = "thead" in names and any(len(row) > 1 for row in rows)
    cells = [[_cell(node, text_of(node)) for node in row] for row in rows]
    return list(table_lines(cells, sure=True)) if marked or headed or _is_data(cells) else None


def _cell(node: Node, text: str) -> Cell:
    held = node.attributes
    bold = node.css_first("b, strong")
    above = node.parent.parent if node.parent else None
    header = node.tag == "th" or (above is not None and above.tag == "thead")
    return Cell(
        text,
        _span(held.get("colspan")),
        _span(held.get("rowspan")),
        header,
        bold is not None and " ".join(bold.text().split()) == text,
    )


def _span(said: str | None) -> int:
    return max(1, int(said)) if said and said.isascii() and said.isdigit() and len(said) < 6 else 1


def _is_data(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether a table without header cells has short ones, in rows of the same length.

    A cell over several rows is part of each.
    """
    widths = {sum(cell.columns for cell in row.values()) for row in Grid(rows).rows}
    short = all(len(cell.text) <= _LONG for row in rows for cell in row)
    return len(rows) > 1 and len(widths) == 1 and widths.pop() > 1 and short
