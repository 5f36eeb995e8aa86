"""What is told one after another in a paragraph is one quotation."""

from __future__ import annotations

import pytest

from index.passages.chunking import split
from rag.compose.enumerations import LONGEST, definitions, enumeration
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


TERMS = [
    "**Quay**: where boats lie. It is of stone.",
    "**Mole**: what keeps the sea out.",
    "**Groyne**: a wall of wood.",
]
BEGRIFFE = ["Kai - hier liegen Boote.", "Mole - hält die See ab.", "Buhne - ein Damm aus Holz."]


def defined(text: str, words: str) -> list[str] | None:
    made = document(text, "a.md")
    sentences = [s for p in split(made, FakeEncoder().count_tokens) for s in p.sentences]
    at = next(s.span for s in sentences if words in made.cut(s.span))
    found = definitions(made, at, sentences)
    if found is None:
        return None
    return [*map(made.cut, found.leads), *map(made.cut, found.members(made))]


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_lines_that_begin_with_their_own_terms_are_a_list(gap: str) -> None:
    for lines, words in ((TERMS, "Mole"), (TERMS, "of stone"), (BEGRIFFE, "Damm")):
        assert defined(gap.join([*lines, "", "The sea is cold."]), words) == lines


def test_what_leads_to_them_is_quoted_too() -> None:
    text = "\n\n".join(["The words of the harbour:", *TERMS])
    for words in ("words of", "Mole"):
        assert defined(text, words) == ["The words of the harbour:", *TERMS]


@pytest.mark.parametrize(
    "text",
    [
        "Ida: It was cold.\n\nBo: Why so?\n\nIda: The wind was cold.\n\nBo: So it was.",
        "\n\n".join(TERMS[1:]),
        "It was cold. There was one thing: ice. The next: snow. The last: wind.",
    ],
)
def test_talk_and_two_terms_and_prose_are_none(text: str) -> None:
    assert all(defined(text, words) is None for words in ("cold", "wood") if words in text)
