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

from index import ENGLISH, clean
from rag.statements.synonyms import are_synonyms, stem
from rag.statements.wording import (
    DENIES,
    END,
    PAST,
    PRESENT,
    ROLES,
    Item,
    Wording,
    wording,
    words_and_signs,
)  # fmt: skip

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
    return _held_by(x, y) and _held_by(y, x) and _same_roles(x, y)


def _held_by(one: Wording, other: Wording) -> bool:
    """Whether one says nothing that the other does not, in an order that leaves what is said."""
    places = _found(one.items, other.items)
    if places is None or not _same_denied(one.items, other.items):
        return False
    return _same_order(one, other, places)


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
            as_synonyms = [i for i, other in enumerate(others) if _synonyms(item, other)]
            if not as_synonyms:
                return None
            found.append(as_synonyms[0])
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
    if list(places) == sorted(places):
        return True
    words, others = (sorted(map(stem, w.words)) for w in (one, other))
    if words == others and not _one_part_moved(places):
        return False  # "the dog bit the man"
    is_turned = any(_unlike(one, other, "by"))
    return all(
        [i.key for i in one.items if i.kind == kind]
        == [i.key for i in other.items if i.kind == kind]
        for kind in (("value", "date") if is_turned else ("name", "value", "date"))
    )


def _same_roles(one: Wording, other: Wording) -> bool:
    """Whether what follows "from" and "to" is the same, and who "by" names is who acts."""
    for role in ROLES:
        if one.after[role] and other.after[role] and any(_unlike(one, other, role)):
            return False
    agents, others = _unlike(one, other, "by")
    if agents and others:
        return False
    passive, active = (one, other) if agents else (other, one)
    subject = next((i for i in passive.items if i.kind in ("word", "name")), passive.items[0])
    return all(_comes_first(agent, subject, active) for agent in agents or others)


def _unlike(one: Wording, other: Wording, role: str) -> tuple[list[Item], list[Item]]:
    """What follows it in one of them alone, by turns."""
    a, b = one.after[role], other.after[role]
    return [i for i in a if not _held(i, b)], [i for i in b if not _held(i, a)]


def _held(item: Item, others: Sequence[Item]) -> bool:
    return any(item.key == other.key or _synonyms(item, other) for other in others)


def _comes_first(agent: Item, subject: Item, active: Wording) -> bool:
    """Whether the one stands before the other in a sentence that says who acts first."""
    who, what = (_found([item], active.items) for item in (agent, subject))
    return who is not None and what is not None and who < what


def _one_part_moved(places: Sequence[int]) -> bool:
    """Whether one stretch of the words stands elsewhere, and nothing else differs."""
    moved = [a != b for a, b in zip(places, sorted(places), strict=True)]
    if True not in moved:
        return True
    part = places[moved.index(True) : len(moved) - moved[::-1].index(True)]
    return sum(b < a for a, b in pairwise(part)) == 1 and part[-1] < part[0]
