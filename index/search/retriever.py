"""The seams of a search: what a retriever does, and what some can do besides."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol, runtime_checkable

from index.language import Query
from index.search.mentions import Missing
from index.types import Document, Hit, Span


class Retriever(Protocol):
    """A question to ranked passages."""

    def search(self, query: Query, k: int) -> list[Hit]:
        """At most `k` hits, best first; ties by document and offset."""


@runtime_checkable
class Narrowable(Retriever, Protocol):
    """A retriever that can be told which documents to look at."""

    def within(self, documents: Collection[str]) -> Retriever:
        """The same, over the documents with these ids alone."""


@runtime_checkable
class Comparing(Retriever, Protocol):
    """A retriever that knows where else words stand."""

    def also_in(self, document: Document, spans: Sequence[Span]) -> tuple[str, ...]:
        """The other sources looked at that say all of these sentences of a document, in order."""


@runtime_checkable
class Knowing(Retriever, Protocol):
    """A retriever that knows which words its documents hold."""

    def missing(self, query: Query) -> Missing:
        """The words of the question that no sentence of the documents looked at holds."""
