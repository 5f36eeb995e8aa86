"""What an overview quotes: of which documents how many sentences, none said twice.

Nothing is encoded for it but a topic: it compares what the index keeps.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

import numpy as np

from index import Document, Hit, PassageTable, Query, Storing, ids_of
from rag.compose import akin
from rag.overview.methods import Method, centroid, lead, relevant
from rag.overview.pool import SentencePool, Told, first_rows, pool_of
from rag.overview.spread import representatives
from rag.overview.wanted import Heading, OverviewRequest
from rag.readings import Choice, Reading, Reason
from rag.statements import states_the_same

EACH, ALL = 5, 12  # sentences: of a single document, and of several together
LONG = 150  # sentences of a document that is told by its sections
PASSAGES = 40  # that are looked at for a topic
CLOSE, NEAR = 0.45, 0.35  # relevance that the best sentence has for a topic, and every one
ROWS = 3  # of a document that is a table
WHOLE: Method = centroid
TOPICAL: Method = relevant


class LabelledChoices(NamedTuple):
    """A label, the title of a document or a heading, and the sentences that stand under it."""

    label: str
    choices: tuple[Choice, ...]


def overview(
    retriever: Storing, documents: Sequence[Document], request: OverviewRequest
) -> list[LabelledChoices]:
    """The sentences that tell what `documents` say, by document, in their order.

    They are those that the `retriever` looks at. Of a long one alone, by its sections. Of a topic
    what is about it, the document that has most of it first; nothing where nothing is.
    """
    if request.topic:
        return _on_topic(retriever, request)
    table = retriever.passages
    numbers = [n for id_ in ids_of(documents) if (n := table.number(id_)) is not None]
    rows = {n: _under(table, table.rows_of(n), request.is_named) for n in numbers}
    rows = {n: own for n, own in rows.items() if own}
    count = request.sentences or (EACH if len(rows) == 1 else ALL)
    if len(rows) > count:
        rows = {n: rows[n] for n in representatives(retriever.stored, rows, count)}
    said: list[Told] = []
    found = []
    left = count
    for place, (number, own) in enumerate(rows.items()):
        share = -(-left // (len(rows) - place))  # what is not taken is left to the next
        pool = pool_of(retriever.stored, own)
        method = WHOLE
        if not pool.told:
            pool, method = first_rows(retriever.stored, own, min(share, ROWS)), lead
        picked = pick(pool, method, share, said)
        said += [pool.told[i] for i in picked]
        left -= len(picked)
        found += _labelled(table.documents[number], pool, picked, alone=len(rows) == 1)
    return found


def pick(pool: SentencePool, method: Method, count: int, said: Iterable[Told] = ()) -> list[int]:
    """The numbers of the first `count` sentences of a method that say nothing twice.

    Nor what is `said` already.
    """
    chosen: list[int] = []
    told = list(said)
    for number in method(pool):
        if len(chosen) == count:
            break
        one = pool.told[number]
        if not any(_repeats(one, other) for other in told):
            chosen.append(number)
            told.append(one)
    return chosen


def _repeats(one: Told, other: Told) -> bool:
    words, others = frozenset(one.stems), frozenset(other.stems)
    if akin(words, others):
        return True
    if 4 * len(words & others) < min(len(words), len(others)):
        return False  # nothing that states the same has so little in common
    a, b = one.passage.document.language, other.passage.document.language
    return states_the_same(one.text, other.text, a if a == b else "")


def _on_topic(retriever: Storing, request: OverviewRequest) -> list[LabelledChoices]:
    pool = topical_pool(retriever, request)
    if pool.relevance is None or pool.relevance.max() < CLOSE:
        return []
    pool = pool.take(np.flatnonzero(pool.relevance >= NEAR).tolist())
    documents = {one.passage.document.id for one in pool.told}
    count = request.sentences or (EACH if len(documents) == 1 else ALL)
    picked = sorted(pick(pool, TOPICAL, count))
    groups = [
        _labelled(document, pool, list(own), alone=False)[0]
        for document, own in groupby(picked, lambda i: pool.told[i].passage.document)
    ]
    return sorted(groups, key=lambda g: -max(c.reading.score for c in g.choices))


def topical_pool(retriever: Storing, request: OverviewRequest) -> SentencePool:
    """The sentences of the passages that are nearest to a topic, and how much each is about it."""
    table = retriever.passages
    relevance = _relevances(retriever, request.topic, PASSAGES)
    rows = _under(table, sorted({row for row, _ in relevance}), request.is_named)
    return pool_of(retriever.stored, rows, relevance)


def near_topic(retriever: Storing, topic: str, passages: int) -> frozenset[tuple[int, int]]:
    """The sentences about a topic, by the numbers of their passages and their places there.

    They are of as many `passages` as are nearest to it; none where no sentence is close.
    """
    relevance = _relevances(retriever, topic, passages)
    if max(relevance.values(), default=0.0) < CLOSE:
        return frozenset()
    return frozenset(place for place, value in relevance.items() if value >= NEAR)


def _relevances(retriever: Storing, topic: str, passages: int) -> dict[tuple[int, int], float]:
    table = retriever.passages
    relevance: dict[tuple[int, int], float] = {}
    for hit in retriever.search(Query(topic), passages):
        relevance |= _relevance(hit, table)
    return relevance


def _relevance(hit: Hit, table: PassageTable) -> dict[tuple[int, int], float]:
    """How much each sentence of a hit is about the topic, by its passage's number and place."""
    if hit.evidence is None:
        return {}
    row = table.row(hit.passage)
    first = table[row].place(hit.passage.sentences[0].span)
    return {(row, first + i): found for i, found in enumerate(relevance_of(hit))}


def relevance_of(hit: Hit) -> tuple[float, ...]:
    """How much each sentence of a hit is about what was looked for, 0-1; all 0 if not known.

    Its own likeness counts, the words of the query that it holds, and those of its passage.
    """
    own = hit.evidence
    if own is None:
        return (0.0,) * len(hit.passage.sentences)
    around = 0.4 * max(own.cosine, 0.0) + 0.2 * own.passage_coverage
    return tuple(
        round(0.3 * max(similar, 0.0) + 0.1 * held + around, 6)
        for similar, held in zip(own.similarity, own.coverage, strict=True)
    )


def _under(table: PassageTable, rows: Sequence[int], is_named: Heading | None) -> list[int]:
    """Those of these passages under a heading that is named; all where none need be."""
    if is_named is None:
        return list(rows)
    return [r for r in rows if any(map(is_named, table.headings[table.rows[r, 3]]))]


def _labelled(
    document: Document, pool: SentencePool, picked: Sequence[int], *, alone: bool
) -> list[LabelledChoices]:
    """What was picked, in the document's order, under its title or, of a long one, its headings."""
    title = document.title or document.source

    def label(choice: Choice) -> str:
        headings = choice.reading.hit.passage.headings
        return headings[0] if alone and headings and len(pool) > LONG else title

    return [
        LabelledChoices(name, tuple(own)) for name, own in groupby(choices_of(pool, picked), label)
    ]


def choices_of(pool: SentencePool, picked: Sequence[int]) -> tuple[Choice, ...]:
    """The sentences that were picked, the best first, as choices in the order of the text.

    Their scores are their relevance or, where nothing is asked for, fall in the order of picking.
    """
    scores = {number: 1 - i / len(picked) for i, number in enumerate(picked)}
    if pool.relevance is not None:
        scores = {number: float(pool.relevance[number]) for number in picked}
    return tuple(_choice(pool.told[number], round(scores[number], 6)) for number in sorted(picked))


def _choice(told: Told, score: float) -> Choice:
    hit, span = Hit(told.passage, score), told.passage.sentences[told.at].span
    return Choice(Reading(hit, span, score, min(score, 1.0)), Reason.CHOSEN, 0.0)
