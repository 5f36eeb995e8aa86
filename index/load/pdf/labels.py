"""What stands beside the fields of a form, above and below them: their labels, by place alone."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice, pairwise
from typing import NamedTuple

from index.load.pdf.fields import Field, FieldKind
from index.load.pdf.ink import Box
from index.load.pdf.sheet import WIDE, Run

_TALL = 30.0  # points: a field for several lines
_FAR = 40  # lines above a field in which the head of its column is looked for
MOST = 60  # cells of a line that are looked at
_FIELDS = 2000  # of a page whose columns are looked at
_NEAR = 1.6  # sizes between a field and the label above or below it
_LEADER = re.compile(r"_{3,}|\.{4,}|…{2,}|(?:\. ){4,}\.?")
FRAMES = frozenset("☐□▢◻❑❏❒○◯")  # printed where a box to tick lies


class Words(NamedTuple):
    """Runs beside one another, by their numbers on the page."""

    runs: tuple[int, ...]
    text: str
    left: float
    right: float
    base: float
    size: float
    tag: int

    @property
    def box(self) -> Box:
        """Their place."""
        return Box.on(self.left, self.right, self.base, self.size)


class Row(NamedTuple):
    """What stands on one line, from left to right; `leaders` are runs of dots or strokes."""

    items: tuple[Words | Field, ...]
    leaders: tuple[int, ...]
    base: float


def parted(runs: Iterable[Run]) -> list[Run]:
    """The runs, with leaders by themselves, whose place is guessed."""
    return [part for run in runs for part in _parted(run)]


def _parted(run: Run) -> Iterator[Run]:
    ends = [at for match in _LEADER.finditer(run.text) for at in match.span()]
    if not ends or run.aside:
        yield run
        return
    width = (run.right - run.left) / len(run.text)
    for start, end in pairwise([0, *ends, len(run.text)]):
        text = run.text[start:end]
        if text.strip():
            lead = len(text) - len(text.lstrip())
            yield run._replace(
                text=text.strip(),
                left=run.left + width * (start + lead),
                right=run.left + width * (start + len(text.rstrip())),
                spaced=run.spaced if not start else text[0] == " " or run.text[start - 1] == " ",
                joints=(),
            )


def rows(runs: Sequence[Run], fields: Sequence[Field]) -> list[Row]:
    """The lines of a page from top to bottom; each field is in the one that it stands on."""
    kept = [i for i, run in enumerate(runs) if not run.aside]
    lines: list[list[int]] = []
    for i in sorted(kept, key=lambda i: -_middle(runs[i])):
        main = runs[lines[-1][0]] if lines else None
        if main is not None and _middle(main) - _middle(runs[i]) < 0.5 * min(
            main.size, runs[i].size
        ):
            lines[-1].append(i)
        else:
            lines.append([i])
    middles = [-_middle(runs[line[0]]) for line in lines]
    held: dict[int, list[Field]] = {}
    alone: list[Field] = []
    for field in fields:
        at = _line_of(field, middles)
        if at is None:
            alone.append(field)
        else:
            held.setdefault(at, []).append(field)
    found = [_row(runs, line, held.get(at, ())) for at, line in enumerate(lines)]
    return sorted([*found, *_unlined(alone)], key=lambda row: -row.base)


def _middle(run: Run) -> float:
    return run.base + 0.3 * run.size


def _line_of(field: Field, middles: Sequence[float]) -> int | None:
    """The line that a field stands on, None for none; `middles` are negative, from the top."""
    box = field.box
    tall = box.top - box.bottom > _TALL
    wanted = box.top - 8 if tall else (box.top + box.bottom) / 2
    slack = 10.0 if tall else max(2.0, (box.top - box.bottom) / 2)
    at = bisect_left(middles, -wanted)
    near = [i for i in (at - 1, at) if 0 <= i < len(middles)]
    best = min(near, key=lambda i: abs(middles[i] + wanted), default=None)
    return best if best is not None and abs(middles[best] + wanted) <= slack else None


def _unlined(fields: Iterable[Field]) -> Iterator[Row]:
    """Fields without a word on their line, by lines."""
    line: list[Field] = []
    for field in sorted(fields, key=lambda f: -f.box.top):
        if line and line[0].box.bottom >= (field.box.top + field.box.bottom) / 2:
            yield _row((), (), line)
            line = []
        line.append(field)
    if line:
        yield _row((), (), line)


def _row(runs: Sequence[Run], line: Sequence[int], fields: Sequence[Field]) -> Row:
    middles = sorted((field.box.left + field.box.right) / 2 for field in fields)
    leaders = [i for i in line if _is_leader(runs[i], middles)]
    words = sorted(set(line) - set(leaders), key=lambda i: runs[i].left)
    cells: list[list[int]] = []
    for i in words:
        last = runs[cells[-1][-1]] if cells else None
        parts = last is None or runs[i].left - last.right > WIDE * runs[i].size
        if not parts and last is not None and middles:
            at = bisect_left(middles, last.right)
            parts = at < len(middles) and middles[at] < runs[i].left
        if parts:
            cells.append([i])
        else:
            cells[-1].append(i)
    items: list[Words | Field] = [*(_words(runs, cell) for cell in cells), *fields]
    items.sort(key=lambda item: item.left if isinstance(item, Words) else item.box.left)
    base = runs[line[0]].base if line else fields[0].box.bottom + 3
    return Row(tuple(items), tuple(leaders), base)


def _is_leader(run: Run, middles: Sequence[float]) -> bool:
    """Whether a run leads to a field, or is the frame that one of those with `middles` lies on."""
    if _LEADER.fullmatch(run.text):
        return True
    at = bisect_left(middles, run.left - 4)
    return run.text in FRAMES and at < len(middles) and middles[at] < run.right + 4


def _words(runs: Sequence[Run], cell: Sequence[int]) -> Words:
    text = runs[cell[0]].text
    for a, b in pairwise(cell):
        apart = runs[b].spaced or runs[b].left - runs[a].right > 0.3 * runs[b].size
        text += " " * apart + runs[b].text
    first = runs[cell[0]]
    return Words(
        tuple(cell), text, first.left, runs[cell[-1]].right, first.base, first.size, first.tag
    )


def heads(lines: Sequence[Row]) -> dict[Field, Words]:
    """For each field the words above it in its column."""
    looks = ((field, lines[max(0, at - _FAR) : at][::-1]) for at, field in _placed(lines))
    return {field: words for field, above in looks if (words := _over(field, above))}


def captions(lines: Sequence[Row]) -> dict[Field, Words]:
    """For each field the words right below it."""
    looks = ((field, lines[at + 1 : at + 3]) for at, field in _placed(lines))
    found = {field: words for field, below in looks if (words := _over(field, below))}
    return {f: words for f, words in found.items() if gap_below(f, words) < _NEAR * words.size}


def _placed(lines: Sequence[Row]) -> Iterator[tuple[int, Field]]:
    """The first fields of a page, each with the number of its line."""
    fields = (
        (at, item)
        for at, line in enumerate(lines)
        for item in line.items
        if isinstance(item, Field)
    )
    return islice(fields, _FIELDS)


def gap_above(field: Field, words: Words) -> float:
    """How far words stand above a field, in points."""
    return words.base - field.box.top


def gap_below(field: Field, words: Words) -> float:
    """How far words stand below a field, in points."""
    return field.box.bottom - words.base - 0.7 * words.size


def is_near(field: Field, words: Words) -> bool:
    """Whether words stand right above a field."""
    return -0.5 * words.size < gap_above(field, words) < _NEAR * words.size


def _over(field: Field, lines: Iterable[Row]) -> Words | None:
    """The words of the first line that has some at a field's place, from left to right."""
    box = field.box
    for line in lines:
        for item in line.items[:MOST]:
            if isinstance(item, Words) and item.left < box.right and item.right > box.left - 4:
                return item
    return None


def groups(items: Sequence[Words | Field], kinds: Sequence[FieldKind]) -> Iterator[tuple[int, int]]:
    """Where on a line fields of some kinds stand with nothing between them."""
    at = 0
    for inside, group in groupby(items, lambda i: isinstance(i, Field) and i.kind in kinds):
        count = sum(1 for _ in group)
        if inside:
            yield at, at + count
        at += count
