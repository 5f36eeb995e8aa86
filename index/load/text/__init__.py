"""Plain text: paragraphs, list items, headings, code and running lines, guessed from the lines.

markitdown gives a text as it stands; nothing was found that guesses what its lines are
(`python -m benchmarks.libraries`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from index.layout import is_code, is_dump, is_entry
from index.load.decode import decode
from index.load.formats import Parsed, check_length
from index.load.text.headings import with_headings
from index.load.text.lines import MARKER, has_gap, lines, typed_marker
from index.load.text.running import running_lines
from index.load.text.wrapping import in_columns, is_table, joined, page_width
from index.types import Block, BlockKind, Span

__all__ = ["MARKER", "NAME", "VERSION", "blocks", "lines", "read", "typed_marker"]

NAME = "text"
VERSION = 4

_FIELD = re.compile(r"[^:\n]{1,30}:[ \t]{2,}")  # "Author:    Ida Holm"
# what a program marks code with, and at most a word that says in what language it is
_FENCE = re.compile(r"(?P<mark>`{3,}|~{3,})[ \t]*(?P<word>[^`\s]*)")


def read(data: bytes, source: str, known: Mapping[str, str]) -> Iterator[Parsed]:
    """The file's one text, as it was written."""
    text = decode(data, source)
    check_length(len(text))
    yield Parsed(text, blocks(text))


def blocks(text: str) -> tuple[Block, ...]:
    """Paragraphs, items, rows, code, running lines and guessed headings of `text`, in order."""
    own = list(lines(text))
    known = _known(text, [line for line in own if line.start < line.end])
    grouped = groupby(own, lambda line: (line.start < line.end, known.get(line)))
    chunks = [(kind, list(chunk)) for (filled, kind), chunk in grouped if filled]
    page = page_width(text, [chunk for kind, chunk in chunks if kind is None])
    found: list[Block] = []
    for kind, chunk in chunks:
        found += _each(kind, chunk) if kind else _chunk(text, chunk, page)
    return tuple(with_headings(text, list(_with_last_rows(text, found))))


def _known(text: str, own: Sequence[Span]) -> Mapping[Span, BlockKind]:
    """What lines are by themselves or by the whole text: entries of a table of contents, running
    lines, fences and what stands between two.
    """
    entries = [line for line in own if _is_entry(text[line.start : line.end])]
    known = dict.fromkeys((*running_lines(text, own), *entries), BlockKind.RULE)
    for first, last in _fences(text, own):
        known |= dict.fromkeys(own[first : last + 1], BlockKind.CODE)
        known |= {own[first]: BlockKind.RULE, own[last]: BlockKind.RULE}
    return known


def _fences(text: str, own: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """The numbers of the lines that open and close each stretch of code."""
    opened, mark = 0, ""
    for i, line in enumerate(own):
        found = _FENCE.fullmatch(text, *line)
        if found is None:
            continue
        if mark and not found["word"] and found["mark"].startswith(mark):
            yield opened, i
            mark = ""
        elif found["word"] or not (mark or _is_ruled(text, own, i)):
            opened, mark = i, found["mark"]


def _is_ruled(text: str, own: Sequence[Span], at: int) -> bool:
    """Whether a fence may be a line that someone drew: below a heading, or between paragraphs."""
    above = bool(at) and not has_gap(text, own[at - 1], own[at])
    below = at + 1 < len(own) and not has_gap(text, own[at], own[at + 1])
    return text[own[at].start] == "~" and (above or not below)


def _is_entry(line: str) -> bool:
    return is_entry(line) and not is_dump(line)  # dots stand for bytes that are no letters


def _each(kind: BlockKind, chunk: Iterable[Span]) -> Iterator[Block]:
    """A block a line."""
    return (Block(kind, start, end, start) for start, end in chunk)


def _chunk(text: str, chunk: Sequence[Span], page: int) -> Iterator[Block]:
    """Lines with no empty line between them: code, dumps, or what a person reads."""
    if is_code([text[start:end] for start, end in chunk]):
        yield from _each(BlockKind.CODE, chunk)
        return
    for dumped, group in groupby(chunk, lambda line: is_dump(text[line.start : line.end])):
        part = list(group)
        yield from _each(BlockKind.CODE, part) if dumped else _said(text, part, page)


def _said(text: str, chunk: Sequence[Span], page: int) -> Iterator[Block]:
    """Paragraphs, joined where the writer's width broke them, items, and the rows of a table."""
    table = is_table(text, chunk)
    start, end = chunk[0]
    for line, joins in zip(chunk[1:], joined(text, chunk, page), strict=True):
        if joins:
            end = line.end
        else:
            yield _block(text, Span(start, end), table)
            start, end = line
    yield _block(text, Span(start, end), table)


def _block(text: str, span: Span, table: bool) -> Block:
    start, end = span
    if not any(map(str.isalnum, text[start:end])):
        return Block(BlockKind.RULE, start, end, start)
    marker = MARKER.match(text, start, end)
    if marker:
        return Block(BlockKind.ITEM, start, end, marker.end())
    row = table and in_columns(text, span) and not _FIELD.match(text, start, end)
    return Block(BlockKind.ROWS if row else BlockKind.PARAGRAPH, start, end, start)


def _with_last_rows(text: str, found: Iterable[Block]) -> Iterator[Block]:
    """The blocks, where a line in columns below a table, as its total is, is a row of it."""
    above: BlockKind | None = None
    for block in found:
        own = text[block.start : block.end]
        row = block.kind is BlockKind.PARAGRAPH and above is BlockKind.ROWS and "\n" not in own
        if row and in_columns(text, Span(block.start, block.end)):
            block = block._replace(kind=BlockKind.ROWS)
        if block.kind is not BlockKind.RULE:
            above = block.kind
        yield block
