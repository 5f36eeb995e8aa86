"""What the groups of a date pattern say: a period, or a day or month whose year is not said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from rag.dates.grammar import DateGrammar
from rag.dates.period import Period


class RelativeDate(NamedTuple):
    """What is said. `step` is -1 for the last, 0 for this, 1 for the next; None is not said.

    `unit` is 0 for a day, then week, month and year; `weekday` from Monday, 0; `season` from
    spring, 21; `ago` how many units ago; `lead` the word before it.
    """

    step: int | None = None
    unit: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    season: int | None = None
    ago: int | None = None
    lead: str = ""


def read_groups(
    said: Mapping[str, str], lead: str, grammar: DateGrammar, *, day_first: bool | None = None
) -> Period | RelativeDate:
    """The period, or what is said in relation to another date where no year is.

    `day_first` tells of "3/4/2020" whether the day comes first, as far as both may be the month;
    None that this is not known. Raises ValueError for what is no date, such as 31 June.
    """
    edtf = _absolute(said, grammar, day_first)
    return Period(edtf) if edtf else _relation(said, lead, grammar)


def _absolute(said: Mapping[str, str], grammar: DateGrammar, day_first: bool | None) -> str:
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
        case {"y": year, "one": one, "two": two}:
            return f"{year}-{_month_and_day(int(one), int(two), day_first)}"
    return _calendar(said, grammar)


def _month_and_day(one: int, two: int, day_first: bool | None) -> str:
    """Of "8/25" and "25/8", "08-25". Raises ValueError where either may be the month."""
    if max(one, two) > 12 or one == two:
        return f"{min(one, two):02}-{max(one, two):02}"
    if day_first is None:
        raise ValueError("which of them is the month is not said")
    return f"{two:02}-{one:02}" if day_first else f"{one:02}-{two:02}"


def _calendar(said: Mapping[str, str], grammar: DateGrammar) -> str:
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


def _joined(year: str, said: Mapping[str, str], grammar: DateGrammar, which: str) -> str:
    month = said.get(f"m{which}", "")
    day = _day(said, grammar) if not which else int(said.get("d2") or 0)
    number = _month(month, grammar) or int(said.get("mm", 0))
    if not number and which and day:
        number = _month(said["m"], grammar)  # "May 3 to 5, 2021"
    parts = [year, *([f"{number:02}"] if number else []), *([f"{day:02}"] if day else [])]
    return "-".join(parts)


def _day(said: Mapping[str, str], grammar: DateGrammar) -> int:
    """The number of the day, in digits or in words; 0 where none is said."""
    return int(said.get("d") or 0) or grammar.ordinals.get(said.get("o", "").casefold(), 0)


def _month(word: str, grammar: DateGrammar) -> int:
    return grammar.months.get(word.casefold().rstrip("."), 0)


def _relation(said: Mapping[str, str], lead: str, grammar: DateGrammar) -> RelativeDate:
    """What is said in relation to another date, in numbers."""

    def number(name: str, words: Mapping[str, int]) -> int | None:
        word = said.get(name, "").casefold()
        return int(word) if word.isdecimal() else words.get(word)

    step = said.get("dir", said.get("rel", "")).casefold()
    unit = said.get("u", "").casefold()
    return RelativeDate(
        step=grammar.steps.get(step, 0 if step == "the" else None),
        unit=grammar.units.get(unit),
        month=_month(said.get("m", ""), grammar) or None,
        day=_day(said, grammar) or None,
        weekday=number("w", grammar.days),
        season=number("s", grammar.seasons),
        ago=number("n", grammar.numbers),
        lead=lead.casefold(),
    )
