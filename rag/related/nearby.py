"""Which sentences elsewhere are about what a quotation is about, and how near each is.

The reader is asked: what would answer the quotation, were it a question, says more of its matter.
It is heard beside the words that both share: alone it takes one clause of a contract for another.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from index import ENGLISH, Query, StoredSentences, Storing, letters, stems
from rag.dates import month_names
from rag.overview import Told, pool_of
from rag.query import AskedQuestion
from rag.readings import Reader
from rag.statements import LISTS

PASSAGES = 12  # that are read, for each sentence of the quotation
CHARACTERS = 600  # of a sentence, that others are looked for by
BESIDE = 1  # passages before and after the quotation: whoever reads it reads them, too
LIKELY = 0.1  # the reader's probability that a sentence answers, of one that is looked at
NEAR = 0.24  # nearness, from which a sentence is about the same
CLOSE = 0.4  # that of one in the same document, where all is about the same
ALONE = 0.3  # likeness by words, of what shares a single word with the quotation
_ENDED = re.compile(r"[.!…。！]\W*\Z")  # others are labels, and lines of lists: "Salt, a pinch"
_NAMED = LISTS["numbers"]
_NUMBERS = frozenset(
    stem
    for name in ("small", "tens", "ordinals", "scales")
    for stem in stems(" ".join(_NAMED[name]) if name == "scales" else _NAMED[name])
) | frozenset(stems(" ".join(month_names(ENGLISH))))
Place = tuple[int, int]  # a passage by its number, and which sentence of it


class NearSentence(NamedTuple):
    """A sentence, that of the quotation which it is nearest to, and how near it is, 0-1.

    `words` is how alike the two are by their words alone, 0-1; `score` the mean of that and of the
    reader's probability.
    """

    told: Told
    to: Told
    score: float
    words: float


def near_sentences(
    retriever: Storing, reader: Reader, quoted: Sequence[Told]
) -> list[NearSentence]:
    """The sentences elsewhere that are about the same as those that are quoted, the nearest first.

    Those of other documents come before those of the same one. None says the same in the same
    letters, nor stands beside the quotation.
    """
    near: dict[Place, NearSentence] = {}
    for one in quoted:
        for other in _near(retriever, reader, one):
            known = near.get((other.told.row, other.told.at))
            if known is None or known.score < other.score:
                near[other.told.row, other.told.at] = other
    here = {one.passage.document.id for one in quoted}
    beside = {row + by for row in {one.row for one in quoted} for by in range(-BESIDE, BESIDE + 1)}
    said = {letters(one.text) for one in quoted}

    def is_here(one: NearSentence) -> bool:
        return one.told.passage.document.id in here

    found = [
        one
        for one in near.values()
        if letters(one.told.text) not in said
        and not (is_here(one) and (one.told.row in beside or one.score < CLOSE))
    ]
    return sorted(found, key=lambda n: (is_here(n), -n.score, n.told.row, n.told.at))


def _near(retriever: Storing, reader: Reader, quoted: Told) -> list[NearSentence]:
    """Those near to one sentence, in the order of the index."""
    table, stored, asked = retriever.passages, retriever.stored, quoted.text[:CHARACTERS]
    scores: dict[Place, float] = {}
    for reading in reader.read(AskedQuestion(asked), retriever.search(Query(asked), PASSAGES)):
        if reading.probability >= LIKELY:
            row = table.row(reading.hit.passage)
            scores[row, table[row].place(reading.span)] = reading.probability
    own = _weights(stored, quoted.stems)
    found = []
    for told in pool_of(stored, sorted({row for row, _ in scores}), scores).told:
        others = _weights(stored, told.stems)
        words = _alike(own, others)
        score = (scores[told.row, told.at] + words) / 2
        is_about_it = len(own.keys() & others.keys()) > 1 or words >= ALONE
        if score >= NEAR and is_about_it and _ENDED.search(told.text):
            found.append(NearSentence(told, quoted, round(score, 6), words))
    return found


def _weights(stored: StoredSentences, own: Sequence[str]) -> dict[str, float]:
    """Those of the words that say what a sentence is about: "four votes" are of anything."""
    return {s: stored.rarity(s) for s in own if s not in _NUMBERS and not s.isdecimal()}


def _alike(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """How much two sentences share of their words, each weighted by how rare it is, 0-1."""
    shared = sum(weight for stem, weight in one.items() if stem in other)
    both = sum(one.values()) * sum(other.values())
    return float(shared / max(both, 1e-9) ** 0.5)
