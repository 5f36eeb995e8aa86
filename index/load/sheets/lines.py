"""The rows of a sheet or of a CSV file to text: each row a line, with its own place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from index.load.formats import TooMuchText
from index.load.grid import GridRow, sheet_lines
from index.load.writer import Writer
from index.types import BlockKind

MAX_ROWS = 1_000_000
MAX_CELLS = 50_000_000  # empty ones too: a row may have its one value in column 16,384


class SheetText:
    """Writes the sheets of one file.

    `title` is the first row that stands above a table as its title; `lines` is how many were
    written.
    """

    def __init__(self, writer: Writer) -> None:
        self.title = ""
        self.lines = 0
        self._writer = writer
        self._rows = self._cells = 0

    def add(
        self,
        rows: Iterable[GridRow],
        place: str = "",
        heading: str = "",
        level: int = 1,
        headed: bool = False,
    ) -> None:
        """Add a sheet's rows; one of them is called "`place`row 7".

        Above the first stands `heading`; `level` is that of the sheet's own titles; `headed` says
        that labels stand in the first row. Raises TooMuchText.
        """
        for number, kind, text in sheet_lines(self._counted(rows), headed):
            self.lines += 1
            if heading:
                self._writer.page(place.removesuffix(", "))
                self._writer.add(heading, BlockKind.HEADING, level=2)
                heading = ""
            self._writer.page(f"{place}row {number}")
            if kind is BlockKind.HEADING:
                self.title = self.title or text
            self._writer.add(text, kind, level=level if kind is BlockKind.HEADING else 0)

    def _counted(self, rows: Iterable[GridRow]) -> Iterator[GridRow]:
        for row in rows:
            self._rows += 1
            self._cells += len(row.cells)
            if self._rows > MAX_ROWS:
                raise TooMuchText(f"over {MAX_ROWS:,} rows")
            if self._cells > MAX_CELLS:
                raise TooMuchText(f"over {MAX_CELLS:,} cells")
            yield row
