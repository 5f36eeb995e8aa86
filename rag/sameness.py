"""Whether two sentences state the same, so that one of them need not be shown.

What is shown twice costs a line, and a contradiction that is not shown costs the answer. So every
word of one must be found in the other, but for those that state nothing alone: as itself, in
another form, or as a synonym in WordNet; and what stands in another order must not be who did it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from index.clean import clean
from index.languages import ENGLISH
from rag.synonyms import are_synonyms, stem
from rag.wording import DENIES, END, PAST, PRESENT, Item, Wording, wording, words_and_signs

LONGEST = 1000  # characters of a sentence that is compared by what its words mean


def states_the_same(one: str, other: str, language: str = ENGLISH) -> bool:
    """Whether neither sentence states what the other one does not.

    In another language than English nobody knows here which words decide: there the words have to
    be the same, in the same order or with one part moved.
    """
    a, b = _cleaned(one), _cleaned(other)
    if language != ENGLISH or max(len(a), len(b)) > LONGEST:
        words, others = ([m[0].casefold() for m in words_and_signs(x)] for x in (a, b))
        return sorted(words) == sorted(others) and _one_part_moved(_places(words, others))
    x, y = wording(a), wording(b)
    if not x.items or not y.items or _clash(_tense(x), _tense(y)):
        return x.words == y.words
    places = _found(x.items, y.items)
    if places is None or _found(y.items, x.items) is None:
        return False
    return _same_denied(x.items, y.items) and _same_order(x, y, places)


@lru_cache(maxsize=256)
def _cleaned(sentence: str) -> str:
    return clean(sentence)  # each is compared with several


def _tense(one: Wording) -> tuple[bool, bool]:
    """Whether it is told of what was, and of what is."""
    return not PAST.isdisjoint(one.words), not PRESENT.isdisjoint(one.words)


def _clash(one: tuple[bool, bool], other: tuple[bool, bool]) -> bool:
    """Whether one is told of what was alone, and the other of what is."""
    return {one, other} == {(True, False), (False, True)}


def _places(words: Sequence[str], others: Sequence[str]) -> list[int]:
    """Where each word stands among the others, which are the same in some order."""
    left: defaultdict[str, list[int]] = defaultdict(list)
    for at in reversed(range(len(others))):
        left[others[at]].append(at)
    return [left[word].pop() for word in words]


def _found(items: Sequence[Item], others: Sequence[Item]) -> list[int] | None:
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


def _synonyms(one: Item, other: Item) -> bool:
    return one.kind == other.kind == "word" and are_synonyms(one.key, other.key)


def _same_denied(one: Sequence[Item], other: Sequence[Item]) -> bool:
    """Whether the same words follow those that deny, or limit: "not", "without", "only"."""
    a, b = _denied(one), _denied(other)
    return len(a) == len(b) and all(
        any(x[0] == y[0] and (x[1].key == y[1].key or _synonyms(x[1], y[1])) for y in b) for x in a
    )


def _denied(items: Sequence[Item]) -> list[tuple[str, Item]]:
    return [(a.key, b) for a, b in pairwise((*items, END)) if a.key in DENIES]


def _same_order(one: Wording, other: Wording, places: Sequence[int]) -> bool:
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
