"""Between which heights the text of a page stands: what is above and below it is running."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from statistics import median

from index.load.pdf.sheet import Run, TextLine
from index.load.running import DEEPEST, Edge, count_running, edge_of, page_step, steps_of

_COLUMNS = 3  # of a table, at least, whose header is printed on each page


def margins(pages: Sequence[Sequence[TextLine]]) -> list[tuple[float, float]]:
    """For each page the base lines between which its text stands, both exclusive.

    `pages` are the lines of each page from top to bottom; which are running: `count_running`.
    """
    body = median([line.size for page in pages for line in page] or [0])
    tops = [[_edge(line, body) for line in page[:DEEPEST]] for page in pages]
    ends = [[_edge(line, body) for line in page[: -DEEPEST - 1 : -1]] for page in pages]
    above, below = _learnt(tops, count_running(tops)), _learnt(ends, count_running(ends))
    above = [_above_rows(page, n) for page, n in zip(pages, above, strict=True)]
    steps = Counter(steps_of(zip((*tops, *ends), (*above, *below), strict=True)))
    found: list[tuple[float, float]] = []
    for i in range(len(pages)):
        high, low = above[i], below[i]
        high += _is_number(tops[i][high : high + 1], steps)
        low += _is_number(ends[i][low : low + 1], steps)
        ceiling = tops[i][high - 1].base if high else float("inf")
        floor = ends[i][low - 1].base if low else float("-inf")
        found.append((floor, ceiling))
    return found


def _edge(line: TextLine, body: float) -> Edge:
    large = line.size > 1.2 * body
    return edge_of(line.text, line.sheet, base=line.base, size=line.size, large=large)


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


def _learnt(pages: Sequence[Sequence[Edge]], counts: Sequence[int]) -> list[int]:
    """The same, with the first line where most pages have a running one: a chapter's first."""
    places = Counter(_place(edges) for edges, n in zip(pages, counts, strict=True) if n)
    common = {at for at, n in places.items() if n * 3 > len(pages) > 3}
    return [
        n or int(bool(edges) and _place(edges) in common)
        for edges, n in zip(pages, counts, strict=True)
    ]


def _place(edges: Sequence[Edge]) -> tuple[int, float]:
    return round(edges[0].base), edges[0].size


def _is_number(edges: Sequence[Edge], steps: Counter[int]) -> bool:
    """Whether a line is a page's number, which no other page near has at that place."""
    step = page_step(edges[0]) if edges else None
    return step is not None and (step == 1 or steps[step] > 1)
