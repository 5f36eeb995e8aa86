"""A timeline: sentences under their dates, in order, each statement once."""

from __future__ import annotations

from datetime import date

from index.generation.build import encode_documents
from rag.timeline import CitedTimeline, DatedSentences, TimelineRequest, timeline
from tests.doubles import FakeEncoder, document

MILL = document(
    "# The mill\n\nThe mill of Brell was sold in 1978. In 1811 Ida Holm built the mill of Brell.\n"
    "The wheel broke in the winter of 1931.\n",
    "mill.md",
)
COPY = document(
    "# Notes\n\nThe wheel broke in the winter of 1931. Eels came in 1990.\n", "notes.md"
)
MAIL = document(
    "---\ndate: 2024-05-09\n---\n\n# Steel\n\nThe steel for the bridge arrived yesterday.\n",
    "mail.md",
)
ALL = (MILL, COPY, MAIL)
RETRIEVER = encode_documents(ALL, FakeEncoder()).retriever(FakeEncoder())


def told(found: CitedTimeline) -> list[tuple[str, list[str]]]:
    quotes = {c.number: c.quote for c in found.cited.citations}
    return [(group.label, [quotes[n] for n in group.numbers]) for group in found.cited.groups]


def test_in_the_order_of_the_dates() -> None:
    found = timeline(RETRIEVER, ALL, TimelineRequest())
    assert told(found) == [
        ("1811", ["In 1811 Ida Holm built the mill of Brell."]),
        ("winter 1931", ["The wheel broke in the winter of 1931."]),
        ("1978", ["The mill of Brell was sold in 1978."]),
        ("1990", ["Eels came in 1990."]),
        (
            "8 May 2024 (by the document's date, 9 May 2024)",
            ["The steel for the bridge arrived yesterday."],
        ),
    ]
    assert found.number == 5
    first = found.cited.citations[0]
    assert [first.document.cut(span) for span in first.emphasis] == ["1811"]


def test_of_some_days_and_some_of_them() -> None:
    some = TimelineRequest(first=date(1931, 1, 1), last=date(1978, 6, 1))
    assert [label for label, _ in told(timeline(RETRIEVER, ALL, some))] == ["winter 1931", "1978"]
    second = timeline(RETRIEVER, ALL, TimelineRequest(skip=1, most=1))
    assert [label for label, _ in told(second)] == ["winter 1931"]
    assert second.number == 5


def test_on_a_topic() -> None:
    about = timeline(RETRIEVER, ALL, TimelineRequest(topic="the mill of Brell"))
    assert {label for label, _ in told(about)} >= {"1811", "1978"}
    assert "1990" not in {label for label, _ in told(about)}
    assert not timeline(RETRIEVER, ALL, TimelineRequest(topic="volcanic glaciology")).number


def test_what_is_kept_gives_the_same() -> None:
    kept = [DatedSentences().annotate(RETRIEVER, one) for one in ALL]
    assert timeline(RETRIEVER, ALL, TimelineRequest(), kept) == timeline(
        RETRIEVER, ALL, TimelineRequest()
    )
