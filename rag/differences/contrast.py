"""Where two sentences say the same but for one part of each, and both parts cannot be so.

What kind of words the part is made of tells how they differ: dates, numbers, a negation, names or
opposites. A part that says what the sentence is about tells of another thing, and of nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from rag.differences.claims import AXES, DifferenceKind
from rag.statements import LISTS, DifferingPart, are_opposites, base

_CONTRAST = LISTS["contrast"]
_ELSEWHERE = frozenset(f"{LISTS['negation']['conditions']} {LISTS['negation']['limits']}".split())
_TELLING = frozenset(_CONTRAST["telling"].split())
_DENIALS, _BESIDE, _COUNTS = (
    frozenset(map(base, _CONTRAST[name].split())) for name in ("denials", "beside", "counts")
)
_NAMING, _PLACES, _SOME, _SMALL = (
    frozenset(_CONTRAST[name].split()) for name in ("naming", "places", "some", "small")
)
_MANY = re.compile(
    r"(?i)(?:which|what|whose) (?!(?:is|was|does|has)\b)\w*[^\Wsu]s\b"
    r"|(?:who|which|what|where) (?:are|were|have)\b"
)
ALIKE = 0.75  # of their letters, from which two names may be one, spelt in two ways
ROUNDED = 10_000  # a number from which on its zeros may be rounded


def contrast_of(
    parts: Sequence[tuple[DifferingPart, DifferingPart]], question: str
) -> DifferenceKind | None:
    """How two sentences differ that differ in these parts alone; None where that is not seen."""
    if len(parts) != 1:
        return None
    one, other = parts[0]
    if _is_negation(one, other) or _is_negation(other, one):
        return DifferenceKind.NEGATION
    kinds = {item.kind for part in (one, other) for item in part.items}
    if not one.items or not other.items:
        return None
    if kinds == {"date"}:
        return DifferenceKind.DATE if _are_other_dates(one, other) else None
    if _are_other_numbers(one, other):
        return DifferenceKind.NUMBER
    if kinds == {"name"}:
        named = _are_named(one, other) and not _MANY.match(question)
        return DifferenceKind.NAME if named else None
    if kinds == {"word"} and _are_opposed(one, other):
        return DifferenceKind.OPPOSED
    return None


def tells_two_things(parts: Sequence[tuple[DifferingPart, DifferingPart]]) -> bool:
    """Whether sentences that differ in these parts alone are about two things of a kind."""
    pairs = [(one, other) for one, other in parts if one.items and other.items]
    return len(pairs) > 1 and not all(
        _is_value(part) and _is_said(part) for pair in pairs for part in pair
    )


def _is_value(part: DifferingPart) -> bool:
    return all(item.kind in ("value", "date") for item in part.items)


def _is_said(part: DifferingPart) -> bool:
    """Whether the part is said of something, and is not what the sentence is about."""
    if _TELLING.isdisjoint(part.whole.words):
        return len(part.items_before) > 1
    return not _TELLING.isdisjoint(part.before)


def _is_negation(one: DifferingPart, other: DifferingPart) -> bool:
    """Whether one is a negation, with what goes with it, and the other none.

    What is said on a condition, or of a time or a part alone, may be so beside its negation.
    """
    keys, others = ({item.key for item in part.items} for part in (one, other))
    if not _ELSEWHERE.isdisjoint({*one.whole.words} - {item.written for item in one.items}):
        return False
    return len(keys & _DENIALS) == 1 and keys <= _DENIALS | _BESIDE and others <= _BESIDE


def _are_other_dates(one: DifferingPart, other: DifferingPart) -> bool:
    """Whether both name a day, month, weekday or year, and not the same one."""
    if len(one.items) != 1 or len(other.items) != 1:
        return False
    dates = [
        part.items[0].key.removeprefix("date ").removesuffix("s").split("-")
        for part in (one, other)
    ]
    return len(dates[0]) == len(dates[1]) and any(
        a and b and a != b for a, b in zip(*dates, strict=True)
    )


def _are_other_numbers(one: DifferingPart, other: DifferingPart) -> bool:
    """Whether both say how many, and not the same."""
    keys, others = ([item.key for item in part.items] for part in (one, other))
    if not (_is_count(one) and _is_count(other)):
        return False
    return not (len(keys) == len(others) == 1 and _may_be_rounded(keys[0], others[0]))


def _is_count(part: DifferingPart) -> bool:
    """Whether it says how many, and is no range and no name: "HD 40"."""
    values = [item for item in part.items if item.kind == "value"]
    numbers = len(values) < 2 and all(i in values or i.key in _COUNTS for i in part.items)
    last = part.items_before[-1:]
    is_label = any(item.kind == "name" and item.at == part.items[0].at - 1 for item in last)
    return numbers and not is_label and (not part.before or _is_said(part))


def _may_be_rounded(one: str, other: str) -> bool:
    """Whether one number is what the other is when rounded."""
    if not (one.isdecimal() and other.isdecimal()) or max(int(one), int(other)) < ROUNDED:
        return False
    shorter, longer = sorted((one, other), key=lambda number: len(number.rstrip("0")))
    return round(int(longer), len(shorter.rstrip("0")) - len(longer)) == int(shorter)


def _are_named(one: DifferingPart, other: DifferingPart) -> bool:
    """Whether both name who made a thing, what it is, or where it was, and not the same."""
    if any(part.before[:1] and part.before[0] in _SOME for part in (one, other)):
        return False
    if not (_says_by_whom(one, other) or _says_by_whom(other, one) or _are_placed(one, other)):
        return False
    names, others = (" ".join(i.written for i in part.items) for part in (one, other))
    return SequenceMatcher(None, names, others).ratio() < ALIKE


def _says_by_whom(one: DifferingPart, other: DifferingPart) -> bool:
    """Whether one name stands behind "by", and the other, too, or before all else."""
    return _lead(one) == "by" and _lead(other) in ("by", "")


def _are_placed(one: DifferingPart, other: DifferingPart) -> bool:
    """Whether both stand behind the same word, which is "is", or a place's: "was born in"."""
    lead = _lead(one)
    was = "was" in one.before and "was" in other.before
    return lead == _lead(other) and (lead in _NAMING or (was and lead in _PLACES))


def _lead(part: DifferingPart) -> str:
    """The word before a name, of which the part may be the last word; "" where none is."""
    names = {item.at for item in part.items_before if item.kind == "name"}
    at = part.items[0].at - 1
    while at in names:
        at -= 1
    return part.whole.words[at] if at >= 0 else ""


def _are_opposed(one: DifferingPart, other: DifferingPart) -> bool:
    """Whether each is one word that is said, and the other's opposite; what is denied is not."""
    if len(one.items) != 1 or len(other.items) != 1:
        return False
    if any(item.key in _DENIALS for item in one.whole.items):
        return False
    if not _are_opposites(one.items[0].key, other.items[0].key):
        return False
    return all(_is_said(p) or _is_verb(p) for p in (one, other))


def _is_verb(part: DifferingPart) -> bool:
    """Whether it may be what the first noun of a sentence does: it stands right behind it."""
    return (
        _TELLING.isdisjoint(part.whole.words)
        and len(part.items_before) == 1
        and part.before[-1] not in _SMALL
    )


def _are_opposites(one: str, other: str) -> bool:
    """Whether two words are, as they stand or both without their "er" or "est"."""
    for end in ("", "er", "est"):
        if one.endswith(end) and other.endswith(end):
            a, b = one.removesuffix(end), other.removesuffix(end)
            on_sides = any(axis.signs.get(a, 0) * axis.signs.get(b, 0) < 0 for axis in AXES)
            if on_sides or are_opposites(a, b):
                return True
    return False
