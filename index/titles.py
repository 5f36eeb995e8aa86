"""What a document is called, where nobody said: by its looks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.clean import clean
from index.furniture import is_furniture
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
    above, seen = True, 0
    for block in blocks:
        words = clean(text[block.start : block.end]).rstrip("# ")
        if block.kind is BlockKind.RULE or is_furniture(words):
            continue
        site = site_title(words)
        if block.kind is BlockKind.HEADING:
            return site or words.rstrip("=-").strip() or words, above
        seen += 1
        if len(words) > 110 or seen > _EARLY or words.endswith((".", "!", "?")):
            above = False
    return "", False


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
