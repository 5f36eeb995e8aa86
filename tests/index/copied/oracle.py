"""Near-copies straight from their definition: every document with every other, twice over."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from index.copies.edits import ALIKE
from index.copies.near import LEAST, SHARE
from index.language.analysis import stems
from index.passages.table import PassageTable
from index.types import Document


class Said(NamedTuple):
    """A heading or a sentence, and what stands above it: its heading, its list's introduction."""

    words: str
    is_heading: bool = False
    above: frozenset[str] = frozenset()


def near_copies(table: PassageTable) -> list[int]:
    """For each sentence the number of the document that stands for it, or -1."""
    texts = [_outline(table, document) for document in table.documents]
    standing: list[int] = []
    originals: list[int] = []
    for n, text in enumerate(texts):
        near = [
            (-_letters(_sentences(texts[o]) & _sentences(text)), o)
            for o in originals
            if _is_near(texts[o], text)
            and not _titles_differ(table.documents[o], table.documents[n])
            and not _edited(texts[o], text)
        ]
        if not near:
            originals.append(n)
        said = [unit for unit in text if not unit.is_heading]
        original = min(near)[1] if near else -1
        standing += [original if near and _holds(texts[original], s) else -1 for s in said]
    return standing


def _outline(table: PassageTable, document: Document) -> list[Said]:
    units: list[Said] = []
    before: Sequence[str] = ()
    for passage in table.of_document(document.id):
        if passage.headings != before:
            units += [Said(h, True) for h in passage.headings if h not in before]
            before = passage.headings
        for sentence in passage.sentences:
            leads = [document.cut(sentence.lead)] if sentence.lead else []
            above = frozenset([*passage.headings[-1:], *(x for x in leads if x[-1] == ":")])
            units.append(Said(document.cut(sentence.span), above=above))
    return units


def _sentences(text: Sequence[Said]) -> set[str]:
    return {unit.words for unit in text if not unit.is_heading}


def _letters(sentences: set[str]) -> int:
    return sum(c.isalnum() for sentence in sentences for c in sentence)


def _is_near(a: Sequence[Said], b: Sequence[Said]) -> bool:
    sizes = sorted(_letters(_sentences(x)) for x in (a, b))
    shared = _letters(_sentences(a) & _sentences(b))
    return shared > 0 and shared >= SHARE * sizes[0] and shared >= LEAST * sizes[1]


def _holds(text: Sequence[Said], sentence: Said) -> bool:
    there = [unit for unit in text if unit.words == sentence.words and not unit.is_heading]
    known = {words for unit in text for words in unit.above}
    above = {words for unit in there for words in unit.above}
    return bool(there) and all(words in above for words in sentence.above if words in known)


def _edited(a: Sequence[Said], b: Sequence[Said]) -> bool:
    shared = {unit.words for unit in a} & {unit.words for unit in b}
    own_a, own_b = ([i for i, u in enumerate(x) if u.words not in shared] for x in (a, b))
    return any(
        _is_variant(a[i].words, b[j].words)
        or _nameless(a[i].words) == _nameless(b[j].words)
        or _same_place(a, i, b, j, shared)
        for i in own_a
        for j in own_b
    )


def _is_variant(a: str, b: str) -> bool:
    one, other = (re.sub(r"\d+", "0", x) for x in (a, b))
    return _alike(set(stems(one)) or _words(one), set(stems(other)) or _words(other))


def _alike(one: set[str], other: set[str]) -> bool:
    common = len(one & other)
    return common > 0 and 2 * common >= ALIKE * (len(one) + len(other))


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))


def _nameless(sentence: str) -> list[str]:
    words = sentence.split()
    kept = ["0" if i and not w[0].islower() else w.lower() for i, w in enumerate(words)]
    if kept[1:2] == ["0"] and any(w != "0" for w in kept[1:]):
        kept = kept[1:]
    return [w for i, w in enumerate(kept) if w != "0" or not i or kept[i - 1] != "0"]


def _same_place(a: Sequence[Said], i: int, b: Sequence[Said], j: int, shared: set[str]) -> bool:
    places = []
    for units, at in ((a, i), (b, j)):
        before = [u.words for u in units[:at] if u.words in shared]
        after = [u.words for u in units[at:] if u.words in shared]
        if not before or not after:
            return False
        places.append((before[-1], after[0]))
    (before_a, after_a), (before_b, after_b) = places
    return before_a == before_b or after_a == after_b


def _titles_differ(a: Document, b: Document) -> bool:
    one, other = _words(a.title), _words(b.title)
    if any(w == "not" or w.isdigit() for w in one ^ other):
        return True
    own_a, own_b = one - other, other - one
    foreign = bool(own_a - _words(b.text) and own_b - _words(a.text))
    one_word = len(one) == len(other) == 1
    return bool(own_a and own_b) and (one_word or foreign or _alike(one, other))
