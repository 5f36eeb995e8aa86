"""Quotations by subject, each under words of the documents.

"Description comes first" (Osiński, Stefanowski and Weiss, Intelligent Information Systems 2004):
a subject is a thing that a quotation names and other documents speak of. A quotation fits it as
far as it is more like what the others say of it than like what else they say: that tells "the hut",
of which they say one thing or another, from "the year", in which anything is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cache
from math import log2
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index import Span
from rag.brief.things import Key, NamedThings, Phrases, phrases
from rag.overview import SentencePool, Told

FITS = 0.06  # of a quotation to a subject: the least
LEAST = 0.15  # worth of a subject
SHARED = 2.0  # how much more it is worth where it has quotations of several documents
LONGER = 0.25  # what each further word of a subject adds to its worth
MOST = 0.5  # share of the quotations; what more of them name tells none from another
Fits = dict[int, float]


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
    if not picked:
        return []
    said, above = _said(pool, picked), {n: _headed(pool.told[n]) for n in picked}
    documents = _documents(pool)
    holding = _holding(pool)
    fits = _fits(pool, picked, documents, holding, above, said)

    def worth(key: Key) -> float:
        own = [n for n in fits[key] if n in left]
        spread = log2(len(set(documents[holding(key)].tolist())))
        value = sum(fits[key][n] for n in own) * (1 + LONGER * (len(key) - 1)) * spread
        is_shared = len(set(documents[own].tolist())) > 1
        return round(SHARED * value if is_shared else value, 9) if value >= LEAST else 0.0

    left, found = dict.fromkeys(picked), list[Subject]()
    while best := max(fits, key=worth, default=None):
        if not worth(best):
            break
        own = [n for n in picked if n in left and n in fits[best]]
        places = tuple(_placed(pool.told[n], said[n].get(best)) for n in own)
        words = _words(pool, best, own[0], places[0], above[own[0]])
        number = len(set(documents[holding(best)].tolist()))
        found.append(Subject(tuple(own), words, places, number))
        for one in own:
            del left[one]
    found += (Subject((number,)) for number in left)
    place = {number: at for at, number in enumerate(picked)}
    return sorted(found, key=lambda one: place[one.numbers[0]])


def _fits(
    pool: SentencePool,
    picked: Sequence[int],
    documents: NDArray[np.int64],
    holding: Callable[[Key], list[int]],
    above: dict[int, dict[Key, str]],
    said: dict[int, Phrases],
) -> dict[Key, Fits]:
    """How well each quotation fits the things that it names and other documents, too."""
    named: defaultdict[Key, list[int]] = defaultdict(list)
    for number in picked:
        for key in dict.fromkeys((*said[number], *above[number])):
            named[key].append(number)
    things = _things(pool)
    like = dict(zip(picked, pool.vectors[list(picked)] @ pool.vectors.T, strict=True))
    found: dict[Key, Fits] = {}
    for key, numbers in named.items():
        holders = holding(key)
        first = numbers[0]
        place = said[first].get(key)
        words = above[first][key] if place is None else pool.told[first].text[slice(*place)]
        if len(set(documents[holders].tolist())) < 2 or not things.has(key, words):
            continue
        fits: Fits = {}
        for number in numbers:
            elsewhere = documents != documents[number]
            others = [n for n in holders if elsewhere[n]]
            if not others:
                continue
            lift = float(like[number][others].mean() - like[number][elsewhere].mean())
            fit = lift * len(others) / (len(others) + 1)  # of few others little is known
            if fit >= FITS:
                fits[number] = fit
        if 0 < len(fits) <= max(2, MOST * len(picked)):
            found[key] = fits
    return found


def _said(pool: SentencePool, picked: Sequence[int]) -> dict[int, Phrases]:
    told = {number: pool.told[number] for number in picked}
    return {n: phrases(one.text, one.passage.document.language) for n, one in told.items()}


def _documents(pool: SentencePool) -> NDArray[np.int64]:
    """Shape (n,): a number for the document of each sentence."""
    ids = [one.passage.document.id for one in pool.told]
    found: NDArray[np.int64] = np.unique(ids, return_inverse=True)[1]
    return found


def _holding(pool: SentencePool) -> Callable[[Key], list[int]]:
    """The sentences with all words of a phrase."""
    having: defaultdict[str, set[int]] = defaultdict(set)
    for number, one in enumerate(pool.told):
        for stem in one.stems:
            having[stem].add(number)

    @cache
    def holding(key: Key) -> list[int]:
        return sorted(set.intersection(*(having[stem] for stem in key)))

    return holding


def _things(pool: SentencePool) -> NamedThings:
    told = {one.row: one.passage for one in pool.told}.values()
    sentences = ((one.text, one.passage.document.language) for one in pool.told)
    return NamedThings(
        sentences,
        {
            (line, passage.document.language): None
            for passage in told
            for line in (passage.document.title, *passage.headings)
        },
    )


def _headed(told: Told) -> dict[Key, str]:
    """The phrases of the headings over a sentence, but for the title, as they stand there."""
    document = told.passage.document
    lines = [line for line in told.passage.headings if line != document.title]
    return {
        key: line[span.start : span.end]
        for line in lines
        for key, span in phrases(line, document.language).items()
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
