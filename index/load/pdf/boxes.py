"""Where the text of blocks stands on its pages, as far as lines and runs know it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from index.boxes import MONO, NOWHERE, Boxes, share_of
from index.load.pdf.ink import Box
from index.load.pdf.sheet import PdfPage, Run, TextLine
from index.load.pdf.words import Vocabulary
from index.types import Block, BlockKind


class _Placed(NamedTuple):
    """Characters `start` to `end` of a text, and their place along and across the lines."""

    start: int
    end: int
    sheet: int
    mono: bool
    box: Box


class PageBoxes:
    """Takes the lines of a text, in the order in which they are written."""

    def __init__(self, sheets: Sequence[PdfPage], words: Vocabulary) -> None:
        self._sheets, self._words = sheets, words
        self._placed: list[_Placed] = []

    def add(
        self, block: Block | None, lines: Sequence[TextLine], text: str, starts: Sequence[int]
    ) -> None:
        """Add a block of which `text` was made, where each of `lines` begins at its `starts`.

        What was made of them otherwise has no boxes, and what is never quoted has none.
        """
        if block is None or block.kind is BlockKind.RULE:
            return
        if block.end - block.body == len(text):
            self._add(block.body, lines, text, starts)

    def boxes(self) -> Boxes:
        """Of all that was added."""
        placed = [one for one in self._placed if self._sheets[one.sheet].view is not None]
        if not placed:
            return NOWHERE
        numbers = np.array([one.sheet for one in placed])
        views = [sheet.view for sheet in self._sheets[: numbers.max() + 1]]
        matrices = np.array([view.to_shares if view else (0.0,) * 6 for view in views])[numbers]
        boxes = np.array([one.box for one in placed])
        a, b, c, d, e, f = matrices.T
        left, bottom, right, top = boxes.T
        xs = np.sort([a * left + c * bottom + e, a * right + c * top + e], axis=0)
        ys = np.sort([b * left + d * bottom + f, b * right + d * top + f], axis=0)
        towards = np.select([a > abs(b), b > abs(a), -a > abs(b)], [0, 1, 2], 3)
        return Boxes.of(
            np.array([(one.start, one.end) for one in placed]),
            numbers,
            towards + MONO * np.array([one.mono for one in placed]),
            np.stack([xs[0], ys[0], xs[1], ys[1]], axis=1),
            np.array([(v.width, v.height) if v else (1.0, 1.0) for v in views], np.float32),
        )

    def _add(self, at: int, lines: Sequence[TextLine], text: str, starts: Sequence[int]) -> None:
        for line, start, stop in zip(lines, starts, [*starts[1:], len(text)], strict=True):
            if line.stretches:
                self._cells(at + start, line)
            else:
                self._runs(at + start, at + start + len(text[start:stop].rstrip()), line)

    def _cells(self, at: int, row: TextLine) -> None:
        for start, end, lines in row.stretches:
            text, starts = self._words.join(line.text for line in lines)
            if len(text) == end - start:
                self._add(at + start, lines, text, starts)

    def _runs(self, at: int, end: int, line: TextLine) -> None:
        """The text may end before the line does: a hyphen is left out."""
        for begin, run in _begun(line):
            start, stop = max(at, at + begin), min(end, at + begin + len(run.text))
            if start < stop:
                cut = share_of(run.text, start - at - begin, run.mono)
                left = run.left + cut * (run.right - run.left)
                box = Box.on(left, run.right, line.base, line.size)
                self._placed.append(_Placed(start, stop, line.sheet, line.mono, box))


def _begun(line: TextLine) -> Iterator[tuple[int, Run | TextLine]]:
    """The runs of a line, each with where in its text it begins: below 0 where a marker is off.

    A marker may be another, too: what counts is how the line ends. Where that is not what its runs
    say, the line is one.
    """
    whole = " ".join(cell.text for cell in line.cells)
    lost = len(whole) - len(line.text)
    if not (line.runs and whole.endswith(line.text.partition(" ")[2] or line.text)):
        yield 0, line
        return
    at = 0
    for run in line.runs:
        at = whole.find(run.text, at)
        yield at - lost, run
        at += len(run.text)
