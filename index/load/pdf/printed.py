"""The numbers that pages print, where the file does not say how its pages are called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from statistics import median
from typing import NamedTuple

from index.load.numerals import NumeralStyle, numeral, roman_number
from index.load.pdf.sheet import Part, PdfPage, TextLine
from index.types import BlockKind

_LONGEST = 200  # characters of a running line
_LEVEL = 3.0  # points by which the place of a number differs from page to page
_FEWEST = 2  # pages in step, one after the other
_HEAD = re.compile(r"\W{0,8}(\d{1,4})\b(?![.,]\d)")
_TAIL = re.compile(r"(?<![\w.,])(\d{1,4})\W*\Z")
_END = 12  # characters of a line in which its last number stands
_SAID = re.compile(r"(?i)\b(?:page|seite|p\.|s\.)\s{0,3}(\d{1,4})\b")
_LONE = re.compile(r"\W*([ivxlcdm]{1,9})\W*", re.IGNORECASE)


class _Style(NamedTuple):
    """How numbers are written, and how far they are ahead of the count of pages from 0."""

    numerals: NumeralStyle
    upper: bool
    step: int

    def label(self, sheet: int) -> str:
        return numeral(sheet + self.step, self.numerals, self.upper)


def numbered(sheets: Sequence[PdfPage], parts: Iterable[Part]) -> list[PdfPage]:
    """The pages, called as they print it where the file only counts them.

    A number counts where running lines of neighbouring pages have it at the same height and in
    step with the pages, and half of the pages have one: "p. iii (3 of 90)". One between two others
    may be missing; the other pages are then "p. 1 of 90".
    """
    count = len(sheets)
    if any(sheet.name != f"p. {sheet.number + 1}" for sheet in sheets):
        return list(sheets)
    running = (line for part in parts if part.kind is BlockKind.RULE for line in part.lines)
    labels = _labels([line for line in running if len(line.text) <= _LONGEST])
    plain = all(label == str(number + 1) for number, label in labels.items())
    if len(labels) * 2 < count or plain:
        return list(sheets)
    return [sheet._replace(name=_name(labels.get(sheet.number), sheet.number + 1, count))
            for sheet in sheets]  # fmt: skip


def _name(label: str | None, number: int, count: int) -> str:
    if label is None:
        return f"p. {number} of {count}"
    return f"p. {label}" if label == str(number) else f"p. {label} ({number} of {count})"


def _labels(lines: Iterable[TextLine]) -> dict[int, str]:
    """What pages print, by their number from 0; the longest stretch in step wins."""
    found: dict[_Style, dict[int, float]] = {}
    for line in lines:
        for style in _styles(line):
            found.setdefault(style, {})[line.sheet] = line.base
    stretches = [(style, pages) for style, at in found.items() for pages in _stretches(at)]
    labels: dict[int, str] = {}
    for style, pages in sorted(stretches, key=lambda stretch: len(stretch[1])):
        labels |= {page: style.label(page) for page in pages}
    return labels


def _styles(line: TextLine) -> Iterator[_Style]:
    """The numbers on a running line that may be its page's."""
    lone = _LONE.fullmatch(line.text)
    number = roman_number(lone[1].lower()) if lone else None
    if lone and number:
        yield _Style(NumeralStyle.ROMAN, lone[1].isupper(), number - line.sheet)
    ends = (_HEAD.match(line.text), _TAIL.search(line.text[-_END:]))
    said = {*_SAID.findall(line.text), *(found[1] for found in ends if found)}
    for digits in sorted(said):
        if int(digits):
            yield _Style(NumeralStyle.FIGURES, False, int(digits) - line.sheet)


def _stretches(at: dict[int, float]) -> Iterator[range]:
    """Pages that follow one another and print their number at the same height."""
    height = median(at.values())
    pages = sorted(page for page, base in at.items() if abs(base - height) <= _LEVEL)
    joined: list[list[int]] = []
    for page in pages:
        if joined and page - joined[-1][-1] <= 2:
            joined[-1].append(page)
        else:
            joined.append([page])
    yield from (range(run[0], run[-1] + 1) for run in joined if len(run) >= _FEWEST)
