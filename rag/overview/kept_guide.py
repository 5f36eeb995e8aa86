"""A source guide as an index keeps it: labels and offsets; its words are cut from the document."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from index import CitationError, Document, PassageTable, Retriever, Span, Storing
from rag.citations import Citation
from rag.overview.citing import CitedOverview
from rag.overview.source_guide import IN_SENTENCES, LABELS, GuideQuote, guide_quotes


class SourceGuide:
    """The annotator that makes source guides, as `index.Annotator` says."""

    name = "guide"
    version = 2  # raised with whatever makes another guide of the same passages

    def __init__(self, names: Callable[[str], Any] | None = None) -> None:
        """`names` tells what `NamesAnnotator` gave of a document, by its id, if anything did."""
        self._names = names

    def annotate(self, retriever: Storing, document: Document) -> dict[str, Any]:
        """By label the spans of each quotation, and what it leans on or None."""
        names = self._names(document.id) if self._names is not None else None
        quotes = guide_quotes(retriever, document, names)
        return {label: [[q.parts, q.context] for q in own] for label, own in quotes.items()}


def guide(retriever: Retriever, document: Document, kept: Any = None) -> CitedOverview:
    """The source guide of a document, what it quotes under the labels of `LABELS`.

    `kept` is what `SourceGuide.annotate` gave; where it is nothing of that kind, the guide is made
    now. Raises TypeError when the retriever keeps nothing of its sentences.
    """
    if not isinstance(retriever, Storing):
        raise TypeError(f"{type(retriever).__name__} has no `stored`")
    with suppress(CitationError, ValueError, TypeError, AttributeError, IndexError):
        return _cited(dict(_read(kept)), retriever.passages, document)
    return _cited(guide_quotes(retriever, document), retriever.passages, document)


def joined(documents: Sequence[Document], guides: Sequence[CitedOverview]) -> CitedOverview:
    """The guides of several documents as one, the title of each before its labels."""
    if len(guides) == 1:
        return guides[0]
    found = CitedOverview()
    labelled = (
        (f"{document.title or document.source}: {label}", [own.citations[n - 1] for n in numbers])
        for document, own in zip(documents, guides, strict=True)
        for label, numbers in own.groups
    )
    found = found.with_more(labelled)
    return found._replace(confidence=float(bool(found.citations)))


def _read(kept: Any) -> Iterator[tuple[str, list[GuideQuote]]]:
    """What was kept; raises one of several errors where it is something else."""
    if not set(kept.keys()) <= set(LABELS):
        raise ValueError("a guide has other labels")
    for label in filter(kept.__contains__, LABELS):
        yield (
            label,
            [
                GuideQuote(
                    tuple(_span(*part) for part in parts), _span(*context) if context else None
                )
                for parts, context in kept[label]
            ],
        )


def _span(start: Any, end: Any) -> Span:
    if type(start) is not int or type(end) is not int or start >= end:
        raise ValueError("offsets are whole numbers")
    return Span(start, end)


def _cited(
    quotes: Mapping[str, Sequence[GuideQuote]], table: PassageTable, document: Document
) -> CitedOverview:
    """The quotations, each under the headings of the passage that it begins in."""
    number = table.number(document.id)
    own = [] if number is None else [table[row] for row in table.rows_of(number)]

    def headings(at: int) -> tuple[str, ...]:
        return next((p.headings for p in reversed(own) if p.start <= at), ())

    def cut(label: str, quote: GuideQuote) -> Citation:
        under = headings(quote.parts[0].start) if label in IN_SENTENCES else ()
        return quote.cited(document, under)

    labelled = ((label, [cut(label, q) for q in some]) for label, some in quotes.items())
    told = CitedOverview().with_more(labelled)
    return told._replace(confidence=float(bool(told.citations)))
