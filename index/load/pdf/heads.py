"""Labels above the columns of a table that nothing rules; some stand over several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from index.load.pdf.extents import cut, is_near, is_row, pieces, place
from index.load.pdf.lines import line_of
from index.load.pdf.sheet import Extent, PageCell, Run, TextLine

_STEP = 3.0  # points: a label stands over the middle of its columns as nearly as that
_WIDEST = 40  # columns of a table whose labels reach over several

_Cells = tuple[PageCell, ...]


def head_rows(lines: Sequence[TextLine], columns: Sequence[Extent]) -> list[_Cells]:
    """The cells of the lines right above the last one that stand over the columns of its table."""
    found: list[_Cells] = []
    for line, below in zip(lines[-2::-1], lines[:0:-1], strict=True):
        if not (_is_over(line, columns) and is_near(line, below)):
            break
        cells = labels_of(line, len(columns))
        if len(cells) > len(columns):
            break
        if len(cells) == len(columns):
            found.append(tuple(PageCell((line_of([cell], line.sheet),)) for cell in cells))
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

    What wide gaps part does, or what begins beside the first column, and no sentence: a label
    alone is not above the first column, where what stands between tables begins.
    """
    width = columns[-1][1] - columns[0][0]
    inside = line.left > columns[0][0] - width / 5 and line.right < columns[-1][1] + width / 5
    apart = (len(line.cells) > 1 and is_row(line)) or line.left > columns[0][1]
    last = line.cells[-1].text
    told = last.endswith((".", "!", "?")) and last.count(" ") > 1
    return inside and apart and not told and len(line.cells) <= len(columns)


def labels_of(line: TextLine, columns: int) -> Sequence[Run]:
    """The labels of a line; those that meet are parted if there is then one for each column."""
    cells = pieces(line)
    if len(cells) < columns:
        apart = cut(line, lambda _: True).cells
        return apart if len(apart) == columns else cells
    return cells


def _spread(cells: Sequence[Run], columns: Sequence[Extent], sheet: int) -> Iterator[PageCell]:
    """Cells, each over the columns around its middle; one that is flush left, over its own."""
    at = 0
    for n, cell in enumerate(cells):
        most = len(columns) - (len(cells) - n - 1)
        away, low, high = _around((cell.left + cell.right) / 2, columns, at, most)
        own = next((i for i in range(at, most) if abs(columns[i][0] - cell.left) < _STEP), None)
        if away > 1 and own is not None:
            low, high = own, max(own, place(columns[:most], cell.right))
        yield from (PageCell() for _ in range(at, low))
        yield PageCell((line_of([cell], sheet),), high - low + 1)
        at = high + 1
    yield from (PageCell() for _ in range(at, len(columns)))


def _around(middle: float, columns: Sequence[Extent], first: int, end: int) -> tuple[int, int, int]:
    """The columns whose middle is nearest to a place, of several the fewest; how far it is."""
    spans = ((low, high) for low in range(first, end) for high in range(low, end))
    away, _, low, high = min(
        (
            round(abs((columns[low][0] + columns[high][1]) / 2 - middle) / _STEP),
            high - low,
            low,
            high,
        )
        for low, high in spans
    )
    return away, low, high
