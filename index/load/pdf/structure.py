"""The blocks of a page whose structure tree says what belongs together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from index.load.pdf.lines import line_of, overlap
from index.load.pdf.paragraphs import Usual, part, parts, shown
from index.load.pdf.sheet import Element, Part, Path, PdfPage, Run, TextLine
from index.load.pdf.tagged import TaggedCell, tagged_table
from index.load.pdf.tags import HEADINGS
from index.types import BlockKind

_LONG = 300  # characters of a cell: more is text that a table only places

_Held = list[tuple[Element, Run]]
_Cells = dict[Path, dict[Element, list[Run]]]  # of each row, the runs of each cell


class Structure:
    """Makes blocks of one page after the other; remembers what goes on from page to page."""

    def __init__(self, norm: Usual) -> None:
        self._norm = norm
        self._labels: dict[Path, str] = {}  # of list items
        self._said: set[Path] = set()  # items whose label was said

    def parts(self, sheet: PdfPage) -> Iterator[Part]:
        """The blocks of a page, in the tree's order."""
        runs: dict[int, list[Run]] = {}
        for run in sheet.runs:
            if run.tag >= 0 and not run.aside:
                runs.setdefault(run.tag, []).append(run)
        held = [(element, run) for element, tag in sheet.tags for run in runs.pop(tag, ())]
        texted = {element.item for element, _ in held if not element.label}
        rest: _Held = []
        for element, run in held:
            if element.label and element.item in texted:
                self._labels[element.item] = f"{self._labels.get(element.item, '')}{run.text} "
            else:
                rest.append((element, run))
        for group in _groups(rest):
            yield from self._block(group, sheet)

    def _block(self, held: _Held, sheet: PdfPage) -> Iterator[Part]:
        element = held[0][0]
        if element.row:
            yield from self._table(held, sheet)
            return
        lines = _lines((run for _, run in held), sheet.number)
        if element.role in HEADINGS:
            yield Part(BlockKind.HEADING, tuple(lines), HEADINGS[element.role], path=element.path)
        elif element.role == "TOCI":
            yield Part(BlockKind.RULE, tuple(lines), path=element.path)
        elif element.item and element.item not in self._said:
            self._said.add(element.item)
            made = part(lines, self._norm)
            marker = made.marker or shown(self._labels.get(element.item, "•"))  # it may be drawn
            yield Part(BlockKind.ITEM, made.lines, 0, marker, element.path)
        elif element.role:
            yield part(lines, self._norm)._replace(path=element.path)
        else:
            yield from parts(lines, self._norm)

    def _table(self, held: _Held, sheet: PdfPage) -> Iterator[Part]:
        """A table, or what stands in one that only places text."""
        table = held[0][0].table
        rows = [
            [self._cell(element, runs, sheet) for element, runs in row.items()]
            for row in _cells(held, sheet).values()
        ]
        texts = [["".join(line.text for line in c.lines) for c in row] for row in rows]
        if not any(cell.head for row in rows for cell in row) and _is_frame(texts):
            inside = [(e._replace(table=(), row=(), cell=()), run) for e, run in held]
            for group in _groups(inside):
                yield from self._block(group, sheet)
            return
        made = tagged_table(rows)
        yield Part(BlockKind.ROWS, made.lines, path=table, table=made)

    def _cell(self, element: Element, runs: Sequence[Run], sheet: PdfPage) -> TaggedCell:
        lines = tuple(_lines(runs, sheet.number))
        return TaggedCell(lines, element.columns, element.rows, element.head)


def _cells(held: _Held, sheet: PdfPage) -> _Cells:
    """The cells of a table on a page, by row; empty ones count, and rows without any."""
    own: dict[Path, Element] = {}
    cells: _Cells = {}
    for element, _ in sheet.tags:
        if element.table == held[0][0].table and element.row:
            row = cells.setdefault(element.row, {})
            if element.cell:
                row.setdefault(own.setdefault(element.cell, element), [])
    for element, run in held:
        cell = own.setdefault(element.cell, element)
        cells.setdefault(element.row, {}).setdefault(cell, []).append(run)
    return cells


def _is_frame(rows: Iterable[Sequence[str]]) -> bool:
    """Whether a table without a header only places text: in one column, or in long cells."""
    held = list(rows)
    return max(map(len, held)) < 2 or any(len(cell) > _LONG for row in held for cell in row)


def _groups(held: Iterable[tuple[Element, Run]]) -> list[_Held]:
    """What is in one block: of one element, or for mere groups, what follows one another."""
    groups: list[_Held] = []
    named: dict[Path, _Held] = {}
    for element, run in held:
        key = element.table if element.row else element.path
        plain = not element.role and not element.row
        if plain and groups and _follows(groups[-1][-1], element, run):
            groups[-1].append((groups[-1][0][0], run))
        elif not plain and key in named:
            named[key].append((element, run))
        else:
            groups.append([(element, run)])
            if not plain:
                named[key] = groups[-1]
    return groups


def _follows(last: tuple[Element, Run], element: Element, run: Run) -> bool:
    before, left = last
    if before.role or before.row:
        return False
    beside = overlap(left, run) and 0 <= run.left - left.right + run.size < 2 * run.size
    return before.path == element.path or beside


def _lines(runs: Iterable[Run], sheet: int) -> list[TextLine]:
    """The lines of runs that are in reading order."""
    rows: list[list[Run]] = []
    for run in runs:
        last = rows[-1][-1] if rows else None
        if last is not None and overlap(last, run) and run.left > last.left:
            rows[-1].append(run)
        else:
            rows.append([run])
    return [line_of(row, sheet) for row in rows]
