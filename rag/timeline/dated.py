"""The sentences of a document that state a date: found when it arrives, kept as offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from index import Document, Passage, Span, Storing
from rag.dates import Period, RelativeDate, date_expressions
from rag.reader import is_reference
from rag.timeline.relative import resolved

ROLES = ("body", "item", "row")  # of sentences that say something
LONGEST = 600  # characters
LEAST = 3  # words beside a date, of a sentence that says something of it
_WORD = re.compile(r"[^\W\d_]{2,}")
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?!\d)")


class DatedSentence(NamedTuple):
    """A sentence, the words of it that say a date, and when that is.

    `is_relative` where only the date of its document says which day, week or year is meant.
    """

    sentence: Span
    words: Span
    period: Period
    is_relative: bool = False


class DatedDocument(NamedTuple):
    """What a document dates, in its order, and its own date where it says one."""

    own: date | None
    dated: tuple[DatedSentence, ...]


class DatedSentences:
    """The annotator that finds them, as `index.Annotator` says."""

    name = "timeline"
    version = 2  # raised with whatever finds others in the same passages

    def annotate(self, retriever: Storing, document: Document) -> dict[str, Any]:
        """The document's own date, and of each date the offsets and what it says."""
        found = dated_document(retriever, document)
        rows = [[*d.sentence, *d.words, d.period.edtf, int(d.is_relative)] for d in found.dated]
        return {"own": str(found.own or ""), "dated": rows}


def read_dated(kept: Any) -> DatedDocument | None:
    """What `DatedSentences.annotate` gave; None where it is nothing of that kind."""
    with suppress(ValueError, TypeError, KeyError):
        own = date.fromisoformat(kept["own"]) if kept["own"] else None
        return DatedDocument(own, tuple(map(_read_row, kept["dated"])))
    return None


def _read_row(row: Any) -> DatedSentence:
    start, end, first, last, edtf, relative = row
    if not all(type(n) is int for n in (start, end, first, last)) or first >= last:
        raise ValueError("offsets are whole numbers")
    return DatedSentence(Span(start, end), Span(first, last), Period(edtf), bool(relative))


def dated_document(retriever: Storing, document: Document) -> DatedDocument:
    """The dates that the sentences of a document state; none of references and code."""
    table = retriever.passages
    number = table.number(document.id)
    rows = range(0) if number is None else table.rows_of(number)
    own = own_date(document)
    found = (one for row in rows for one in _dated(table[row], own))
    return DatedDocument(own, tuple(found))


def _dated(passage: Passage, own: date | None) -> Iterator[DatedSentence]:
    if is_reference(passage):
        return
    document = passage.document
    for sentence in passage.sentences:
        if sentence.role not in ROLES or sentence.end - sentence.start > LONGEST:
            continue
        text = document.cut(sentence.span)
        for start, end, said in date_expressions(
            text, document.language, is_relative=own is not None
        ):
            period = _meant(said, own)
            if period is None or len(_WORD.findall(text[:start] + text[end:])) < LEAST:
                continue
            words = Span(sentence.start + start, sentence.start + end)
            is_relative = isinstance(said, RelativeDate)
            yield DatedSentence(sentence.span, words, period, is_relative)


def _meant(said: Period | RelativeDate, own: date | None) -> Period | None:
    """The days that are said in a document of that date; None where they are not known."""
    if isinstance(said, Period):
        return said
    with suppress(ValueError, OverflowError):  # 31 June
        return resolved(said, own) if own is not None else None
    return None


def own_date(document: Document) -> date | None:
    """The day of which a document is, as it says itself: its metadata, its title, its file's name.

    None where that is no day, or where a title names several.
    """
    said = _ISO.match(document.meta.get("date", ""))
    if said:
        with suppress(ValueError):
            return date.fromisoformat(said.group())
    for name in (document.title, PurePosixPath(document.source).stem):
        iso = set(_ISO.findall(name))
        read = (e.said for e in date_expressions(name, document.language))
        days = {p.first for p in read if isinstance(p, Period) and p.first == p.last} or {
            day for text in iso if (day := _day(text)) is not None
        }
        if len(days) == 1:
            return days.pop()
    return None


def _day(text: str) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(text)
    return None
