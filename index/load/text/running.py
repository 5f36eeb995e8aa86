"""Running headers and footers of plain text: its pages end in form feeds, or in their numbers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from index.load.running import DEEPEST, Edge, count_running, edge_of, page_step, steps_of
from index.types import Span

_LONGEST = 160  # characters of a running line
_PAGE = r"page|seite|sheet|blatt|página|pagina|pág\.|pag\.|side|sida|strana|strona|bladzijde"
_NAMED = re.compile(rf"(?i)\b(?:{_PAGE}|p\.|s\.)[ \t]*(?P<number>\d{{1,4}})\b")
_OF = r"(?P<of>\d{1,4})[ \t]*(?:/|of|von|de|sur)[ \t]*\d{1,4}"
_BARE = re.compile(rf"[-–—\[(][ \t]*(?P<number>\d{{1,4}})[ \t]*[-–—\])]|{_OF}")
# what sets a page's number off, where form feeds end the pages
_SET_OFF = re.compile(
    rf"\b{_OF}\b|\A(?P<first>\d{{1,4}})[ \t]*[|·•]|[|·•][ \t]*(?P<last>\d{{1,4}})\Z"
)
# at one side of the page, the header's words at the other
_APART = re.compile(r"(?P<left>\d{1,4})(?:[ ]{3,}|\t)[^\W\d].*|.*(?:[ ]{3}|\t)(?P<right>\d{1,4})")
_LEAST_PAGES = 3  # that must have a line, where no word says that it counts pages
_LEAST_LINES = 2  # of text on a page


class _Numbered(NamedTuple):
    """A line that may hold a page's number: the `at`-th; `named` says so by a word."""

    line: Span
    at: int
    number: int
    named: bool


def running_lines(text: str, own: Sequence[Span]) -> frozenset[Span]:
    """Those of the lines `own` (none empty) that are headers, footers or numbers of pages."""
    numbered = _page_numbers(text, own)
    fed, counted = list(_fed_pages(text, own)), list(_pages(own, numbered))
    pages, least = (counted, 1)  # where a line counts them, another beside it needs less proof
    if len(fed) >= max(len(counted), _LEAST_PAGES):
        pages, least = fed, 1 if numbered else 2
    if len(pages) < 2:
        return frozenset()
    tops = [_edges(text, page[:DEEPEST], i) for i, page in enumerate(pages)]
    ends = [_edges(text, page[: -DEEPEST - 1 : -1], i) for i, page in enumerate(pages)]
    above, below = count_running(tops, least), count_running(ends, least)
    steps = frozenset(steps_of(zip((*tops, *ends), (*above, *below), strict=True)))
    found = set(numbered)
    for page, top, end, high, low in zip(pages, tops, ends, above, below, strict=True):
        found |= _set_off(text, page, high + _is_number(top[high : high + 1], steps))
        found |= _set_off(text, page[::-1], low + _is_number(end[low : low + 1], steps))
    return frozenset(found)


def _is_number(edges: Sequence[Edge], steps: frozenset[int]) -> bool:
    """Whether a line is the number of its page, as the running lines count."""
    return bool(edges) and page_step(edges[0]) in steps


def _set_off(text: str, page: Sequence[Span], count: int) -> set[Span]:
    """Of so many lines from a page's edge inwards those that an empty line parts from its text."""
    while count and (count == len(page) or not _is_apart(text, *page[count - 1 : count + 1])):
        count -= 1
    return set(page[:count])


def _is_apart(text: str, one: Span, other: Span) -> bool:
    """Whether an empty line stands between two lines, whichever of them is first."""
    first, second = sorted((one, other))
    return len(text[first.end : second.start].splitlines()) > 1


def _edges(text: str, page: Sequence[Span], number: int) -> list[Edge]:
    return [_edge(text[line.start : line.end], number) for line in page]


def _edge(line: str, number: int) -> Edge:
    """The line; a number in it counts pages if it stands alone or is shown as theirs.

    "Week 3" and "Invoice No. 1003" head a page's text.
    """
    edge = edge_of(line[:_LONGEST], number)
    if len(line) > _LONGEST:
        return edge._replace(tokens=((line, None),))
    if len(edge.tokens) == 1:
        return edge
    bare = _BARE.fullmatch(line) or _APART.fullmatch(line)
    found = _NAMED.search(line) or bare or _SET_OFF.search(line)
    said = found[found.lastgroup or 0] if found else ""
    return edge._replace(tokens=tuple((w, step if w == said else None) for w, step in edge.tokens))


def _fed_pages(text: str, own: Sequence[Span]) -> Iterator[Sequence[Span]]:
    """The lines between form feeds."""
    page: list[Span] = []
    end = 0
    for line in own:
        if page and "\f" in text[end : line.start]:
            yield page
            page = []
        page.append(line)
        end = line.end
    if page:
        yield page


def _pages(own: Sequence[Span], numbered: frozenset[Span]) -> Iterator[Sequence[Span]]:
    """The lines up to each that holds a page's number."""
    page: list[Span] = []
    for line in own:
        page.append(line)
        if line in numbered:
            yield page
            page = []
    if page and numbered:
        yield page


def _page_numbers(text: str, own: Sequence[Span]) -> frozenset[Span]:
    """Lines that say the same but for a number that goes up by one, or by two on facing pages."""
    alike: dict[str, list[_Numbered]] = defaultdict(list)
    for at, line in enumerate(own):
        words = text[line.start : line.end] if line.end - line.start <= _LONGEST else ""
        named, alone = _NAMED.search(words), _stands_alone(text, own, at)
        found = named or _BARE.fullmatch(words) or (alone and _APART.fullmatch(words)) or None
        if found is not None:
            start, end = found.span(found.lastgroup or 0)
            key = " ".join(f"{words[:start]} # {words[end:]}".split())
            alike[key].append(_Numbered(line, at, int(words[start:end]), named is not None))
    return frozenset(line for same in alike.values() for line in _in_step(same))


def _stands_alone(text: str, own: Sequence[Span], at: int) -> bool:
    """Whether the lines above and below are empty."""
    return all(_is_apart(text, a, b) for a, b in pairwise(own[max(at - 1, 0) : at + 2]))


def _in_step(same: Sequence[_Numbered]) -> Iterator[Span]:
    """Those whose number follows that of another, with lines of text between them."""
    run: list[_Numbered] = []
    for one in [*same, None]:
        if run and (one is None or not _follows(run[-1], one)):
            if len(run) >= (2 if run[0].named else _LEAST_PAGES):
                yield from (numbered.line for numbered in run)
            run = []
        if one is not None:
            run.append(one)


def _follows(before: _Numbered, after: _Numbered) -> bool:
    return after.number - before.number in (1, 2) and after.at - before.at > _LEAST_LINES
