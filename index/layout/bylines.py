"""Who wrote a text and when: the short lines that say so are known, and can be quoted."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.language import word_count
from index.layout.context import is_prose
from index.layout.furniture import is_furniture, is_initials, is_label
from index.types import Block, BlockKind

_MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec|januar|febru|märz|mai|okt|dez|janv|févr|mars"
    r"|avr|juin|juil|août|déc|ene|abr|ago|dic)[a-zéûäè]*\.?"
)
_DATE = re.compile(
    rf"(?i){_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th|er|\.)?\s+(?:de\s+)?{_MONTH},?\s+(?:de\s+)?\d{{4}}|\b{_MONTH}\s+\d{{4}}\b"
    r"|\d{4}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?[日号]"
    r"|\b\d{4}-\d{2}-\d{2}\b|(?<![\d/.])\d{1,2}[./]\d{1,2}[./]\d{4}\b"
)
_BY = re.compile(
    r"(?i)(?:(?:story|words|text|written|(?:co-)?\w+ed(?<!powered)(?<!sponsored)) )?by:?\s+(?=\S)"
    r"|(?:(?:eine? \w+|geschrieben|publié|écrit|publicado|escrito) )?(?:von|par|por)\s+(?=\S)"
    r"|(?:authors?|from|host|presenter|reporter|autore?n?|auteure?|autora):\s+(?=\S)"
)
_NAME = re.compile(
    r"(?:(?:Dr|Prof|Mr|Mrs|Ms)\.?\s+)?"
    r"[^\W\d_a-z][\w'’-]+(?:\s+(?:[A-Z]\.?|[a-z]{2,3}|[^\W\d_a-z][\w'’-]+)){1,3}"
)
_HEAD = 40  # lines that may stand above a text: menus, dates, calls
# "Results to 30 June 2022" tells what a text is about, not when it was written
_ABOUT = re.compile(
    r"(?i)\b(?:to|in|for|until|since|from|ended|ending|before|after|bis|seit)(?: the)?\s+\Z"
)
_SIGNING = (BlockKind.PARAGRAPH, BlockKind.HEADING)
_SIGNED = (BlockKind.BYLINE, BlockKind.RECIPIENTS, BlockKind.DATELINE)
_PARTS = re.compile(r"\s+[|·•/-]\s+")


def role_of(words: Sequence[str], blocks: Sequence[Block], i: int, prose: int) -> str:
    """ "byline", "dateline" or "body" for block `i`; `words` are the blocks' cleaned texts.

    `prose` numbers the first line of prose. What the format is sure of it says itself.
    """
    line = words[i]
    if blocks[i].kind in _SIGNED:
        return blocks[i].kind.value
    if blocks[i].kind not in _SIGNING or blocks[i].level:
        return "body"
    if word_count(line) > 14 or len(line) > 120:
        return "body"
    if line.endswith((".", "?", "!", ":", ";")) and not _NAME.fullmatch(line):
        return "body"
    by = _BY.match(line)
    if by and line[by.end() :].removeprefix("the ")[:1].isupper() and not is_furniture(line):
        return "byline"
    if _is_dated(line) and (len(line.split()) <= 12 or len(_DATE.findall(line)) > 1):
        # a caption, a copyright line or a link may hold a date too
        dated = any(_DATE.match(part) for part in _PARTS.split(line))
        return "dateline" if dated or not is_furniture(line) else "body"
    if _is_name(line) and not is_furniture(line) and _signs(words, i, prose):
        return "byline"
    return "body"


def _is_dated(line: str) -> bool:
    found = _DATE.search(line)
    return found is not None and not _ABOUT.search(line[: found.start()])


def _is_name(line: str) -> bool:
    """One name, several, or a name beside the section that it writes for."""
    names = re.split(r",\s+|\s+(?:and|und|et|y|&)\s+", _PARTS.split(line)[-1])
    return all(_NAME.fullmatch(name) for name in names)


def _signs(words: Sequence[str], i: int, prose: int) -> bool:
    """Whether a bare name is its writer's: initials above it or its bearer described below it,
    under a text; at the head of one, a date close below it or its bearer presented later on."""
    line, after = words[i], words[i + 1] if i + 1 < len(words) else ""
    if is_initials(words[i - 1] if i else "", line):
        return True
    if after.startswith(line) and len(after) > len(line) and prose < i:
        return True
    if not 0 < i < _HEAD or is_prose(words[i - 1]):
        return False
    if len(after.split()) <= 10 and _is_dated(after):
        return True
    # "Brell" above "Brell is a town": what comes first, or begins the text, is its subject
    if after.startswith(line) or all(is_label(w) or is_furniture(w) for w in words[:i]):
        return False
    return any(w.startswith((f"{line} is ", f"{line} was ")) for w in words[i:])
