"""Tables that nothing rules: lines whose words stand in the same columns, with white between them.

As in Hurst and Nasukawa, Layout and Language (COLING 2000), what stands under one another tells;
a few words that do so by chance are no table: there have to be values, or four rows.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from index.load.grid import is_value
from index.load.pdf.extents import are_alike, cut_at, grown, is_near, is_row, pieces, place
from index.load.pdf.heads import head_rows, labels_of
from index.load.pdf.lines import line_of
from index.load.pdf.rows import PlacedLine, cells_of, row_lines
from index.load.pdf.sheet import Extent, PageTable, Run, Stroke, TextLine

_PAGE = re.compile(r"\d{1,4}", re.ASCII)
_FIRST = 1000  # a list of contents begins before that page
_ASIDE = re.compile(r"[\W\d_]+|[A-Z\d.]{1,6}")  # the number of a chapter, or dots up to its page
_EDGE = 3.0  # points: edges of cells that stand under one another differ by less
_ALIGNED = 0.6  # share of a column's cells that have an edge in common
_HEADS = 3  # lines above the columns, with cells over several of them


_Flat = Sequence[tuple[float, Stroke]]  # by how far down they are


class Found(NamedTuple):
    """A table and the lines that are its, the end excluded; None for a list of contents."""

    start: int
    end: int
    table: PageTable | None


def tables_in(
    lines: Sequence[TextLine],
    strokes: Sequence[Stroke] = (),
    ruled: Mapping[int, PageTable] | None = None,
    heads: Container[str] = (),
    before: Sequence[Extent] = (),
) -> Iterator[Found]:
    """The tables among the lines of a region, from above; `ruled` are those that runs stand for.

    `heads` are first lines of tables that are known: where one stands again, a table begins;
    `before` are the columns of one that may go on at the first line.
    """
    lines = [*(cut_at(line, before) for line in lines[:1]), *lines[1:]]  # others are cut, too
    flat = sorted((-s.top, s) for s in strokes if s.right - s.left > s.top - s.bottom)
    at = done = 0
    while at < len(lines):
        if ruled and lines[at].cells[0].tag in ruled:
            yield Found(at, at + 1, ruled[lines[at].cells[0].tag])
            done = at + 1
        elif is_row(lines[at]):
            start, end, columns = _block(lines, at)
            if start > done and (wider := _with_first(lines, start, end, columns)):
                start, columns = start - 1, wider
            sure = lines[at].text in heads
            above = lines[max(done, at - 1) : start]
            made = _table(above, lines[start:end], columns, flat, sure, () if start else before)
            if made:
                yield made._replace(start=made.start + start, end=made.end + start)
                done = made.end + start
            at = max(made.end + start if made else end, at + 1) - 1
        at += 1


def _block(lines: list[TextLine], at: int) -> tuple[int, int, list[Extent]]:
    """The lines whose columns go on from that one or one of the next few; their end; the columns.

    What heads columns may stand over several, or beside the numbers that are flush right below it.
    """
    columns, end = grown(lines, at)
    best = at, end, columns
    whole = end - at > 2 and (end == len(lines) or not is_row(lines[end]))
    meets = any(run.joints for run in lines[at].runs)
    if whole and not meets and len(pieces(lines[at])) >= len(pieces(lines[at + 1])):
        return best
    for start in range(at + 1, min(at + _HEADS + 1, len(lines))):
        if not (is_row(lines[start]) and is_near(lines[start - 1], lines[start])):
            break
        columns, end = grown(lines, start)
        more = (end, len(columns)) > (best[1], len(best[2]))
        label = start == at + 1 and end == best[1] and _meets(lines[at], len(columns))
        if end - start > 1 and (more or label):
            best = start, end, columns
    return best


def _with_first(
    lines: Sequence[TextLine], start: int, end: int, columns: Sequence[Extent]
) -> list[Extent] | None:
    """The columns with the line right above their lines; None where it is no row's first line.

    Its cells begin where the columns do, though the white between them is no wider than words may
    have; and it is no further from the line below it than that is from the next.
    """
    line, below = lines[start - 1], lines[start]
    step = below.base - lines[start + 1].base if start + 1 < end else 0.0
    cells = pieces(line)
    if is_row(line) or len(cells) != len(columns) or line.base - below.base > step + _EDGE:
        return None
    if any(abs(cell.left - left) > _EDGE for cell, (left, _) in zip(cells, columns, strict=True)):
        return None
    wider, held = grown(list(lines[start - 1 : end + 1]), 0)
    return wider if held == end - start + 1 and len(wider) == len(columns) else None


def _meets(line: TextLine, columns: int) -> bool:
    """Whether a line has a label for each column, of which some meet."""
    return len(pieces(line)) < len(labels_of(line, columns)) == columns


def _table(
    above: Sequence[TextLine],
    lines: Sequence[TextLine],
    columns: Sequence[Extent],
    flat: _Flat,
    sure: bool,
    before: Sequence[Extent],
) -> Found | None:
    """The table of a block of lines; None where its cells do not stand under one another."""
    if sum(map(is_row, lines)) < 2:
        return None
    columns = _united(lines, columns)
    parted = [False, *(_is_parted(a, b, flat) for a, b in pairwise(lines))]
    placed = [
        PlacedLine(_cells(line, columns), new) for line, new in zip(lines, parted, strict=True)
    ]
    rows = row_lines(placed, len(columns))
    while rows and len(_said(rows[-1])) < 2:  # what stands below a table, in its first column
        rows.pop()
    end = sum(line.held for row in rows for line in row)
    full = [row for row in rows if len(_said(row)) > 1]
    told = _are_enough(full) and _is_aligned(rows, len(columns)) and not _is_code(lines)
    if not told and not (sure and len(full) > 1):
        return None
    if _are_entries(rows, len(columns)) and not are_alike(before, columns):
        return Found(0, end, None)
    heads = head_rows([*above, lines[0]], columns)
    cells = [cells_of(row, len(columns)) for row in rows]
    ruled = [row[0].ruled for row in rows]
    parts = sum(ruled) in (1, 2) and ruled[1] and len(rows) > 3
    header = len(heads) + _is_label_row(rows[0]) if heads else int(parts)
    table = PageTable((*heads, *cells), tuple(columns), header)
    return Found(-len(heads), end, table)


def _united(lines: Sequence[TextLine], columns: Sequence[Extent]) -> list[Extent]:
    """The columns, those made one of which one has the label alone and the next what is below it.

    So it is where a label is flush left and the numbers are flush right.
    """
    said = [set[int]() for _ in columns]  # the lines that say something in each
    for i, line in enumerate(lines):
        for run in line.runs:
            said[place(columns, run.left)].add(i)
    found: list[tuple[Extent, set[int]]] = []
    for column, here in zip(columns, said, strict=True):
        before, there = found[-1] if found else (column, set[int]())
        if found and here and there and (max(here) < min(there) or max(there) < min(here)):
            found[-1] = (before[0], column[1]), here | there
        else:
            found.append((column, here))
    return [column for column, _ in found]


def _cells(line: TextLine, columns: Sequence[Extent]) -> dict[int, TextLine]:
    """What of a line stands in each column."""
    held: dict[int, list[Run]] = {}
    for run in line.runs:
        held.setdefault(place(columns, run.left), []).append(run)
    return {column: line_of(runs, line.sheet) for column, runs in held.items()}


def _said(row: Sequence[PlacedLine]) -> set[int]:
    """The columns in which a row says something."""
    return {column for line in row for column in line.cells}


def _are_entries(rows: Sequence[Sequence[PlacedLine]], columns: int) -> bool:
    """Whether rows are titles with their pages: numbers that grow, with no label above them."""
    full = [row[0].cells for row in rows if len(_said(row)) > 1]
    last = [cells.get(columns - 1) for cells in full]
    pages = [int(cell.text) for cell in last if cell and _PAGE.fullmatch(cell.text)]
    grow = 3 < len(last) == len(pages) and pages == sorted(pages) and pages[0] < _FIRST
    return grow and (columns == 2 or (columns == 3 and any(_are_aside(full, i) for i in (0, 1))))


def _are_aside(rows: Sequence[Mapping[int, TextLine]], column: int) -> bool:
    """Whether a column says nothing of its own beside titles."""
    return all(_ASIDE.fullmatch(cells[column].text) for cells in rows if column in cells)


def _is_label_row(row: Sequence[PlacedLine]) -> bool:
    return not any(is_value(cell.text) for line in row for cell in line.cells.values())


def _are_enough(rows: Sequence[Sequence[PlacedLine]]) -> bool:
    """Whether rows are enough for a table: two, where they only hold words four."""
    cells = [cell for row in rows[1:] for cell in row[0].cells.values()]
    return len(rows) > 1 and (len(rows) > 3 or any(is_value(cell.text) for cell in cells))


def _is_parted(a: TextLine, b: TextLine, flat: _Flat) -> bool:
    """Whether a stroke is drawn between two lines, below most of them."""
    left, right = min(a.left, b.left), max(a.right, b.right)
    first, last = bisect_left(flat, (-a.base,)), bisect_left(flat, (-b.base - 0.3 * b.size,))
    between = (stroke for _, stroke in flat[first:last])
    drawn = sum(max(0.0, min(right, s.right) - max(left, s.left)) for s in between)
    return drawn > 0.5 * (right - left)


def _is_aligned(rows: Sequence[Sequence[PlacedLine]], columns: int) -> bool:
    """Whether most columns after the first have cells that begin, end or are centred alike."""
    met = 0
    for column in range(1, columns):
        cells = [row[0].cells[column] for row in rows if column in row[0].cells]
        edges = (
            [cell.left for cell in cells],
            [cell.right for cell in cells],
            [(cell.left + cell.right) / 2 for cell in cells],
        )
        met += max(map(_alike, edges)) >= max(2, _ALIGNED * len(cells))
    return met * 2 >= columns - 1


def _alike(edges: Sequence[float]) -> int:
    """How many are within a few points of one another."""
    ordered = sorted(edges)
    most = first = 0
    for i, edge in enumerate(ordered):
        while edge - ordered[first] > _EDGE:
            first += 1
        most = max(most, i - first + 1)
    return most


def _is_code(lines: Sequence[TextLine]) -> bool:
    return all(line.mono for line in lines) and len(lines[0].cells) < 3
