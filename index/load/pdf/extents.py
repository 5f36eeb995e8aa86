"""What the words of lines cover: the columns of a table that nothing rules.

A column is what the words of all lines so far cover, without a gap; a line that would make two of
them one ends the table. So prose ends it, whose lines run across.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence

from index.load.pdf.lines import joined
from index.load.pdf.sheet import APART, STANDS_IN, WIDE, Extent, Joint, Run, TextLine
from index.load.text import MARKER

_FAR = 4.0  # times the letters' size: lines of one table are no further apart
_NEAR = 1.5  # points, where cells meet without a gap
_SHIFT = 12.0  # points: how far a column may begin and end from where it does on the page before
_GUTTER = 0.1  # times the letters' size: the least white between two columns


def grown(lines: list[TextLine], at: int) -> tuple[list[Extent], int]:
    """The columns that lines have from that one on, and where they end; `lines` may be cut."""
    columns = [(cell.left, cell.right) for cell in pieces(lines[at])]
    end = at + 1
    while end < len(lines) and is_near(lines[end - 1], lines[end]):
        line = lines[end]
        more = _with_line(columns, line, columns)
        if more is None:
            apart = cut_at(line, columns) if is_row(line) else line  # prose has words anywhere
            more = None if apart is line else _with_line(columns, apart, columns)
            lines[end] = line if more is None else apart
        if more is None and end == at + 1:  # the first line's gaps may be its words'
            more = _with_line(columns, line, covered(columns, WIDE * line.size))
        if more is None:
            break
        columns, end = more, end + 1
    return columns, end


def _with_line(
    columns: Sequence[Extent], line: TextLine, sure: Sequence[Extent]
) -> list[Extent] | None:
    """The columns with another line's; None where it would make two that are `sure` one."""
    own = ((cell.left, cell.right) for cell in pieces(line))
    grown = covered([*columns, *own], _GUTTER * line.size)
    cells = [(cell.left, cell.right) for cell in line.cells]
    lone = len(cells) == 1 and len(grown) > len(columns)
    return None if lone or not (_are_apart(grown, sure) and _are_apart(grown, cells)) else grown


def cut_at(line: TextLine, columns: Sequence[Extent]) -> TextLine:
    """A line, cut where cells meet without a gap: where text objects do, at a column's edge."""
    return cut(line, lambda joint: _is_edge(joint, columns))


def cut(line: TextLine, parts_at: Callable[[Joint], bool]) -> TextLine:
    """A line, cut where text objects meet, if that is a place that parts."""
    parts: list[list[Run]] = [[]]
    for run in line.runs:
        if parts[-1] and parts_at(Joint(0, parts[-1][-1].right, run.left)):
            parts.append([])
        left, start = run.left, 0
        for joint in filter(parts_at, run.joints):
            parts[-1].append(_part(run, start, joint.at, left, joint.right))
            parts.append([])
            left, start = joint.left, joint.at
        parts[-1].append(_part(run, start, len(run.text), left, run.right) if start else run)
    if len(parts) == 1:
        return line
    cells = [cell for part in parts for cell in joined(part, APART)]
    return line._replace(cells=tuple(cells), runs=tuple(run for part in parts for run in part))


def _part(run: Run, start: int, end: int, left: float, right: float) -> Run:
    """A part of a run, with the joints within it."""
    text = run.text[start:end]
    first = start + len(text) - len(text.lstrip())
    joints = tuple(j._replace(at=j.at - first) for j in run.joints if start < j.at < end)
    return run._replace(text=text.strip(), left=left, right=right, joints=joints)


def _is_edge(joint: Joint, columns: Sequence[Extent]) -> bool:
    """Whether a column begins where a text object does, or one ends where the one before does."""
    at = bisect_right(columns, (joint.left + _NEAR,))
    begins = 1 <= at <= len(columns) and abs(columns[at - 1][0] - joint.left) < _NEAR
    return begins or any(abs(c[1] - joint.right) < _NEAR for c in columns[max(0, at - 2) : at])


def pieces(line: TextLine) -> Sequence[Run]:
    """What may be a line's cells: what gaps part, or what it was cut into."""
    if len(line.runs) <= len(line.cells):
        return line.cells
    fine = joined(line.runs, APART)
    return line.cells if len(line.cells) > len(fine) else fine


def is_row(line: TextLine) -> bool:
    """Whether a line has cells; the gap after a list's marker makes none."""
    if len(line.cells) < 2:
        return len(pieces(line)) > 2
    head = line.cells[0].text
    return len(line.cells) > 2 or not (MARKER.match(head + " x") or len(head) == 1)


def is_near(a: TextLine, b: TextLine) -> bool:
    """Whether two lines, the lower one second, may be of one table."""
    alike = max(a.size, b.size) < 1.4 * min(a.size, b.size)
    return alike and a.base - b.base < _FAR * max(a.size, b.size) and b.cells[0].tag > STANDS_IN


def are_alike(a: Sequence[Extent], b: Sequence[Extent]) -> bool:
    """Whether columns begin or end where others do, as many."""
    near = (min(abs(c[0] - d[0]), abs(c[1] - d[1])) < _SHIFT for c, d in zip(a, b, strict=False))
    return len(a) == len(b) and all(near)


def covered(extents: Iterable[Extent], gap: float) -> list[Extent]:
    """Extents in order, those made one that are closer than `gap`."""
    found: list[Extent] = []
    for left, right in sorted(extents):
        if found and left < found[-1][1] + gap:
            found[-1] = found[-1][0], max(found[-1][1], right)
        else:
            found.append((left, right))
    return found


def _are_apart(columns: Sequence[Extent], cells: Sequence[Extent]) -> bool:
    """Whether each cell stands in another column."""
    places = [place(columns, left) for left, _ in cells]
    return len(set(places)) == len(places)


def place(columns: Sequence[Extent], left: float) -> int:
    """The last column that begins no later."""
    return max(0, bisect_right(columns, (left + 0.1,)) - 1)
