"""A sentence as the words that state something: one key for each way of saying them. English.

A number in words is one in digits, "May 7th" is "7 May", "doesn't" is "does not", "km" is
"kilometres" and "a fortnight" is "14 days".
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple
from unicodedata import category

from rag.dates import month_names, written_dates
from rag.statements.synonyms import base, is_word, synonyms
from rag.statements.values import LISTS, UNITS, in_digits

_LISTS = tomllib.loads(Path(__file__).with_name("wording.toml").read_text("utf-8"))
_SILENT = frozenset(_LISTS["silent"].split())
DENIES = frozenset(_LISTS["denies"].split())
ROLES = tuple(_LISTS["roles"].split())
PAST, PRESENT = (frozenset(_LISTS["tense"][name].split()) for name in ("past", "present"))
_BE = "(?:is|are|was|were|am)"


def _compile_any_of(phrases: str) -> re.Pattern[str]:
    ways = phrases.strip().replace("~", _BE).replace(" #", r"(?= \d)")
    return re.compile(rf"(?i)(?<!\w)(?:{ways})(?!\w)")


_ALIKE = tuple((_compile_any_of(phrases), word) for word, phrases in _LISTS["alike"].items())
_MONTHS = month_names("en")
_WEEKDAYS = _LISTS["weekdays"].split()
_LONG = (*_MONTHS, *_WEEKDAYS)
_DAYS = {month: f"-{n}-" for n, month in enumerate(_MONTHS, 1)}
_SHORT = {name[:n]: name for name in _LONG for n in (3, 4, 5) if n < len(name)}
_ABBREVIATED = re.compile(rf"\b({'|'.join(sorted(_SHORT, key=len, reverse=True))})\b\.?(?!')")
_SCALED = re.compile(rf"(?i)\b(\d+(?:\.\d+)?) ({'|'.join(LISTS['numbers']['scales'])})\b")
_ORDINAL_END = re.compile(r"(?<=\d)(?:st|nd|rd|th)\Z")
# "-5" is not 5, "C++" not C, and a question states nothing
_TOKEN = re.compile(
    r"\d+(?:[.:/]\d+)*(?:st|nd|rd|th|s)?(?![^\W_])|[^\W_]+|(?<![\w.])-(?=\d)"
    r"|[%#@&?$+<=>^|~]|[^\w\s\0-\x7f]"
)
_ORDINALS = {word: str(n) for n, word in enumerate(LISTS["numbers"]["ordinals"].split(), 1)}
_UNIT = re.compile(
    rf"(?<=\d)[ -]?({'|'.join(sorted(map(re.escape, UNITS), key=len, reverse=True))})(?!\w)"
)
_SCALES = {"k": "thousand", "m": "million", "bn": "billion"}
_SHORTENED = tuple(
    (re.compile(rf"(?i){pattern}"), word)
    for pattern, word in (
        (r"\bcan(?:no|')t\b", "can not"),
        (r"\bwon't\b", "will not"),
        (r"(?<=\w)n't\b", " not"),
        (r"(?<=\w)'ll\b", " will"),
        (r"(?<=\w)'ve\b", " have"),
        (r"(?<=\w)'re\b", " are"),
        (r"\b([12]\d\d0)'?s\b", r"decade \1"),  # before an "s" is taken for seconds
        (r"'s\b|(?<=s)'(?!\w)", ""),
    )
)
_MONEY = re.compile(r"([$€£]) ?(\d+(?:\.\d+)?)(?:(k|m|bn)\b)?")
_LONGER = {"week": (7, "day"), "decade": (10, "year"), "hour": (60, "minute")}
_LONG_TIME = re.compile(r"\b(\d+) (week|decade|hour)\b")


class ContentWord(NamedTuple):
    """A word that states something; `key` is the same for each of its forms.

    `at` is its place among all words of the sentence.
    """

    key: str
    kind: str  # "word", "name", "value" or "date"
    written: str
    at: int


END = ContentWord("", "end", "", -1)


class Wording(NamedTuple):
    """The words of a sentence that state something, in order, and all of its words.

    `after` has those that follow "by", and each of `ROLES`.
    """

    items: tuple[ContentWord, ...]
    words: tuple[str, ...]
    after: Mapping[str, Sequence[ContentWord]]


@lru_cache(maxsize=256)
def wording(cleaned: str) -> Wording:
    """The wording of a cleaned sentence."""
    items: list[ContentWord] = []
    words: list[str] = []
    after: dict[str, list[ContentWord]] = {role: [] for role in ("by", *ROLES)}
    role = ""
    for word, is_name in _tokenise(_normalise(cleaned)):
        words.append(word)
        if word in after:
            role = word
        if word in _SILENT:
            continue
        items.append(_make_content_word(word, is_name, len(words) - 1))
        if role and word != role:
            after[role].append(items[-1])
            role = ""
    return Wording(tuple(_join_phrases(items)), tuple(words), after)


def _make_content_word(word: str, is_name: bool, at: int) -> ContentWord:
    if word.startswith("date "):
        return ContentWord(word, "date", word, at)
    if word[0].isdigit() or word == "one":
        return ContentWord(_ORDINAL_END.sub("", word).replace("one", "1"), "value", word, at)
    return ContentWord(base(word), "name" if is_name else "word", word, at)


def _normalise(text: str) -> str:
    """The text with numbers as digits, short names long, and one way of saying for several."""
    text = _ABBREVIATED.sub(lambda m: _SHORT[m[1]], text)
    for pattern, word in _SHORTENED:
        text = pattern.sub(word, text)
    text = re.sub(r"(?<=\d),(?=\d{3})", "", in_digits(text))
    text = _MONEY.sub(lambda m: f"{m[2]} {_SCALES.get(m[3], '')} {UNITS[m[1]]}", text)
    text = _SCALED.sub(_write_out_scale, " ".join(text.split()))
    for pattern, word in _ALIKE:
        text = pattern.sub(word, text)
    text = _UNIT.sub(lambda m: f" {UNITS[m[1]]}", text)
    return _LONG_TIME.sub(_in_smaller_units, text)


def _write_out_scale(match: re.Match[str]) -> str:
    return f"{float(match[1]) * LISTS['numbers']['scales'][match[2].casefold()]:.0f}"


def _in_smaller_units(match: re.Match[str]) -> str:
    times, unit = _LONGER[match[2]]
    return f"{int(match[1]) * times} {unit}"


def _tokenise(text: str) -> Iterator[tuple[str, bool]]:
    """Each word in small letters, and whether it is a name; a date is one word."""
    at = 0
    for start, end, date in written_dates(text, ["en"]):
        yield from _tokenise_undated(text, at, start)
        yield "date " + "-".join("" if v is None else str(v) for v in date), False
        at = end
    yield from _tokenise_undated(text, at, len(text))


def words_and_signs(text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
    """The words and the signs of a text, but for quotation marks, points and dashes."""
    found = _TOKEN.finditer(text, start, len(text) if end is None else end)
    return (m for m in found if m[0].isascii() or m[0].isalnum() or category(m[0])[0] == "S")


def _tokenise_undated(text: str, start: int, end: int) -> Iterator[tuple[str, bool]]:
    for match in words_and_signs(text, start, end):
        written, word = match.group(), match.group().casefold()
        if written in _LONG or written.removesuffix("s") in _WEEKDAYS:
            yield f"date {_DAYS.get(written, written)}", False
        else:
            # a word with which the sentence begins is none of ours where WordNet does not know it
            is_name = written[0].isupper() and (match.start() > 0 or not is_word(word))
            yield _ORDINALS.get(word, word), is_name


def _join_phrases(items: Sequence[ContentWord]) -> Iterator[ContentWord]:
    """Neighbours that WordNet has as one word, "step down", as one."""
    same = synonyms()
    left = iter(pairwise((*items, END)))
    for one, after in left:
        phrase = f"{one.key}_{after.key}"
        if one.kind == after.kind == "word" and phrase in same:
            yield ContentWord(phrase, "word", phrase, one.at)
            next(left, None)
        else:
            yield one
