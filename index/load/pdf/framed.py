"""Text in a box of its own, as callouts and panels are: what is drawn around it, or behind it.

As of a ruled table, one run stands in for all that a box holds until the page's order is known.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from index.load.pdf.extents import is_row
from index.load.pdf.ink import Box
from index.load.pdf.lines import lines_of
from index.load.pdf.sheet import STANDS_IN, PdfPage, Run, Stroke
from index.load.pdf.strokes import THIN

_LEAST = 60.0, 24.0  # points: how wide and how high a box is that holds text
_MOST = 100  # boxes of a page that are looked at
_ROUND = 15.0  # points by which a rounded corner shortens a side
_DRAWN = 0.6  # share of a side that is to be drawn
_LINES = 3  # of text at least
_ROWS = 8  # lines: in fewer of them gaps are those between the cells of a table's row
_LETTERS = 60  # that make a text
_WHOLE = 0.9  # share of the page's letters: a box around as many is the page's


class FramedText(NamedTuple):
    """A box, and the runs in it in the page's own order."""

    box: Box
    runs: tuple[Run, ...]


def with_boxes(sheet: PdfPage) -> tuple[PdfPage, dict[int, FramedText]]:
    """The page with a run for each box that holds text, and the boxes by the tags of these runs.

    A box may hold the stand-ins of tables, and of boxes.
    """
    found: dict[int, FramedText] = {}
    runs = list(sheet.runs)
    whole = sum(len(run.text) for run in runs if not run.aside)
    first = min(STANDS_IN, min((run.tag for run in runs), default=0) - 1)
    for box in sorted(_boxes(sheet.strokes), key=_area)[:_MOST]:
        inside = [run for run in runs if not run.aside and _is_in(run, box)]
        if not _is_text(inside, whole) or any(_is_cut(run, box) for run in runs):
            continue
        tag = first - len(found)
        found[tag] = FramedText(box, tuple(inside))
        held = set(map(id, inside))
        at = next(i for i, run in enumerate(runs) if id(run) in held)
        rest = (run for run in runs[at:] if id(run) not in held)
        runs = [*runs[:at], _stand_in(inside, tag), *rest]
    return sheet._replace(runs=tuple(runs)), found


def _area(box: Box) -> float:
    return (box.right - box.left) * (box.top - box.bottom)


def _is_in(run: Run, box: Box) -> bool:
    within = box.left - THIN < run.left and run.right < box.right + THIN
    return within and box.bottom - THIN < run.base < box.top


def _is_cut(run: Run, box: Box) -> bool:
    """Whether a run reaches into a box from beside it: then the box only marks it."""
    beside = run.right < box.left + THIN or run.left > box.right - THIN or _is_in(run, box)
    return not run.aside and not beside and box.bottom < run.base < box.top


def _is_text(runs: Sequence[Run], whole: int) -> bool:
    """Whether a box holds lines of text, and not the cells of a row, or all that the page says."""
    letters = sum(len(run.text) for run in runs)
    if not _LETTERS <= letters < _WHOLE * whole:
        return False
    lines = lines_of(runs, 0)
    rows = sum(map(is_row, lines))
    return len(lines) >= _LINES and (rows * 2 <= len(lines) or len(lines) >= _ROWS)


def _stand_in(runs: Sequence[Run], tag: int) -> Run:
    first = max(runs, key=lambda run: run.base)
    text = " ".join(run.text for run in runs)
    left, right = min(run.left for run in runs), max(run.right for run in runs)
    return Run(text, left, right, first.base, first.size, tag=tag)


def _boxes(strokes: Sequence[Stroke]) -> Iterator[Box]:
    """What strokes along and across are drawn around; its corners may be round."""
    flat: dict[tuple[int, int], list[Stroke]] = {}  # by where they begin and end
    upright: list[Stroke] = []
    for stroke in strokes:
        if stroke.right - stroke.left >= _LEAST[0] - 2 * _ROUND:
            flat.setdefault((round(stroke.left / THIN), round(stroke.right / THIN)), []).append(
                stroke
            )
        elif stroke.top - stroke.bottom >= _LEAST[1] - 2 * _ROUND:
            upright.append(stroke)
    upright.sort(key=lambda s: s.left)
    places = [stroke.left for stroke in upright]
    for group in flat.values():
        for above, below in pairwise(sorted(group, key=lambda s: -s.top)):
            if above.top - below.top < _LEAST[1]:
                continue
            sides = [
                _side(upright[bisect_left(places, low) : bisect_right(places, high)], below, above)
                for low, high in (
                    (above.left - _ROUND, above.left + THIN),
                    (above.right - THIN, above.right + _ROUND),
                )
            ]
            if sides[0] is not None and sides[1] is not None:
                yield Box(sides[0], below.top, sides[1], above.top)


def _side(upright: Sequence[Stroke], below: Stroke, above: Stroke) -> float | None:
    """Where a stroke is drawn most of the way from one line to another."""
    for stroke in upright:
        drawn = min(stroke.top, above.top) - max(stroke.bottom, below.top)
        if drawn > _DRAWN * (above.top - below.top):
            return stroke.left
    return None
