"""A follow-up is completed from the turns before it; what stands for itself is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from index.language.analysis import stems
from rag import converse
from rag.converse import MOST, Turn, leaning, missing_words, recent, term_features
from rag.query import AskedQuestion

KEEPER = Turn("Who kept the lighthouse of Brell?", "Ada Norling kept the lighthouse of Brell.")
EELS = Turn("What kills eels in the Orrin?", "Pumping stations kill most eels in the Orrin.")


def missing(question: str) -> list[str]:
    return [word.written for word in missing_words(AskedQuestion(question), [KEEPER])]


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("When was she born?", "Norling"),
        ("Did she have children?", "Norling"),
        ("And how high is it?", "lighthouse"),
        ("Why?", "Brell"),
        ("What else did she do?", "Norling"),
    ],
)
def test_a_follow_up_gets_the_words_that_it_leaves_out(question: str, word: str) -> None:
    assert word in missing(question)


@pytest.mark.parametrize(
    "question",
    [
        "What is the capital of Portugal?",
        "How many eels were counted in the Orrin in 2022?",
        "Which senator introduced the ENFORCE Act in Congress?",
        "who sang the theme song of the television series Cheers",
    ],
)
def test_a_change_of_subject_is_not_dragged_back(question: str) -> None:
    assert missing_words(AskedQuestion(question), [KEEPER]) == ()


def test_no_word_is_added_that_is_less_likely_than_it_must_be() -> None:
    model, question = converse._model(), "And how high is it?"
    likely = [
        model.term.probability(term.features)
        for term in term_features(AskedQuestion(question), [KEEPER]).values()
    ]
    assert len(missing(question)) == sum(p >= model.add for p in likely) > 1
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(converse, "_model", lambda: model._replace(add=max(likely) + 1e-6))
        assert missing(question) == []


def test_without_a_turn_nothing_is_missing() -> None:
    assert missing_words(AskedQuestion("When was she born?"), []) == ()
    assert missing_words(AskedQuestion("When was she born?"), [Turn("", "")]) == ()


def test_a_name_is_written_as_a_name() -> None:
    turn = Turn("who was ada norling", "In 1907 Ada Norling kept the lamp.")
    assert term_features(AskedQuestion("Why?"), [turn])["norl"].written == "Norling"


def test_the_first_turn_and_the_last_ones_are_looked_at() -> None:
    turns = [Turn(f"question {i}", "") for i in range(20)]
    assert recent(turns)[0] == turns[0]
    assert recent(turns)[-1] == turns[-1]
    assert len(recent(turns)) == 8
    assert recent(turns[:8]) == turns[:8]


def test_what_tells_a_follow_up() -> None:
    told = leaning(AskedQuestion("And what about their boats?"), [KEEPER])
    assert (told["joined"], told["they"], told["person"]) == (1.0, 1.0, 0.0)
    assert leaning(AskedQuestion("Why?"), [KEEPER])["bare"] == 1.0
    assert leaning(AskedQuestion("Was Ada Norling paid?"), [KEEPER])["own_name"] == 0.0
    assert leaning(AskedQuestion("Was Otto Lind paid?"), [KEEPER])["own_name"] == 1.0


_texts = st.text(st.characters(codec="utf-8"), max_size=60)


@given(_texts, st.lists(st.tuples(_texts, _texts), max_size=4))
def test_only_words_of_the_conversation_are_added(
    question: str, said: list[tuple[str, str]]
) -> None:
    turns = [Turn(*t) for t in said]
    added = missing_words(AskedQuestion(question), turns)
    known = {stem for turn in turns for text in turn for stem in stems(text)}
    assert len(added) <= MOST
    assert all({word.stem, *stems(word.written)} <= known for word in added)
    assert missing_words(AskedQuestion(question), turns) == added
