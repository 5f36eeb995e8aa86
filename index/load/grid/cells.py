"""The cells of a table at their rows and columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

WIDEST = 200  # columns in which a cell may cover others


class Cell(NamedTuple):
    """What a cell says, how many columns and rows it covers, and how it is set.

    `header`: its format marks it as one that names columns or a row. `continues`: it is the rest
    of the cell above it, which names the row too where it stands in the first column.
    """

    text: str
    columns: int = 1
    rows: int = 1
    header: bool = False
    bold: bool = False
    continues: bool = False


class Grid:
    """The rows of a table, each with its cells by the first column that they cover.

    A cell over several rows is in all of them.
    """

    def __init__(self, rows: Iterable[Sequence[Cell]]) -> None:
        self.rows: list[Mapping[int, Cell]] = []
        self._lasting: dict[int, tuple[Cell, int]] = {}  # cells, and the rows they still cover
        for row in filter(None, rows):
            self.rows.append(self._placed(row))

    def texts(self, i: int) -> list[str]:
        """What stands in a row, by column; what covers several stands in the first."""
        texts = [""] * self._width(i)
        for column, cell in self.rows[i].items():
            texts[column] = cell.text
        return texts

    def spread(self, i: int) -> list[str]:
        """What stands above each column: what covers several stands in all of them."""
        texts = [""] * self._width(i)
        for column, cell in self.rows[i].items():
            texts[column : column + cell.columns] = [cell.text] * cell.columns
        return texts

    def _width(self, i: int) -> int:
        """The columns of a row, which may be fewer than those of another."""
        return max(column + cell.columns for column, cell in self.rows[i].items())

    def _placed(self, row: Sequence[Cell]) -> dict[int, Cell]:
        above = self.rows[-1] if self.rows else {}
        placed = {column: cell for column, (cell, _) in self._lasting.items()}
        taken = {c for column, cell in placed.items() for c in range(column, column + cell.columns)}
        self._lasting = {c: (cell, n - 1) for c, (cell, n) in self._lasting.items() if n > 1}
        column = 0
        for cell in row:
            while column in taken:
                column += 1
            most = max(1, min(cell.columns, WIDEST - column))
            columns = next((n for n in range(1, most) if column + n in taken), most)
            if cell.continues and not cell.text and column == 0 and 0 in above:
                cell = cell._replace(text=above[0].text)
            placed[column] = cell._replace(columns=columns)
            if cell.rows > 1 and column < WIDEST:
                self._lasting[column] = placed[column], cell.rows - 1
            column += columns
        return dict(sorted(placed.items()))
