"""What a quotation names or speaks of, and the sections of its document."""

from __future__ import annotations

from index import Document, Passage, Span
from index.passages.chunking import split
from rag.questions import about_sections, about_topics
from tests.doubles import FakeEncoder, document

TEXT = """# Brell

## 3. The slipway

Olaf Brandt argues for the slipway, because yards pay for it. Others ask Olaf Brandt to wait.

## 4. A "quoted" one

Nothing is said here of the boats.
"""
BRELL = document(TEXT, "harbour/brell.md")


def passages(own: Document = BRELL) -> list[Passage]:
    return split(own, FakeEncoder().count_tokens)


def topics(words: str, own: Document = BRELL) -> list[str]:
    start = own.text.index(words)
    return [c.question for c in about_topics(passages(own), Span(start, start + len(words)))]


def test_names_that_stand_there_twice_and_things_are_topics() -> None:
    assert topics("Olaf Brandt argues for the slipway, because yards pay for it.") == [
        "What do the documents say about Olaf Brandt?",
        "What do the documents say about the slipway?",
    ]


def test_a_phrase_that_goes_on_is_no_topic() -> None:
    own = document("Boats need the wind strength gauge. The quay itself is old.\n")
    assert topics("Boats need the wind strength gauge.", own) == []


def test_of_another_language_nothing_is_made() -> None:
    own = document("Der Hafen wurde im Jahr 1987 vertieft, weil die Schiffe größer wurden.\n")
    assert own.language == "de"
    assert topics("Der Hafen", own) == []


def test_a_section_is_asked_for_by_its_heading_as_it_stands() -> None:
    asked = list(about_sections(passages()))
    assert [c.question for c in asked] == [
        'What does the section "3. The slipway" of brell.md say?'
    ]
    assert BRELL.cut(asked[0].span).startswith("Olaf Brandt argues")
    assert list(about_sections([])) == []
