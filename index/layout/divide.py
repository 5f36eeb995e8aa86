"""Document to pieces: every character is white space or in exactly one piece."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

import sentencex

from index.forks import shared_ranges
from index.language import as_shown, clean, letters_before, word_end
from index.layout.bylines import role_of
from index.layout.code import coded
from index.layout.context import (
    Line,
    company,
    contents,
    first_prose,
)
from index.layout.furniture import is_furniture, is_initials, is_pointer
from index.layout.titles import site_title
from index.pieces import MAX_SENTENCE, Kind, Piece
from index.types import Block, BlockKind, Document, Span

_UNITS = (BlockKind.ROWS, BlockKind.CODE)
_PART = 500  # blocks that one process looks at, one after the other
ROW_CHARS = 300  # a shorter row of a table is quoted as a whole, with its labels
MAX_LETTERS = 1250  # a longer "sentence" is a dump of something; it is cut where a word ends
_WINDOW = MAX_SENTENCE  # characters that hold as many letters, or are mostly markup
_CLOSING = re.compile(r"\s*(\*\*\*|\*\*|\*|___|__|_)(?=\s|\Z)")
_INSIDE = re.compile(r"[A-Za-z\d]\.[A-Za-z]")
_NUMBERED_CHARS = 12
_NUMBERED = re.compile(  # what a number follows: "Para. 3", "Nr. 7", "No. 5", but not "no. 5 left"
    r"""(?x)\b(?:(?i:abs|abb|anm|bd|ch|chap|cl|eq|ex|figs?|kap|nr|paras?|pp?|pt|reg|rn|secs?|sect
    |subsec|tab|tz|vols?|ziff|zif) | Nos?|Art|Arts|Lit | (?<=\()(?:nos?|art))\.\Z"""
)
_EMPHASISED = 2_000  # characters, at most, that stand between two marks
_SPACE = re.compile(r"\s*")
_ROLES = {BlockKind.ITEM: "item", BlockKind.REPEATED: "repeated", BlockKind.ROWS: "row"}


def layout(document: Document) -> Sequence[Piece]:
    """The pieces of `document`, in order, none overlapping: its own, or by its blocks."""
    if document.pieces:
        return document.pieces
    text, blocks = document.text, document.blocks
    words = [clean(text[b.body : b.end]) for b in blocks]
    prose = first_prose(words)
    code = coded(words, blocks)
    roles = ["code" if i in code else role_of(words, blocks, i, prose) for i in range(len(blocks))]
    kinds = _kinds(document, words, roles)
    pieces: list[Piece] = []
    for block, kind, role in zip(blocks, kinds, roles, strict=True):
        if kind is not Kind.SENTENCE:
            pieces.append(Piece(kind, block.start, block.end, block.level))
            continue
        if block.start < block.body:
            marker_end = block.start + len(text[block.start : block.body].rstrip())
            pieces.append(Piece(Kind.MARKER, block.start, marker_end))
        own = _ROLES.get(block.kind, role) if role == "body" else role
        pieces += _sentences(document, block, own)
    return tuple(pieces)


def _kinds(document: Document, words: Sequence[str], roles: Sequence[str]) -> list[Kind]:
    """The kind of each block: by its own looks first, then by its neighbours'."""
    blocks = document.blocks

    def looks(part: range) -> list[Kind]:
        return [_kind(document.title, words, roles, blocks[i], i) for i in part]

    kinds = shared_ranges(looks, len(blocks), _PART)
    titles = [i for i, kind in enumerate(kinds) if kind is Kind.TITLE]
    headings = [kind is Kind.HEADING for kind in kinds]
    silent = contents(words, headings) | set(titles[1:])  # a title said twice is the page's
    for i in silent:
        kinds[i] = Kind.FURNITURE
    lines = [_line(document.text, blocks, words, roles, kinds, i) for i in range(len(blocks))]
    for i in company(lines, titles[0] if titles else None):
        kinds[i] = Kind.FURNITURE
    return kinds


def _kind(title: str, words: Sequence[str], roles: Sequence[str], block: Block, i: int) -> Kind:
    line = words[i]
    after = words[i + 1] if i + 1 < len(words) else ""
    if block.kind is BlockKind.RULE:
        return Kind.FURNITURE
    if roles[i] != "body":
        return Kind.SENTENCE
    named = _fold(title)
    listed = block.kind is BlockKind.ITEM
    own = (_fold(line.rstrip("#=- ")), _fold(site_title(line))) if len(line) < 300 else ()
    if named and named in own and not listed:
        return Kind.TITLE
    step = listed and line.endswith((".", "!", "?"))
    marked = block.level > 0 or block.kind in _UNITS or step
    if not marked and (is_furniture(line) or is_initials(line, after)):
        return Kind.FURNITURE
    return Kind.HEADING if block.kind is BlockKind.HEADING else Kind.SENTENCE


def _line(
    text: str,
    blocks: Sequence[Block],
    words: Sequence[str],
    roles: Sequence[str],
    kinds: Sequence[Kind],
    i: int,
) -> Line:
    block, kind = blocks[i], kinds[i]
    ruled = block.kind is BlockKind.RULE  # by its format, or its place: no talk of a page
    named = block.level > 0 or roles[i] != "body" or block.kind in _UNITS or ruled
    numbered = any(c.isalnum() for c in text[block.start : block.body])
    gap = text[blocks[i - 1].end : block.start] if i else "\n\n"
    return Line(
        words[i],
        silent=kind is Kind.FURNITURE and not ruled and any(c.isalnum() for c in words[i]),
        fixed=named or numbered or kind is Kind.TITLE,
        heading=kind is Kind.HEADING,
        tight=len(gap.splitlines()) < 2 if gap.strip(" \t") else True,
    )


def _fold(line: str) -> str:
    return re.sub(r"\W+", " ", line.casefold()).strip()


def _sentences(document: Document, block: Block, role: str) -> Iterator[Piece]:
    text = document.text
    if block.kind in _UNITS and block.end - block.body <= ROW_CHARS:
        yield Piece(Kind.SENTENCE, block.body, block.end, 0, role)
        return
    for start, end in _boundaries(text, block.body, block.end, document.language):
        alone = (start, end) == (block.body, block.end)
        pointer = not alone and role == "body" and is_pointer(clean(text[start:end]))
        yield Piece(Kind.FURNITURE if pointer else Kind.SENTENCE, start, end, 0, role)


def _boundaries(text: str, start: int, end: int, language: str) -> Iterator[Span]:
    """sentencex's sentences within a block, trimmed, long ones cut, wordless ones joined on.

    It splits by the rules of English where it has none of the language.
    """
    # line ends inside a block are the page's width, not the writer's; surrogates upset Rust
    flat = re.sub(r"[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029\x00\ud800-\udfff]", " ", text[start:end])
    spans: list[Span] = []
    begin = 0
    for stop in _ends(flat, language):
        if _goes_on(flat, stop):
            continue
        raw = flat[begin:stop]
        closing = _CLOSING.match(raw)
        if spans and closing and _is_open(flat[max(0, begin - _EMPHASISED) : begin], closing[1]):
            # "**Short: it may end.** It …": the mark belongs to what it closes
            spans[-1] = Span(spans[-1].start, start + begin + closing.end())
            begin += closing.end()
            raw = flat[begin:stop]
        first = start + begin + len(raw) - len(raw.lstrip())
        last = first + len(raw.strip())
        begin = stop
        if first >= last:
            continue
        if spans and not any(c.isalnum() for c in raw):
            spans[-1] = Span(spans[-1].start, last)
        else:
            spans.append(Span(first, last))
    for span in spans:
        yield from _cut_long(text, span)


def _goes_on(flat: str, stop: int) -> bool:
    """Whether what sentencex takes for an end is none: "01.AI", "Abs. 2"."""
    if _INSIDE.match(flat, max(0, stop - 2)) and flat[stop - 1] == ".":
        return True
    before = flat[max(0, stop - _NUMBERED_CHARS) : stop].rstrip()
    return bool(_NUMBERED.search(before)) and bool(re.match(r"\s*[(§]?\d", flat[stop : stop + 9]))


def _is_open(before: str, mark: str) -> bool:
    """Whether a mark of emphasis begins in a text that does not end there."""
    begins = rf"(?<![\w*_]){re.escape(mark)}(?=[^\s*_])"
    return bool(re.search(begins, before)) and before.count(mark) % 2 == 1


def _ends(flat: str, language: str) -> Iterator[int]:
    """Where sentencex ends the sentences of a text, the last at its end.

    Its time grows with the square of the length, or faster: a long text is looked at in windows,
    each from the end of a sentence on, whose second half only shows what goes on there.
    """
    at = 0
    while at + _WINDOW < len(flat):
        found = sentencex.get_sentence_boundaries(language, _window(flat, at))
        ends = [one["end_index"] for one in found if one["end_index"] <= _WINDOW // 2]
        yield from (at + end for end in ends)
        at = at + ends[-1] if ends else word_end(flat, at, at + _WINDOW // 2)
    for one in sentencex.get_sentence_boundaries(language, flat[at:]):
        yield at + one["end_index"]


def _window(flat: str, at: int) -> str:
    """What is looked at from `at` on, with as many straight marks as quotations need.

    Where their number is odd, sentencex takes none of them for a quotation's.
    """
    window = flat[at : at + _WINDOW]
    stop = len(window)
    while stop > _WINDOW * 3 // 4:
        odd = [mark for mark in "\"'" if window.count(mark, 0, stop) % 2]
        if not odd:
            return window[:stop]
        stop = window.rfind(odd[0], 0, stop)
    return window


def _cut_long(text: str, span: Span) -> Iterator[Span]:
    """Pieces of as many letters: where they end does not depend on spaces and markup."""
    start, end = span
    while end - start > MAX_LETTERS:
        # a window, for what is left may be megabytes long
        counts = letters_before(as_shown(text[start : min(end, start + _WINDOW)]))
        if counts[-1] <= MAX_LETTERS and len(counts) > end - start:
            break
        stop = word_end(text, start, start + bisect_right(counts, MAX_LETTERS) - 1)
        yield Span(start, start + len(text[start:stop].rstrip()))
        after = _SPACE.match(text, stop, end)
        start = after.end() if after else stop
    yield Span(start, end)
