"""A brief: the strongest statements of documents, grouped by subject, what is new marked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from index import Document, Passage, Storing, ids_of
from rag.brief.grouping import Subject, subjects
from rag.brief.strength import strongest, strongest_of
from rag.citations import Citation
from rag.compose import cite_sentence
from rag.overview import (
    CLOSE,
    NEAR,
    CitedOverview,
    OverviewRequest,
    SentencePool,
    pick,
    topical_pool,
)

TOP = 10  # statements, where no other number is asked for
IsNew = Callable[[Passage, int], bool]  # of a sentence, by its passage and its place there


class BriefRequest(NamedTuple):
    """What is asked for: about `topic`, "" for all; at most `top` statements."""

    topic: str = ""
    top: int = TOP


class CitedBrief(NamedTuple):
    """Citations under their subjects, and of how many statements they were chosen."""

    cited: CitedOverview
    number: int


def brief(
    retriever: Storing, documents: Sequence[Document], request: BriefRequest, is_new: IsNew
) -> CitedBrief:
    """The strongest statements of `documents`, those that the `retriever` looks at."""
    pool = _pool(retriever, documents, request.topic)
    picked = pick(pool, strongest, request.top)
    rank = {number: place for place, number in enumerate(picked)}

    def cited(number: int, subject: Subject) -> Citation:
        told = pool.told[number]
        at = subject.numbers.index(number)
        score = round(1 - rank[number] / len(picked), 6)
        place = subject.places[at]
        made = cite_sentence(told.passage, told.at, [place] if place else (), score)
        return replace(made, is_new=is_new(told.passage, told.at))

    found: dict[str, list[Citation]] = {}
    for subject in subjects(pool, picked):
        own = found.setdefault(_label(pool, subject), [])
        own += (cited(number, subject) for number in subject.numbers)
    labelled = CitedOverview().with_more(found.items())
    return CitedBrief(labelled._replace(confidence=float(bool(picked))), len(pool))


def _pool(retriever: Storing, documents: Sequence[Document], topic: str) -> SentencePool:
    """The sentences that are compared; of a topic those that are about it, if any is."""
    if topic:
        pool = topical_pool(retriever, OverviewRequest(topic))
        if pool.relevance is None or pool.relevance.max() < CLOSE:
            return pool.take(())
        # those of one document together, in the order of the index
        own = np.flatnonzero(pool.relevance >= NEAR).tolist()
        return pool.take(sorted(own, key=lambda i: (pool.told[i].row, pool.told[i].at)))
    table = retriever.passages
    numbers = [n for id_ in ids_of(documents) if (n := table.number(id_)) is not None]
    return strongest_of(retriever.stored, {n: table.rows_of(n) for n in numbers})


def _label(pool: SentencePool, subject: Subject) -> str:
    """The words that its quotations share, and how many documents say them; of one its source."""
    document = pool.told[subject.numbers[0]].passage.document
    if not subject.words:
        return document.title or document.source
    several = subject.documents > 1
    return f"{subject.words} (in {subject.documents:,} documents)" if several else subject.words
