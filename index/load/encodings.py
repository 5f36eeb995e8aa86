"""In which encoding a text that is no Unicode was written: a naive Bayes over its letters.

Each candidate encoding turns the bytes into other letters. The right one turns them into letters
that one language writes often, and into words: no capital after a small letter, no symbol amid
letters, no Cyrillic letter beside a Latin one.
"""

from __future__ import annotations

import codecs
import math
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

SOURCE = Path(__file__).with_name("encodings.toml")

_ASCII = bytes(range(128))
_SAMPLE = 20_000  # bytes that are looked at
_LETTER, _FOREIGN = r"[^\W\d_]", r"[^\W\d_\x00-\x7f]"
_NEVER = re.compile(r"[\x7f-\x9f\ue000-\uf8ff]")  # control characters, and nobody's characters
_SIGNS = frozenset("€‚„…†‡‰‹‘’“”•–—™›×÷№、。，：；！？（）「」『』・\u3000") | frozenset(
    chr(code) for code in range(0xA0, 0xC0) if not chr(code).isalpha()
)
# what is written between two letters, no symbol that tears a word
_JOINTS = re.escape("’‘”“\xa0…—–·»。、，：；！？（）「」・\u3000")
_TORN = re.compile(rf"(?<={_LETTER})[^\w\x00-\x7f{_JOINTS}](?={_LETTER})")
_MIXED = re.compile(rf"[a-zA-Z](?={_FOREIGN})|{_FOREIGN}(?=[a-zA-Z])")
_BESIDE = re.compile(rf"{_FOREIGN}(?={_FOREIGN})")

# log-probabilities; fitted roughly, since the sums over a sentence differ by tens
_UNKNOWN, _SIGN, _CAPITAL = math.log(1e-4), math.log(1e-2), -1.5
_TEAR, _CASE, _MIX, _PAIR = -4.0, -4.0, -3.0, -2.0
_RARER = -2.0  # any encoding but Windows-1252
_LEAST = -7.0  # a mean below it is no language


class _Language(NamedTuple):
    """What kind of writing it is, and how likely each of its letters is (log)."""

    kind: str
    letters: Mapping[str, float]


def detect(data: bytes) -> Iterator[str]:
    """The encodings that make a language of `data`, which is not all ASCII; the likeliest first.

    Measured on 41 pairs of a language and an encoding: the first is right for 87 of 100 texts
    of 20 characters, for 94 of 80 characters and for 99 of 160.
    """
    sample = _sample(data)
    ranked = sorted(((*_score(sample, name), name) for name in _languages()), reverse=True)
    return (name for _, mean, name in ranked if mean > _LEAST)


def _sample(data: bytes) -> bytes:
    """The first lines that are not ASCII."""
    lines: list[bytes] = []
    room = _SAMPLE
    for line in data.splitlines():
        if room > 0 and not line.isascii():
            lines.append(line[:room])
            room -= len(line)
    return b"\n".join(lines)


def _score(sample: bytes, encoding: str) -> tuple[float, float]:
    """The log-probability of `sample`, the highest of the languages, and its mean by byte."""
    try:  # the sample may end amid a character
        text = codecs.getincrementaldecoder(encoding)().decode(sample)
    except UnicodeDecodeError:
        return -math.inf, -math.inf
    signs = Counter(c for c in text if c > "\x7f")
    if not signs or _NEVER.search(text):
        return -math.inf, -math.inf
    torn = len(_TORN.findall(text)) * _TEAR + _cases(text) * _CASE
    by_kind = {
        "accents": torn + len(_BESIDE.findall(text)) * _PAIR,
        "alphabet": torn + len(_MIXED.findall(text)) * _MIX,
        "characters": torn,
    }
    total = max(
        by_kind[language.kind] + sum(n * _likely(language, c) for c, n in signs.items())
        for language in _languages()[encoding]
    )
    total += 0.0 if encoding == "cp1252" else _RARER
    return total, total / len(sample.translate(None, _ASCII))


def _likely(language: _Language, letter: str) -> float:
    small = letter.lower()
    if small in language.letters:
        return language.letters[small] + (_CAPITAL if small != letter else 0.0)
    return _SIGN if letter in _SIGNS else _UNKNOWN


def _cases(text: str) -> int:
    """How often a capital follows a small letter, one of them not of ASCII."""
    return sum(
        a.islower() and b.isupper() and (a > "\x7f" or b > "\x7f") for a, b in pairwise(text)
    )


@cache
def _languages() -> Mapping[str, list[_Language]]:
    """The languages that are written in each encoding."""
    found: dict[str, list[_Language]] = {}
    for entry in tomllib.loads(SOURCE.read_text("utf-8")).values():
        letters = entry["letters"]
        # Zipf's law: the commonest letter of few has a greater share
        weights = [1 / (rank + max(1, len(letters) / 12)) for rank in range(len(letters))]
        all_of_it = sum(weights) / 0.9  # the rest is for letters that are not listed
        shares = {c: math.log(w / all_of_it) for c, w in zip(letters, weights, strict=True)}
        for encoding in entry["encodings"]:
            found.setdefault(encoding, []).append(_Language(entry["kind"], shares))
    return found
