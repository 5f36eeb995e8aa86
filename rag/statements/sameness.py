"""Whether two sentences state the same, so that one of them need not be shown.

What is shown twice costs a line, and a contradiction that is not shown costs the answer. So every
word of one must be found in the other, but for those that state nothing alone: as itself, in
another form, or as a synonym in WordNet; and what stands in another order must not be who did it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby, pairwise, zip_longest
from typing import NamedTuple

from index import ENGLISH, clean
from rag.statements.synonyms import are_synonyms, stem
from rag.statements.wording import (
    DENIES,
    END,
    PAST,
    PRESENT,
    ROLES,
    ContentWord,
    Wording,
    wording,
    words_and_signs,
)

LONGEST = 1000  # characters of a sentence that is compared by what its words mean
LONGEST_PART = 3  # items of a part in which two differ: a name of three words


def states_the_same(one: str, other: str, language: str = ENGLISH) -> bool:
    """Whether neither sentence states what the other one does not.

    In another language than English nobody knows here which words decide: there the words have to
    be the same, in the same order or with one part moved.
    """
    a, b = _clean_once(one), _clean_once(other)
    if language != ENGLISH or max(len(a), len(b)) > LONGEST:
        words, others = ([m[0].casefold() for m in words_and_signs(x)] for x in (a, b))
        return sorted(words) == sorted(others) and _one_part_moved(_match_words(words, others))
    x, y = wording(a), wording(b)
    if not x.items or not y.items or _tenses_clash(x, y):
        return x.words == y.words
    return _state_the_same(x, y)


class DifferingPart(NamedTuple):
    """What only one of two sentences says: items that stand together in the whole wording.

    A part of no items says nothing where the other sentence does.
    """

    items: tuple[ContentWord, ...]
    whole: Wording

    @property
    def before(self) -> tuple[str, ...]:
        """All words of the sentence up to the part, in small letters."""
        return self.whole.words[: self.items[0].at]

    @property
    def items_before(self) -> tuple[ContentWord, ...]:
        """Those of them that state something."""
        return self.whole.items[: self.whole.items.index(self.items[0])]


def differing_parts(one: str, other: str) -> list[tuple[DifferingPart, DifferingPart]]:
    """The parts in which two English sentences differ that state the same otherwise, in order.

    No parts where they state the same, where they share no more words than there are parts, or
    where that is not known.
    """
    x, y = (wording(_clean_once(s)[:LONGEST]) for s in (one, other))
    if _tenses_clash(x, y):
        return []
    own, others = _unmatched(x.items, y.items)
    parts, other_parts = _parts_of(x, own), _parts_of(y, others)
    if parts and other_parts and len(parts) != len(other_parts):
        return []
    if any(len(part.items) > LONGEST_PART for part in (*parts, *other_parts)):
        return []
    a, b = _without(x, own), _without(y, others)
    if len(a.items) <= max(len(parts), len(other_parts)) or not _state_the_same(a, b):
        return []
    return list(zip_longest(parts, other_parts, fillvalue=DifferingPart((), x)))


def _unmatched(
    items: Sequence[ContentWord], others: Sequence[ContentWord]
) -> tuple[list[ContentWord], list[ContentWord]]:
    """What of each has no word of the same meaning in the other."""
    left, own = list(others), []
    for item in items:
        same = [o for o in left if o.key == item.key] or [o for o in left if _are_synonyms(item, o)]
        if same:
            left.remove(same[0])
        else:
            own.append(item)
    return own, left


def _without(whole: Wording, items: Sequence[ContentWord]) -> Wording:
    """The wording without these items."""
    gone = {item.at for item in items}
    return Wording(
        tuple(i for i in whole.items if i.at not in gone),
        tuple(word for at, word in enumerate(whole.words) if at not in gone),
        {role: [i for i in after if i.at not in gone] for role, after in whole.after.items()},
    )


def _parts_of(whole: Wording, items: Sequence[ContentWord]) -> list[DifferingPart]:
    """The items, those that stand together in one part; a date is one of its own."""
    runs = groupby(whole.items, key=lambda item: (item in items, item.kind == "date"))
    return [DifferingPart(tuple(run), whole) for (is_own, _), run in runs if is_own]


def _state_the_same(one: Wording, other: Wording) -> bool:
    return _is_said_by(one, other) and _is_said_by(other, one) and _same_roles(one, other)


def _is_said_by(one: Wording, other: Wording) -> bool:
    """Whether one says nothing that the other does not, in an order that leaves what is said."""
    places = _find_items(one.items, other.items)
    if places is None or not _same_denied(one.items, other.items):
        return False
    return _same_order(one, other, places)


@lru_cache(maxsize=256)
def _clean_once(sentence: str) -> str:
    return clean(sentence)  # each is compared with several


def _tenses_clash(one: Wording, other: Wording) -> bool:
    """Whether one is told of what was alone, and the other of what is."""
    tenses = {(not PAST.isdisjoint(w.words), not PRESENT.isdisjoint(w.words)) for w in (one, other)}
    return tenses == {(True, False), (False, True)}


def _match_words(words: Sequence[str], others: Sequence[str]) -> list[int]:
    """Where each word stands among the others, which are the same in some order."""
    left: defaultdict[str, list[int]] = defaultdict(list)
    for at in reversed(range(len(others))):
        left[others[at]].append(at)
    return [left[word].pop() for word in words]


def _find_items(items: Sequence[ContentWord], others: Sequence[ContentWord]) -> list[int] | None:
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
            as_synonyms = [i for i, other in enumerate(others) if _are_synonyms(item, other)]
            if not as_synonyms:
                return None
            found.append(as_synonyms[0])
    return found


def _are_synonyms(one: ContentWord, other: ContentWord) -> bool:
    return one.kind == other.kind == "word" and are_synonyms(one.key, other.key)


def _same_denied(one: Sequence[ContentWord], other: Sequence[ContentWord]) -> bool:
    """Whether the same words follow those that deny, or limit: "not", "without", "only"."""
    a, b = (
        [(x.key, y) for x, y in pairwise((*items, END)) if x.key in DENIES]
        for items in (one, other)
    )
    return len(a) == len(b) and all(
        any(x[0] == y[0] and (x[1].key == y[1].key or _are_synonyms(x[1], y[1])) for y in b)
        for x in a
    )


def _same_order(one: Wording, other: Wording, places: Sequence[int]) -> bool:
    """Whether another order of the words leaves who does what to whom, and how many of what."""
    if list(places) == sorted(places):
        return True
    words, others = (sorted(map(stem, w.words)) for w in (one, other))
    if words == others and not _one_part_moved(places):
        return False  # "the dog bit the man"
    is_turned = any(_unlike(one, other, "by"))
    kinds = ("value", "date") if is_turned else ("name", "value", "date")
    return all(
        [i.key for i in one.items if i.kind == kind]
        == [i.key for i in other.items if i.kind == kind]
        for kind in kinds
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


def _unlike(one: Wording, other: Wording, role: str) -> tuple[list[ContentWord], list[ContentWord]]:
    """What follows it in one of them alone, by turns."""
    a, b = one.after[role], other.after[role]
    return [i for i in a if not _is_among(i, b)], [i for i in b if not _is_among(i, a)]


def _is_among(item: ContentWord, others: Sequence[ContentWord]) -> bool:
    return any(item.key == other.key or _are_synonyms(item, other) for other in others)


def _comes_first(agent: ContentWord, subject: ContentWord, active: Wording) -> bool:
    """Whether the one stands before the other in a sentence that says who acts first."""
    who, what = (_find_items([item], active.items) for item in (agent, subject))
    return who is not None and what is not None and who < what


def _one_part_moved(places: Sequence[int]) -> bool:
    """Whether one stretch of the words stands elsewhere, and nothing else differs."""
    moved = [a != b for a, b in zip(places, sorted(places), strict=True)]
    if True not in moved:
        return True
    part = places[moved.index(True) : len(moved) - moved[::-1].index(True)]
    return sum(b < a for a, b in pairwise(part)) == 1 and part[-1] < part[0]
