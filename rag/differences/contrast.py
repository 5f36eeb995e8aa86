"""Where two sentences say the same but for one part of each, and both parts cannot be so.

What kind of words the part is made of tells how they differ: dates, numbers, a negation, names or
opposites. A part that says what the sentence is about tells of another thing, and of nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from rag.differences.claims import AXES, DifferenceKind
from rag.statements import LISTS, Part, are_opposites, base

_CONTRAST = LISTS["contrast"]
_TELLING = frozenset(_CONTRAST["telling"].split())
_DENIALS, _BESIDE, _COUNTS = (
    frozenset(map(base, _CONTRAST[name].split())) for name in ("denials", "beside", "counts")
)
_NAMING, _PLACES, _SOME, _SMALL = (
    frozenset(_CONTRAST[name].split()) for name in ("naming", "places", "some", "small")
)
_MANY = re.compile(
    r"(?i)(?:which|what|whose) (?!(?:is|was|does|has)\b)\w*[^\Wsu]s\b|(?:who|which|what|where) (?:are|were|have)\b"
)
ALIKE = 0.75  # of their letters, from which two names may be one, spelt in two ways
ROUNDED = 10_000  # a number from which on its zeros may be rounded


def contrast_of(parts: Sequence[tuple[Part, Part]], question: str) -> DifferenceKind | None:
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


def tells_two_things(parts: Sequence[tuple[Part, Part]]) -> bool:
    """Whether sentences that differ in these parts alone are about two things of a kind."""
    return len(parts) > 1 and any(
        one.items and other.items and not _is_value(one) and not _is_value(other)
        for one, other in parts
    )


def _is_value(part: Part) -> bool:
    return all(item.kind in ("value", "date") for item in part.items)


def _is_said(part: Part) -> bool:
    """Whether the part is said of something, and is not what the sentence is about."""
    return part.nth >= 2 or not _TELLING.isdisjoint(part.before)


def _is_negation(one: Part, other: Part) -> bool:
    """Whether one is a negation, with what goes with it, and the other none."""
    keys, others = ({item.key for item in part.items} for part in (one, other))
    return len(keys & _DENIALS) == 1 and keys <= _DENIALS | _BESIDE and others <= _BESIDE


def _are_other_dates(one: Part, other: Part) -> bool:
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


def _are_other_numbers(one: Part, other: Part) -> bool:
    """Whether both say how many, and not the same."""
    keys, others = ([item.key for item in part.items] for part in (one, other))
    counted = all(
        (item.kind == "value" and item.key[-1] != "s") or item.key in _COUNTS for part in (one, other) for item in part.items
    )
    if not counted or not all(_is_said(part) or not part.before for part in (one, other)):
        return False
    return not (len(keys) == len(others) == 1 and _may_be_rounded(keys[0], others[0]))


def _may_be_rounded(one: str, other: str) -> bool:
    """Whether one number is what the other is when rounded."""
    if not (one.isdecimal() and other.isdecimal()) or max(int(one), int(other)) < ROUNDED:
        return False
    shorter, longer = sorted((one, other), key=lambda number: len(number.rstrip("0")))
    return round(int(longer), len(shorter.rstrip("0")) - len(longer)) == int(shorter)


def _are_named(one: Part, other: Part) -> bool:
    """Whether both name who made a thing, what it is, or where it was, and not the same."""
    if not (_is_named(one) and _is_named(other) or _is_maker(one) or _is_maker(other)):
        return False
    names, others = (" ".join(i.written for i in part.items) for part in (one, other))
    return SequenceMatcher(None, names, others).ratio() < ALIKE


def _is_maker(part: Part) -> bool:
    return part.before[-1:] == ("by",) and part.before[0] not in _SOME


def _is_named(part: Part) -> bool:
    """Whether a name stands right behind "is", or where something was: "was born in"."""
    if not part.before or part.before[0] in _SOME:
        return False
    return part.before[-1] in _NAMING or "was" in part.before and part.before[-1] in _PLACES


def _are_opposed(one: Part, other: Part) -> bool:
    """Whether each is one word that is said, and the other's opposite."""
    if len(one.items) != 1 or len(other.items) != 1:
        return False
    if not _are_opposites(one.items[0].key, other.items[0].key):
        return False
    return all(_is_said(p) or (p.nth and p.before[-1] not in _SMALL) for p in (one, other))


def _are_opposites(one: str, other: str) -> bool:
    """Whether two words are, as they stand or both without their "er" or "est"."""
    for end in ("", "er", "est"):
        if one.endswith(end) and other.endswith(end):
            a, b = one.removesuffix(end), other.removesuffix(end)
            on_sides = any(axis.signs.get(a, 0) * axis.signs.get(b, 0) < 0 for axis in AXES)
            if on_sides or are_opposites(a, b):
                return True
    return False
