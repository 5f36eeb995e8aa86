"""How languages say dates: their words as numbers and their patterns, by `grammar.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).with_suffix(".toml")
LISTS: dict[str, Any] = tomllib.loads(SOURCE.read_text("utf-8"))
LANGUAGES = tuple(name for name in LISTS if name != "any")
_GROUP = re.compile(r"\(\?P<(\w+)>")
_PART = re.compile(r"\{([A-Za-z_]\w*)\}")
_WORDS = (
    *("months", "short_months", "days", "seasons", "ordinals", "tens", "numbers", "units"),
    *("last", "next", "this", "before", "after"),
)


class DateGrammar:
    """The patterns of a language, and what its words stand for; of others only their digits.

    `alone` are the expressions of what says nothing but a date, in any case, and `month_alone` that
    of a month with or without its year.
    """

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
        counted = "|".join(LISTS[name]["counted"] for name in LANGUAGES)
        parts = {"all_counted": counted, **LISTS["any"], **own, **shown}

        def written_out(expression: str) -> str:
            return _PART.sub(lambda name: written_out(str(parts[name[1]])), expression)

        def all_of(name: str) -> list[str]:
            raw = [*LISTS["any"][name], *own.get(name, ())]
            return [_spaced(written_out(pattern)) for pattern in raw]

        self._prose = all_of("patterns")
        self._bare = _spaced(written_out(parts["bare"]))
        self.alone = all_of("alone")
        self.month_alone = _spaced(written_out(r"{m}(?!\w)(?:,? {yr}(?!\d))?"))
        hints = [*self.months, *self.days, *self.steps, *self.seasons, *self.units]
        self.hint = re.compile(rf"(?i)\b(?:{'|'.join(map(re.escape, hints)) or '(?!)'})")

    @cached_property
    def patterns(self) -> list[re.Pattern[str]]:
        """Of prose, the fullest first."""
        return list(map(re.compile, self._prose))

    @cached_property
    def single(self) -> list[re.Pattern[str]]:
        """Those of them that say one day, month, year or decade, and a year by itself."""
        return [*map(re.compile, filter(_is_single, self._prose)), re.compile(self._bare)]


@cache
def grammar(language: str) -> DateGrammar:
    """The grammar of a language, made when it is first asked for."""
    return DateGrammar(language)


def month_names(language: str) -> list[str]:
    """January to December, as they are written in full."""
    return [own.split("|")[0] for own in LISTS[language]["months"].split()]


def _is_single(pattern: str) -> bool:
    """Whether it says one day, month or year by names and numbers, or a decade: no year is one."""
    said = set(_GROUP.findall(pattern))
    named = {*"my", "mm", "decade"}
    return said <= {*"dou", "one", "two", "lead", "dir", *named} and bool(said & named)


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
