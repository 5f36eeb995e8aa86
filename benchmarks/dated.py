"""Dates on twenty marked pages, found and read: python -m benchmarks.dated [--verbose]

Of each date that a timeline gives for a page: whether the words of a date that was marked are
emphasised, and it says the same days. Of each that was marked: whether it is found so. One half of
the pages, by the sha256 of their names, was looked at while the code was written.
"""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.kit.marked_pages import (
    MarkedPage,
    MarkScore,
    overlap,
    print_halves,
    total,
)
from index import Span
from rag.timeline import dated_document


def main() -> None:
    """Print both halves."""
    print_halves(
        "dated",
        __doc__,
        "pages | dates right, of those given | found, of those marked",
        _row,
        wrong,
    )


def _row(pages: list[MarkedPage]) -> str:
    return f"{len(pages)} | {total(map(score, pages)).row}"


def score(page: MarkedPage) -> MarkScore:
    """One date that is marked is found once; what is found again is wrong."""
    given, marks = _given(page), _marked(page)
    found = [next((i for i, m in enumerate(marks) if _same(one, m)), -1) for one in given]
    right = {number for number in found if number >= 0}
    return MarkScore(len(right), len(given), len(right), len(marks))


def wrong(page: MarkedPage) -> Iterator[str]:
    """A line for each that is wrong or missed."""
    given, marks = _given(page), _marked(page)
    document = page.document
    for span, said in given:
        if not any(_same((span, said), mark) for mark in marks):
            yield f"wrong: {document.source}: {said} of {document.cut(span)!r}"
    for span, said in marks:
        if not any(_same(one, (span, said)) for one in given):
            yield f"missed: {document.source}: {said} of {document.cut(span)!r}"


Stated = tuple[Span, str]


def _given(page: MarkedPage) -> list[Stated]:
    found = dated_document(page.retriever, page.document).dated
    return [(one.words, one.period.edtf) for one in found]


def _marked(page: MarkedPage) -> list[Stated]:
    return [(_place(page, m["quote"], m["words"]), m["date"]) for m in page.marks["marks"]]


def _place(page: MarkedPage, quote: str, words: str) -> Span:
    """Where the marked words stand in the text as it was read."""
    text = page.document.text
    places = [i for i, letter in enumerate(text) if not letter.isspace()]
    dense = "".join(text.split())
    first = dense.index("".join(quote.split()))
    first = dense.index("".join(words.split()), first)
    return Span(places[first], places[first + len("".join(words.split())) - 1] + 1)


def _same(one: Stated, other: Stated) -> bool:
    return overlap(one[0], other[0]) and one[1] == other[1]


if __name__ == "__main__":
    main()
