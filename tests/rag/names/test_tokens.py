"""The words of a sentence."""

from __future__ import annotations

from rag.names.tokens import begins_sentence, cues, name_tokens


def test_words_without_what_shows_whose_they_are() -> None:
    words = [(t.text, t.ends_name) for t in name_tokens("Holm’s wheel, U.S. law and 01.AI")]
    assert words == [
        ("Holm", True), ("wheel", False), ("U.S.", False), ("law", False), ("and", False),
        ("01.AI", False),
    ]  # fmt: skip


def test_where_a_sentence_begins() -> None:
    text = 'He said: "We go." Dr. Holm went.'
    assert begins_sentence(text, text.index("We"))
    assert not begins_sentence(text, text.index("Holm"))


def test_the_lists_are_words() -> None:
    assert {"Inc", "GmbH"} <= cues()["legal"]
