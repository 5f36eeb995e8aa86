"""Sentences of no document that anything was made for."""

from __future__ import annotations

from rag.query import AskedQuestion
from rag.stance import Relation, Stance, asks_whether, relations, stances

ASKED = "Is entry to the museum free?"


def test_each_sentence_has_its_stance() -> None:
    sentences = [
        "Entry to the museum is free.",
        "Entry to the museum is not free.",
        "Entry to the museum is free if you are a member.",
        "The lift is at the back.",
    ]
    for question in (ASKED, AskedQuestion(ASKED)):
        told = [odds.clear for odds in stances(question, sentences)]
        assert told == [Stance.YES, Stance.NO, Stance.DEPENDS, None]
    assert stances(ASKED, []) == []


def test_probabilities_add_up_to_one() -> None:
    for odds in (*stances(ASKED, ["Entry is free.", "Bring a coat."]), *relations([("A.", "B.")])):
        assert abs(sum(odds) - 1) < 1e-6


def test_only_what_asks_whether_has_a_stance() -> None:
    assert asks_whether(AskedQuestion(ASKED))
    assert not asks_whether(AskedQuestion("What does entry cost?"))
    assert stances("What does entry cost?", ["Entry is free."])[0].clear is None


def test_two_sentences_that_state_the_same() -> None:
    pairs = [
        ("The library closes at six.", "The library closes at six."),
        ("The library closes at six.", "Bread is baked at dawn."),
    ]
    assert [odds.clear for odds in relations(pairs)] == [Relation.SAME, None]
