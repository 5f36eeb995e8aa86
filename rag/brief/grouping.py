"""Quotations by subject, each under words of a document.

"Description comes first" (Osiński, Stefanowski and Weiss, Intelligent Information Systems 2004):
what several quotations say is a subject where a title or a heading says it, too; those that tell
most of them apart come first.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from math import log
from typing import NamedTuple

from index import Span, stems
from rag.overview import SentencePool, Told

SHORTEST, LONGEST = 2, 3  # words of a subject: one alone tells too little
LEAST = 2  # quotations that it holds
MOST = 0.5  # share of them; what more of them name tells none from another
_WORD = re.compile(r"\w+(?:[.'’-]\w+)*")
Key = tuple[str, ...]
Phrases = dict[Key, Span]


class Subject(NamedTuple):
    """Quotations that belong together, by their numbers in the pool, the strongest first.

    `words` are those that say what they are about, as they stand in one of the documents; "" where
    one stands alone. `places` are where each quotation says them, None where its heading does.
    """

    numbers: tuple[int, ...]
    words: str = ""
    places: tuple[Span | None, ...] = (None,)
    documents: int = 1  # of the pool, that say these words


def subjects(pool: SentencePool, picked: Sequence[int]) -> list[Subject]:
    """The subjects of the sentences that were `picked`, the strongest first, in that order."""
    called = _called(pool)
    said: dict[int, Phrases] = {}
    above: dict[int, dict[Key, str]] = {}
    having: defaultdict[Key, list[int]] = defaultdict(list)
    for number in picked:
        told = pool.told[number]
        said[number] = _phrases(told.text, told.passage.document.language)
        above[number] = _headed(told)
        for key in dict.fromkeys((*said[number], *above[number])):
            if key in called:
                having[key].append(number)
    most = max(LEAST, int(MOST * len(picked)))
    keys = [key for key, own in having.items() if LEAST <= len(own) <= most]
    counts = Counter(stem for one in pool.told for stem in set(one.stems))
    worth = {key: sum(log(1 + len(pool) / max(1, counts[stem])) for stem in key) for key in keys}
    left, found = dict.fromkeys(picked), list[Subject]()
    while keys:
        best = max(keys, key=lambda k: worth[k] * sum(1 for n in having[k] if n in left))
        keys.remove(best)
        own = [n for n in having[best] if n in left]
        if len(own) >= LEAST:
            places = tuple(_placed(pool.told[n], said[n].get(best)) for n in own)
            words = _words(pool, best, own[0], places[0], above[own[0]])
            found.append(Subject(tuple(own), words, places, _documents_with(pool, best)))
            for number in own:
                del left[number]
    found += (Subject((number,)) for number in left)
    place = {number: at for at, number in enumerate(picked)}
    return sorted(found, key=lambda one: place[one.numbers[0]])


def _called(pool: SentencePool) -> set[Key]:
    """What the documents call their subjects: the phrases of their titles and headings."""
    passages = {one.row: one.passage for one in pool.told}.values()
    lines = {
        (line, passage.document.language)
        for passage in passages
        for line in (passage.document.title, *passage.headings)
    }
    return {key for line, language in lines for key in _phrases(line, language)}


def _headed(told: Told) -> dict[Key, str]:
    """The phrases of the headings over a sentence, but for the title, as they stand there."""
    document = told.passage.document
    lines = [line for line in told.passage.headings if line != document.title]
    return {
        key: line[span.start : span.end]
        for line in lines
        for key, span in _phrases(line, document.language).items()
    }


def _placed(told: Told, span: Span | None) -> Span | None:
    start = told.passage.sentences[told.at].start
    return None if span is None else Span(start + span.start, start + span.end)


def _words(
    pool: SentencePool, key: Key, first: int, place: Span | None, above: dict[Key, str]
) -> str:
    """The words as the strongest quotation says them, or else its heading, on one line."""
    words = above[key] if place is None else pool.told[first].passage.document.cut(place)
    return " ".join(words.split())


def _phrases(text: str, language: str) -> Phrases:
    """Words that stand side by side, by their stems: where they stand first."""
    found: Phrases = {}
    for run in _runs(text, language):
        for first in range(len(run)):
            for last in range(first + SHORTEST, min(first + LONGEST, len(run)) + 1):
                own = run[first:last]
                key = tuple(stem for stem, _, _ in own)
                found.setdefault(key, Span(own[0][1], own[-1][2]))
    return found


def _runs(text: str, language: str) -> Iterator[list[tuple[str, int, int]]]:
    """Words that count and have nothing but space between them: stem, start and end of each."""
    run: list[tuple[str, int, int]] = []
    for match in _WORD.finditer(text):
        word = match.group()
        own = stems(word, language) if len(word) > 1 and not word[0].isdigit() else []
        if run and (len(own) != 1 or text[run[-1][2] : match.start()].strip()):
            yield run
            run = []
        if len(own) == 1:
            run.append((own[0], match.start(), match.end()))
    if run:
        yield run


def _documents_with(pool: SentencePool, key: Key) -> int:
    """How many documents of the pool have a sentence with all of these words."""
    wanted = set(key)
    return len({one.passage.document.id for one in pool.told if wanted <= set(one.stems)})
