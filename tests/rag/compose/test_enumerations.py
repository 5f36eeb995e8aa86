"""What is told one after another in a paragraph is one quotation."""

from __future__ import annotations

import pytest

from index.passages.chunking import split
from rag.compose.enumerations import LONGEST, enumeration
from tests.doubles import FakeEncoder, document

ENGLISH = [
    "There are three ways to the island.",
    "First there is the ferry.",
    "Then there is the post boat.",
    "Finally a fisherman may take you.",
]
GERMAN = ["Zuerst wird das Netz geflickt.", "Danach wird es geteert.", "Zuletzt trocknet es."]


def told(text: str, words: str) -> list[str] | None:
    made = document(text, "a.md")
    sentences = [s for p in split(made, FakeEncoder().count_tokens) for s in p.sentences]
    at = next(s.span for s in sentences if words in made.cut(s.span))
    found = enumeration(made, at, sentences)
    return [made.cut(part) for part in found.parts] if found else None


@pytest.mark.parametrize("words", ["First", "Then", "Finally"])
def test_each_of_its_sentences_finds_it(words: str) -> None:
    assert told(" ".join([*ENGLISH, "The sea is cold."]), words) == ENGLISH[1:]
    assert told(" ".join(GERMAN), "Danach") == GERMAN


@pytest.mark.parametrize("words", ["three ways", "sea is cold"])
def test_a_sentence_beside_it_finds_none(words: str) -> None:
    assert told(" ".join([*ENGLISH, "The sea is cold."]), words) is None


def test_it_ends_with_its_paragraph_and_is_not_endless() -> None:
    apart = f"{ENGLISH[1]}\n\n{ENGLISH[2]} {ENGLISH[3]}"
    assert told(apart, "First") is None
    assert told(apart, "Finally") == ENGLISH[2:]
    assert told(" ".join(["It was so."] + ["Then it rained."] * LONGEST), "It was so") is None
