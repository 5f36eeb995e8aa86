"""Tables: cells to rows and columns, which row is the header, and each row as a line with it.

A format says what its cells are; the rest is the same for all.
"""

from index.load.grid.cells import Cell, Grid
from index.load.grid.header import is_value
from index.load.grid.lines import (
    CellNote,
    GridLine,
    GridRow,
    as_line,
    has_header,
    named,
    numbered_lines,
    sheet_lines,
    table_lines,
)

__all__ = [
    "Cell",
    "CellNote",
    "Grid",
    "GridLine",
    "GridRow",
    "as_line",
    "has_header",
    "is_value",
    "named",
    "numbered_lines",
    "sheet_lines",
    "table_lines",
]
