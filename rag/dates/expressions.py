"""The dates that prose states, of English and German, by `grammar.toml`.

Rules that find and normalize, as in Strötgen and Gertz, "HeidelTime" (SemEval 2010); of other
languages only what is written in digits. What may be a count, a version or a telephone number is
no date: a year by itself needs a word before it that goes with years.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rag.dates.grammar import LANGUAGES, DateGrammar, grammar
from rag.dates.period import Period
from rag.dates.reading import RelativeDate, read_groups

_HINT = re.compile(
    r"\d{4}|\d[./]\d|\d'?s\b|['’]\d\d|(?i:\bago\b|\bvor\b|yesterday|tomorrow|gestern|centur|hundert|iger\b)"
)
_PARTITIVE = re.compile(r"(?:\A\W*|\b(?:total|number|sample|group|list|set|out|collection) )\Z")
_PLURAL = re.compile(r" [a-zä-ü]{3,}s(?!\w)")
_COUNTING = ("in", "for", "from", "before", "after")  # may stand before a number of things, too
_REFERENCE = re.compile(r"(?:\b(?:pp?|no|nos|vol|art|sec|nr|ver|rev)\.? ?|[#§] ?)\Z", re.IGNORECASE)


class DateExpression(NamedTuple):
    """Characters `start` to `end` of a text say a date, or what it is from another one."""

    start: int
    end: int
    said: Period | RelativeDate


class Date(NamedTuple):
    """What is said of a day; None where it is not said."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def differs(self, other: Date) -> bool | None:
        """By what both say; None where they have nothing in common to compare."""
        both = [(a, b) for a, b in zip(self, other, strict=True) if None not in (a, b)]
        return any(a != b for a, b in both) if both else None


class WrittenDate(NamedTuple):
    """Characters `start` to `end` of a text name a day, a month or a year."""

    start: int
    end: int
    date: Date


def date_expressions(
    text: str, language: str, *, is_relative: bool = False
) -> list[DateExpression]:
    """The dates that a sentence states, in its order: days and years, decades, from 1914 to 1918.

    With `is_relative` also what is said relative to another date: "last week", "on 3 May".
    """
    own = grammar(language)
    if not (_HINT.search(text) or (is_relative and own.hint.search(text))):
        return []
    found = _found(text, own, own.patterns)
    return sorted(e for e in found if is_relative or isinstance(e.said, Period))


def written_dates(
    text: str, languages: Sequence[str] = LANGUAGES, *, day_first: bool | None = None
) -> list[WrittenDate]:
    """Each day, month and year that a text names, in its order: both ends of a stretch of time.

    Also years that no word says to be years, and what is without its year. `day_first` tells of
    "3/4/2020" whether the day comes first where both may; with None it is not read.
    """
    read = [
        one
        for own in map(grammar, languages)
        if _HINT.search(text) or own.hint.search(text)
        for one in _found(text, own, own.single, day_first)
    ]
    found: list[WrittenDate] = []
    for start, end, said in sorted(read, key=lambda one: one.start - one.end):  # the longest first
        if all(end <= other.start or other.end <= start for other in found):
            found.append(WrittenDate(start, end, _date(said)))
    return sorted(one for one in found if any(one.date))


def _date(said: Period | RelativeDate) -> Date:
    if isinstance(said, RelativeDate):
        return Date(None, said.month, said.day)
    return Date() if "X" in said.edtf else Date(*map(int, said.edtf.split("-")))  # "193X"


def _found(
    text: str,
    own: DateGrammar,
    patterns: Sequence[re.Pattern[str]],
    day_first: bool | None = None,
) -> list[DateExpression]:
    """What the patterns find, the first of them first; none of it twice."""
    found: list[DateExpression] = []
    taken = bytearray(len(text))
    for pattern in patterns:
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(taken[start:end]) or _REFERENCE.search(text, max(0, start - 8), start):
                continue
            try:
                read = list(_read(match, own, day_first))
            except (ValueError, OverflowError):  # 31 June: nothing else is read into it
                read = [None]
            found += filter(None, read)
            if read:
                taken[start:end] = b"\1" * (end - start)
    return found


def _read(
    match: re.Match[str], own: DateGrammar, day_first: bool | None
) -> Iterator[DateExpression | None]:
    """What a match says. Raises ValueError for what is no date, such as 31 June."""
    said = {name: value for name, value in match.groupdict().items() if value}
    start, end = match.span()
    lead = said.pop("lead", "")
    if lead:
        start = next(match.start(name) for name in match.re.groupindex if name in said)
    if "y" in said and lead.casefold() in ("of", *_COUNTING) and _is_count(match, lead):
        return
    if said.pop("and", "") not in ("", "to", "bis"):
        years = int(said["y"]), int(said["y2"])
        if years[1] - years[0] != 1:
            for name in ("y", "y2"):
                yield DateExpression(*match.span(name), Period(match[name]))
            return
    yield DateExpression(start, end, read_groups(said, lead, own, day_first=day_first))


def _is_count(match: re.Match[str], lead: str) -> bool:
    """Whether what looks like a year is as likely the number of something."""
    before, after = match.string[: match.start()], match.string[match.end() :]
    if lead.casefold() == "of":
        return lead == "Of" or bool(_PARTITIVE.search(before))
    plural = _PLURAL.match(after)
    return lead.islower() and plural is not None and "m" not in match.groupdict()
