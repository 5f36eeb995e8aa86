"""Markdown: markdown-it finds the blocks; the text stays as it was written, markup and all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from index.load.decode import decode
from index.load.formats import Parsed, check_length
from index.load.front import FrontMatter, front_matter
from index.load.text import MARKER
from index.types import Block, BlockKind

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

NAME = "markdown"
VERSION = 4

_QUOTE = re.compile(r"(?:[ \t]*>)+[ \t]*")
# a mark that CommonMark knows none of inside a paragraph: "a.", "**1)**", "    1."
_TYPED = re.compile(
    r"""(?x) (?P<em>\*\*|__|[*_])?
        (?P<mark>[•‣▪◦●○■□∙·–—+*-](?!\S) | \(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)])
        (?(em)(?P=em)) [ \t]+(?=\S)"""
)
_FIRST = re.compile(r"\(?[1ai][.)]|[^\w(]")  # the mark of a list's first member
_TASK = re.compile(r"\[[ xX]\][ \t]+")
# pictures alone, each in a link or not
_PICTURES = re.compile(r"(?:\[?!\[[^\]\n]*\]\([^)\n]*\)(?:\]\([^)\n]*\))?\s*)+")
_RULE_ROW = re.compile(r"[\s|:=-]+\Z")
_LEAVES = {"heading_open", "paragraph_open", "fence", "code_block", "table_open", "html_block"}


def read(data: bytes, source: str, known: Mapping[str, str]) -> Iterator[Parsed]:
    """The file's one text, as it was written."""
    text = decode(data, source)
    check_length(len(text))
    front = front_matter(text)
    title = front.meta.get("title", "")
    yield Parsed(text, _below(front, text), meta=front.meta, title=title)


def blocks(text: str) -> tuple[Block, ...]:
    """Headings, paragraphs, items and rows of `text`, in order."""
    return _below(front_matter(text), text)


def _below(front: FrontMatter, text: str) -> tuple[Block, ...]:
    """The fields of the front matter and what stands below it."""
    # it would be read as a heading
    masked = re.sub(r"[^\r\n]", " ", text[: front.length]) + text[front.length :]
    # markdown-it counts lines by \n alone, after turning \r\n and \r into it
    starts = [0, *(m.end() for m in re.finditer(r"\r\n|\n|\r", masked)), len(masked) + 1]
    tokens = _parser().parse(masked)
    return tuple(_with_rest(text, [*front.fields, *_leaves(text, starts, tokens)]))


def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"maxNesting": 20}).enable("table").disable(["inline"])


def _leaves(text: str, starts: Sequence[int], tokens: Sequence[Token]) -> Iterator[Block]:
    last = 0
    for token in tokens:
        if token.type not in _LEAVES or token.map is None:
            continue
        start, end = starts[token.map[0]], min(starts[token.map[1]], len(text))
        start = max(start, last)
        if start >= end or not text[start:end].strip():
            continue
        last = end
        yield from _leaf(text, start, end, token)


def _leaf(text: str, start: int, end: int, token: Token) -> Iterator[Block]:
    start, end = _trim(text, start, end)
    if token.type == "heading_open":
        yield Block(BlockKind.HEADING, start, end, start, int(token.tag[1]))
    elif token.type == "paragraph_open" and _PICTURES.fullmatch(text, start, end):
        yield Block(BlockKind.RULE, start, end, start)
    elif token.type == "paragraph_open":
        for first, last in _paragraphs(text, start, end):
            body = _body(text, first, last)
            marked = body > _after_quote(text, first, last)
            yield Block(BlockKind.ITEM if marked else BlockKind.PARAGRAPH, first, last, body)
    elif token.type == "html_block" and text[start:end].startswith("<!--"):
        yield Block(BlockKind.RULE, start, end, start)
    else:
        yield from _rows(text, start, end, token.type)


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A paragraph, cut before each line with a list's mark, where such lines make a list in it."""
    found = (m.span() for m in re.finditer(r"[^\n\r]+", text[start:end]))
    lines = [_trim(text, start + a, start + b) for a, b in found]
    marks = [_TYPED.match(text, _after_quote(text, a, b), b) for a, b in lines]
    at = [i for i, mark in enumerate(marks) if mark and i]
    cuts: list[int] = []
    if at and (first := marks[at[0]]):
        led = text[slice(*lines[at[0] - 1])].endswith(":") or len(at) > 1
        begins = bool(_FIRST.fullmatch(first["mark"]))
        lettered = not any(map(str.isdigit, first["mark"]))  # one more member of an outer list
        cuts = at if (begins and led) or (marks[0] and (begins or lettered)) else []
    for i, j in pairwise([0, *cuts, len(lines)]):
        yield lines[i][0], lines[j - 1][1]


def _rows(text: str, start: int, end: int, kind: str) -> Iterator[Block]:
    """Tables, code and HTML: each line for itself; fences and table rules say nothing."""
    for match in re.finditer(r"[^\n\r]+", text[start:end]):
        first, last = _trim(text, start + match.start(), start + match.end())
        if first >= last:
            continue
        line = text[first:last]
        code = BlockKind.CODE if kind in ("fence", "code_block") else BlockKind.ROWS
        silent = _RULE_ROW.match(line) or (kind == "fence" and line.startswith(("```", "~~~")))
        yield Block(BlockKind.RULE if silent else code, first, last, first)


def _after_quote(text: str, start: int, end: int) -> int:
    quote = _QUOTE.match(text, start, end)
    return quote.end() if quote else start


def _body(text: str, start: int, end: int) -> int:
    """Where the words start, after quote marks, a list marker and a task's tick box."""
    at = _after_quote(text, start, end)
    while (marker := MARKER.match(text, at, end) or _TYPED.match(text, at, end)) is not None:
        at = marker.end()
    task = _TASK.match(text, at, end)
    return task.end() if task and at > start and task.end() < end else at


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    raw = text[start:end]
    return start + len(raw) - len(raw.lstrip()), start + len(raw.rstrip())


def _with_rest(text: str, leaves: Sequence[Block]) -> Iterator[Block]:
    """What no leaf covers is markup (rules, empty items, link definitions)."""
    at = 0
    for block in [*leaves, Block(BlockKind.RULE, len(text), len(text), len(text))]:
        for match in re.finditer(r"[^\n\r]+", text[at : block.start]):
            start, end = _trim(text, at + match.start(), at + match.end())
            if start < end:
                yield Block(BlockKind.RULE, start, end, start)
        if block.start < block.end:
            yield block
        at = block.end
