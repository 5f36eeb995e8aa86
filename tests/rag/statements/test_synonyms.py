"""What ships of WordNet: one meaning, irregular forms, and what is a word at all."""

from __future__ import annotations

from rag.statements import synonyms


def test_what_ships_can_be_read() -> None:
    assert synonyms.are_synonyms("buy", "purchas")
    assert synonyms.are_opposites("frequent", "rare")
    assert synonyms.are_opposites("rare", "frequent")
    assert not synonyms.are_opposites("buy", "purchas")
    assert synonyms.base("went") == synonyms.base("goes") == "go"
    assert not synonyms.is_word("kestrelson")
