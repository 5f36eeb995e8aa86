"""What a document is called, where nobody said: by its looks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice

from index.language import clean, word_count
from index.layout.bylines import role_of
from index.layout.context import contents, first_prose, is_prose
from index.layout.furniture import is_furniture, is_label, is_row
from index.layout.headings import looks_like_heading
from index.types import Block, BlockKind

_SITE = re.compile(r"(?P<title>.{8,}?)\s+[|–—]\s+(?P<site>[^\W\d_][^|–—]{1,39})\Z")
_HEAD = 80  # lines that may stand above a title: menus, dates, calls
_COUNT = re.compile(r"\d+ \w[^.;:…]{8,80}[^\W\d]")  # "48 hours in Ghent"
_SPEAKER = re.compile(r"[A-Z][A-Z .'-]+: ")
_SECTION = re.compile(r"(?:\d{1,3}\.)+\d{0,3}\s|\d{1,3}\)\s|[IVXLC]+\.\s|§")
_FIELD = re.compile(r"[\w -]{2,20}: \S")


def find_title(text: str, blocks: Sequence[Block]) -> str:
    """The heading above the text, else the X of an "X | Site" line, else the first heading.

    "" when there is none. A heading below the first paragraph names a section, so a line
    "X | Site" goes before it.
    """
    lines = [clean(text[b.start : b.end]).rstrip("#=- ") for b in blocks]
    heads = [b.kind is BlockKind.HEADING for b in blocks]
    listed = contents(lines, heads)

    def is_open(i: int) -> bool:  # asked last: it takes longest
        rule = blocks[i].kind is BlockKind.RULE
        return i not in listed and not rule and not is_furniture(lines[i])

    every = range(len(lines))
    is_text = (i for i in every if _is_text(text, lines[i], blocks[i]) and is_open(i))
    first = next(is_text, len(lines))
    near = islice(filter(is_open, range(first)), _HEAD)
    prose = first_prose(lines)
    above = [(_weight(text, lines, blocks, i, first, prose), -i) for i in near]
    weight, best = max(above, default=(-1, 0))
    if weight >= 0:
        return site_title(lines[-best]) or lines[-best]
    said = Counter(lines)
    names = (i for i in every if heads[i] and said[lines[i]] == 1 and _names(lines[i], blocks[i]))
    below = (lines[i] for i in names if is_open(i))
    return _site_title(lines, blocks) or next((site_title(line) or line for line in below), "")


def _is_text(text: str, line: str, block: Block) -> bool:
    heads = block.kind is BlockKind.HEADING or looks_like_heading(text, block)
    return not heads and is_prose(line)


def _names(line: str, block: Block) -> bool:
    """Whether a heading below the first text may name the whole: no speaker's turn, no dump."""
    return len(line) <= 200 and not _SPEAKER.match(line) and not _is_section(line, block)


def _is_section(line: str, block: Block) -> bool:
    """Whether a heading numbers a part of the whole."""
    return block.level > 1 and bool(_SECTION.match(line))


def _weight(
    text: str, lines: Sequence[str], blocks: Sequence[Block], i: int, first: int, prose: int
) -> int:
    """How much a line above the text (which begins at `first`) looks like its title; -1: not.

    It counts when the format or the gaps around it make it a heading, or when it stands in a
    stack with a byline, a date, furniture or the text's begin. Menus have short entries, and a
    title is said again.
    """
    line, long = lines[i], word_count(lines[i]) >= 3
    if _is_section(line, blocks[i]):
        return -1
    marked = blocks[i].kind is BlockKind.HEADING
    near = [lines[j] for j in (i - 1, i + 1) if 0 <= j < len(lines)]
    looks = marked or looks_like_heading(text, blocks[i]) or bool(_COUNT.fullmatch(line))
    if not looks or _is_data(line, near, marked):
        return -1
    if role_of(lines, blocks, i, prose) != "body" or (is_label(line) and first > 1):
        return -1
    below = i + 1 + (len(line.split()) + 4 < len("".join(near[-1:]).split()) < 30)  # a standfirst
    signed = below < len(lines) and role_of(lines, blocks, below, prose) != "body"
    begins = long and first < len(lines) and lines[first].startswith(line)
    beside = i + 1 == first < len(lines) or any(map(is_furniture, near))
    if not (marked or begins or (signed and " " in line) or (long and beside)):
        return -1
    level = blocks[i].level
    saying = islice((other for other in lines if line in other), 5)
    again = begins or (long and 1 < sum(1 for _ in saying) < 5)
    return 8 * (level > 0) + 2 * (level == 1) + 2 * signed + 2 * again + long + marked


def _is_data(line: str, near: Sequence[str], marked: bool) -> bool:
    """A breadcrumb trail, or a field ("Licence: free") among others."""
    beside = (_FIELD.match(other) for other in near if not is_furniture(other))
    return is_row(line) or (not marked and bool(_FIELD.match(line)) and any(beside))


def site_title(line: str) -> str:
    """The X of "X | Site", or ""."""
    match = _SITE.match(line)
    return match["title"].strip() if match and len(line) <= 200 else ""


def _site_title(lines: Sequence[str], blocks: Sequence[Block]) -> str:
    for i, (line, block) in enumerate(zip(lines, blocks, strict=True)):
        table = any("|" in other for other in (*lines[i - 1 : i], *lines[i + 1 : i + 2]))
        own = "|" in line and not table and not is_row(line) and not is_furniture(line)
        title = site_title(line) if own else ""
        if title and block.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING):
            return title
    return ""
