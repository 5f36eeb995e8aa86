"""The seams of retrieval: what a retriever is, and what one may know besides.

`Hybrid` is all of them. Who asks for more than `search` says what is done without it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from index.types import Document, Encoder, Hit, Passage, Sentence, Span

if TYPE_CHECKING:
    from index.language import Query
    from index.passages import PassageTable
    from index.search.mentions import Missing
    from index.search.stored import StoredSentences


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


@runtime_checkable
class Holding(Retriever, Protocol):
    """A retriever that finds every sentence with some words."""

    def holding(self, query: Query) -> Iterator[tuple[Passage, Sentence]]:
        """The sentences that hold all words of the query, with their passages, in order."""


@runtime_checkable
class Spelling(Retriever, Protocol):
    """A retriever that knows how its documents spell."""

    def respell(self, words: Iterable[str]) -> dict[str, str]:
        """Those of `words`, which no document holds, that are misspelt: what was meant, by word."""


@runtime_checkable
class WordKnowing(Encoder, Protocol):
    """An encoder that has learnt whole words."""

    def knows(self, word: str) -> bool:
        """Whether the word is one that it has learnt, and not made of parts."""


@runtime_checkable
class Tabled(Retriever, Protocol):
    """A retriever whose passages can be looked through."""

    @property
    def passages(self) -> PassageTable:
        """Those of all its documents, looked at or not."""


@runtime_checkable
class Embedding(Retriever, Protocol):
    """A retriever that compares vectors."""

    @property
    def encoder(self) -> Encoder:
        """What its vectors were made with."""


@runtime_checkable
class Storing(Tabled, Protocol):
    """A retriever that keeps what its sentences are compared by."""

    @property
    def stored(self) -> StoredSentences:
        """The vectors and the stems of the sentences of its passages."""


@runtime_checkable
class WholeRetriever(
    Narrowable, Comparing, Knowing, Holding, Spelling, Embedding, Storing, Protocol
):
    """All of these: what an index that is open is asked with."""
