"""A date by itself, as a cell or the condition of a question says it, in any case."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from rag.dates.grammar import LANGUAGES, DateGrammar, grammar
from rag.dates.period import Period
from rag.dates.reading import RelativeDate, read_groups


def period_of(text: str, *, day_first: bool = True, year: int | None = None) -> Period | None:
    """The day, the month or the year that a text is; None where it is none of them.

    `day_first` tells which number of "3/4/2020" and "3-4-2020" is the day. `year` is that of what
    is written without one; without it, that is no date.
    """
    for own, pattern in _patterns():
        if found := pattern.fullmatch(text.strip()):
            said = {name: value for name, value in found.groupdict().items() if value}
            if "mark" in said:
                one, two = said.pop("one"), said.pop("two")
                is_day = day_first or said["mark"] == "."
                said |= {"d": one, "mm": two} if is_day else {"d": two, "mm": one}
            try:
                read = read_groups({"y": str(year), **said} if year else said, "", own)
            except ValueError:
                return None
            return None if isinstance(read, RelativeDate) else read
    return None


@cache
def _patterns() -> list[tuple[DateGrammar, re.Pattern[str]]]:
    own = [(g, pattern) for g in map(grammar, LANGUAGES) for pattern in g.alone]
    return [(g, re.compile(f"(?i){pattern}")) for g, pattern in own]


@cache
def date_pattern() -> str:
    """A regular expression without groups of what `period_of` may read, to be part of another."""
    return _any_of(pattern for g in map(grammar, LANGUAGES) for pattern in g.alone)


@cache
def month_pattern() -> str:
    """The same of a month, with or without its year."""
    return _any_of(grammar(language).month_alone for language in LANGUAGES)


def _any_of(patterns: Iterable[str]) -> str:
    unnamed = (re.sub(r"\(\?P<\w+>", "(?:", pattern) for pattern in patterns)
    return f"(?:{'|'.join(dict.fromkeys(unnamed))})"
