"""What shows that one of two texts, which share most of their sentences, was edited.

A changed number, date or name, a "not" more or less: the one is then no copy of the other.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import lru_cache
from itertools import groupby, pairwise
from math import ceil
from pathlib import Path
from typing import NamedTuple

from index.copies.digests import digest, letter_count
from index.language import ANY_WORD, clean, letters, stems
from index.types import Document, Passage

ALIKE = 0.5  # words shared, of both sentences' mean, at which one is a variant of the other
_COMPARED = 2_000_000  # pairs of sentences; where more may be alike, neither text is a copy
_NUMBER = re.compile(r"\d+")
_NOT = frozenset("not no never without neither nor cannot t".split())  # noqa: SIM905

Words = frozenset[str]


class Outline(NamedTuple):
    """A document's headings and sentences in order, by their digests; `wording` has the words."""

    document: Document
    units: Sequence[bytes]
    wording: Mapping[bytes, str]

    @classmethod
    def of(cls, document: Document, passages: Iterable[Passage], said: Sequence[bytes]) -> Outline:
        """The outline of a document's passages; `said` are the digests of their sentences."""
        units: list[tuple[bytes, str]] = []
        path: Sequence[str] = ()
        digests = iter(said)
        for passage in passages:
            if passage.headings != path:
                units += [(digest(h), h) for h in passage.headings if h not in path]
                path = passage.headings
            units += [(next(digests), document.cut(s.span)) for s in passage.sentences]
        return cls(document, [unit for unit, _ in units], dict(units))

    def joined(self, run: Iterable[bytes]) -> bytes:
        """The digest of neighbours as one."""
        return digest(" ".join(self.wording[unit] for unit in run))


class _Compared(NamedTuple):
    """A sentence's words that count, any number being 0; and all, with 0 for names: "by 0"."""

    words: Words
    nameless: str


@lru_cache(maxsize=10_000)
def _compared(text: str) -> _Compared:
    cleaned = _NUMBER.sub("0", clean(text))
    counting = " ".join(stems(cleaned)) or cleaned.casefold()
    return _Compared(frozenset(ANY_WORD.findall(counting)), _nameless(cleaned))


def _nameless(cleaned: str) -> str:
    """A name is told by its looks: words with a capital, the first one if another follows it."""
    first, *others = cleaned.split(" ")
    masked = ["0" if w[:1].isupper() or w[:1] == "0" else w.casefold() for w in others]
    kept = [word for word, _ in groupby(masked)]
    named = kept[:1] == ["0"] and len(kept) > 1
    return " ".join(kept if named else [first.casefold(), *kept])


def edited(a: Outline, b: Outline) -> bool:
    """Whether what only one of them says is a variant of what only the other says."""
    if _titles_differ(a.document, b.document):
        return True
    shared = said_by_both(a, b)
    if _gaps(a.units, shared) & _gaps(b.units, shared):
        return True
    own_a, own_b = ([_compared(x.wording[u]) for u in x.wording.keys() - shared] for x in (a, b))
    if {x.nameless for x in own_a} & {x.nameless for x in own_b}:
        return True
    return _any_alike([x.words for x in own_a], [x.words for x in own_b])


def said_by_both(a: Outline, b: Outline) -> set[bytes]:
    """What both say, be it cut into other sentences: a line's end may look like a sentence's."""
    shared = a.wording.keys() & b.wording.keys()
    runs_a, runs_b = list(_runs(a, shared)), list(_runs(b, shared))
    near = {begins for begins, _ in runs_a} & {begins for begins, _ in runs_b}
    joined_a, joined_b = (
        _by_digest(outline, (run for begins, run in runs if begins in near))
        for outline, runs in ((a, runs_a), (b, runs_b))
    )
    both = joined_a.keys() & joined_b.keys()
    return shared.union(*(joined[said] for joined in (joined_a, joined_b) for said in both))


def _by_digest(outline: Outline, runs: Iterable[Sequence[bytes]]) -> Mapping[bytes, set[bytes]]:
    """The units of the runs, by what each run says."""
    found: defaultdict[bytes, set[bytes]] = defaultdict(set)
    for run in runs:
        found[outline.joined(run)].update(run)
    return found


def _runs(
    outline: Outline, shared: Set[bytes]
) -> Iterator[tuple[tuple[int, str], Sequence[bytes]]]:
    """The neighbours that are not shared; before them what two that say the same have in common.

    It is how many letters they have, and the first.
    """
    for both, units in groupby(outline.units, shared.__contains__):
        if not both:
            run = tuple(units)
            first = letters(outline.wording[run[0]])[:1]
            yield (sum(map(letter_count, run)), first), run


def _gaps(units: Sequence[bytes], shared: Set[bytes]) -> set[tuple[bytes, str]]:
    """The shared units, with the side, that what is not shared stands beside, between two."""
    places = [i for i, unit in enumerate(units) if unit in shared]
    gaps = [(units[i], units[j]) for i, j in pairwise(places) if j - i > 1]
    return {(before, "after") for before, _ in gaps} | {(after, "before") for _, after in gaps}


def _any_alike(a: Sequence[Words], b: Sequence[Words]) -> bool:
    """Whether a sentence of `a` shares enough words with one of `b`, or too many may do so."""
    compared = 0
    holding: defaultdict[str, list[Words]] = defaultdict(list)
    for words in a:
        for word in words:
            holding[word].append(words)
    for words in b:
        # one that is alike holds so many of these words that it holds one of the rarer ones
        least = ceil(len(words) * ALIKE / (2 - ALIKE))
        rarest = sorted(words, key=lambda word: len(holding.get(word, ())))
        near = {x for word in rarest[: len(words) - least + 1] for x in holding.get(word, ())}
        compared += len(near)
        if compared > _COMPARED:
            return True
        if any(2 * len(words & x) >= ALIKE * (len(words) + len(x)) for x in near):
            return True
    return False


def _titles_differ(a: Document, b: Document) -> bool:
    """Whether the titles are variants, or those of two things, or differ in a number or a "not".

    A title that adds words to the other may be the same one with a site's name, and a headline of
    which the other text holds the words is another for the same; those are no difference.
    """
    if _is_file_name(a) or _is_file_name(b) or digest(a.title) == digest(b.title):
        return False
    one, other = _plain_words(a.title), _plain_words(b.title)
    if any(word in _NOT or any(c.isdigit() for c in word) for word in one ^ other):
        return True
    if not one - other or not other - one:
        return False
    if len(one) == len(other) == 1 or _any_alike([one], [other]):
        return True
    return bool(one - _plain_words(b.text) and other - _plain_words(a.text))


@lru_cache(maxsize=64)
def _plain_words(text: str) -> Words:
    return frozenset(ANY_WORD.findall(clean(text).casefold()))


def _is_file_name(document: Document) -> bool:
    """Whether the title is the file's name, for want of another; a part has its own behind it."""
    name = Path(document.source).stem
    part = document.title.removeprefix(name)
    if not (document.title.startswith(name) and document.source.endswith(part)):
        return False
    return not _is_a_line(document.title, document.text)


@lru_cache(maxsize=64)
def _is_a_line(title: str, text: str) -> bool:
    wanted = letters(title)
    return any(letters(line) == wanted for line in text.splitlines())
