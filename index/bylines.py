"""Who wrote a text and when: the short lines that say so are quotable, and known for what they are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.furniture import is_furniture, is_initials
from index.types import Block, BlockKind

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?"
_DATE = re.compile(
    rf"(?i){_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th|\.)?\s+{_MONTH},?\s+\d{{4}}|\b{_MONTH}\s+\d{{4}}\b"
    r"|\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}[./]\d{1,2}[./]\d{4}\b"
)
_BY = re.compile(
    r"(?i)(?:(?:written|posted|reported|story|words|text|edited|reviewed|published) )?by:?\s+(?=\S)"
    r"|(?:authors?|from):\s+(?=\S)"
)
_NAME = re.compile(
    r"(?:(?:Dr|Prof|Mr|Mrs|Ms)\.?\s+)?[A-Z][\w'’-]+(?:\s+(?:[A-Z]\.|[a-z]{2,3}|[A-Z][\w'’-]+)){1,3}"
)


def role_of(words: Sequence[str], blocks: Sequence[Block], i: int) -> str:
    """ "byline", "dateline" or "body" for block `i`; `words` are the blocks' cleaned texts."""
    line = words[i]
    silent_kind = blocks[i].kind in (BlockKind.RULE, BlockKind.ROWS, BlockKind.ITEM)
    if silent_kind or blocks[i].level or len(line.split()) > 14 or len(line) > 120:
        return "body"
    if line.endswith((".", "?", "!", ":", ";")) and not _NAME.fullmatch(line):
        return "body"
    by = _BY.match(line)
    if by and line[by.end() : by.end() + 1].isupper() and not is_furniture(line):
        return "byline"
    if len(line.split()) <= 12 and _DATE.search(line):
        # a caption, a copyright line or a link may hold a date too
        return "body" if is_furniture(line) else "dateline"
    if _NAME.fullmatch(line) and _signs(words, i):
        return "byline"
    return "body"


def _signs(words: Sequence[str], i: int) -> bool:
    """Whether a bare name is its writer's: initials above it, its bearer described below it,
    or a date close below it at the head of a text."""
    line = words[i]
    before = words[i - 1] if i else ""
    after = words[i + 1] if i + 1 < len(words) else ""
    described = after.startswith(line) and len(after) > len(line)
    dated = 0 < i < 5 and len(after.split()) <= 10 and bool(_DATE.search(after))
    return described or dated or is_initials(before, line)
