"""Sentences of no document that anything was made for."""

from __future__ import annotations

from hypothesis import given, settings, strategies as st

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


def test_what_is_said_in_other_words() -> None:
    asked = "Does the ferry run in winter?"
    sentences = [
        "The ferry runs all year round, in winter as well.",
        "In winter there are no ferries at all.",
        "The captain has two daughters.",
    ]
    yes, no, silent = stances(asked, sentences)
    assert yes.yes > max(yes.no, yes.depends)
    assert no.no > max(no.yes, no.depends)
    assert silent.silent > 0.5


def test_probabilities_add_up_to_one() -> None:
    for odds in (*stances(ASKED, ["Entry is free.", "Bring a coat."]), *relations([("A.", "B.")])):
        assert abs(sum(odds) - 1) < 1e-6


def test_only_what_asks_whether_has_a_stance() -> None:
    assert asks_whether(AskedQuestion(ASKED))
    assert not asks_whether(AskedQuestion("What does entry cost?"))
    assert stances("What does entry cost?", ["Entry is free."])[0].clear is None


def test_how_two_sentences_stand_to_each_other() -> None:
    pairs = [
        ("The library closes at six.", "The library closes at six."),
        ("The library closes at six.", "Bread is baked at dawn."),
        ("The dam was built by the council.", "The dam was not built by the council."),
    ]
    same, neither, against = relations(pairs)
    assert same.clear is Relation.SAME
    assert neither.clear is None
    assert against.against > max(against.same, against.neither)
    assert relations([]) == []


def test_which_comes_first_makes_no_difference() -> None:
    one, other = "The bridge is forty metres long.", "The bridge has a length of sixty metres."
    assert relations([(one, other)]) == relations([(other, one)])


@settings(max_examples=15, deadline=None)
@given(st.text(max_size=80), st.lists(st.text(max_size=200), max_size=3))
def test_any_text_can_be_asked(question: str, sentences: list[str]) -> None:
    told = stances(f"Is {question}?", sentences)
    assert len(told) == len(sentences)
    assert len(relations([(question, s) for s in sentences])) == len(sentences)
