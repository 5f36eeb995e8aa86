"""Misspelt words of a question, as the documents spell them.

Distances are those of optimal string alignment: letters put in, left out, replaced, or two swapped
(Damerau, "A technique for computer detection and correction of spelling errors", CACM 1964).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from rapidfuzz.distance import OSA

LEAST = 4  # letters; what is shorter is near too much
_SHORT, _LONG = 6, 8  # letters, from which on one letter, and two, may be wrong
_LOOKED_AT = 30  # stems of which the words are looked up

Spelled = Callable[[str], Iterable[str]]  # a stem to words that have it, as often as they are met


def respelt(word: str, stems: Iterable[str], spelled: Spelled) -> str | None:
    """The word of the documents that `word` is a misspelling of; None for none.

    `stems` are those of the documents; `spelled` gives words of a stem. Only what is written in
    small letters is taken for misspelt: who writes a capital or a digit means it. Of a short word
    nothing but the order or the doubling of letters may be wrong.
    """
    if len(word) < LEAST or not (word.isalpha() and word.islower()):
        return None
    near = sorted((distance, stem) for stem, distance in _near(word, stems))
    found = Counter(w for _, stem in near[:_LOOKED_AT] for w in spelled(stem) if _is_slip(word, w))
    return min(found, key=lambda w: (_distance(word, w), -found[w], w), default=None)


def _near(word: str, stems: Iterable[str]) -> Iterator[tuple[str, int]]:
    """The stems that the word may begin with, but for what may be wrong in it."""
    first, most = word[:2], _most(len(word))
    for stem in stems:
        if stem[0] in first and len(word) - 1 <= 2 * len(stem) <= 2 * (len(word) + most):
            begins = (word[: len(stem) + more] for more in (-1, 0, 1))
            distance = min(OSA.distance(begin, stem, score_cutoff=most) for begin in begins)
            if distance <= most:
                yield stem, distance


def _most(letters: int) -> int:
    return 2 if letters >= _LONG else 1


def _distance(word: str, other: str) -> int:
    return OSA.distance(word, other.casefold())


def _is_slip(word: str, other: str) -> bool:
    """Whether one may be typed for the other."""
    plain = other.casefold()
    if word == plain or not plain.isalpha() or _distance(word, plain) > _most(len(word)):
        return False
    if len(word) >= _SHORT:
        return True
    return sorted(word) == sorted(plain) or _undoubled(word) == _undoubled(plain)


def _undoubled(word: str) -> str:
    return "".join(a for a, b in zip(word, f"{word[1:]} ", strict=True) if a != b)
