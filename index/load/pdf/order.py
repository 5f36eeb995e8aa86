"""The reading order of a page that does not say it: columns, and what reaches across them.

A page is cut at gutters, and what is beside them again, as in Nagy and Seth's recursive X-Y cut
(Hierarchical Representation of Optically Scanned Documents, ICPR 1984); a band of white across the
page cuts nothing, for paragraphs have it too, but a line across a gutter does.

The order in which the page draws its text is a witness, not the judge: most programs draw a
column after the other and a table row by row, some draw across two columns of prose line by line.
"""

from __future__ import annotations

from collections.abc import Sequence

from index.load.pdf.aligned import tables_in
from index.load.pdf.columns import Strip, gutter_of, zones
from index.load.pdf.lines import lines_of, overlap
from index.load.pdf.sheet import WIDE, PdfPage, Run, TextLine

_DEEPEST = 4  # columns within columns
_FEWEST = 4  # strips that may stand in columns
_ROWS = 3  # bands that are a table rather than columns
_MOST = 0.7  # share of a table's lines among those beside a gutter


def regions(runs: Sequence[Run], sheet: PdfPage) -> list[list[TextLine]]:
    """The lines of each column of a page, from top to bottom; the columns in reading order."""
    found = _regions(_strips(runs), _DEEPEST, sheet)
    return [_lines(strips, sheet) for strips in found]


def _lines(strips: Sequence[Strip], sheet: PdfPage) -> list[TextLine]:
    return lines_of((run for strip in strips for run in strip.runs), sheet.number)


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
    return -0.5 * a.size < b.left - a.right < WIDE * (a.size + b.size) / 2


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


def _regions(strips: Sequence[Strip], deep: int, sheet: PdfPage) -> list[list[Strip]]:
    """Strips in regions, in reading order; the strips come in the page's own order."""
    gutter = gutter_of(strips) if deep and len(strips) >= _FEWEST else None
    if gutter is None:
        return [list(strips)] if strips else []
    groups: list[list[Strip]] = []
    whole: set[int] = set()  # groups that are tables
    joined = False  # to a group that is no column, and may still grow
    for zone in zones(strips, gutter):
        bands = zone.bands()
        if len(bands) >= _ROWS and _is_table(zone.strips, sheet):
            whole.add(len(groups))
            groups.append(list(zone.strips))
            joined = False
            continue
        for band in bands:
            apart = bool(band.left and band.right) and not band.is_row
            if apart:
                groups += [band.left, band.right]
            elif joined:
                groups[-1] += band.strips
            else:
                groups.append(list(band.strips))
            joined = not apart
    found: list[list[Strip]] = []
    for i, group in enumerate(groups):
        ordered = sorted(group, key=lambda s: s.at)
        found += [ordered] if i in whole else _regions(ordered, deep - 1, sheet)
    return found


def _is_table(strips: Sequence[Strip], sheet: PdfPage) -> bool:
    """Whether most of what stands on both sides of a gutter is a table's."""
    lines = _lines(strips, sheet)
    return sum(t.end - t.start for t in tables_in(lines, sheet.strokes)) > _MOST * len(lines)
