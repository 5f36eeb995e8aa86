"""Blocks that a column's end, a page's end or what stands between parted are made whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from index.load.pdf.paragraphs import Usual, ended, fits
from index.load.pdf.sheet import Part, Path, TextLine
from index.load.pdf.words import HYPHENS
from index.types import BlockKind

_SMALL = 0.95  # times the usual size: footnotes and captions are smaller
_TEXT = (BlockKind.PARAGRAPH, BlockKind.ITEM)


def joined_flows(flows: Iterable[Sequence[Part]], norm: Usual) -> list[Part]:
    """The blocks of all flows (a flow is a column, or a tagged page), parted ones made whole.

    A flow (a column, or a tagged page) may begin with what ends the last one's text; footnotes,
    captions, boxes, tables and what runs along may stand between. Captions and boxes may stand
    within a flow's paragraph, too.
    """
    done: list[Part] = []
    elements: dict[Path, int] = {}
    last: int | None = None  # the text that may go on
    edge = 0.0  # where the lines of the flow end at the right that `last` is of
    for flow in flows:
        waiting, newest = last, None
        own = _edge([line for part in flow if not part.aside for line in part.lines])
        for part in flow:
            passes = _passes(part, norm)
            known = elements.get(part.path) if part.path else None
            if known is None and waiting is not None and not passes:
                known = waiting if _goes_on(done[waiting], part, edge) else None
                waiting = None
            if known is not None and done[known].kind in _TEXT:
                done[known] = done[known]._replace(lines=done[known].lines + part.lines)
                newest = known
                continue
            if part.path:
                elements[part.path] = len(done)
            if not passes:
                newest = len(done)
            elif newest is not None and _interrupts(part) and done[newest].kind in _TEXT:
                waiting, edge = newest, own
            done.append(part)
        if newest is not None:
            last = newest if done[newest].kind in _TEXT else None
            edge = own
    return done


def _passes(part: Part, norm: Usual) -> bool:
    """Whether text goes on behind a block as if that did not stand there."""
    small = part.kind in _TEXT and part.lines[0].size < _SMALL * norm.size
    return small or part.aside or part.kind in (BlockKind.RULE, BlockKind.ROWS, BlockKind.CODE)


def _interrupts(part: Part) -> bool:
    """Whether a block may stand within a paragraph: a caption or a box, not what is led to."""
    return part.aside or part.kind not in (BlockKind.ROWS, BlockKind.CODE)


def _goes_on(a: Part, b: Part, edge: float) -> bool:
    """Whether a paragraph clearly goes on: no sentence ends, and its last line is full."""
    before, after = a.lines[-1], b.lines[0]
    alike = abs(before.size - after.size) < 0.05 * after.size and before.bold == after.bold
    if (a.path and b.path) or b.kind is not BlockKind.PARAGRAPH or not alike:
        return False  # two elements are two paragraphs
    return before.text[-1] in HYPHENS or not (ended(before) or fits(before, after, edge))


def _edge(lines: Sequence[TextLine]) -> float:
    """Where lines end at the right; endless if none is as long as another."""
    ends = sorted((line.right for line in lines), reverse=True)
    return ends[0] if len(ends) > 1 and ends[1] > ends[0] - 3 * lines[0].size else float("inf")
