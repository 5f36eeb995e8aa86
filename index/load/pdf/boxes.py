"""Where the text of blocks stands on its pages, as far as lines and runs know it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.boxes import MONO, NOWHERE, Boxes, share_of
from index.load.pdf.sheet import HANGING, RAISED, PdfPage, Run, TextLine
from index.load.pdf.words import Vocabulary
from index.types import Block, BlockKind

_NOWHERE = (0.0,) * 6  # on a page without a size


class PageBoxes:
    """Takes the lines of a text, in the order in which they are written."""

    def __init__(self, sheets: Sequence[PdfPage], words: Vocabulary) -> None:
        self._sheets, self._words = sheets, words
        # start, end, sheet, whether the letters are all as wide, left, right, base and size
        self._runs: list[tuple[float, ...]] = []

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
        if not self._runs:
            return NOWHERE
        table = np.array(self._runs)
        numbers = table[:, 2].astype(np.int64)
        views = [sheet.view for sheet in self._sheets[: numbers.max() + 1]]
        to_shares = np.array([view.to_shares if view else _NOWHERE for view in views])[numbers]
        a, b, c, d, e, f = to_shares.T
        mono, left, right, base, size = table.T[3:]
        bottom, top = base - HANGING * size, base + RAISED * size
        with np.errstate(all="ignore"):  # a page may say that a letter is infinitely wide
            xs = np.sort([a * left + c * bottom + e, a * right + c * top + e], axis=0)
            ys = np.sort([b * left + d * bottom + f, b * right + d * top + f], axis=0)
        towards = np.select([a > abs(b), b > abs(a), -a > abs(b)], [0, 1, 2], 3)
        return Boxes.of(
            table[:, :2].astype(np.int64),
            numbers,
            towards + MONO * mono.astype(np.int64),
            np.stack([xs[0], ys[0], xs[1], ys[1]], axis=1),
            np.array([(v.width, v.height) if v else (1.0, 1.0) for v in views], np.float32),
        )

    def _add(self, at: int, lines: Sequence[TextLine], text: str, starts: Sequence[int]) -> None:
        for line, start, stop in zip(lines, starts, [*starts[1:], len(text)], strict=True):
            if line.stretches:
                self._cells(at + start, line)
            else:
                self._line(at + start, at + start + len(text[start:stop].rstrip()), line)

    def _cells(self, at: int, row: TextLine) -> None:
        for start, end, lines in row.stretches:
            text, starts = self._words.join(line.text for line in lines)
            if len(text) == end - start:
                self._add(at + start, lines, text, starts)

    def _line(self, at: int, end: int, line: TextLine) -> None:
        """The text may end before the line does: a hyphen is left out."""
        for begin, run in _begun(line):
            start, stop, left = at + max(0, begin), min(end, at + begin + len(run.text)), run.left
            if start < stop:
                left += share_of(run.text, max(0, -begin), run.mono) * (run.right - left)
                self._runs.append(
                    (start, stop, line.sheet, run.mono, left, run.right, run.base, run.size)
                )


def _begun(line: TextLine) -> Sequence[tuple[int, Run | TextLine]]:
    """The runs of a line, each with where in its text it begins: below 0 where a marker is off.

    They are counted from the line's end, for its marker may be another, too.
    """
    found: list[tuple[int, Run | TextLine]] = []
    at = len(line.text)
    for run in reversed(line.runs):
        if at <= 0:
            break
        at -= len(run.text) + (line.text[at - 1] == " ")
        found.append((at, run))
    return found[::-1] or [(0, line)]
