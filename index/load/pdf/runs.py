"""The characters of a page to runs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from statistics import median
from typing import Any

from index.load.pdf.characters import GUESSED, REAL, Characters, Style
from index.load.pdf.sheet import WIDE, Run

# of a list's item, a section or a note: what follows may touch it
_LABEL = re.compile(r"\(?\d{1,3}[.)]|[•‣▪]")
_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,3}")
_LONGEST_LABEL = 11  # letters
_LEFTWARD = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_INITIALS = 20  # on a page

_Styled = tuple[Run, Style]


def runs_of(pdfium: Any, page: Any) -> tuple[Run, ...]:
    """The runs of `page` in its own order; what is turned against most of it is aside."""
    text = pdfium.FPDFText_LoadPage(page)
    if not text:
        return ()
    try:
        found = _levelled(list(_runs(Characters(pdfium, text))))
    finally:
        pdfium.FPDFText_ClosePage(text)
    turns = Counter[int]()
    for run, style in found:
        turns[style.angle] += len(run.text)
    main = turns.most_common(1)[0][0] if turns else 0
    runs = [run._replace(aside=run.aside or style.angle != main) for run, style in found]
    return tuple(_with_initials(_mirrored(runs)))


def _runs(characters: Characters) -> Iterator[_Styled]:
    """Runs with their style; neighbours of one style are made one."""
    last: _Styled | None = None
    for found in characters.stretches():
        style = characters.style(found)
        if not (style.named and found.chars):
            continue
        left, base = characters.start(found.start, style.angle)
        right = characters.end(found.end - 1, style.angle)
        if right < left:  # it runs to the left
            right = max(left, characters.end(found.start, style.angle))
            left = min(left, characters.start(found.end - 1, style.angle)[0])
        # pdfium guesses a space beside what is raised, where there may be none
        touches = last is not None and abs(left - last[0].right) < 0.08 * style.size
        spaced = found.space == REAL or (found.space == GUESSED and not touches)
        run = Run(
            found.chars, left, right, base, style.size, style.bold, style.mono, spaced,
            style.tag, style.aside,
        )  # fmt: skip
        if last is not None and style == last[1] and _goes_on(last[0], run):
            last = _one(last[0], run), style
            continue
        if last is not None:
            yield last
        last = run, style
    if last is not None:
        yield last


def _goes_on(a: Run, b: Run) -> bool:
    gap = b.left - a.right
    return abs(a.base - b.base) < 0.05 * a.size and -0.5 * a.size < gap < WIDE * a.size


def _one(a: Run, b: Run) -> Run:
    apart = b.spaced or (len(a.text) <= _LONGEST_LABEL and _is_label(a.text, b.text))
    return a._replace(text=f"{a.text} {b.text}" if apart else a.text + b.text, right=b.right)


def _is_label(text: str, following: str) -> bool:
    if _LABEL.fullmatch(text) and following[0].isalpha():
        return True
    return bool(_NUMBER.fullmatch(text)) and following[0].isupper() and len(following) > 2


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


def _mirrored(runs: list[Run]) -> list[Run]:
    """The runs; in Hebrew and Arabic as a mirror shows them: they begin at the left, too."""
    leftward = sum(len(_LEFTWARD.findall(run.text)) for run in runs)
    if leftward * 2 < sum(len(run.text) for run in runs) or not leftward:
        return runs
    return [run._replace(left=-run.right, right=-run.left) for run in runs]


def _with_initials(runs: list[Run]) -> list[Run]:
    """The runs, with each large initial that hangs over several lines put before its word."""
    large = 1.8 * median(run.size for run in runs) if runs else 0
    singles = [run for run in runs if len(run.text) == 1 and run.text.isupper()]
    for initial in [run for run in singles if run.size > large][:_INITIALS]:
        words = [run for run in runs if _is_initialled(initial, run)]
        if words:
            first = max(words, key=lambda run: (run.base, -run.left))
            runs[runs.index(first)] = first._replace(text=initial.text + first.text)
            runs.remove(initial)
    return runs


def _is_initialled(initial: Run, run: Run) -> bool:
    beside = initial.right - run.size < run.left < initial.right + 1.5 * run.size
    above = initial.base < run.base < initial.base + initial.size
    return beside and above and initial.size > 1.8 * run.size and run.text[0].isalpha()
