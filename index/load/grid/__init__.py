"""Tables: cells to rows and columns, which row is the header, and each row as a line with it.

A format says what its cells are; the rest is the same for all.

Nothing was found that makes rows sentences: markitdown, pandas, openpyxl and calamine leave the
labels in the row where they stand, 4% of those of .xlsx apart (`python -m benchmarks.libraries`).
"""

from index.load.grid.cells import Cell, Grid
from index.load.grid.header import is_value
from index.load.grid.lines import (
    GridLine,
    as_line,
    cell_spans,
    has_header,
    named,
    numbered_lines,
    sheet_lines,
    table_lines,
)
from index.load.grid.sections import CellNote, GridRow

__all__ = [
    "Cell",
    "CellNote",
    "Grid",
    "GridLine",
    "GridRow",
    "as_line",
    "cell_spans",
    "has_header",
    "is_value",
    "named",
    "numbered_lines",
    "sheet_lines",
    "table_lines",
]
