"""The names of a document: found when it arrives, kept as offsets and what tells their kinds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from index import Document, Embedding, Passage, Span, Storing
from rag.names.kinds import NameKind, by_context, by_form, by_vector, kind_of_name
from rag.names.proper import are_proper
from rag.names.same import may_be_short_for, name_key, same_names
from rag.names.spans import NameMention, name_mentions
from rag.reader import is_reference

AROUND = 80  # characters before and after a name that tell its kind
MOST = 2_000  # names of a document, those that occur most often


class DocumentName(NamedTuple):
    """One that is named: where, in order, and the score of each kind, as `kind_of_name` reads it.

    The first mention is the one whose spelling tells most.
    """

    mentions: tuple[NameMention, ...]
    scores: tuple[float, ...]

    @property
    def kind(self) -> NameKind:
        """What it is, as far as this document says."""
        return kind_of_name(self.scores)


class NamesAnnotator:
    """Finds the names, as `index.Annotator` says."""

    name = "names"
    version = 2  # raised with whatever finds others in the same passages

    def annotate(self, retriever: Storing, document: Document) -> list[Any]:
        """Of each name its scores, and the offsets of its mentions and of their sentences."""
        return [
            [list(one.scores), [[*m.span, *m.sentence] for m in one.mentions]]
            for one in document_names(retriever, document)
        ]


def read_names(kept: Any) -> tuple[DocumentName, ...] | None:
    """What `NamesAnnotator.annotate` gave; None where it is nothing of that kind."""
    with suppress(ValueError, TypeError):
        return tuple(
            DocumentName(tuple(map(_read_mention, mentions)), tuple(map(float, scores)))
            for scores, mentions in kept
        )
    return None


def _read_mention(row: Any) -> NameMention:
    start, end, first, last = row
    if not all(type(n) is int for n in row) or not first <= start < end <= last:
        raise ValueError("offsets are whole numbers, and a name lies in its sentence")
    return NameMention(Span(start, end), Span(first, last))


def document_names(retriever: Storing, document: Document) -> list[DocumentName]:
    """Whom and what a document names, in the order in which they come first.

    Where the retriever has no encoder, the words alone tell the kinds.
    """
    encoder = retriever.encoder if isinstance(retriever, Embedding) else None
    table = retriever.passages
    number = table.number(document.id)
    rows = range(0) if number is None else table.rows_of(number)
    passages = [p for p in (table[row] for row in rows) if not is_reference(p)]
    spelled = _by_spelling(document, passages)
    if not spelled:
        return []
    spellings = list(spelled)
    vectors = by_vector(encoder, spellings)
    own = {
        spelling: vectors[i] + by_form([spelling]) + _around(document, spelled[spelling])
        for i, spelling in enumerate(spellings)
    }
    persons = {name_key(s) for s in spellings if kind_of_name(own[s]) is NameKind.PERSON}
    keys = same_names(spellings, persons, _defined(document, spelled))
    groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for spelling in spellings:
        if spelling in keys:
            groups[keys[spelling]].append(spelling)
    found = [_joined(document, key, group, spelled, own) for key, group in groups.items()]
    called = [" ".join(document.cut(one.mentions[0].span).split()) for one in found]
    named = zip(found, are_proper(encoder, document, called), strict=True)
    return sorted(
        (one for one, is_name in named if is_name),
        key=lambda one: min(m.span for m in one.mentions),
    )


def _by_spelling(document: Document, passages: Sequence[Passage]) -> dict[str, list[NameMention]]:
    found: dict[str, list[NameMention]] = defaultdict(list)
    for mention in name_mentions(document, passages):
        found[" ".join(document.cut(mention.span).split())].append(mention)
    often = sorted(found, key=lambda s: -len(found[s]))[:MOST]
    return {spelling: found[spelling] for spelling in found if spelling in set(often)}


def _defined(document: Document, spelled: Mapping[str, Sequence[NameMention]]) -> dict[str, str]:
    """What the document says to be short for what: "Food and Drug Administration (FDA)"."""
    text = document.text
    placed = sorted((m.span, spelling) for spelling, own in spelled.items() for m in own)
    return {
        short: full
        for (before, full), (span, short) in pairwise(placed)
        if text[before.end : span.start].split() == ["("]
        and text[span.end : span.end + 1] == ")"
        and may_be_short_for(short, full)
    }


def _around(document: Document, mentions: Sequence[NameMention]) -> Any:
    """What the words around all mentions say of the kind, none of them too much."""
    text = document.text
    said = [
        by_context(
            text[max(m.sentence.start, m.span.start - AROUND) : m.span.start],
            text[m.span.end : min(m.sentence.end, m.span.end + AROUND)],
        )
        for m in mentions
    ]
    return np.clip(np.sum(said, axis=0), -2, 4)


def _joined(
    document: Document,
    key: tuple[str, ...],
    group: Sequence[str],
    spelled: dict[str, list[NameMention]],
    own: dict[str, Any],
) -> DocumentName:
    """All spellings of one name: the fullest one speaks for it, and what marks any of them."""
    full = max(group, key=lambda s: (name_key(s) == key, len(spelled[s]), len(s)))
    scores = own[full] + sum(
        (by_form([s]) + _around(document, spelled[s])) / 2 for s in group if s != full
    )
    mentions = sorted((m for s in group for m in spelled[s]), key=lambda m: m.span)
    first = min(spelled[full], key=lambda m: m.span)
    ordered = [first, *(m for m in mentions if m is not first)]
    return DocumentName(tuple(ordered), tuple(round(float(v), 3) for v in scores))
