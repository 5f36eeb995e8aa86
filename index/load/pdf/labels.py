"""What stands above the columns of a table that nothing rules: labels, some over several columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from index.load.pdf.extents import cut, is_near, is_row, pieces
from index.load.pdf.sheet import Extent, Run, TableCell, TextLine, line_of

_STEP = 3.0  # points: a label stands over the middle of its columns as nearly as that
_WIDEST = 40  # columns of a table whose labels reach over several

_Cells = tuple[TableCell, ...]


def head_rows(lines: Sequence[TextLine], columns: Sequence[Extent]) -> list[_Cells]:
    """The cells of the lines right above the last one that stand over the columns of its table."""
    found: list[_Cells] = []
    for line, below in zip(lines[-2::-1], lines[:0:-1], strict=True):
        if not (_is_over(line, columns) and is_near(line, below)):
            break
        cells = _labels(line, len(columns))
        if len(cells) == len(columns):
            found.append(tuple(TableCell((line_of([cell], line.sheet),)) for cell in cells))
            columns = [
                (min(left, cell.left), max(right, cell.right))
                for (left, right), cell in zip(columns, cells, strict=True)
            ]
            continue
        made = tuple(_spread(cells, columns, line.sheet))
        if len(made) == 1 or len(columns) > _WIDEST:  # a title
            break
        found.append(made)
    return found[::-1]


def _is_over(line: TextLine, columns: Sequence[Extent]) -> bool:
    """Whether all of a line stands above columns, in no more cells than they are.

    A label alone is not above the first column, where what stands between tables begins.
    """
    width = columns[-1][1] - columns[0][0]
    inside = line.left > columns[0][0] - width / 5 and line.right < columns[-1][1] + width / 5
    cells = is_row(line) or line.left > columns[0][1]
    return inside and cells and len(line.cells) <= len(columns)


def _labels(line: TextLine, columns: int) -> Sequence[Run]:
    """The labels of a line; those that meet are parted if there is then one for each column."""
    cells = pieces(line)
    if len(cells) < columns:
        apart = cut(line, lambda _: True).cells
        return apart if len(apart) == columns else cells
    return cells


def _spread(cells: Sequence[Run], columns: Sequence[Extent], sheet: int) -> Iterator[TableCell]:
    """Cells, each over the columns around its middle."""
    at = 0
    for n, cell in enumerate(cells):
        middle = (cell.left + cell.right) / 2
        most = len(columns) - (len(cells) - n - 1)
        low, high = min(
            ((low, high) for low in range(at, most) for high in range(low, most)),
            key=lambda span: (
                round(abs((columns[span[0]][0] + columns[span[1]][1]) / 2 - middle) / _STEP),
                span[1] - span[0],
            ),
        )
        yield from (TableCell() for _ in range(at, low))
        yield TableCell((line_of([cell], sheet),), high - low + 1)
        at = high + 1
    yield from (TableCell() for _ in range(at, len(columns)))
