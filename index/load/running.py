"""Running headers and footers: lines at a page's edge that other pages have there too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from index.load.numerals import roman_number

DEEPEST = 3  # lines of a header
_TOKEN = re.compile(r"\d+|[^\W\d]+|[^\w\s]")
_NUMBER = re.compile(r"\W*(?:\w{1,5}\.?\s+)?(\d{1,4})(?:\s*(?:/|of|von|de|sur)\s*\d{1,4})?\W*")


class Edge(NamedTuple):
    """A line near a page's edge: `page` counts from 0, `base` and `size` are in points, 0 where
    lines have none. Of `tokens` a number has its distance from the page's count. `large`: set in
    larger letters than the text.
    """

    text: str
    page: int
    tokens: tuple[tuple[str, int | None], ...]
    base: float = 0.0
    size: float = 0.0
    large: bool = False


def edge_of(
    text: str, page: int, *, base: float = 0.0, size: float = 0.0, large: bool = False
) -> Edge:
    """The line with its words and numbers."""
    words = _TOKEN.findall(text.lower())
    lone = len(words) == 1
    return Edge(text, page, tuple((w, _step(w, page, lone)) for w in words), base, size, large)


def _step(word: str, page: int, lone: bool) -> int | None:
    if word.isdecimal() and len(word) < 6:
        return int(word) - page
    number = roman_number(word) if lone else None
    return None if number is None else number - page


def count_running(pages: Sequence[Sequence[Edge]], least: int = 2) -> list[int]:
    """How many lines from the edge inwards are running, on each page.

    A line is where `least` of the next two pages on either side have it at the same height, words
    the same and numbers the same or in step with the pages, and only such lines stand between it
    and the page's edge.
    """
    counts: list[int] = []
    for i, edges in enumerate(pages):
        n = 0
        while n < len(edges) and _is_met(edges[n], pages, i, least):
            n += 1
        counts.append(n)
    return counts


def steps_of(pages: Iterable[tuple[Sequence[Edge], int]]) -> Iterable[int]:
    """How far the numbers in running lines are from the count of the pages.

    `pages` are the edges of each, and how many of them are running.
    """
    tokens = (token for edges, n in pages for edge in edges[:n] for token in edge.tokens)
    return (step for _, step in tokens if step is not None)


def page_step(edge: Edge) -> int | None:
    """How far a line that is a page's number is from the page's count; None for another line."""
    found = _NUMBER.fullmatch(edge.text[:60])
    return int(found[1]) - edge.page if found else None


def _is_met(edge: Edge, pages: Sequence[Sequence[Edge]], i: int, least: int) -> bool:
    """Whether enough of the pages near have a line, or those facing the same way (left or right).

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
    return sum(met.values()) >= min(least, len(met)) > 0 or (bool(same) and all(same))


def _alike(a: Edge, b: Edge) -> bool:
    if abs(a.base - b.base) > 3 or len(a.tokens) != len(b.tokens):
        return False
    says = any(word.isalpha() for word, _ in a.tokens) or len(a.tokens) < 4
    return says and all(
        word == other or (step is not None and step == other_step)
        for (word, step), (other, other_step) in zip(a.tokens, b.tokens, strict=True)
    )
