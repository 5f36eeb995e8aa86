"""Document to pieces: every character is white space or in exactly one piece."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import NamedTuple

import sentencex

from index.clean import clean
from index.furniture import is_furniture, is_initials, is_pointer
from index.titles import site_title
from index.types import Block, BlockKind, Document, Span

MAX_CHARS = 1500  # a longer "sentence" is a dump of something; it is cut where a word ends


class Kind(Enum):
    """What a stretch of a document is."""

    TITLE = "title"
    HEADING = "heading"
    MARKER = "list marker"
    FURNITURE = "furniture"
    SENTENCE = "sentence"


class Piece(NamedTuple):
    """A stretch of one kind. `block` numbers the block; `level` is a heading's, 0 if guessed."""

    kind: Kind
    start: int
    end: int
    block: int
    level: int = 0
    role: str = "body"  # of a sentence: "body", "item", "byline", "dateline"


_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\.?"
_DATE = re.compile(
    rf"(?i){_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}|\b\d{{1,2}}\.?\s+{_MONTH},?\s+\d{{4}}"
    r"|\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}[./]\d{1,2}[./]\d{4}\b"
)
_BY = re.compile(
    r"(?i)(?:(?:written |posted |reported |story |words |text |edited |reviewed )?by:?|author:?|authors:?|from:)"
    r"\s+(?=\S)"
)
_NAME = re.compile(r"(?:(?:Dr|Prof|Mr|Mrs|Ms)\.?\s+)?[A-Z][\w'’-]+(?:\s+(?:[A-Z]\.|[a-z]{2,3}|[A-Z][\w'’-]+)){1,3}")


def layout(document: Document) -> tuple[Piece, ...]:
    """The pieces of `document`, in order, none overlapping."""
    text, blocks = document.text, document.blocks
    words = [clean(text[b.body : b.end]) for b in blocks]
    pieces: list[Piece] = []
    title_seen = False
    for i, block in enumerate(blocks):
        role = _role(words, blocks, i)
        kind = _kind(document, block, words, i)
        if kind is Kind.TITLE and title_seen:
            kind = Kind.FURNITURE
        title_seen = title_seen or kind is Kind.TITLE
        if kind is Kind.HEADING and role != "body":
            kind = Kind.SENTENCE
        if kind is not Kind.SENTENCE:
            pieces.append(Piece(kind, block.start, block.end, i, block.level))
            continue
        if block.start < block.body:
            marker_end = block.start + len(text[block.start : block.body].rstrip())
            pieces.append(Piece(Kind.MARKER, block.start, marker_end, i))
        if role == "body" and block.kind is BlockKind.ITEM:
            role = "item"
        pieces += _sentences(text, block, i, role)
    return tuple(pieces)


def _kind(document: Document, block: Block, words: Sequence[str], i: int) -> Kind:
    line = words[i]
    after = words[i + 1] if i + 1 < len(words) else ""
    if block.kind is BlockKind.RULE:
        return Kind.FURNITURE
    title = _fold(document.title)
    if title and _fold(line.rstrip("#=- ")) == title and block.kind is not BlockKind.ITEM:
        return Kind.TITLE
    if title and len(line) < 200 and _fold(site_title(line)) == title:
        return Kind.TITLE
    if block.kind is BlockKind.HEADING:
        return Kind.FURNITURE if block.level == 0 and _silent(line, after) else Kind.HEADING
    if block.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM) and _silent(line, after):
        return Kind.FURNITURE
    return Kind.SENTENCE


def _silent(line: str, after: str) -> bool:
    return is_furniture(line) or is_initials(line, after)


def _fold(line: str) -> str:
    return re.sub(r"\W+", " ", line.casefold()).strip()


def _role(words: Sequence[str], blocks: Sequence[Block], i: int) -> str:
    """Whether a short line says who wrote the text, or when."""
    line = words[i]
    if len(line.split()) > 14 or len(line) > 120 or blocks[i].kind in (BlockKind.RULE, BlockKind.ROWS):
        return "body"
    ended = line.endswith((".", "?", "!", ":", ";")) and not _NAME.fullmatch(line)
    by = _BY.match(line)
    if by and line[by.end() : by.end() + 1].isupper() and not ended:
        return "byline"
    if _DATE.search(line) and len(line.split()) <= 10 and not ended:
        return "dateline"
    if _NAME.fullmatch(line) and not blocks[i].level:
        before = words[i - 1] if i else ""
        after = words[i + 1] if i + 1 < len(words) else ""
        named_again = after.startswith(line) and len(after) > len(line)
        early = 0 < i < 5 and len(after.split()) <= 10 and bool(_DATE.search(after))
        if named_again or early or is_initials(before, line):
            return "byline"
    return "body"


def _sentences(text: str, block: Block, number: int, role: str) -> Iterator[Piece]:
    for start, end in _boundaries(text, block.body, block.end):
        alone = (start, end) == (block.body, block.end)
        pointer = not alone and role == "body" and is_pointer(clean(text[start:end]))
        yield Piece(Kind.FURNITURE if pointer else Kind.SENTENCE, start, end, number, 0, role)


def _boundaries(text: str, start: int, end: int) -> Iterator[Span]:
    """sentencex's sentences within a block, trimmed, long ones cut, wordless ones joined on."""
    # line ends inside a block are the page's width, not the writer's; surrogates upset Rust
    flat = re.sub(r"[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029\x00\ud800-\udfff]", " ", text[start:end])
    spans: list[Span] = []
    for found in sentencex.get_sentence_boundaries("en", flat):
        raw = flat[found["start_index"] : found["end_index"]]
        first = start + found["start_index"] + len(raw) - len(raw.lstrip())
        last = first + len(raw.strip())
        if first >= last:
            continue
        if spans and not any(c.isalnum() for c in raw):
            spans[-1] = Span(spans[-1].start, last)
        else:
            spans.append(Span(first, last))
    for span in spans:
        yield from _cut_long(text, span)


def _cut_long(text: str, span: Span) -> Iterator[Span]:
    start, end = span
    while end - start > MAX_CHARS:
        space = max(text.rfind(c, start + MAX_CHARS // 2, start + MAX_CHARS) for c in " \n\t")
        stop = space if space > start else start + MAX_CHARS
        yield Span(start, start + len(text[start:stop].rstrip()))
        start = stop + len(text[stop:end]) - len(text[stop:end].lstrip())
    yield Span(start, end)
