"""What a document is called, where nobody said: by its looks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.bylines import role_of
from index.clean import clean
from index.furniture import is_furniture
from index.load.text import looks_like_heading
from index.types import Block, BlockKind

_SITE = re.compile(r"(?P<title>.{8,}?)\s+[|–—]\s+(?P<site>[^|–—]{2,40})\Z")
_EARLY = 8  # blocks that may stand above a title: menus, dates, calls


def find_title(text: str, blocks: Sequence[Block]) -> str:
    """The heading above the text, else the X of an "X | Site" line, else the first heading.

    "" when there is none. A heading below the first paragraph names a section, so a line
    "X | Site" goes before it.
    """
    heading, above = _first_heading(text, blocks)
    if above:
        return heading
    return _site_title(text, blocks) or heading


def _first_heading(text: str, blocks: Sequence[Block]) -> tuple[str, bool]:
    """The first heading that is no furniture, and whether it stands above the text."""
    lines = [clean(text[b.start : b.end]) for b in blocks]
    above = True
    for i, (line, block) in enumerate(zip(lines, blocks, strict=True)):
        if block.kind is BlockKind.RULE or is_furniture(line) or role_of(lines, blocks, i) != "body":
            continue
        if block.kind is BlockKind.HEADING or (above and _heads(text, lines, blocks, i)):
            words = line.rstrip("#=- ") or line
            return site_title(words) or words, above
        above = above and i < _EARLY and len(line) <= 110 and not line.endswith((".", "!", "?"))
    return "", False


def _heads(text: str, lines: Sequence[str], blocks: Sequence[Block], i: int) -> bool:
    """A line that could be a heading with a byline, a date or a button right below it."""
    if i + 1 == len(blocks) or not looks_like_heading(text, blocks[i]) or len(lines[i].split()) < 3:
        return False
    return role_of(lines, blocks, i + 1) != "body" or is_furniture(lines[i + 1])


def site_title(line: str) -> str:
    """The X of "X | Site", or ""."""
    match = _SITE.match(line)
    return match["title"].strip() if match and len(line) <= 200 else ""


def _site_title(text: str, blocks: Sequence[Block]) -> str:
    for block in blocks:
        if block.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING) and block.end - block.start < 200:
            line = clean(text[block.start : block.end])
            if (title := site_title(line)) and "|" in line and not is_furniture(line):
                return title
    return ""
