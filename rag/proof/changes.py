"""What of a saved text is other words now, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import groupby
from typing import NamedTuple

# a word with the white space before it; each other sign by itself: "€32" beside "£32"
_WORD = re.compile(r"\s*(?:\w+|[^\w\s])|\s+")
_MOST = 2_000  # words of both texts; more take a time that grows as their product
_FEW = 500  # words up to which those that stand often are compared as well


class DiffPart(NamedTuple):
    """A stretch of a text: in both where `was` and `now` are equal, else in one of them alone."""

    was: str
    now: str

    @property
    def is_same(self) -> bool:
        """Whether it is the same words, in whatever white space."""
        return self.was.split() == self.now.split()


class Change(NamedTuple):
    """One thing that is said otherwise now; `what` names it, `parts` join to what was and is."""

    what: str
    parts: tuple[DiffPart, ...]

    @property
    def was(self) -> str:
        """As it was saved."""
        return "".join(part.was for part in self.parts)

    @property
    def now(self) -> str:
        """As it stands in the document now; "" where it does not."""
        return "".join(part.now for part in self.parts)


def diff(what: str, was: str, now: str) -> Change:
    """Two texts, word by word."""
    return Change(what, tuple(_joined(_parts(was, now))))


def _parts(was: str, now: str) -> Iterator[DiffPart]:
    old, new = _WORD.findall(was), _WORD.findall(now)
    if len(old) + len(new) > _MOST:
        yield DiffPart(was, "")
        yield DiffPart("", now)
        return
    words, others = [w.strip() for w in old], [w.strip() for w in new]
    compared = SequenceMatcher(None, words, others, autojunk=len(old) + len(new) > _FEW)
    for kind, a, b, c, d in compared.get_opcodes():
        if kind == "equal":
            yield from map(DiffPart, old[a:b], new[c:d])
            continue
        yield DiffPart("".join(old[a:b]), "")
        yield DiffPart("", "".join(new[c:d]))


def _joined(parts: Iterator[DiffPart]) -> Iterator[DiffPart]:
    """Neighbours of one sort as one."""
    told = (part for part in parts if part.was or part.now)
    for _, run in groupby(told, lambda part: (bool(part.was), bool(part.now))):
        own = list(run)
        yield DiffPart("".join(p.was for p in own), "".join(p.now for p in own))
