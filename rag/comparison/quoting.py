"""What may be quoted of one side: what it says of the topic, or its main points without one."""

from __future__ import annotations

from collections.abc import Sequence

from index import Narrowable, Retriever, Storing, asks_something, ids_of, stems
from rag.compose import Material
from rag.comparison.sides import ComparedSide
from rag.overview import OverviewRequest, overview, relevance_of
from rag.query import AskedQuestion
from rag.reader import PASSAGES, is_reference
from rag.types import Reading

READ = 10  # sentences of a side on a topic that are compared with those of others
POINTS = 24  # and without one
LESS, STILL_LESS = 1.5, 4.0  # log odds that a sentence may score lower by, the latter where it is
NEARLY = 0.85  # as much about the topic as the best one
LEAST = 1.0  # log odds, under which a sentence says nothing of the topic


def readings_of(material: Material, side: ComparedSide, topic: str) -> list[Reading]:
    """What a side says of the topic, best first; nothing where nothing is about it."""
    retriever = material.retriever
    if side.documents and isinstance(retriever, Narrowable):
        retriever = retriever.within(ids_of(side.documents))
    if not side.thing and not topic:
        return _points(retriever, side)
    is_thing = side.thing and not side.documents
    wanted = f"{side.thing} {topic}".strip() if topic or not is_thing else f"What is {side.thing}?"
    asked = AskedQuestion(wanted)
    read = material.reader.read(asked, retriever.search(asked, PASSAGES))
    told = [r for r in read if _says_something(r)]
    if is_thing:
        told = [r for r in told if names(r, side.thing)]
    return _best_of(told)[:READ]


def _best_of(told: Sequence[Reading]) -> list[Reading]:
    """Those that are about the topic nearly as much as the best one."""
    told = [r for r in told if r.score >= LEAST]
    if not told:
        return []
    near = [relevance_of(r.hit)[r.hit.passage.place(r.span)] for r in told]
    bars = [STILL_LESS if own >= NEARLY * max(near) else LESS for own in near]
    best = told[0].score
    return [r for r, bar in zip(told, bars, strict=True) if best - r.score <= bar]


def names(reading: Reading, thing: str) -> bool:
    """Whether a sentence, or a heading that it stands under, holds all words of a thing's name."""
    passage = reading.hit.passage
    language = passage.document.language
    held = set(reading.stems)
    for heading in passage.headings:
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
