"""An overview as citations, numbered through, and the labels under which they stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from index import Document, Narrowable, Retriever, Storing, ids_of
from rag.citations import Citation
from rag.compose import summarize
from rag.kinds import CitationGroup
from rag.overview.choosing import LabelledChoices, overview
from rag.overview.wanted import OverviewRequest


class CitedOverview(NamedTuple):
    """Citations in shown order, and the groups that say which of them stand under which label.

    `confidence` is 1, and of a topic how much the best sentence is about it; 0 of nothing.
    """

    citations: tuple[Citation, ...] = ()
    groups: tuple[CitationGroup, ...] = ()
    confidence: float = 0.0

    def with_more(self, labelled: Iterable[tuple[str, Sequence[Citation]]]) -> CitedOverview:
        """The same, and citations by label, numbered on."""
        citations, groups = list(self.citations), list(self.groups)
        for label, own in labelled:
            numbers = range(len(citations) + 1, len(citations) + len(own) + 1)
            citations += [replace(c, number=n) for c, n in zip(own, numbers, strict=True)]
            groups.append(CitationGroup(label, tuple(numbers)))
        return CitedOverview(tuple(citations), tuple(groups), self.confidence)


def cited_overview(
    retriever: Retriever, documents: Sequence[Document], request: OverviewRequest
) -> CitedOverview:
    """The overview that is asked for of `documents`, those that the `retriever` looks at.

    Raises TypeError when it keeps nothing of its sentences, or cannot be narrowed and need be.
    """
    if request.documents:
        if not isinstance(retriever, Narrowable):
            raise TypeError(f"{type(retriever).__name__} has no `within`")
        documents = request.documents
        retriever = retriever.within(ids_of(documents))
    if not isinstance(retriever, Storing):
        raise TypeError(f"{type(retriever).__name__} has no `stored`")
    found = cite(overview(retriever, documents, request))
    if not found.citations or not request.topic:
        return found._replace(confidence=float(bool(found.citations)))
    return found._replace(confidence=min(1.0, max(c.score for c in found.citations)))


def cite(labelled: Sequence[LabelledChoices]) -> CitedOverview:
    """The quotations of each label in the order of their document; neighbours are one quotation."""
    found = CitedOverview()
    for label, choices in labelled:
        own = sorted(summarize(choices), key=lambda c: c.start)
        found = found.with_more([(label, own)])
    return found
