"""Acronyms of a question that no document holds, as the terms of which they are the initials."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

SHORTEST, LONGEST = 2, 6  # letters
_SMALL = r"(?:(?:of|the|and|for|in|on|to|&|de|la|des|der|und|für)[ ])*"


def spelled_out(acronym: str, texts: Iterable[str]) -> str | None:
    """The term with these initials that the texts use most often; None for none.

    "DPA" is "Data Processing Agreement": each word begins with a capital or, from three words on,
    all of them with a small letter. Only what is written in capitals is an acronym.
    """
    if not (acronym.isalpha() and acronym.isupper() and SHORTEST <= len(acronym) <= LONGEST):
        return None
    terms = [_term(acronym)] + ([_term(acronym.lower())] if len(acronym) > SHORTEST else [])
    found = Counter(
        " ".join(match.group().split())
        for text in texts
        for term in terms
        for match in term.finditer(text)
    )
    return min(found, key=lambda term: (-found[term], term), default=None)


def _term(initials: str) -> re.Pattern[str]:
    words = (rf"{re.escape(letter)}[^\W\d_]{{2,}}" for letter in initials)
    return re.compile(rf"\b{rf'[ -]{_SMALL}'.join(words)}\b")
