"""A text folded for looking words up: what makes no difference, and what does."""

from __future__ import annotations

import pytest
from hypothesis import given

from index.language.folding import Folded, folded
from tests.strategies import texts


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("HARBOUR", "the harbour wall"),
        ("café", "A CAFE in Brell"),
        ("cafe", "Ein Cafe\u0301"),
        ("file", "the ﬁle"),
        ("motherinlaw", "my mother-in-law"),
        ("dredged", "it was dred-\nged in May"),
        ("strasse", "die Straße"),
        ("it", "“it”"),
    ],
)
def test_what_makes_no_difference(word: str, text: str) -> None:
    assert Folded.of(text).holds(folded(word))


@pytest.mark.parametrize(("word", "text"), [("eel", "eels"), ("eel", "keel"), ("1987", "19 87")])
def test_a_part_of_a_word_is_no_word(word: str, text: str) -> None:
    assert not Folded.of(text).holds(folded(word))


@given(texts())
def test_a_text_holds_each_of_its_words(text: str) -> None:
    whole = Folded.of(text)
    for word in whole.parted.split():
        assert whole.holds(word)


@given(texts())
def test_folding_again_changes_nothing(text: str) -> None:
    once = folded(text).decode()
    assert folded(once).decode() == once
