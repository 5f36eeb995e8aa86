"""The reading order of a page that does not say it: columns, and what reaches across them.

The order in which the page draws its text is a witness, not the judge: most programs draw a
column after the other and a table row by row, some draw across two columns of prose line by line.
"""

from __future__ import annotations

from collections.abc import Sequence

from index.load.pdf.columns import Strip, gutter_of, zones
from index.load.pdf.sheet import WIDE, Run, TextLine, lines_of, overlap

_DEEPEST = 4  # columns within columns


def regions(runs: Sequence[Run], sheet: int) -> list[list[TextLine]]:
    """The lines of each column, from top to bottom; the columns in reading order."""
    found = _regions(_strips(runs), _DEEPEST)
    return [lines_of((r for s in strips for r in s.runs), sheet) for strips in found]


def _strips(runs: Sequence[Run]) -> list[Strip]:
    rows: list[list[Run]] = []
    for run in runs:
        last = rows[-1][-1] if rows else None
        if last is not None and overlap(last, run) and _is_near(last, run):
            rows[-1].append(run)
        else:
            rows.append([run])
    return [_strip(at, row) for at, row in enumerate(rows)]


def _is_near(a: Run, b: Run) -> bool:
    return -0.5 * a.size < b.left - a.right < WIDE * max(a.size, b.size)


def _strip(at: int, runs: Sequence[Run]) -> Strip:
    main = max(runs, key=lambda r: len(r.text))
    return Strip(
        at,
        tuple(runs),
        min(r.left for r in runs),
        max(r.right for r in runs),
        main.base,
        main.size,
        sum(len(r.text) for r in runs),
    )


def _regions(strips: Sequence[Strip], deep: int) -> list[list[Strip]]:
    """Strips in regions, in reading order; the strips come in the page's own order."""
    gutter = gutter_of(strips) if deep and len(strips) > 5 else None
    if gutter is None:
        return [list(strips)] if strips else []
    groups: list[list[Strip]] = []
    joined = False  # to a group that is no column, and may still grow
    for zone in zones(strips, gutter):
        for band in zone.bands():
            apart = bool(band.left and band.right) and not band.is_row
            if apart:
                groups += [band.left, band.right]
            elif joined:
                groups[-1] += band.strips
            else:
                groups.append(list(band.strips))
            joined = not apart
    ordered = (sorted(group, key=lambda s: s.at) for group in groups)
    return [region for group in ordered for region in _regions(group, deep - 1)]
