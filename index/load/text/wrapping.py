"""Which lines only the width of the page broke."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from index.load.text.lines import MARKER, is_marked
from index.types import Span

_WRAP = 120  # wrapped text is seldom wider; a longer line is a paragraph, unless all others show
_NARROW = 30
_ENDS = ".!?:;"
_COLUMNS = re.compile(r"\S(?:[ ]{3}|[ ]*\t)")  # between the cells of a table
_SECTION = re.compile(r"(?:§+[ \t]*)?\d{1,3}\.[\d.]*[ \t]+")
_BEGIN = re.compile(r"\W*[^\W\d_]*")


def page_width(text: str, chunks: Sequence[Sequence[Span]]) -> int:
    """Where the lines of the page are wrapped, in characters; 0 where no width shows.

    `chunks` are the lines between empty ones. Lines of over 120 characters are wrapped where most
    of those with another below them end near one column, so that its first word had no room, and
    in the midst of a sentence: paragraphs of a line each do not. Nor do all begin with one word.
    """
    pairs = [(a, b) for chunk in chunks for a, b in pairwise(chunk) if not is_marked(text, b)]
    widest = max((line.end - line.start for chunk in chunks for line in chunk), default=0)
    if widest <= _WRAP:
        return widest
    if len(pairs) < 2:
        return 0
    width = sorted(a.end - a.start for a, _ in pairs)[len(pairs) * 9 // 10]
    full = sum(_is_full(text, a, b, width) for a, b in pairs)
    goes_on = sum(text[b.start].isalpha() and text[a.end - 1] not in _ENDS for a, b in pairs)
    begins = Counter(_begin(text, b) for _, b in pairs)
    alike = begins.most_common(1)[0][1]  # "level=info …": a log's
    wrapped = min(full, goes_on) * 3 >= len(pairs) * 2
    return width if width > _WRAP and wrapped and alike * 4 <= max(len(pairs), 4) else 0


def joined(text: str, chunk: Sequence[Span], page: int) -> list[bool]:
    """For each line of a chunk but the first, whether it goes on with the line above.

    `page` is the page's width, which says where to look in short chunks.
    """
    pairs, width = list(pairwise(chunk)), _width(chunk, page)
    table = is_table(text, chunk)
    soft = [_is_soft(text, a, b, width, table) for a, b in pairs]
    inner = [s for s, (_, b) in zip(soft, pairs, strict=True) if not is_marked(text, b)]
    if sum(soft) * 2 <= len(inner):  # a stack of short lines, the widest of them by chance
        soft = [_is_soft(text, a, b, page, table) for a, b in pairs]
    return soft


def is_table(text: str, chunk: Sequence[Span]) -> bool:
    """Whether most lines, two at least, are in columns."""
    rows = sum(in_columns(text, line) for line in chunk)
    return rows > 1 and rows * 2 >= len(chunk)


def in_columns(text: str, line: Span) -> bool:
    """Whether wide gaps part a line into cells."""
    marker = MARKER.match(text, line.start, line.end) or _SECTION.match(text, line.start, line.end)
    return _COLUMNS.search(text, marker.end() if marker else line.start, line.end) is not None


def _width(chunk: Sequence[Span], page: int) -> int:
    """Where the lines were wrapped: two lines alone do not say, the whole page does."""
    widest = max(line.end - line.start for line in chunk)
    if widest > _WRAP:
        return page
    return widest if len(chunk) > 2 else max(widest, page)


def _is_soft(text: str, line: Span, after: Span, width: int, table: bool) -> bool:
    """Whether only the width of the page broke the line: the next word would not have fitted."""
    following = text[after.start : after.end]
    ruled = not any(map(str.isalnum, following)) or not any(map(str.isalnum, text[slice(*line)]))
    row = table and in_columns(text, after)
    if is_marked(text, after) or ruled or row or width < _NARROW or " | " in following:
        return False
    begun = text[after.start].islower() and line.end - line.start > width * 0.5
    return begun or _is_full(text, line, after, width)


def _is_full(text: str, line: Span, after: Span, width: int) -> bool:
    """Whether the first word below a line would have had no room in it."""
    length, word = line.end - line.start, text[after.start : after.end].split(None, 1)[0]
    return length + 1 + len(word) > width and length > width * 0.6


def _begin(text: str, line: Span) -> str:
    """The letters that a line begins with."""
    found = _BEGIN.match(text, line.start, line.end)
    return found[0] if found else ""
