"""What may be quoted of one side: what it says of the topic, or its main points without one."""

from __future__ import annotations

from collections.abc import Sequence

from index import Narrowable, Retriever, Storing, asks_something, ids_of, stems
from rag.comparison.sides import ComparedSide
from rag.compose import Material
from rag.overview import NEAR, OverviewRequest, overview, relevance_of
from rag.query import AskedQuestion
from rag.reader import PASSAGES, is_reference
from rag.readings import Reading

READ = 10  # sentences of a side on a topic that are compared with those of others
POINTS = 24  # and without one
LESS, STILL_LESS = 1.5, 4.0  # log odds that a sentence may score lower by, the latter where it is
NEARLY = 0.85  # as much about the topic as the best one
LEAST = 1.0  # log odds, from which a sentence is about the topic in whatever words


def readings_of(material: Material, side: ComparedSide, topic: str) -> list[Reading]:
    """What a side says of the topic, best first; nothing where nothing is about it."""
    retriever = material.retriever
    if side.documents and isinstance(retriever, Narrowable):
        retriever = retriever.within(ids_of(side.documents))
    if not side.thing and not topic:
        return _points(retriever, side)
    asked = AskedQuestion(f"{side.thing} {topic}".strip())
    read = material.reader.read(asked, retriever.search(asked, PASSAGES))
    told = [r for r in read if _says_something(r)]
    if not side.documents:
        told = [r for r in told if names(r, side.thing)]
    return _best_of(told)[:READ]


def _best_of(told: Sequence[Reading]) -> list[Reading]:
    """Those that are about the topic nearly as much as the best one."""
    near = [relevance_of(r.hit)[r.hit.passage.place(r.span)] for r in told]
    about = [(r, own) for r, own in zip(told, near, strict=True) if r.score >= LEAST or own >= NEAR]
    if not about:
        return []
    best, most = about[0][0].score, max(own for _, own in about)
    bars = [STILL_LESS if own >= NEARLY * most else LESS for _, own in about]
    return [r for (r, _), bar in zip(about, bars, strict=True) if best - r.score <= bar]


def sureness(reading: Reading) -> float:
    """How likely a sentence answers or, where that is more, how much it is about the topic, 0-1."""
    about = relevance_of(reading.hit)[reading.hit.passage.place(reading.span)]
    return max(reading.probability, min(about, 1.0))


def names(reading: Reading, thing: str, *, itself: bool = False) -> bool:
    """Whether a sentence holds all words of a thing, or those over it do, if not `itself`."""
    passage = reading.hit.passage
    language = passage.document.language
    held = set(reading.stems)
    for heading in () if itself else passage.headings:
        held.update(stems(heading, language))
    own = set(stems(thing, language))
    return bool(own) and own <= held


def _says_something(reading: Reading) -> bool:
    passage = reading.hit.passage
    words = passage.document.cut(reading.span)
    return not (is_reference(passage) or asks_something(words))


def _points(retriever: Retriever, side: ComparedSide) -> list[Reading]:
    """What the documents of a side say as a whole."""
    if not isinstance(retriever, Storing):
        return []
    found = overview(retriever, side.documents, OverviewRequest(sentences=POINTS))
    points = [choice.reading for group in found for choice in group.choices]
    return sorted(points, key=lambda r: -r.score)
