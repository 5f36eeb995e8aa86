"""Words that stand side by side in a sentence, and which of them name a thing.

A noun is told by what stands beside it in the documents: "the hut", "of the waiting list.", but "to
rewrite the". Where a language has no such words in `things.toml`, a thing is what a title or a
heading calls so, in two words or three.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from index import ENGLISH, Span, stems
from rag.statements import dates, in_digits, quantities

LONGEST = 3  # words of a phrase
OFTEN = 2  # times that words are a thing: once they may stand side by side by chance
DENIED = 1 / 3  # as a verb, of the times that a word is one of a thing
USUAL = 0.2  # of the times that it stands anywhere
_WORD = re.compile(r"\w+(?:[.'’-]\w+)*")
_MARKED = re.compile(rf"{_WORD.pattern}|[^\w\s]")
_BESIDE = {
    name: frozenset(listed.split())
    for name, listed in tomllib.loads(
        Path(__file__).with_name("things.toml").read_text("utf-8")
    ).items()
}
Key = tuple[str, ...]
Phrases = dict[Key, Span]


class _PhraseWord(NamedTuple):
    stem: str
    start: int
    end: int


def phrases(text: str, language: str) -> Phrases:
    """One to three words that count, side by side, by their stems: where they stand first."""
    found: Phrases = {}
    for run in _runs(text, language):
        for first in range(len(run)):
            for last in range(first + 1, min(first + LONGEST, len(run)) + 1):
                own = run[first:last]
                key = tuple(word.stem for word in own)
                found.setdefault(key, Span(own[0].start, own[-1].end))
    return found


class NamedThings:
    """Which phrases are things to these sentences, each with its language, or to the headings."""

    def __init__(
        self, sentences: Iterable[tuple[str, str]], headings: Iterable[tuple[str, str]]
    ) -> None:
        self._as_thing: Counter[Key] = Counter()
        self._as_verb: Counter[str] = Counter()
        self._all: Counter[str] = Counter()
        for text, language in sentences:
            if language == ENGLISH:
                self._count(text)
        self._called = {
            key
            for text, language in headings
            if language != ENGLISH
            for key in phrases(text, language)
            if len(key) > 1
        }

    def has(self, key: Key, words: str) -> bool:
        """Whether a phrase, that is written so, names a thing that is no number and no measure."""
        if key in self._called:
            return True
        *inner, last = key
        things = self._as_thing[key[-1:]]
        if len(words) < 3 or _counts(words) or self._as_verb[last] > DENIED * things:
            return False
        if not inner:
            return things > USUAL * self._all[last]
        if any(self._as_verb[stem] > self._as_thing[stem,] for stem in inner):
            return False
        is_name = all(word[0].isupper() for word in words.split())
        return is_name or self._as_thing[key] >= OFTEN

    def _count(self, text: str) -> None:
        for run in _runs(text, ENGLISH):
            before, after = _beside(text, run)
            self._all.update(word.stem for word in run)
            is_verb = before in _BESIDE["verb_before"]
            if is_verb:
                self._as_verb[run[0].stem] += 1
            if after in _BESIDE["verb_after"]:
                self._as_verb[run[-1].stem] += 1
                continue
            # the last of them is the thing, and what stands before it says which
            for first in range(max(0, len(run) - LONGEST), len(run)):
                key = tuple(word.stem for word in run[first:])
                if not is_verb if len(key) > 1 else first == 0 and before in _BESIDE["before"]:
                    self._as_thing[key] += 1


def _counts(words: str) -> bool:
    """Whether it holds a number, is what numbers measure, or a date: "months", "two metres"."""
    last = words.split()[-1]
    measured = any(one.end > len("2 ") for one in quantities(f"2 {last}"))
    return measured or in_digits(words) != words or bool(dates(f"in {words}"))


def _beside(text: str, run: list[_PhraseWord]) -> tuple[str, str]:
    """The word or the mark before some words, and that after them; "" at an end."""
    before = _MARKED.findall(text[max(0, run[0].start - 20) : run[0].start])
    after = _MARKED.match(text[run[-1].end :].lstrip())
    return before[-1].lower() if before else "", after.group().lower() if after else ""


def _runs(text: str, language: str) -> Iterator[list[_PhraseWord]]:
    """Words that count and have nothing but space between them."""
    run: list[_PhraseWord] = []
    for match in _WORD.finditer(text):
        word = match.group()
        own = stems(word, language) if len(word) > 1 and not word[0].isdigit() else []
        if run and (len(own) != 1 or text[run[-1].end : match.start()].strip()):
            yield run
            run = []
        if len(own) == 1:
            run.append(_PhraseWord(own[0], match.start(), match.end()))
    if run:
        yield run
