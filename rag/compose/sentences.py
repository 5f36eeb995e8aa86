"""One sentence as a quotation, with what it leans on."""

from __future__ import annotations

from collections.abc import Sequence

from index import Document, Passage, Span, Storing
from rag.citations import Citation
from rag.statements import leans


def cite_sentence(
    passage: Passage, at: int, emphasis: Sequence[Span] = (), score: float = 0.0
) -> Citation:
    """The sentence at that place of a passage; where it leans on one, that is its context."""
    sentence = passage.sentences[at]
    return Citation(
        document=passage.document,
        start=sentence.start,
        end=sentence.end,
        context=leaned_on(passage, at),
        score=score,
        number=1,
        headings=passage.headings,
        sentences=(sentence.span,),
        best_sentence=sentence.span,
        emphasis=tuple(emphasis),
    )


def places_of(retriever: Storing, document: Document) -> dict[Span, tuple[int, int]]:
    """The sentences of a document that are looked at: their passages' numbers, and their places."""
    table, number = retriever.passages, retriever.passages.number(document.id)
    if number is None:
        return {}
    return {
        sentence.span: (row, at)
        for row in table.rows_of(number)
        for at, (sentence, own) in enumerate(
            zip(table[row].sentences, retriever.stored.are_looked_at(row), strict=True)
        )
        if own
    }


def leaned_on(passage: Passage, at: int) -> Span | None:
    """What leads to the list that a sentence is of, or the sentence that "It …" leans on."""
    sentence = passage.sentences[at]
    if sentence.lead is not None or not at or not leans(passage.document.cut(sentence.span)):
        return sentence.lead
    before = passage.sentences[at - 1]
    return before.span if before.role in ("body", "repeated") else None
