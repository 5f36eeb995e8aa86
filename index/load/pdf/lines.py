"""Runs to lines, by where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import attrgetter

from index.load.pdf.sheet import HANGING, RAISED, STANDS_IN, WIDE, Run, TextLine

_by_base, _by_left = attrgetter("base"), attrgetter("left")


def overlap(a: Run | TextLine, b: Run | TextLine) -> bool:
    """Whether both stand on one line: half of the lower letters' height is shared."""
    low, high = (a, b) if a.size < b.size else (b, a)  # by size: it is asked of each pair of runs
    above, top = low.base + RAISED * low.size, high.base + RAISED * high.size
    below, bottom = low.base - HANGING * low.size, high.base - HANGING * high.size
    return (above if above < top else top) - (below if below > bottom else bottom) > 0.5 * low.size


def lines_of(runs: Iterable[Run], sheet: int) -> list[TextLine]:
    """The lines that runs make by where they stand, from top to bottom.

    A run that stands for a table or a box is one alone.
    """
    rows: list[list[Run]] = []
    main: Run | None = None
    for run in sorted(runs, key=_by_base, reverse=True):
        if main is not None and min(main.tag, run.tag) > STANDS_IN and overlap(main, run):
            rows[-1].append(run)
            main = run if run.size > main.size else main
        else:
            rows.append([run])
            main = run
    return [line_of(row, sheet) for row in rows]


def line_of(row: Sequence[Run], sheet: int) -> TextLine:
    """The line of runs that stand beside one another."""
    if len(row) == 1:  # as most are
        (run,) = cells = tuple(row)
        bold = run.bold or not _says(run)
        return TextLine(
            run.text, run.left, run.right, run.base, run.size, bold, run.mono, cells, sheet, cells
        )
    runs = tuple(sorted(row, key=_by_left))
    cells = tuple(joined(runs, WIDE))
    main = max(row, key=lambda r: len(r.text))
    return TextLine(
        " ".join([cell.text for cell in cells]),
        cells[0].left,
        max([run.right for run in row]),
        main.base,
        main.size,
        all(run.bold or not _says(run) for run in row),
        all(run.mono for run in row),
        cells,
        sheet,
        runs,
    )


def joined(runs: Iterable[Run], gap: float) -> list[Run]:
    """Runs from left to right, those made one that are closer than `gap` times their size."""
    cells: list[Run] = []
    last: Run | None = None
    for run in runs:
        near = last is not None and run.left - last.right < gap * max(run.size, last.size)
        if last is not None and near:
            last = cells[-1] = _joined(last, run)
        else:
            cells.append(run)
            last = run
    return cells


def _joined(a: Run, b: Run) -> Run:
    apart = b.spaced or b.left - a.right > 0.3 * b.size
    text = f"{a.text} {b.text}" if apart else a.text + b.text
    right, size = max(a.right, b.right), max(a.size, b.size)
    return Run(text, a.left, right, a.base, size, a.bold, a.mono, a.spaced, a.tag, a.aside)


def _says(run: Run) -> bool:
    return any(map(str.isalnum, run.text))
