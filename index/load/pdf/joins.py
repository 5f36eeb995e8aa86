"""Blocks that a column's end, a page's end or what stands between parted are made whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from index.load.pdf.paragraphs import Usual, ended, fits
from index.load.pdf.sheet import Part, Path, TextLine
from index.load.pdf.words import HYPHENS
from index.types import BlockKind

_SMALL = 0.95  # times the usual size: footnotes and captions are smaller
_LONGEST = 200  # characters of a pulled quotation
_LONG = 20  # letters of a line that is as wide as its column, rather than as its words are
_TEXT = (BlockKind.PARAGRAPH, BlockKind.ITEM)
_WHOLE = (*_TEXT, BlockKind.HEADING)  # what is one block, however many pages its element is on


def joined_flows(flows: Iterable[Sequence[Part]], norm: Usual) -> list[Part]:
    """The blocks of all flows (a flow is a column, or a tagged page), parted ones made whole.

    A flow may begin with what ends the text before it: footnotes, captions, boxes, tables, what
    runs along and what is set larger, as pulled quotations are, may stand between. Within a flow
    captions, boxes and pulled quotations part no paragraph, either. Of what is set larger only one
    block may stand between, and only behind lines that are full: terms stand over what they mean.
    Headings go on, too: in their element, or in the letters that they began in.
    """
    done: list[Part] = []
    elements: dict[Path, int] = {}
    last: int | None = None  # the text that may go on
    edge = 0.0  # where the lines of its flow end at the right
    large = rows = False  # whether larger text stands behind it, and a table
    head: tuple[int, float] | None = None  # larger text that may go on, and its flow's edge
    for flow in flows:
        may_go_on, small = True, False  # whether smaller text stands behind it in this flow
        own = _edge([line for part in flow if not part.aside for line in part.lines])
        for part in flow:
            larger = last is not None and _is_larger(part, done[last], norm)
            pulled = larger and last is not None and not large and _is_full(done[last], edge)
            passes = pulled or _passes(part, norm)
            known = elements.get(part.path) if part.path else None
            if known is None and last is not None and may_go_on and not passes:
                goes_on = _goes_on(done[last], part, edge, large or small or rows)
                known = last if goes_on and not (rows and _is_moved(done[last], part)) else None
            if known is None and head and _goes_on(done[head[0]], part, head[1], amid=True):
                known = head[0]
            if known is not None and done[known].kind in _WHOLE:
                done[known] = done[known]._replace(lines=done[known].lines + part.lines)
                if not (head and head[0] == known):
                    last = known if done[known].kind in _TEXT else None
                    edge, may_go_on = own, False
                    large = small = rows = False
                continue
            if part.path:
                elements[part.path] = len(done)
            if not passes:
                last = len(done) if part.kind in _TEXT else None
                edge, may_go_on = own, False
                large = small = rows = False
            elif part.kind is BlockKind.ROWS and not part.aside:
                rows = True
            elif part.aside or part.kind in _TEXT:
                large, small = large or pulled, small or not (may_go_on or part.aside)
                may_go_on = True
            if not part.aside and part.kind is not BlockKind.RULE:
                head = (len(done), own) if larger else None
            done.append(part)
    return done


def _passes(part: Part, norm: Usual) -> bool:
    """Whether text goes on behind a block as if that did not stand there."""
    small = part.kind in _TEXT and part.lines[0].size < _SMALL * norm.size
    return small or part.aside or part.kind in (BlockKind.RULE, BlockKind.ROWS, BlockKind.CODE)


def _is_full(part: Part, edge: float) -> bool:
    """Whether a text's lines are full, as terms over what they mean are not."""
    return len(part.lines) > 1 and not fits(part.lines[-2], part.lines[-1], edge)


def _is_larger(part: Part, before: Part, norm: Usual) -> bool:
    """Whether a few words are set larger than the text before them, and than is usual."""
    if part.kind not in _TEXT or sum(len(line.text) for line in part.lines) > _LONGEST:
        return False
    return _SMALL * part.lines[0].size > max(norm.size, *(line.size for line in before.lines))


def _is_moved(a: Part, b: Part) -> bool:
    """Whether a text goes on in another column than that of its last line."""
    return abs(a.lines[-1].left - b.lines[0].left) > b.lines[0].size


def _goes_on(a: Part, b: Part, edge: float, amid: bool) -> bool:
    """Whether a paragraph clearly goes on: no sentence ends, and its last line is full.

    Behind text `amid` a column, larger text or a table only in the middle of a sentence: what
    follows these may begin something. The few words of a narrow cell are no full line.
    """
    before, after = a.lines[-1], b.lines[0]
    alike = abs(before.size - after.size) < 0.05 * after.size and before.bold == after.bold
    if (a.path and b.path) or b.kind is not BlockKind.PARAGRAPH or not alike:
        return False  # two elements are two paragraphs
    if amid and not after.text[0].islower():
        return False
    if before.text[-1] in HYPHENS:
        return True
    return len(before.text) >= _LONG and not (ended(before) or fits(before, after, edge))


def _edge(lines: Sequence[TextLine]) -> float:
    """Where lines end at the right; endless if none is as long as another."""
    ends = sorted((line.right for line in lines), reverse=True)
    return ends[0] if len(ends) > 1 and ends[1] > ends[0] - 3 * lines[0].size else float("inf")
