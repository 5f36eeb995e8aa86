"""The characters of a page to runs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from statistics import median
from typing import Any, NamedTuple

from index.load.pdf.characters import (
    ASKEW,
    GUESSED,
    REAL,
    Characters,
    CharacterStyle,
    Stretch,
)
from index.load.pdf.ink import Box
from index.load.pdf.sheet import APART, Joint, Run, Stroke
from index.load.pdf.strokes import Walls, turned
from index.load.pdf.unseen import PageSight

# of a list's item, a section or a note: what follows may touch it
_LABEL = re.compile(r"\(?\d{1,3}[.)]|[•‣▪]")
_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,3}")
_LONGEST_LABEL = 11  # letters
_LEFTWARD = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_JOINT = 0.05  # times the letters' size: what parts two cells at least
_INITIALS = 20  # on a page
_INITIAL = re.compile(r"[\"'“‘„«]?[^\W\d_]\.?")


_Styled = tuple[Run, CharacterStyle]


class Direction(NamedTuple):
    """How most of a page's text is turned, in quarters, and whether it runs to the left."""

    quarters: int = 0
    mirrored: bool = False

    def box(self, box: Box) -> Box:
        """A place on the page as the runs have theirs."""
        left, bottom, right, top = box
        turned = (
            box,
            Box(bottom, -right, top, -left),
            Box(-right, -top, -left, -bottom),
            Box(-top, left, -bottom, right),
        )[self.quarters % ASKEW]
        return (
            Box(-turned.right, turned.bottom, -turned.left, turned.top) if self.mirrored else turned
        )


class PageRuns(NamedTuple):
    """The runs of a page in its own order, what of its text nobody sees, its strokes, its turn."""

    runs: tuple[Run, ...] = ()
    unseen: tuple[str, ...] = ()
    strokes: tuple[Stroke, ...] = ()
    turn: Direction = Direction()


def runs_of(pdfium: Any, page: Any) -> PageRuns:
    """What is read of `page`; what is turned against most of it is aside."""
    text = pdfium.FPDFText_LoadPage(page)
    if not text:
        return PageRuns()
    unseen: list[str] = []
    try:
        characters = Characters(pdfium, text)
        sight = PageSight(pdfium, page, characters)
        found = _levelled(list(_runs(characters, sight, unseen)))
    finally:
        pdfium.FPDFText_ClosePage(text)
    turns = Counter[int]()
    for run, style in found:
        turns[style.angle] += len(run.text)
    main = turns.most_common(1)[0][0] if turns else 0
    runs = [
        run if run.aside or style.angle == main else run._replace(aside=True)
        for run, style in found
    ]
    strokes = turned(sight.strokes, main)
    turn = Direction(main, _is_leftward(runs))
    if turn.mirrored:  # as a mirror shows them: they begin at the left, too
        runs = [run._replace(left=-run.right, right=-run.left, joints=()) for run in runs]
        strokes = [s._replace(left=-s.right, right=-s.left) for s in strokes]
    return PageRuns(tuple(_with_initials(runs)), tuple(unseen), tuple(strokes), turn)


class _Growing:
    """A run that neighbours of its style are added to."""

    __slots__ = (
        "_base",
        "_joints",
        "_left",
        "_length",
        "_parts",
        "_size",
        "_spaced",
        "right",
        "style",
    )

    def __init__(
        self,
        chars: str,
        left: float,
        right: float,
        base: float,
        spaced: bool,
        style: CharacterStyle,
    ) -> None:
        self._parts, self._size, self._spaced = [chars], style.size, spaced
        self._left, self.right, self._base, self.style = left, right, base, style
        self._length, self._joints = len(chars), list[Joint]()

    def is_beside(self, left: float, base: float) -> bool:
        """Whether what begins there goes on with it."""
        gap, size = left - self.right, self._size
        return abs(self._base - base) < 0.05 * size and -0.5 * size < gap < APART * size

    def add(self, chars: str, left: float, right: float, spaced: bool) -> None:
        """Add what goes on with it."""
        if spaced or (len(self._parts) <= _LONGEST_LABEL and self._is_label(chars)):
            self._parts.append(" ")
            self._length += 1
        if left - self.right > _JOINT * self._size:
            self._joints.append(Joint(self._length, self.right, left))
        self._parts.append(chars)
        self._length += len(chars)
        self.right = right

    def _is_label(self, following: str) -> bool:
        text = "".join(self._parts)
        if _LABEL.fullmatch(text) and following[0].isalpha():
            return True
        return bool(_NUMBER.fullmatch(text)) and following[0].isupper() and len(following) > 2

    def done(self) -> _Styled:
        """The run, and its style."""
        style = self.style
        run = Run(
            "".join(self._parts),
            self._left,
            self.right,
            self._base,
            style.size,
            style.bold,
            style.mono,
            self._spaced,
            style.tag,
            style.aside,
            tuple(self._joints),
        )
        return run, style


def _runs(characters: Characters, sight: PageSight, unseen: list[str]) -> Iterator[_Styled]:
    """Runs with their style; neighbours of one style are made one. Others are `unseen`."""
    walls = Walls(sight.strokes)
    last: _Growing | None = None
    missed = False
    for found, style, left, right, base in _placed(characters):
        if sight.misses(found, style, left, right, base):
            before = f"{unseen.pop()}{' ' * bool(found.space)}" if missed else ""
            unseen.append(before + found.chars)
            missed = True
            continue
        missed = False
        # pdfium guesses a space beside what is raised, where there may be none
        touches = last is not None and abs(left - last.right) < 0.08 * style.size
        spaced = found.space == REAL or (found.space == GUESSED and not touches)
        if last is not None and style == last.style and last.is_beside(left, base):
            if not walls.part(style.angle, last.right, left, base, style.size):
                last.add(found.chars, left, right, spaced)
                continue
            spaced = True
        if last is not None:
            yield last.done()
        last = _Growing(found.chars, left, right, base, spaced, style)
    if last is not None:
        yield last.done()


def _placed(
    characters: Characters,
) -> Iterator[tuple[Stretch, CharacterStyle, float, float, float]]:
    """Stretches with their style, from where to where they reach, and their base line."""
    for whole in characters.stretches():
        style = characters.style(whole)
        if not whole.chars:
            continue
        left, base = characters.start(whole.start, style.angle)
        right = characters.end(whole.end - 1, style.angle)
        if right < left:  # it runs to the left
            right = max(left, characters.end(whole.start, style.angle))
            left = min(left, characters.start(whole.end - 1, style.angle)[0])
        elif characters.may_part(whole, style.size, right - left):
            for part in characters.parted(whole, style, right - left):
                left = characters.start(part.start, style.angle)[0]
                right = characters.end(part.end - 1, style.angle)
                yield part, style, left, right, base
            continue
        yield whole, style, left, right, base


def _levelled(found: list[_Styled]) -> list[_Styled]:
    """The runs of a scanned page with the same size: OCR guesses one for each line."""
    hidden = sorted(run.size for run, style in found if style.hidden)
    if len(hidden) * 2 <= len(found):
        return found
    usual = hidden[len(hidden) // 2]
    return [
        (run._replace(size=usual) if 0.6 < run.size / usual < 1.6 else run, style)
        for run, style in found
    ]


def _is_leftward(runs: list[Run]) -> bool:
    """Whether most letters are Hebrew or Arabic."""
    leftward = sum(len(_LEFTWARD.findall(run.text)) for run in runs if not run.text.isascii())
    return bool(leftward) and leftward * 2 >= sum(len(run.text) for run in runs)


def _with_initials(runs: list[Run]) -> list[Run]:
    """The runs, with each large initial that hangs over several lines put before its word."""
    large = 1.8 * median(run.size for run in runs) if runs else 0
    singles = [run for run in runs if run.text.isupper() and _INITIAL.fullmatch(run.text)]
    for initial in [run for run in singles if run.size > large][:_INITIALS]:
        words = [run for run in runs if _is_initialled(initial, run)]
        if words:
            first = max(words, key=lambda run: (run.base, -run.left))
            text = initial.text + " " * initial.text.endswith(".") + first.text
            runs[runs.index(first)] = first._replace(text=text, left=initial.left, joints=())
            runs.remove(initial)
    return runs


def _is_initialled(initial: Run, run: Run) -> bool:
    beside = initial.right - run.size < run.left < initial.right + 1.5 * run.size
    above = initial.base < run.base < initial.base + initial.size
    return beside and above and initial.size > 1.8 * run.size and run.text[0].isalpha()
