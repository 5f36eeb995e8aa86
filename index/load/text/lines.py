"""The lines of a text, and the markers that writers put before the items of a list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.types import Block, Span

MARKER = re.compile(
    r"[ \t]*(?:[•‣▪◦●○■□▶►➢➤❖◆◇⁃\uf0a7\uf0b7\uf0d8∙·*+–—-]|\(?\d{1,3}[.)]|\(?[a-z]\)"
    r"|\(?[ivx]{1,4}[.)]|o(?=\t|[ ]{2}))"
    r"(?:[ \t]+|(?<=[•‣▪●]))(?=\S)"
)
# of a section: "3.", "3.2", "IV.", "§ 5"
NUMBER = re.compile(
    r"(?P<sign>§+[ \t]*)?(?P<above>(?:\d{1,3}\.)*)(?P<last>\d{1,3})(?P<point>[.)]?)[ \t]+(?=\S)"
    r"|(?P<roman>[IVXLC]{1,7})[.)][ \t]+(?=\S)"
)
_LINE = re.compile(r"[^\n\r\x0b\x0c\u2028\u2029]*(?:\r\n|[\n\r\x0b\x0c\u2028\u2029]|$)")
_END = re.compile(r"\r\n|[\n\r\u2028\u2029]")


def typed_marker(text: str) -> tuple[str, str]:
    """The marker of a list that the writer typed, "(a) ", else ""; and the words after it."""
    found = MARKER.match(text)
    return (f"{found[0].strip()} ", text[found.end() :]) if found else ("", text)


def is_marked(text: str, line: Span) -> bool:
    """Whether a line begins with the marker of a list."""
    return MARKER.match(text, line.start, line.end) is not None


def lines(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """The lines without white space at their ends; an empty line is an empty span."""
    end = len(text) if end is None else end
    at = start
    while at < end:
        match = _LINE.match(text, at, end)
        assert match is not None
        stop = max(match.end(), at + 1)
        raw = text[at:stop]
        body = raw.strip()
        first = at + (len(raw) - len(raw.lstrip()) if body else 0)
        yield Span(first, first + len(body))
        at = stop


def has_gap(text: str, before: Block | Span, after: Block | Span) -> bool:
    """Whether an empty line stands between two blocks or lines."""
    return len(_END.findall(text, before.end, after.start)) > 1
