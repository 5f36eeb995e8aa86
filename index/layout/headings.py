"""Which lines look like a heading, where no markup says so."""

from __future__ import annotations

import re

from index.language import word_count
from index.types import Block, BlockKind

_NO_HEADING = ".!,;:…。！，；：、،؛۔।॥"  # a line that ends in one is a sentence, or leads to one

# "Amount due: 18750 crowns" and "PORT=80" state something; "Part 2: The year 1987" does not
_VALUE = re.compile(
    r"""(?xi)(?!(?:chapter|part|section|article|figure|table|annex|appendix|step|day|week|lesson
        |unit|volume|kapitel|teil|abschnitt|artikel|abbildung|tabelle|anhang)\b)
        [^\W\d_][^:]{1,40}:\ (?=[^:]*\d).+ | [#;/]*\s?[\w.-]{1,60}\ ?=.*"""
)
_SUM = (
    r"(?:(?:grand|sub)[- ]?)?"
    r"(?:total[es]?|sum|somme|suma|(?:zwischen|gesamt)?summe|gesamt|insgesamt)"
)
# "Total 59.50" is the last row of a table; "Total catch in 2023" names a section
_TOTAL = re.compile(
    rf"""(?xi){_SUM}\b(?:[ ]\(?[^\W\d]+\)?){{0,3}}[ :.]*(?![ ]?(?:19|20)\d\d\Z)
        [-−(]?[$€£¥]?[ ]?\d[\d.,'’]*(?:[ ]?(?:[%$€£¥)]+|[^\W\d_]{{1,4}}|crowns|euros?|dollars?))?"""
)
_TOTAL_LABEL = re.compile(rf"(?i){_SUM}\b")


_SECTION = re.compile(
    r"""(?xi) (?:(?:chapter|part|section|article|art\.|clause|rule|annex|appendix|schedule|title
        |kapitel|teil|abschnitt|artikel|anhang|anlage|regel)\s+ | §+\s*)?
        (?:\d{1,4}(?:\.\d{1,4})*[a-z]?|(?-i:[IVXLC]{1,7}))\.?"""
)


def looks_like_heading(text: str, block: Block) -> bool:
    """One short line that starts like a sentence and does not end like one, and states no value."""
    if block.kind is not BlockKind.PARAGRAPH or block.end - block.start > 110:
        return False
    words = text[block.start : block.end].split()
    line = " ".join(words)
    if word_count(line) > 16 or "\n" in text[block.start : block.end]:
        return False
    if _VALUE.fullmatch(line) or _TOTAL.fullmatch(line):
        return False
    last = line.rstrip("\"'”’)*_\u200e\u200f」』》）»")[-1:]
    first = line.lstrip("\"'“‘(*_0123456789.# ")[:1]
    return bool(last) and last not in _NO_HEADING and bool(first) and not first.islower()


def is_number(heading: str) -> bool:
    """Whether a heading only says which section it is: "Article 34", "§ 5", "IV."."""
    return bool(_SECTION.fullmatch(heading.strip()))


def is_total_label(cell: str) -> bool:
    """Whether a cell says that its row sums up the rows above it."""
    return len(cell) <= 40 and bool(_TOTAL_LABEL.match(cell))
