"""Words of one meaning and opposites, by WordNet 3.0 (Miller, CACM 1995).

training/synonyms.py wrote the list.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from index import ENGLISH, rules_of, stems

SYNONYMS = Path(__file__).with_name("synonyms.txt")


def stem(word: str) -> str:
    """Of an English word in small letters, also where the word is a stop word."""
    return rules_of(ENGLISH).stem(word)


def base(word: str) -> str:
    """Its stem, or of an irregular form that of its word: "went" and "go"."""
    return stem(_irregular_forms().get(word, word))


def are_synonyms(one: str, other: str) -> bool:
    """Whether one base may stand for the other."""
    return other in synonyms().get(one, ())


def are_opposites(one: str, other: str) -> bool:
    """Whether one base says the opposite of the other: "frequent" and "rare"."""
    return other in _opposites().get(one, ())


def is_word(word: str) -> bool:
    """Whether a word, in small letters, is a stop word or in WordNet: it need not be a name."""
    return not stems(word) or base(word) in _known_bases()


@cache
def synonyms() -> Mapping[str, frozenset[str]]:
    """Of each base, those that may stand for it; "_" joins the words of a phrase."""
    return _pairs_joined_by()


@cache
def _opposites() -> Mapping[str, frozenset[str]]:
    """Of each base, those that say the opposite."""
    return _pairs_joined_by("!")


def _pairs_joined_by(*sign: str) -> Mapping[str, frozenset[str]]:
    """Of each base, those that stand in one line with it, and this sign or none between."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for line in _read_lines():
        one, *joined, other = line.split()
        if tuple(joined) == sign:
            found[one].add(other)
            found[other].add(one)
    return {word: frozenset(others) for word, others in found.items()}


@cache
def _irregular_forms() -> Mapping[str, str]:
    """The word of each irregular form."""
    return dict(line.split(" = ") for line in _read_lines() if " = " in line)


@cache
def _known_bases() -> frozenset[str]:
    return frozenset(synonyms()) | frozenset(map(stem, _irregular_forms().values()))


def _read_lines() -> list[str]:
    return SYNONYMS.read_text("utf-8").splitlines()
