"""A timeline: what documents date, in the order of the dates, each statement once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

from index import Document, Passage, Storing, letters
from rag.citations import Citation
from rag.compose import cite_sentence, places_of
from rag.dates import Period
from rag.overview import CitedOverview, near_topic
from rag.statements import states_the_same
from rag.timeline.dated import (
    DatedDocument,
    DatedSentence,
    dated_document,
    read_dated,
)

MOST = 100  # quotations, where no other number is asked for
COMPARED = 60  # of one label with one another; of more only those in the same words are one
PASSAGES = 200  # that are looked at for a topic


class TimelineRequest(NamedTuple):
    """What is asked for: about `topic`, "" for all; of the days from `first` to `last`.

    `skip` are passed over, and at most `most` quoted.
    """

    topic: str = ""
    first: date = date.min
    last: date = date.max
    skip: int = 0
    most: int = MOST


class CitedTimeline(NamedTuple):
    """Citations under the labels of their dates, and how many there would be in all."""

    cited: CitedOverview
    number: int


class _Entry(NamedTuple):
    """A sentence under one date: the row of its passage, and its place there."""

    period: Period
    by: date | None  # the document's date, where only that says which period it is
    row: int
    at: int
    one: DatedSentence

    @property
    def label(self) -> str:
        """What stands over it."""
        if self.by is None:
            return self.period.label
        return f"{self.period.label} (by the document's date, {Period(str(self.by)).label})"


def timeline(
    retriever: Storing,
    documents: Sequence[Document],
    request: TimelineRequest,
    kept: Sequence[Any] = (),
) -> CitedTimeline:
    """The dated sentences of `documents`, those that the `retriever` looks at, by their dates.

    `kept` is what `DatedSentences.annotate` gave of each document; what is missing is made now.
    """
    about = _about(retriever, request.topic)
    found = sorted(
        (
            entry
            for document, own in _dated(retriever, documents, kept)
            for entry in _entries(retriever, document, own)
            if about(entry) and entry.period.overlaps(request.first, request.last)
        ),
        key=lambda e: (e.period, e.by or date.min, e.row, e.one.sentence.start),
    )
    once = [
        entry
        for _, group in groupby(found, lambda e: (e.period, e.by))
        for entry in _said_once(retriever, list(group))
    ]
    shown = once[request.skip : request.skip + request.most]
    labelled = (
        (label, [_cited(retriever, entry) for entry in group])
        for label, group in groupby(shown, lambda e: e.label)
    )
    cited = CitedOverview().with_more(labelled)
    return CitedTimeline(cited._replace(confidence=float(bool(shown))), len(once))


def _dated(
    retriever: Storing, documents: Sequence[Document], kept: Sequence[Any]
) -> Iterator[tuple[Document, DatedDocument]]:
    for number, document in enumerate(documents):
        read = read_dated(kept[number]) if number < len(kept) else None
        yield document, read or dated_document(retriever, document)


def _entries(retriever: Storing, document: Document, own: DatedDocument) -> Iterator[_Entry]:
    """The dated sentences of a document that are looked at, with their places."""
    places = places_of(retriever, document) if own.dated else {}
    for one in own.dated:
        if (place := places.get(one.sentence)) is not None:
            yield _Entry(one.period, own.own if one.is_relative else None, *place, one)


def _about(retriever: Storing, topic: str) -> Callable[[_Entry], bool]:
    """What tells whether a sentence is about a topic."""
    if not topic:
        return lambda entry: True
    near = near_topic(retriever, topic, PASSAGES)
    return lambda entry: (entry.row, entry.at) in near


def _said_once(retriever: Storing, entries: Sequence[_Entry]) -> Iterable[_Entry]:
    """Of what is said of one date, each statement once: that which comes first."""
    chosen: list[tuple[_Entry, str, str]] = []
    seen: set[str] = set()
    for entry in entries:
        document = retriever.passages[entry.row].document
        words = document.cut(entry.one.sentence)
        key = "".join(letters(words))
        if key in seen:
            continue
        seen.add(key)
        compared = chosen[-COMPARED:]
        language = document.language
        if any(
            states_the_same(words, said, language if language == its else "")
            for _, said, its in compared
        ):
            continue
        chosen.append((entry, words, language))
    return [entry for entry, _, _ in chosen]


def _cited(retriever: Storing, entry: _Entry) -> Citation:
    passage: Passage = retriever.passages[entry.row]
    return cite_sentence(passage, entry.at, [entry.one.words])
