"""Acronyms of a question that no document holds, as the terms of which they are the initials."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

SHORTEST, LONGEST = 2, 6  # letters
OFTEN = 3  # times that a term in small letters is used: any words may have such initials
_BETWEEN = r"[\s-]+(?:(?:of|the|and|for|in|on|to|&|de|la|des|der|und|für)\s+)*"


def spelled_out(acronym: str, texts: Iterable[str]) -> str | None:
    """The term with these initials that the texts use most often; None for none.

    "DPA" is "Data Processing Agreement": each word begins with a capital or, from three words on
    and where it is said often, with a small letter. Only what is written in capitals is an acronym.
    """
    if not (acronym.isalpha() and acronym.isupper() and SHORTEST <= len(acronym) <= LONGEST):
        return None
    named, plain = _term(acronym), _term(acronym.lower())
    names: Counter[str] = Counter()
    words: Counter[str] = Counter()
    for text in texts:
        names.update(" ".join(match.group().split()) for match in named.finditer(text))
        if len(acronym) > SHORTEST:
            words.update(" ".join(match.group().split()) for match in plain.finditer(text))
    found = names or Counter({term: n for term, n in words.items() if n >= OFTEN})
    return min(found, key=lambda term: (-found[term], term), default=None)


def _term(initials: str) -> re.Pattern[str]:
    words = (rf"{re.escape(letter)}[^\W\d_]{{2,}}" for letter in initials)
    return re.compile(rf"\b{_BETWEEN.join(words)}\b")
