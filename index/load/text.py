"""Plain text: paragraphs, list items and headings, guessed from the lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from index.layout import looks_like_heading
from index.load.decode import decode
from index.load.formats import Parsed, check_length
from index.types import Block, BlockKind, Span

NAME = "text"
VERSION = 2

MARKER = re.compile(
    r"[ \t]*(?:[•‣▪◦●○■□∙·*+–—-]|\(?\d{1,3}[.)]|\(?[a-z]\)|\(?[ivx]{1,4}[.)])"
    r"(?:[ \t]+|(?<=[•‣▪●]))(?=\S)"
)
_LINE = re.compile(r"[^\n\r\x0b\x0c\u2028\u2029]*(?:\r\n|[\n\r\x0b\x0c\u2028\u2029]|$)")
_ASKS = ("?", "？", "؟")
_WRAP = 120  # wrapped text is seldom wider; a longer line is a paragraph


def read(data: bytes, source: str, known: Mapping[str, str]) -> Iterator[Parsed]:
    """The file's one text, as it was written."""
    text = decode(data, source)
    check_length(len(text))
    yield Parsed(text, blocks(text))


def typed_marker(text: str) -> tuple[str, str]:
    """The marker of a list that the writer typed, "(a) ", else ""; and the words after it."""
    found = MARKER.match(text)
    return (f"{found[0].strip()} ", text[found.end() :]) if found else ("", text)


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
        first = at + (len(raw) - len(raw.lstrip())) if body else at
        yield Span(first, first + len(body))
        at = stop


def blocks(text: str) -> tuple[Block, ...]:
    """Paragraphs, items and guessed headings of `text`, in order."""
    found: list[Block] = []
    chunk: list[Span] = []
    page = max((line.end - line.start for line in lines(text)), default=0)
    for line in [*lines(text), Span(len(text), len(text))]:
        if line.start < line.end:
            chunk.append(line)
        elif chunk:
            found += _chunk(text, chunk, page)
            chunk = []
    return tuple(_guess_headings(text, found))


def _chunk(text: str, chunk: Sequence[Span], page: int) -> Iterator[Block]:
    """Lines with no empty line between them: joined where the writer's width broke them."""
    pairs, width = list(pairwise(chunk)), _width(chunk, page)
    soft = [_is_soft(text, a, b, width) for a, b in pairs]
    inner = [s for s, (_, b) in zip(soft, pairs, strict=True) if not _is_marked(text, b)]
    if sum(soft) * 2 <= len(inner):  # a stack of short lines, the widest of them by chance
        soft = [_is_soft(text, a, b, page) for a, b in pairs]
    start, end = chunk[0]
    for line, joins in zip(chunk[1:], soft, strict=True):
        if joins:
            end = line.end
        else:
            yield _block(text, start, end)
            start, end = line
    yield _block(text, start, end)


def _width(chunk: Sequence[Span], page: int) -> int:
    """Where the lines were wrapped: two lines alone do not say, the whole page does."""
    widest = max(line.end - line.start for line in chunk)
    return widest if len(chunk) > 2 else max(widest, page if page <= _WRAP else 0)


def _is_marked(text: str, line: Span) -> bool:
    return MARKER.match(text, line.start, line.end) is not None


def _is_soft(text: str, line: Span, after: Span, width: int) -> bool:
    """Whether only the width of the page broke the line: the next word would not have fitted."""
    following = text[after.start : after.end]
    if _is_marked(text, after) or width > _WRAP or width < 30 or " | " in following:
        return False
    length = line.end - line.start
    if following[0].islower() and length > width * 0.5:
        return True
    return length + 1 + len(following.split(None, 1)[0]) > width and length > width * 0.6


def _block(text: str, start: int, end: int) -> Block:
    marker = MARKER.match(text, start, end)
    if marker:
        return Block(BlockKind.ITEM, start, end, marker.end())
    return Block(BlockKind.PARAGRAPH, start, end, start)


def _guess_headings(text: str, found: Sequence[Block]) -> Iterator[Block]:
    looks = [looks_like_heading(text, block) for block in found]
    for i in range(len(found)):
        # a question is a heading only where it stands alone; in a line of talk it is a sentence
        if looks[i] and text[found[i].start : found[i].end].rstrip("\"'”’」』»").endswith(_ASKS):
            looks[i] = all(_gap(text, a, b) for a, b in pairwise(found[max(0, i - 1) : i + 2]))
    for i, block in enumerate(found):
        after = found[i + 1] if i + 1 < len(found) else None
        # two such lines in a row without a gap are verse or an address
        stacked = (i > 0 and looks[i - 1] and not _gap(text, found[i - 1], block)) or (
            after is not None and looks[i + 1] and not _gap(text, block, after)
        )
        if looks[i] and after is not None and not stacked:
            yield Block(BlockKind.HEADING, block.start, block.end, block.start, 0)
        else:
            yield block


def _gap(text: str, before: Block, after: Block) -> bool:
    """Whether an empty line stands between two blocks."""
    between = text[before.end : after.start].replace("\r\n", "\n")
    return len(re.findall(r"[\n\r\u2028\u2029]", between)) > 1
