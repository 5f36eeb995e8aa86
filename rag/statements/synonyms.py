"""Words of one meaning, by WordNet 3.0 (Miller, CACM 1995): what training/synonyms.py wrote."""

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
    return stem(_irregular().get(word, word))


def are_synonyms(one: str, other: str) -> bool:
    """Whether one base may stand for the other."""
    return other in synonyms().get(one, ())


def is_word(word: str) -> bool:
    """Whether a word, in small letters, is a stop word or in WordNet: it need not be a name."""
    return not stems(word) or base(word) in _known()


@cache
def synonyms() -> Mapping[str, frozenset[str]]:
    """Of each base, those that may stand for it; "_" joins the words of a phrase."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for line in _lines():
        if " = " not in line:
            one, other = line.split()
            found[one].add(other)
            found[other].add(one)
    return {word: frozenset(others) for word, others in found.items()}


@cache
def _irregular() -> Mapping[str, str]:
    """The word of each irregular form."""
    return dict(line.split(" = ") for line in _lines() if " = " in line)


@cache
def _known() -> frozenset[str]:
    return frozenset(synonyms()) | frozenset(map(stem, _irregular().values()))


def _lines() -> list[str]:
    return SYNONYMS.read_text("utf-8").splitlines()
