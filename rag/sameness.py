"""Whether two sentences state the same, so that one of them need not be shown.

What is shown twice costs a line, and a contradiction that is not shown costs the answer. So every
word of one must be found in the other, but for those that state nothing alone: as itself, in
another form, or as a synonym in WordNet; and what stands in another order must not be who did it.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple
from unicodedata import category

import Stemmer

from index.clean import clean
from index.languages import ENGLISH
from index.words import stems
from rag.quantities import LISTS, dates, in_digits

SYNONYMS = Path(__file__).with_name("synonyms.txt")
LONGEST = 1000  # characters of a sentence that is compared by what its words mean

_STEMMER = Stemmer.Stemmer("english")
_LISTS = tomllib.loads(Path(__file__).with_name("sameness.toml").read_text("utf-8"))
_SILENT = frozenset(_LISTS["silent"].split())
_DENIES = frozenset(_LISTS["denies"].split())
_PAST, _PRESENT = (frozenset(_LISTS["tense"][name].split()) for name in ("past", "present"))
_BE = "(?:is|are|was|were|am)"


def _any_of(phrases: str) -> re.Pattern[str]:
    ways = phrases.strip().replace("~", _BE).replace(" #", r"(?= \d)")
    return re.compile(rf"(?i)(?<!\w)(?:{ways})(?!\w)")


_ALIKE = tuple((_any_of(phrases), word) for word, phrases in _LISTS["alike"].items())
_MONTHS = LISTS["numbers"]["months"].split()
_LONG = (*_MONTHS, *_LISTS["weekdays"].split())
_DAYS = {month: f"-{n}-" for n, month in enumerate(_MONTHS, 1)}
_SHORT = {name[:n]: name for name in _LONG for n in (3, 4, 5) if n < len(name)}
_ABBREVIATED = re.compile(rf"\b({'|'.join(sorted(_SHORT, key=len, reverse=True))})\b\.?(?!')")
_SCALED = re.compile(rf"(?i)\b(\d+(?:\.\d+)?) ({'|'.join(LISTS['numbers']['scales'])})\b")
_ISO = re.compile(r"\b(\d{4})-(0\d|1[0-2])-(\d\d)\b")
_ORDINAL_END = re.compile(r"(?<=\d)(?:st|nd|rd|th)\Z")
_SMALL_WORDS = re.compile(r"(?:[a-z]+ )*")
# "-5" is not 5, "C++" not C, and a question states nothing
_TOKEN = re.compile(
    r"\d+(?:[.:/]\d+)*(?:st|nd|rd|th|s)?(?![^\W_])|[^\W_]+|(?<![\w.])-(?=\d)|[%#@&?]|[^\w\s\0-\x7f]|[$+<=>^|~]"
)
_ORDINALS = {word: str(n) for n, word in enumerate(LISTS["numbers"]["ordinals"].split(), 1)}


class _Item(NamedTuple):
    """A word that states something; `key` is the same for each of its forms."""

    key: str
    kind: str  # "word", "name", "value" or "date"
    written: str


_END = _Item("", "end", "")


class _Stated(NamedTuple):
    items: tuple[_Item, ...]
    words: tuple[str, ...]  # all of them

    @property
    def tense(self) -> tuple[bool, bool]:
        """Whether it is told of what was, and of what is."""
        return not _PAST.isdisjoint(self.words), not _PRESENT.isdisjoint(self.words)


def stem(word: str) -> str:
    """Of an English word in small letters."""
    found: str = _STEMMER.stemWord(word)
    return found


def states_the_same(one: str, other: str, language: str = ENGLISH) -> bool:
    """Whether neither sentence states what the other one does not.

    In another language than English nobody knows here which words decide: there the words have to
    be the same, in the same order or with one part moved.
    """
    a, b = clean(one), clean(other)
    if language != ENGLISH or max(len(a), len(b)) > LONGEST:
        words, others = ([m[0].casefold() for m in _found_in(x)] for x in (a, b))
        return sorted(words) == sorted(others) and _one_part_moved(_places(words, others))
    x, y = _stated(a), _stated(b)
    if not x.items or not y.items or _clash(x.tense, y.tense):
        return x.words == y.words
    places = _found(x.items, y.items)
    if places is None or _found(y.items, x.items) is None:
        return False
    return _same_denied(x.items, y.items) and _same_order(x, y, places)


def _clash(one: tuple[bool, bool], other: tuple[bool, bool]) -> bool:
    """Whether one is told of what was alone, and the other of what is."""
    return {one, other} == {(True, False), (False, True)}


def _places(words: Sequence[str], others: Sequence[str]) -> list[int]:
    """Where each word stands among the others, which are the same in some order."""
    left: defaultdict[str, list[int]] = defaultdict(list)
    for at in reversed(range(len(others))):
        left[others[at]].append(at)
    return [left[word].pop() for word in words]


def _found(items: Sequence[_Item], others: Sequence[_Item]) -> list[int] | None:
    """Where among the others each item stands, as itself or as a synonym; None if one does not.

    A value stands as often as in the other, a word once or more.
    """
    places: defaultdict[str, list[int]] = defaultdict(list)
    for at, other in enumerate(others):
        places[other.key].append(at)
    used: defaultdict[str, int] = defaultdict(int)
    found: list[int] = []
    for item in items:
        own, n = places[item.key], used[item.key]
        used[item.key] += 1
        if own and (n < len(own) or item.kind not in ("value", "date")):
            found.append(own[min(n, len(own) - 1)])
            there = others[found[-1]]
            if item.kind == there.kind == "name" and item.written != there.written:
                return None  # "Adams" is not "Adam"
        else:
            at = next((i for i, other in enumerate(others) if _synonyms(item, other)), None)
            if at is None:
                return None
            found.append(at)
    return found


def _synonyms(one: _Item, other: _Item) -> bool:
    return one.kind == other.kind == "word" and other.key in thesaurus().get(one.key, ())


def _same_denied(one: Sequence[_Item], other: Sequence[_Item]) -> bool:
    """Whether the same words follow those that deny, or limit: "not", "without", "only"."""
    a, b = _denied(one), _denied(other)
    return len(a) == len(b) and all(
        any(x[0] == y[0] and (x[1].key == y[1].key or _synonyms(x[1], y[1])) for y in b) for x in a
    )


def _denied(items: Sequence[_Item]) -> list[tuple[str, _Item]]:
    return [(a.key, b) for a, b in pairwise((*items, _END)) if a.key in _DENIES]


def _same_order(one: _Stated, other: _Stated, places: Sequence[int]) -> bool:
    """Whether another order of the words leaves who does what to whom, and how many of what."""
    in_order = list(places) == sorted(places)
    if ("by" in one.words) != ("by" in other.words):
        return not in_order  # "was bitten by" says by whom
    if in_order:
        return True
    if sorted(map(stem, one.words)) == sorted(map(stem, other.words)) and not _one_part_moved(
        places
    ):
        return False  # "the dog bit the man"
    return all(
        [i.key for i in one.items if i.kind == kind]
        == [i.key for i in other.items if i.kind == kind]
        for kind in ("name", "value", "date")
    )


def _one_part_moved(places: Sequence[int]) -> bool:
    """Whether one stretch of the words stands elsewhere, and nothing else differs."""
    rest = list(places)
    while rest and rest[0] == min(rest):
        rest = rest[1:]
    while rest and rest[-1] == max(rest):
        rest = rest[:-1]
    return sum(b < a for a, b in pairwise(rest)) <= 1 and (not rest or rest[-1] < rest[0])


@lru_cache(maxsize=256)
def _stated(cleaned: str) -> _Stated:
    tokens = list(_tokens(_normal(cleaned)))
    items = [_item(*token) for token in tokens if token[0] not in _SILENT]
    return _Stated(tuple(_with_phrases(items)), tuple(word for word, _ in tokens))


def _item(word: str, is_name: bool) -> _Item:
    if word.startswith("date "):
        return _Item(word, "date", word)
    if word[0].isdigit() or word == "one":
        return _Item(_ORDINAL_END.sub("", word).replace("one", "1"), "value", word)
    return _Item(_base(word), "name" if is_name else "word", word)


def _normal(text: str) -> str:
    """The text with numbers as digits, short names long, and one way of saying for several."""
    text = _ISO.sub(lambda m: f"{int(m[3])} {_MONTHS[int(m[2]) - 1]} {m[1]}", text)
    text = _ABBREVIATED.sub(lambda m: _SHORT[m[1]], text)
    text = re.sub(r"(?i)\bcannot\b|\bcan't\b", "can not", text)
    text = re.sub(r"(?i)\bwon't\b", "will not", text)
    text = re.sub(r"(?i)(?<=\w)n't\b", " not", text)
    text = re.sub(r"'s\b|(?<=s)'(?!\w)", "", text)
    text = re.sub(r"(?<=\d),(?=\d{3})", "", in_digits(text))
    text = _SCALED.sub(_scaled, text)
    for pattern, word in _ALIKE:
        text = pattern.sub(word, text)
    return re.sub(r"\b(\d+)[ -]weeks?\b", lambda m: f"{7 * int(m[1])} days", text)


def _scaled(match: re.Match[str]) -> str:
    return f"{float(match[1]) * LISTS['numbers']['scales'][match[2].casefold()]:.0f}"


def _tokens(text: str) -> Iterator[tuple[str, bool]]:
    """Each word in small letters, and whether it is a name; a date is one word."""
    at = 0
    for start, end, _, value in sorted(dates(text)):
        lead = _SMALL_WORDS.match(text, start, end)
        yield from _plain(text, at, lead.end() if lead else start)
        yield "date " + "-".join("" if v is None else str(v) for v in value), False
        at = end
    yield from _plain(text, at, len(text))


def _found_in(text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
    """The words and the signs of a text; no quotation marks, points and dashes."""
    found = _TOKEN.finditer(text, start, len(text) if end is None else end)
    return (m for m in found if m[0].isascii() or m[0].isalnum() or category(m[0])[0] == "S")


def _plain(text: str, start: int, end: int) -> Iterator[tuple[str, bool]]:
    for match in _found_in(text, start, end):
        written, word = match.group(), match.group().casefold()
        if written in _LONG:
            yield f"date {_DAYS.get(written, written)}", False
        else:
            # a word with which the sentence begins is none of ours where WordNet does not know it
            is_name = written[0].isupper() and (match.start() > 0 or not is_word(word))
            yield _ORDINALS.get(word, word), is_name


def _base(word: str) -> str:
    stemmed = stem(word)
    return irregular().get(stemmed, stemmed)


def _with_phrases(items: Sequence[_Item]) -> Iterator[_Item]:
    """Neighbours that WordNet has as one word, "step down", as one."""
    same = thesaurus()
    left = iter(pairwise((*items, _END)))
    for one, after in left:
        phrase = f"{one.key}_{after.key}"
        if one.kind == after.kind == "word" and phrase in same:
            yield _Item(phrase, "word", phrase)
            next(left, None)
        else:
            yield one


def is_word(word: str) -> bool:
    """Whether a word, in small letters, is a stop word or in WordNet: it need not be a name."""
    return not stems(word) or _base(word) in known()


@cache
def _lines() -> tuple[dict[str, str], dict[str, set[str]]]:
    forms: dict[str, str] = {}
    same: defaultdict[str, set[str]] = defaultdict(set)
    for line in SYNONYMS.read_text("utf-8").splitlines():
        first, _, base = line.partition(" = ")
        if base:
            forms[first] = base
        else:
            one, other = line.split()
            same[one].add(other)
            same[other].add(one)
    return forms, dict(same)


def irregular() -> Mapping[str, str]:
    """The stem of each irregular form, to that of its word."""
    return _lines()[0]


def thesaurus() -> Mapping[str, set[str]]:
    """Of each stem, those that may stand for it; "_" joins the words of a phrase."""
    return _lines()[1]


@cache
def known() -> frozenset[str]:
    """The stems that WordNet has."""
    return frozenset(thesaurus()) | frozenset(irregular().values())
