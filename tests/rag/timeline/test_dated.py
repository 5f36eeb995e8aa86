"""The sentences of a document that state a date, as they are found and as they are kept."""

from __future__ import annotations

from datetime import date

import pytest

from index import Document
from index.generation.build import encode_documents
from index.search import Hybrid
from rag.timeline import DatedSentences, dated_document, own_date, read_dated
from tests.doubles import FakeEncoder, document

NEWS = """---
title: The fish hall
date: 2026-02-18
---

# The fish hall

The roof of the fish hall burned on Tuesday night. The hall was built in 1898 and listed in 1987.
It reopens in 2027.

May 2026.
"""


def retriever_of(*documents: Document) -> Hybrid:
    return encode_documents(documents, FakeEncoder()).retriever(FakeEncoder())


def test_what_is_dated_and_when() -> None:
    news = document(NEWS, "hall.md")
    found = dated_document(retriever_of(news), news)
    assert found.own == date(2026, 2, 18)
    assert [(news.cut(d.words), d.period.edtf, d.is_relative) for d in found.dated] == [
        ("on Tuesday", "2026-02-17", True),
        ("1898", "1898", False),
        ("1987", "1987", False),
        ("2027", "2027", False),
    ]  # a date alone says nothing


def test_what_is_kept_reads_back() -> None:
    news = document(NEWS, "hall.md")
    retriever = retriever_of(news)
    kept = DatedSentences().annotate(retriever, news)
    assert read_dated(kept) == dated_document(retriever, news)


@pytest.mark.parametrize(
    "kept", [None, {}, [], {"own": "", "dated": [[1]]}, {"own": 3, "dated": ()}]
)
def test_what_was_not_kept_so(kept: object) -> None:
    assert read_dated(kept) is None


@pytest.mark.parametrize(
    ("text", "source", "own"),
    [
        ("# Minutes of 13 May 2025\n\nAll came.", "minutes.md", date(2025, 5, 13)),
        ("# Minutes\n\nAll came.", "2025-05-13-minutes.md", date(2025, 5, 13)),
        ("# Minutes, 13 May and 1 June 2025\n\nAll came.", "minutes.md", None),
        ("# Minutes of May 2025\n\nAll came.", "minutes.md", None),
        ("All came on 13 May 2025.", "minutes.md", None),
    ],
)
def test_the_date_of_a_document(text: str, source: str, own: date | None) -> None:
    assert own_date(document(text, source)) == own
