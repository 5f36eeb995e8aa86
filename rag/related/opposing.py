"""Whether one of two sentences is for what the other is against, by their words alone; in English.

A model that reads both rather sees this in sentences about other things than misses it, so it is
heard only where the words, too, speak for it.
"""

from __future__ import annotations

import re

from index import clean
from rag.differences import DifferenceKind, compare
from rag.statements import LISTS, differing_parts

_DENIAL = re.compile(
    rf"""(?xi)(?<!\bor\ )\b(?: {"|".join(LISTS["negation"]["words"].split())} )\b
    (?! \s+ (?:{"|".join(LISTS["negation"]["except"].split())}|longer|more)\b )
    | n['’]t\b | \bwithout\b (?! \s+ (?:exception|limitation|delay|doubt)\b )"""
)
# what these are said of is not wanted, or is to be no more
_TURNED_DOWN = re.compile(
    r"""(?xi)\b(?: abolish | ban | forbid | prohibit | reject | oppos | refus | scrap | abandon
    | condemn | disagree )\w* | \b(?: forbade | against | wrong | false )\b"""
)
LONGEST = 250  # characters: of a longer sentence one word does not say what it is for
_VALUES = (DifferenceKind.NUMBER, DifferenceKind.NAME)


def may_oppose(one: str, other: str) -> bool:
    """Whether one denies or turns down what the other does not, or they state other values.

    Sentences of one form about two things do not: "The bridge opened …", "The tunnel opened …".
    """
    if max(len(one), len(other)) > LONGEST:
        return False
    parts = differing_parts(one, other)
    if len([1 for own, others in parts if own.items and others.items]) > 1:
        return False
    return turns(one) % 2 != turns(other) % 2 or compare("", one, other) in _VALUES


def turns(sentence: str) -> int:
    """How often a sentence denies something, or turns it down: twice is not at all."""
    text = clean(sentence)
    return len(_DENIAL.findall(text)) + len(_TURNED_DOWN.findall(text))
