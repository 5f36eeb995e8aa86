"""What the model that tells stances learns: pairs of texts, each with its label.

What a benchmark or a judged set holds is left out; a tenth of each set, by the sha256 of the group
that a row is of, is held out.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.manifest import normalised
from index.language import Query, stems
from training.questions import Benchmarks

STANCES = ("yes", "no", "depends", "silent")
RELATIONS = ("same", "against", "neither")
LABELS = (*STANCES, *RELATIONS)  # the model's outputs, in this order
LONGEST = 700  # characters of a text
SHARED = 1 / 3  # of a claim's words that a sentence may hold and still say nothing of it
JUDGED = Path(__file__).parents[2] / "tests/judged"
DIFFERING = Path(__file__).parents[2] / "tests/golden/differing/pairs.jsonl"

_ENDS = re.compile(r"(?<=[.!?])\s+|\n+")


@dataclass(frozen=True, slots=True)
class StanceRow:
    """A question or a statement, a text that is read beside it, and how that stands to it."""

    one: str
    other: str
    label: str
    set: str
    group: str

    @property
    def is_development(self) -> bool:
        """Whether it trains nothing: of a tenth of the groups."""
        return hashlib.sha256(f"{self.set} {self.group}".encode()).digest()[0] < 26

    @property
    def is_relation(self) -> bool:
        """Whether two statements are compared, and no question is asked."""
        return self.label in RELATIONS


@dataclass(frozen=True)
class KeptOut:
    """What no row may hold: texts of the benchmarks, and sentences that were judged by hand."""

    benchmarks: Benchmarks
    sentences: frozenset[str]

    @classmethod
    def of(cls, data: Path) -> KeptOut:
        """Read them."""
        return cls(Benchmarks.of(data), frozenset(_judged_sentences()))

    def allows(self, row: StanceRow) -> bool:
        """Whether a row holds nothing of them."""
        for text in (row.one, row.other):
            words = normalised(text)
            if words in self.benchmarks.questions or words in self.sentences:
                return False
            if any(normalised(part) in self.sentences for part in _ENDS.split(text)):
                return False
            found = words.split()
            runs = (" ".join(found[i : i + 13]) for i in range(len(found) - 12))
            if not self.benchmarks.runs.isdisjoint(runs):
                return False
        return True


def _judged_sentences() -> Iterator[str]:
    """All sentences of the judged sets and of the golden pairs that differ, by their words."""

    def texts(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            for one in value.values():
                yield from texts(one)
        elif isinstance(value, list):
            for one in value:
                yield from texts(one)
        elif isinstance(value, str):
            yield value

    for file in [*sorted(JUDGED.glob("*.jsonl")), DIFFERING]:
        for line in file.read_text("utf-8").splitlines():
            for text in texts(json.loads(line)):
                for part in (text, *_ENDS.split(text)):
                    if len(words := normalised(part)) > 12:
                        yield words


def says_nothing_of(claim: str, text: str, title: str) -> bool:
    """Whether a text shares few words with a claim, but for those of what both are about."""
    about = set(stems(title))
    asked = {stem for _, stem in Query(claim).words().asked} - about
    return bool(asked) and len(asked.intersection(stems(text))) <= SHARED * len(asked)


def window(question: str, parts: Sequence[str], most: int = 3) -> str:
    """Of a text's sentences the one that shares most words with a question, and its neighbours."""
    asked = {stem for _, stem in Query(question).words().asked}
    shared = [len(asked.intersection(stems(part))) for part in parts]
    best = max(range(len(parts)), key=shared.__getitem__)
    first = max(0, best - (most > 1))
    return " ".join(parts[first : first + most])[:LONGEST]


def sentences_of(text: str) -> list[str]:
    """The sentences of a text, roughly, those of a line by themselves."""
    return [part.strip() for part in _ENDS.split(text) if part.strip()] or [text]


def capital(text: str) -> str:
    """With a capital."""
    return text[:1].upper() + text[1:]


def read(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a gzipped file of JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)
