"""A table's cells to lines: each row says its headers, so that it can be quoted alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

_WIDEST = 200  # columns in which a cell may cover others
_HEADS = 4  # rows of headers above one another


class Cell(NamedTuple):
    """What a cell says, how many columns and rows it covers, whether it is a header.

    `bold` is for tables that mark no header: a first row in bold type is one.
    """

    text: str
    columns: int = 1
    rows: int = 1
    header: bool = False
    bold: bool = False


Row = Mapping[int, Cell]  # by the number of its first column


def lines_of(rows: Sequence[Sequence[Cell]]) -> Iterator[str]:
    """A line a row, "Header: value; Header: value"; empty cells are left out.

    A cell over several rows is said in each of them, headers above one another are said
    together. Without headers, two columns are taken for names and values.
    """
    grid = _grid(rows)
    heads: list[Row] = []
    told = True  # whether a row has said the headers
    for i, row in enumerate(grid):
        if _is_head(grid, i) and (told or len(heads) < _HEADS):
            heads, told = [*([] if told else heads), row], False
        elif any(cell.text for cell in row.values()):
            yield _line(row, _headers(heads))
            told = True
    if not told:
        yield from ("; ".join(cell.text for cell in row.values() if cell.text) for row in heads)


def _grid(rows: Sequence[Sequence[Cell]]) -> list[Row]:
    """The rows with each cell at its column; one over several rows is in all of them."""
    grid: list[Row] = []
    above: dict[int, tuple[Cell, int]] = {}  # by column: a cell, and the rows it still covers
    for row in filter(None, rows):
        placed = {column: cell for column, (cell, _) in above.items()}
        taken = {c for column, cell in placed.items() for c in range(column, column + cell.columns)}
        above = {column: (cell, left - 1) for column, (cell, left) in above.items() if left > 1}
        column = 0
        for cell in row:
            while column in taken:
                column += 1
            cell = cell._replace(columns=max(1, min(cell.columns, _WIDEST - column)))
            placed[column] = cell
            if cell.rows > 1 and column < _WIDEST:
                above[column] = (cell, cell.rows - 1)
            column += cell.columns
        grid.append(dict(sorted(placed.items())))
    return grid


def _is_head(grid: Sequence[Row], i: int) -> bool:
    """Whether a row names columns: by its marks, or as the first one by its looks."""
    cells = [cell for cell in grid[i].values() if cell.text]
    if len(grid[i]) < 2 or not cells:
        return False
    if all(cell.header for cell in cells):
        return True
    return i == 0 and (all(cell.bold for cell in cells) or _is_above_numbers(grid))


def _is_above_numbers(grid: Sequence[Row]) -> bool:
    """Whether the first row has no figure above columns of figures."""
    first = grid[0]
    if any(c.isdigit() for cell in first.values() for c in cell.text):
        return False
    return any(
        first[column].text and len(below) > 1 and all(any(map(str.isdigit, text)) for text in below)
        for column in list(first)[1:]
        for below in [[row[column].text for row in grid[1:] if column in row]]
    )


def _headers(heads: Sequence[Row]) -> dict[int, str]:
    """What is said above each column, from the top."""
    said: dict[int, list[str]] = {}
    for row in heads:
        for start, cell in row.items():
            for column in range(start, start + cell.columns):
                texts = said.setdefault(column, [])
                if cell.text and cell.text not in texts:
                    texts.append(cell.text)
    return {column: " ".join(texts) for column, texts in said.items()}


def _line(row: Row, headers: Mapping[int, str]) -> str:
    texts = [cell.text for cell in row.values() if cell.text]
    if len(row) == 1:  # over all columns: a row's own heading
        return texts[0]
    if headers:
        return "; ".join(
            named(headers.get(column, ""), cell.text) for column, cell in row.items() if cell.text
        )
    first = next(iter(row.values()))
    if len(texts) > 1 and first.text and (first.header or len(row) == 2):
        return named(first.text, "; ".join(texts[1:]))
    return "; ".join(texts)


def named(name: str, value: str) -> str:
    """The value with its name before it."""
    if not name or name == value:
        return value
    return f"{name} {value}" if name[-1] in ":.?!…" else f"{name}: {value}"
