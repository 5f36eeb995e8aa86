"""Running headers, footers and page numbers: lines at a page's edge that other pages have too."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

from index.load.numerals import roman_number
from index.load.pdf.sheet import Run, TextLine

_DEEPEST = 3  # lines of a header
_COLUMNS = 3  # of a table, at least, whose header is printed on each page
_TOKEN = re.compile(r"\d+|[^\W\d]+|[^\w\s]")
_NUMBER = re.compile(r"\W*(?:\w{1,5}\.?\s+)?(\d{1,4})(?:\s*(?:/|of|von|de|sur)\s*\d{1,4})?\W*")


class _Edge(NamedTuple):
    """A line and what its tokens are; a number has its distance from the page's count."""

    line: TextLine
    tokens: tuple[tuple[str, int | None], ...]
    large: bool


def margins(pages: Sequence[Sequence[TextLine]]) -> list[tuple[float, float]]:
    """For each page the base lines between which its text stands, both exclusive.

    `pages` are the lines of each page from top to bottom. A line is running where two of the next
    two pages on either side have it at the same height, words the same and numbers the same or in
    step with the pages, and only running lines stand between it and the page's edge.
    """
    body = median([line.size for page in pages for line in page] or [0])
    tops = [[_edge(line, body) for line in page[:_DEEPEST]] for page in pages]
    ends = [[_edge(line, body) for line in page[: -_DEEPEST - 1 : -1]] for page in pages]
    above, below = _running(tops), _running(ends)
    above = [_above_rows(page, n) for page, n in zip(pages, above, strict=True)]
    steps = Counter(
        step
        for edges, n in zip((*tops, *ends), (*above, *below), strict=True)
        for edge in edges[:n]
        for _, step in edge.tokens
        if step is not None
    )
    found: list[tuple[float, float]] = []
    for i in range(len(pages)):
        high, low = above[i], below[i]
        high += _is_number(tops[i][high : high + 1], steps)
        low += _is_number(ends[i][low : low + 1], steps)
        ceiling = tops[i][high - 1].line.base if high else float("inf")
        floor = ends[i][low - 1].line.base if low else float("-inf")
        found.append((floor, ceiling))
    return found


def _edge(line: TextLine, body: float) -> _Edge:
    words = _TOKEN.findall(line.text.lower())
    lone = len(words) == 1
    tokens = tuple((w, _step(w, line.sheet, lone)) for w in words)
    return _Edge(line, tokens, line.size > 1.2 * body)


def _step(word: str, sheet: int, lone: bool) -> int | None:
    if word.isdecimal() and len(word) < 6:
        return int(word) - sheet
    number = roman_number(word) if lone else None
    return None if number is None else number - sheet


def _running(pages: Sequence[Sequence[_Edge]]) -> list[int]:
    """How many lines from the edge inwards are running, on each page."""
    counts: list[int] = []
    for i, edges in enumerate(pages):
        n = 0
        while n < len(edges) and _is_met(edges[n], pages, i):
            n += 1
        counts.append(n)
    return _learnt(pages, counts)


def _above_rows(lines: Sequence[TextLine], n: int) -> int:
    """The running lines without one that is a table's header: its cells stand above others."""
    if not 0 < n < len(lines):
        return n
    head, row = lines[n - 1], lines[n]
    met = sum(any(_is_over(cell, other) for other in row.cells) for cell in head.cells)
    return n - (len(head.cells) >= _COLUMNS and met * 3 >= len(head.cells) * 2)


def _is_over(a: Run, b: Run) -> bool:
    middles = (a.left + a.right - b.left - b.right) / 2
    return min(abs(a.left - b.left), abs(a.right - b.right), abs(middles)) < 3


def _is_met(edge: _Edge, pages: Sequence[Sequence[_Edge]], i: int) -> bool:
    """Whether two of the pages near have a line, or those facing the same way (left or right).

    What is larger than the text, as the title of a slide, must be on all pages near.
    """
    met = {
        j - i: any(_alike(edge, other) for other in pages[j])
        for j in (i - 2, i - 1, i + 1, i + 2)
        if 0 <= j < len(pages)
    }
    if edge.large:
        return bool(met) and all(met.values())
    same = [met[step] for step in (-2, 2) if step in met]
    return sum(met.values()) >= min(2, len(met)) > 0 or (bool(same) and all(same))


def _alike(a: _Edge, b: _Edge) -> bool:
    if abs(a.line.base - b.line.base) > 3 or len(a.tokens) != len(b.tokens):
        return False
    says = any(word.isalpha() for word, _ in a.tokens) or len(a.tokens) < 4
    return says and all(
        word == other or (step is not None and step == other_step)
        for (word, step), (other, other_step) in zip(a.tokens, b.tokens, strict=True)
    )


def _learnt(pages: Sequence[Sequence[_Edge]], counts: Sequence[int]) -> list[int]:
    """The same, with the first line where most pages have a running one: a chapter's first."""
    places = Counter(_place(edges) for edges, n in zip(pages, counts, strict=True) if n)
    common = {at for at, n in places.items() if n * 3 > len(pages) > 3}
    return [
        n or int(bool(edges) and _place(edges) in common)
        for edges, n in zip(pages, counts, strict=True)
    ]


def _place(edges: Sequence[_Edge]) -> tuple[int, float]:
    return round(edges[0].line.base), edges[0].line.size


def _is_number(edges: Sequence[_Edge], steps: Counter[int]) -> bool:
    """Whether a line is a page's number, which no other page near has at that place."""
    if not edges:
        return False
    line = edges[0].line
    found = _NUMBER.fullmatch(line.text[:60])
    step = int(found[1]) - line.sheet if found else None
    return step is not None and (step == 1 or steps[step] > 1)
