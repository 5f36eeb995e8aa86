"""Stretches of a saved quotation, where they stand in it now."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from typing import Any

from index import Document, Span, letters_before
from rag.proof.saved import SavedQuotation

_SIGNS = "".join(c for c in map(chr, range(33, 127)) if not c.isalnum()) + "“”‘’«»…–—"


def carrying(saved: SavedQuotation, document: Document, place: Span) -> Callable[[Any], Span]:
    """What gives a stretch of the quotation, `[start, end]`, where the same letters stand now.

    It raises TypeError or ValueError for what is no stretch of it.
    """
    at = saved.at or Span(0, 0)
    quote, there = saved.quote, document.cut(place)
    old, new = letters_before(quote), letters_before(there)

    def carried(span: Any) -> Span:
        start, end = span
        if type(start) is not int or type(end) is not int or not at.start <= start < end <= at.end:
            raise ValueError("offsets are whole numbers within the quotation")
        if quote == there:
            return Span(start - at.start + place.start, end - at.start + place.start)
        if old[-1] != new[-1]:  # an address of a link is not there any more
            raise ValueError("the letters are others")
        span = quote[start - at.start : end - at.start]
        first = bisect_right(new, old[start - at.start]) - 1
        stop = bisect_left(new, old[end - at.start])
        words = span.strip(_SIGNS)
        head, _, tail = span.partition(words) if words else ("", "", span)
        first -= len(head) if there[:first].endswith(head) else 0
        stop += len(tail) if there.startswith(tail, stop) else 0
        return Span(place.start + first, place.start + stop)

    return carried
