"""Which sentences are quoted: those of a citation, of words that a person gives, or of a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index import Document, QuestionError, Span, Storing, ids_of, letters
from rag.citations import Citation
from rag.overview import Told
from rag.query import check_question

MOST = 8  # sentences of a quotation that something is looked for to
LEAST = 2  # words, by which a sentence can be found
_LINE = re.compile(r"(?P<source>.+):(?P<line>[1-9]\d{0,8})")
_WORD = re.compile(r"[^\W_]+")
_QUOTES = "\"'“”„«»‘’ "


def sentences_of(retriever: Storing, document: Document, start: int, end: int) -> list[Told]:
    """The sentences that stand in a stretch of a document, in order."""
    table, number = retriever.passages, retriever.passages.number(document.id)
    return [
        Told(row, passage, at, tuple(stems))
        for row in (table.rows_of(number) if number is not None else ())
        if (passage := table[row]).start < end and start < passage.end
        for at, stems in enumerate(retriever.stored.stems(row))
        if passage.sentences[at].start < end and start < passage.sentences[at].end
    ]


def cited_place(retriever: Storing, documents: Sequence[Document], where: str) -> Citation:
    """The sentences that hold these words, or that begin on a line: "minutes.md:12".

    Signs and white space between the words make no difference. Raises QuestionError where nothing
    stands there, or where the words stand in different sentences.
    """
    asked = check_question(where)
    line = _LINE.fullmatch(asked)
    if line is not None and (own := _called(documents, line["source"])):
        return _on_line(retriever, own, int(line["line"]))
    words = _WORD.findall(asked)
    if len(words) < LEAST:
        raise QuestionError("one word is in many sentences; give more of the quotation's words")
    found = {letters(c.quote): c for c in _holding(retriever, documents, words)}
    if not found and line is not None:
        raise QuestionError(f"no document is called {line['source']}; give it as it is quoted")
    if not found:
        raise QuestionError(
            "no sentence of these documents has these words; "
            "give words as they are quoted, or a place as SOURCE:LINE"
        )
    whole = found.get(letters(asked.strip(_QUOTES)))
    if whole is None and len(found) > 1:
        raise QuestionError(
            f"{len(found):,} sentences have these words; give more of them, or SOURCE:LINE"
        )
    return whole or next(iter(found.values()))


def _called(documents: Sequence[Document], source: str) -> list[Document]:
    """Those of a file: by its whole name or, where none has that, by the end of it."""
    own = [d for d in documents if source in (d.source, *d.copies)]
    return own or [d for d in documents if d.source.endswith(f"/{source}")]


def _on_line(retriever: Storing, documents: Sequence[Document], line: int) -> Citation:
    if len(documents) > 1:
        names = ", ".join(d.source for d in documents[:3])
        raise QuestionError(f"several documents are called so: {names}; give the whole name")
    document = documents[0]
    lines = document.text.split("\n")
    if line > len(lines):
        raise QuestionError(f"{document.source} has {len(lines):,} lines; give one of them")
    start = sum(len(one) + 1 for one in lines[: line - 1])
    told = sentences_of(retriever, document, start, start + len(lines[line - 1]))
    begun = [one for one in told if _span(one).start >= start] or told
    if not begun:
        raise QuestionError(
            f"no sentence stands on line {line:,} of {document.source}; give one that is quoted"
        )
    return _cite(begun)


def _holding(
    retriever: Storing, documents: Sequence[Document], words: Sequence[str]
) -> Iterator[Citation]:
    """The places where these words follow one another, as the sentences that they stand in."""
    between = r"[\W_]+".join(map(re.escape, words))
    said = re.compile(rf"(?<![^\W_]){between}(?![^\W_])", re.IGNORECASE)
    known = {*ids_of(documents)}
    for document in retriever.passages.documents:
        if document.id not in known:
            continue
        for match in said.finditer(document.text):
            told = sentences_of(retriever, document, *match.span())
            if told:
                yield _cite(told)


def _cite(told: Sequence[Told]) -> Citation:
    document, spans = told[0].passage.document, tuple(map(_span, told))
    ends = spans[0].start, max(span.end for span in spans)
    return Citation(document, *ends, None, 1.0, 1, told[0].passage.headings, spans)


def _span(told: Told) -> Span:
    return told.passage.sentences[told.at].span
