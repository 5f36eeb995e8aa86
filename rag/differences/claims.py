"""What a sentence claims that another one can contradict, and what each claim is about.

The kinds are those that "Finding Contradictions in Text" (de Marneffe, Rafferty and Manning,
ACL 2008) found to be told by words alone: numbers, dates, negation and antonyms. What names differ
is read off no claim, but where nothing else differs.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache
from typing import Any, NamedTuple, Protocol

from index import clean, placed_words, stems
from rag.dates import Date
from rag.statements import LISTS, StatedValue, dates, in_digits, leans, quantities


class DifferenceKind(Enum):
    """How two sentences differ, in words for people."""

    NUMBER = "different numbers"
    DATE = "different dates"
    NEGATION = "one says that it is not so"
    OPPOSED = "opposite words"
    NAME = "different names"


class Affirmed(NamedTuple):
    """Whether a word is said or denied."""

    value: bool

    def differs(self, other: Affirmed) -> bool:
        """Whether one says what the other denies."""
        return self.value != other.value


class Side(NamedTuple):
    """The side of an opposed pair that a word is on (1 or -1), and whether it is denied."""

    sign: int
    denied: bool

    def differs(self, other: Side) -> bool | None:
        """Whether the sides are opposed; None for "does not rise" and "does not fall"."""
        if self.denied and other.denied and self.sign != other.sign:
            return None
        return (self.sign == other.sign) == (self.denied != other.denied)


@dataclass(frozen=True, slots=True)
class Topic:
    """What a claim is about: the stems beside it, those that are names, and the years."""

    stems: frozenset[str]
    names: frozenset[str]
    years: frozenset[str]

    @property
    def words(self) -> frozenset[str]:
        """All that two clauses may share."""
        return self.stems | self.years


class Value(Protocol):
    """What is claimed: an Interval, a Date, Affirmed or a Side."""

    def differs(self, other: Any) -> bool | None:
        """Whether both cannot hold; None where they cannot be compared."""


class Claim(NamedTuple):
    """One thing said `of` a unit, a date's role, a word or a pair of opposed words."""

    kind: DifferenceKind
    of: str
    value: Value
    about: Topic

    def differs(self, other: Claim) -> bool | None:
        """Whether both cannot hold; None where they are of different things."""
        if (self.kind, self.of) != (other.kind, other.of):
            return None
        return self.value.differs(other.value)


class Statement(NamedTuple):
    """A sentence as it is compared; `subject` is the first word that counts."""

    claims: tuple[Claim, ...]
    subject: str
    stems: frozenset[str]


class Axis(NamedTuple):
    """Opposed words by their stems, 1 and -1; `beside`: only where they stand before one word."""

    signs: dict[str, int]
    beside: bool


class _TaggedWord(NamedTuple):
    at: int
    text: str  # folded
    stem: str  # a stop word's is itself
    counts: bool  # no stop word
    is_name: bool
    denies: bool


def _stem(word: str) -> str:
    return next(iter(stems(word)), word)


AXES = tuple(
    Axis(
        {_stem(w): 1 for w in pair["one"].split()} | {_stem(w): -1 for w in pair["other"].split()},
        kind == "beside",
    )
    for kind in ("opposed", "beside")
    for pair in LISTS[kind]
)
_NEGATION = frozenset(LISTS["negation"]["words"].split())
_NOT_DENIED = frozenset(LISTS["negation"]["except"].split())
_CONDITIONS, _LIMITS = (frozenset(LISTS["negation"][n].split()) for n in ("conditions", "limits"))
_PARTS = tuple(frozenset(map(_stem, group.split())) for group in LISTS["parts"]["words"])
LONGEST = 1000  # characters of a sentence that are compared: no sentence of prose is longer
_OBJECTS = frozenset({"nothing", "nobody", "none"})  # these deny a verb before them, too
_WORD = re.compile(r"\w+(?:'\w+)*")
_BREAK = re.compile(
    rf"[,;:()\"]|(?<!\w)-|-(?!\w)|(?i:\b(?:{'|'.join(LISTS['clauses']['words'].split())})\b)"
)


@lru_cache(maxsize=256)
def statement(sentence: str) -> Statement:
    """The sentence as it is compared.

    A question claims nothing, and what a sentence that points back claims is not known.
    """
    text = in_digits(clean(sentence)[:LONGEST])
    times = dates(text)
    rest = _blank_out(text, times)
    amounts = quantities(rest)
    words = _tag_words(_blank_out(rest, amounts))
    stems = frozenset(w.stem for w in words if w.counts)
    subject = next((w.stem for w in words if w.counts), "")
    if text.endswith("?") or leans(text):
        return Statement((), subject, stems)
    breaks = [match.start() for match in _BREAK.finditer(rest)]
    claims: list[Claim] = []
    for clause in range(len(breaks) + 1):
        own = [w for w in words if bisect(breaks, w.at) == clause]
        when = [t for t in times if bisect(breaks, t.start) == clause]
        about = _topic_of(own if sum(w.counts for w in own) > 1 else words, when)
        undated = replace(about, years=frozenset())
        claims += (Claim(DifferenceKind.DATE, t.of, t.value, undated) for t in when)
        much = [n for n in amounts if bisect(breaks, n.start) == clause]
        claims += (Claim(DifferenceKind.NUMBER, n.of, n.value, about) for n in much)
        if not any(w.text in _CONDITIONS for w in own):
            limited = any(w.text in _LIMITS for w in own) or any(t.of != "at" for t in when)
            if not (limited and _find_negations(own)):
                claims += _claims_of_negation(own, about)
                claims += _claims_of_opposites(own, about)
    return Statement(tuple(claims), subject, stems)


def other_part(one: Statement, other: Statement) -> bool:
    """Whether they are about two parts of one thing: the left one, and the right one."""
    return any(
        group & one.stems and group & other.stems and not group & one.stems & other.stems
        for group in _PARTS
    )


def _blank_out(text: str, found: Sequence[StatedValue]) -> str:
    """The text with blanks where something was found: every other place stays."""
    for start, end, *_ in found:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _tag_words(text: str) -> list[_TaggedWord]:
    counting = {at: stem for at, _, stem in placed_words(text)}
    found: list[_TaggedWord] = []
    for match in _WORD.finditer(text):
        at, word = match.start(), match.group().casefold()
        is_name = bool(found) and match.group()[0].isupper()
        # "Never" in the name of a film denies nothing
        denies = not is_name and (word in _NEGATION or word.endswith("n't"))
        stem = "" if denies else counting.get(at, "")
        found.append(_TaggedWord(at, word, stem or word, bool(stem), is_name, denies))
    return found


def _topic_of(words: Sequence[_TaggedWord], when: Sequence[StatedValue]) -> Topic:
    return Topic(
        frozenset(w.stem for w in words if w.counts),
        frozenset(w.stem for w in words if w.counts and w.is_name),
        frozenset(str(t.value.year) for t in when if isinstance(t.value, Date) and t.value.year),
    )


def _find_negations(words: Sequence[_TaggedWord]) -> list[int]:
    """The places, among the words, of those that deny."""
    after = [w.text for w in words[1:]] + [""]
    return [i for i, w in enumerate(words) if w.denies and after[i] not in _NOT_DENIED]


def _claims_of_negation(words: Sequence[_TaggedWord], about: Topic) -> Iterator[Claim]:
    """Of each word whether it is denied: what a negation stands before, or a verb before it."""
    denied: set[str] = set()
    for at in _find_negations(words):
        before = words[at - 1 : at] if words[at].text in _OBJECTS else []
        near = [w for w in (*before, *words[at + 1 :]) if w.counts]
        denied ^= {w.stem for w in near[:1]}
    for word in words:
        if word.counts:
            said = Affirmed(word.stem not in denied)
            yield Claim(DifferenceKind.NEGATION, word.stem, said, about)


def _claims_of_opposites(words: Sequence[_TaggedWord], about: Topic) -> Iterator[Claim]:
    """Of each word that has an opposite: the pair, and the side."""
    negations = _find_negations(words)
    for i, word in enumerate(words):
        over_it = [at for at in negations if at < i or at == i + 1]
        denied = len(over_it) % 2 == 1
        following = next((w.stem for w in words[i + 1 :] if w.counts), "")
        for number, axis in enumerate(AXES):
            if word.stem in axis.signs and (following or not axis.beside):
                of = f"{number} {following}" if axis.beside else str(number)
                own = {word.stem, following} if axis.beside else {word.stem}
                rest = replace(about, stems=about.stems - own)
                side = Side(axis.signs[word.stem], denied)
                yield Claim(DifferenceKind.OPPOSED, of, side, rest)
