"""The documents as they are now, and where sentences begin and end in them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from math import log
from typing import TYPE_CHECKING, NamedTuple

from index import (
    ANY_WORD,
    Document,
    Failure,
    Passage,
    PassageTable,
    Sentence,
    Span,
    letters,
    load_text,
    split,
    worded,
)
from rag.citations import table_head

if TYPE_CHECKING:
    from rag.documents import Paths

_KEPT = 64  # documents whose sentences are kept: several quotations are of each
_ENDLESS = 1  # tokens of any sentence: none is cut for its length


class Placed(NamedTuple):
    """A sentence, the headings above it, and the sentence before it under them, if any."""

    sentence: Sentence
    headings: tuple[str, ...]
    before: Span | None


class Sentences:
    """The sentences of a document, in order."""

    def __init__(self, document: Document, passages: Iterable[Passage]) -> None:
        self.document = document
        self.placed = list(_placed(passages))
        self.starts = [p.sentence.start for p in self.placed]
        self.ends = [p.sentence.end for p in self.placed]

    def at(self, start: int) -> Placed | None:
        """The sentence that holds an offset, or the next one."""
        number = bisect_right(self.ends, start)
        return self.placed[number] if number < len(self.placed) else None

    def begins(self, start: int) -> bool:
        """Whether a sentence begins there."""
        at = bisect_left(self.starts, start)
        return at < len(self.starts) and self.starts[at] == start

    def ends_at(self, end: int) -> bool:
        """Whether a sentence ends there."""
        at = bisect_left(self.ends, end)
        return at < len(self.ends) and self.ends[at] == end

    def leads_to(self, start: int) -> list[str]:
        """What may be needed to understand what stands there: a lead, what is before, a head."""
        placed = self.at(start)
        spans = (placed.sentence.lead, placed.before) if placed else ()
        cut = self.document.cut
        return [*(cut(span) for span in spans if span), *table_head(self.document, start)]

    def between(self, span: Span) -> tuple[Span, ...]:
        """The sentences that lie in a span."""
        first, last = bisect_left(self.starts, span.start), bisect_right(self.ends, span.end)
        return tuple(p.sentence.span for p in self.placed[first:last])

    @cached_property
    def letters(self) -> tuple[str, list[int]]:
        """The letters of all sentences, and how many stand before each, and in all."""
        own = [letters_of(self.document.cut(p.sentence.span)) for p in self.placed]
        edges = [0]
        for some in own:
            edges.append(edges[-1] + len(some))
        return "".join(own), edges

    @cached_property
    def words(self) -> list[frozenset[str]]:
        """Those of each sentence."""
        cut = self.document.cut
        return [words_of(cut(p.sentence.span)) for p in self.placed]

    def weights(self, more: Iterable[str]) -> dict[str, float]:
        """How rare each word is here, those of `more` among them: more than 0."""
        counts = Counter(word for words in self.words for word in words)
        total = len(self.words) + 1
        return {w: log(total / (max(counts[w], 1) - 0.5)) for w in {*counts, *more}}


def letters_of(text: str) -> str:
    """What the same words have in common, however they are set and marked up."""
    return letters(worded(text, unmarked=True))


def words_of(text: str) -> frozenset[str]:
    """The words of a text, without case."""
    return frozenset(ANY_WORD.findall(worded(text, unmarked=True).casefold()))


def _placed(passages: Iterable[Passage]) -> Iterator[Placed]:
    headings: tuple[str, ...] = ()
    before: Span | None = None
    for passage in passages:
        if passage.headings != headings:
            headings, before = passage.headings, None
        for sentence in passage.sentences:
            yield Placed(sentence, headings, before)
            before = sentence.span


class CurrentDocuments:
    """Documents to hold saved quotations against; `failures` say what could not be read.

    `table` has their passages where they are an index's, which keeps nothing else of how they are
    laid out.
    """

    def __init__(
        self,
        documents: Sequence[Document],
        failures: Sequence[Failure] = (),
        table: PassageTable | None = None,
    ) -> None:
        self.documents, self.failures, self._table = documents, tuple(failures), table
        self._sentences: dict[str, Sentences] = {}

    def named(self, source: str) -> Document | None:
        """The document of a file, whichever of its names that is."""
        return self._by_source.get(source)

    def with_text(self, id_: str) -> Document | None:
        """The document whose text has this sha256."""
        return self._by_id.get(id_)

    def sentences(self, document: Document) -> Sentences:
        """Those of one of the documents."""
        found = self._sentences.get(document.id)
        if found is None:
            if len(self._sentences) >= _KEPT:
                self._sentences.clear()
            found = Sentences(document, self._passages(document))
            self._sentences[document.id] = found
        return found

    def _passages(self, document: Document) -> Sequence[Passage]:
        kept = self._table.of_document(document.id) if self._table is not None else []
        if kept:
            return kept
        if not (document.pieces or document.blocks):  # of an index, whose table is not at hand
            again = load_text(document.text.encode("utf-8", "surrogatepass"), "text.txt")
            if again.text != document.text:
                return []
            document = again
        return split(document, lambda texts: [_ENDLESS] * len(texts))

    @cached_property
    def _by_source(self) -> dict[str, Document]:
        copies = {copy: d for d in self.documents for copy in d.copies}
        return copies | {d.source: d for d in reversed(self.documents)}

    @cached_property
    def _by_id(self) -> dict[str, Document]:
        return {d.id: d for d in self.documents}


def read_documents(documents: Paths | None) -> CurrentDocuments:
    """The documents as they are now: files and folders, an index, or None for the bundled articles.

    An index gives its documents as they were when it was made. Raises DocumentError or
    StoreError.
    """
    from index import Index, index_at, is_index
    from rag.documents import paths_of

    paths = paths_of(documents)
    if not is_index(paths[0]):
        return CurrentDocuments(*Index.load(*paths))
    index = index_at(paths[0]).open()
    return CurrentDocuments(tuple(index.documents), index.failures, index.retriever.passages)
