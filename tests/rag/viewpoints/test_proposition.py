"""A question for arguments as one that is answered by yes or no."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from rag.query import AskedQuestion
from rag.stance import Stance
from rag.viewpoints import proposition_of


@pytest.mark.parametrize(
    ("question", "asked", "topic", "is_asked"),
    [
        ("Should cats be kept indoors?", "Should cats be kept indoors?", None, True),
        ("should bonfires be banned? who said what", "should bonfires be banned?", None, True),
        ("is it worth it or not", "is it worth it?", None, True),
        ("arguments for and against a new pier", "Is a new pier a good idea?", "a new pier", False),
        ("pros and cons of wood stoves", "Is wood stoves a good idea?", "wood stoves", False),
        ("What do people think of the mole?", "Is the mole a good idea?", "the mole", False),
        (
            "the debate on whether dogs should be let in",
            "Is it true that dogs should be let in?",
            "whether dogs should be let in",
            False,
        ),
        ("Was spricht für und gegen den Bau?", "Is den Bau a good idea?", "den Bau", False),
    ],
)
def test_propositions(question: str, asked: str, topic: str | None, is_asked: bool) -> None:
    found = proposition_of(AskedQuestion(question))
    assert found.question.text == asked
    assert found.is_asked is is_asked
    assert found.topic == (topic if topic is not None else asked.rstrip("?"))


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("arguments against the ferry", Stance.NO),
        ("objections to the ferry", Stance.NO),
        ("advantages and disadvantages of the ferry", Stance.YES),
        ("arguments for the ferry", Stance.YES),
        ("what speaks for and against the ferry", Stance.YES),
        ("disadvantages of the ferry", Stance.NO),
    ],
)
def test_the_side_that_is_asked_for_is_first(question: str, first: Stance) -> None:
    found = proposition_of(AskedQuestion(question))
    assert found.first is first
    assert found.topic == "the ferry"


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=200))
def test_any_words_may_be_debated(words: str) -> None:
    for frame in ("{}", "arguments for and against {}", "what do they think about {}"):
        proposition_of(AskedQuestion(frame.format(words)))
