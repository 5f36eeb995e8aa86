"""The dates that a sentence states, and when each is: of English and German, by `expressions.toml`.

Rules that find and normalize, as in Strötgen and Gertz, "HeidelTime" (SemEval 2010); of other
languages only what is written in digits. What may be a count, a version or a telephone number is
no date: a year by itself needs a word before it that goes with years.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from rag.timeline.period import Period
from rag.timeline.relative import RelativeDate, resolved

SOURCE = Path(__file__).with_suffix(".toml")
LISTS: dict[str, Any] = tomllib.loads(SOURCE.read_text("utf-8"))
_PART = re.compile(r"\{([A-Za-z_]\w*)\}")
_HINT = re.compile(
    r"\d{4}|\d[./]\d|\d'?s\b|['’]\d\d|(?i:\bago\b|\bvor\b|yesterday|tomorrow|gestern|centur|hundert|iger\b)"
)
_PARTITIVE = re.compile(r"(?:\A\W*|\b(?:total|number|sample|group|list|set|out|collection) )\Z")
_PLURAL = re.compile(r" [a-zä-ü]{3,}s(?!\w)")
_COUNTING = ("in", "for", "from", "before", "after")  # may stand before a number of things, too
_REFERENCE = re.compile(r"(?:\b(?:pp?|no|nos|vol|art|sec|nr|ver|rev)\.? ?|[#§] ?)\Z", re.IGNORECASE)


_WORDS = (
    *("months", "short_months", "days", "seasons", "ordinals", "tens", "numbers", "units"),
    *("last", "next", "this", "before", "after"),
)


class DateExpression(NamedTuple):
    """Characters `start` to `end` of a text say a date; `is_relative` to its document's own."""

    start: int
    end: int
    period: Period
    is_relative: bool = False


def date_expressions(text: str, language: str, own: date | None = None) -> list[DateExpression]:
    """The dates that a sentence states, in its order.

    `own` is the date of its document: without one nothing is read that is said relative to it.
    """
    grammar = _grammar(language)
    if not (_HINT.search(text) or (own and grammar.hint.search(text))):
        return []
    found: list[DateExpression] = []
    taken = bytearray(len(text))
    for pattern in grammar.patterns:
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(taken[start:end]) or _REFERENCE.search(text, max(0, start - 8), start):
                continue
            try:
                read = list(_read(match, grammar, own))
            except (ValueError, OverflowError):  # 31 June: nothing else is read into it
                taken[start:end] = b"\1" * (end - start)
                continue
            found += read
            if read:
                taken[start:end] = b"\1" * (end - start)
    return sorted(found)


class _Grammar:
    """The patterns of a language, compiled, and what its words stand for."""

    def __init__(self, language: str) -> None:
        own: Mapping[str, Any] = LISTS.get(language, {})
        words = {name: str(own.get(name, "")) for name in _WORDS}
        self.months = _numbered(words["months"]) | _numbered(words["short_months"])
        self.days = _numbered(words["days"], 0)
        self.seasons = _numbered(words["seasons"], 21)
        self.ordinals = _numbered(words["ordinals"])
        self.tens = _numbered(words["tens"])
        self.numbers = _numbered(words["numbers"])
        self.units = _numbered(words["units"], 0)
        self.steps = {
            word: step
            for step, name in ((-1, "last"), (1, "next"), (0, "this"), (-1, "before"), (1, "after"))
            for word in words[name].split()
        }
        month = rf"(?:{_either(words['months'])}|{_either(words['short_months'])}\.?)"
        shown = {
            "m": f"(?P<m>{month})",
            "m2": f"(?P<m2>{month})",
            "weekday": _either(words["days"]),
            "season": f"(?i:{_either(words['seasons'])})",
            "ordinal": f"(?i:{_either(words['ordinals'])})",
            "tens": f"(?i:{_either(words['tens'])})",
            "number": f"(?i:{_either(words['numbers'])})",
            **{name: f"(?i:{_either(words[name])})" for name in ("last", "next", "this")},
        }
        parts = {**LISTS["any"], **own, **shown}

        def written_out(expression: str) -> str:
            return _PART.sub(lambda name: written_out(str(parts[name[1]])), expression)

        raw = [*LISTS["any"]["patterns"], *own.get("patterns", ())]
        self.patterns = [re.compile(_spaced(written_out(pattern))) for pattern in raw]
        hints = [*self.months, *self.days, *self.steps, *self.seasons, *self.units]
        self.hint = re.compile(rf"(?i)\b(?:{'|'.join(map(re.escape, hints)) or '(?!)'})")


@cache
def _grammar(language: str) -> _Grammar:
    return _Grammar(language)


def _numbered(words: str, first: int = 1) -> dict[str, int]:
    """Numbers by their words: "first|1st second|2nd"; "-" is none."""
    return {
        word.casefold(): number
        for number, own in enumerate(words.split(), first)
        for word in own.split("|")
        if word != "-"
    }


def _either(words: str) -> str:
    """One of these words, as it is written."""
    names = sorted((w for own in words.split() for w in own.split("|") if w != "-"), key=len)
    return f"(?:{'|'.join(map(re.escape, reversed(names)))})" if names else "(?!)"


def _spaced(pattern: str) -> str:
    """White space of any kind where a pattern has a space outside of a set."""
    parts = re.split(r"(\[[^\]]*\])", pattern)
    return "".join(
        p if p.startswith("[") else p.replace(" ?", r"[\s\u00a0]*").replace(" ", r"[\s\u00a0]+")
        for p in parts
    )


def _read(match: re.Match[str], grammar: _Grammar, own: date | None) -> Iterator[DateExpression]:
    """What a match says; nothing where it is relative to a date that is not known.

    Raises ValueError for what is no date, such as 31 June.
    """
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
    edtf = _absolute(said, grammar)
    if edtf:
        yield DateExpression(start, end, Period(edtf))
    elif own is not None and (period := resolved(_relation(said, lead, grammar), own)):
        yield DateExpression(start, end, period, is_relative=True)


def _is_count(match: re.Match[str], lead: str) -> bool:
    """Whether what looks like a year is as likely the number of something."""
    before, after = match.string[: match.start()], match.string[match.end() :]
    if lead.casefold() == "of":
        return lead == "Of" or bool(_PARTITIVE.search(before))
    plural = _PLURAL.match(after)
    return lead.islower() and plural is not None and "m" not in match.groupdict()


def _absolute(said: Mapping[str, str], grammar: _Grammar) -> str:
    """The date as EDTF; "" where it does not say the year."""
    match said:
        case {"decade": tens}:
            return f"{tens}X"
        case {"tens": word}:
            return f"19{grammar.tens[word.casefold()]}X"
        case {"ord": word, "part": part} if part.casefold().startswith(("cent", "jahrh")):
            return f"{grammar.ordinals[word.casefold()] - 1:02}XX"
        case {"y": year, "ord": word, "part": part}:
            count, first = (2, 40) if part.casefold().startswith("hal") else (4, 33)
            number = grammar.ordinals[word.casefold()]
            if not 1 <= number <= count:
                raise ValueError("a year has no such part")
            return f"{year}-{first + number - 1}"
        case {"y": year, "q": part}:
            return f"{year}-{(33 if part[0] == 'Q' else 40) + int(part[1]) - 1}"
        case {"y": year, "either": both}:
            return f"{year}-{_month_and_day(both)}"
    return _calendar(said, grammar)


def _month_and_day(both: str) -> str:
    """Of "8/25" and "25/8", "08-25". Raises ValueError where either may be the month."""
    one, other = map(int, both.split("/"))
    if one <= 12 and other <= 12 and one != other:
        raise ValueError("which of them is the month is not said")
    return f"{min(one, other):02}-{max(one, other):02}"


def _calendar(said: Mapping[str, str], grammar: _Grammar) -> str:
    """A day, a month, a season or a year, or two of them; "" where there is no year."""
    ends = said.get("y2") or _full(said.get("yy", ""), said.get("y", ""))
    begins = said.get("y") or ends
    if not begins:
        return ""
    if "s" in said:
        season = grammar.seasons[said["s"].casefold()]
        return f"{begins}-{season}" + (f"/{ends}-{season}" if ends and ends != begins else "")
    last = _joined(ends or begins, said, grammar, "2") if _has_two(said) else ""
    first = _joined(begins, {"m": said.get("m2", ""), **said} if last else said, grammar, "")
    return f"{first}/{last}" if last else first


def _has_two(said: Mapping[str, str]) -> bool:
    """Whether a second date is said: "yy" behind a year, not behind a month."""
    return any(n in said for n in ("y2", "m2", "d2")) or ("yy" in said and "y" in said)


def _full(short: str, begins: str) -> str:
    """The year that two digits say: of the same century as another, or of ours."""
    if not short:
        return ""
    if begins:
        return begins[:2] + short
    return f"20{short}" if int(short) <= 49 else f"19{short}"


def _joined(year: str, said: Mapping[str, str], grammar: _Grammar, which: str) -> str:
    month, day = said.get(f"m{which}", ""), said.get(f"d{which}", "")
    number = _month(month, grammar) or int(said.get("mm", 0))
    if not number and which and day:
        number = _month(said["m"], grammar)  # "May 3 to 5, 2021"
    parts = [year, *([f"{number:02}"] if number else []), *([f"{int(day):02}"] if day else [])]
    return "-".join(parts)


def _month(word: str, grammar: _Grammar) -> int:
    return grammar.months.get(word.casefold().rstrip("."), 0)


def _relation(said: Mapping[str, str], lead: str, grammar: _Grammar) -> RelativeDate:
    """What is said in relation to the document's date, in numbers."""

    def number(name: str, words: Mapping[str, int]) -> int | None:
        word = said.get(name, "").casefold()
        return int(word) if word.isdecimal() else words.get(word)

    step = said.get("dir", said.get("rel", "")).casefold()
    unit = said.get("u", "").casefold()
    return RelativeDate(
        step=grammar.steps.get(step, 0 if step == "the" else None),
        unit=grammar.units.get(unit),
        month=_month(said.get("m", ""), grammar) or None,
        day=number("d", {}),
        weekday=number("w", grammar.days),
        season=number("s", grammar.seasons),
        ago=number("n", grammar.numbers),
        lead=lead.casefold(),
    )
