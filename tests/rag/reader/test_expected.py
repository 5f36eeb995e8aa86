"""What kind of thing a question asks for, and which sentences offer one."""

from __future__ import annotations

import pytest

from rag.reader.expected import KINDS, expectation, is_open_ended


@pytest.mark.parametrize(
    ("question", "kind", "offers", "lacks"),
    [
        ("When was the lamp lit?", "time", "It was lit in 1874.", "It was lit with colza oil."),
        ("In which year did it burn?", "time", "It burned in May.", "It burned down."),
        ("How many ships came?", "quantity", "Twelve ships came.", "The ships came late."),
        ("What percentage was lost?", "quantity", "A third was lost.", "Much was lost."),
        ("Who lit the lamp?", "person", "The lamp was lit by Alan Prior.", "The lamp was lit."),
    ],
)
def test_a_kind_and_its_test(question: str, kind: str, offers: str, lacks: str) -> None:
    expected = expectation(question)
    assert expected is not None
    assert expected.kind == kind
    assert expected.kind in KINDS
    assert expected.met_by(offers)
    assert not expected.met_by(lacks)


def test_a_name_in_the_question_is_no_answer_to_who() -> None:
    expected = expectation("Who met Alan Prior?")
    assert expected is not None
    assert not expected.met_by("There was a meeting with Alan Prior.")


@pytest.mark.parametrize("question", ["Why was the lamp lit?", "What is colza?", "harbour dues"])
def test_most_questions_do_not_say(question: str) -> None:
    assert expectation(question) is None


@pytest.mark.parametrize(
    ("question", "open_ended"),
    [
        ("Why does hardware matter?", True),
        ("how do eels find the sea", True),
        ("Can export controls stop it?", True),
        (" is the lighthouse haunted", True),
        ("How many eels were counted?", False),
        ("Which senator introduced it?", False),
        ("Island of Brell", False),
        ("", False),
    ],
)
def test_an_account_is_asked_for_by_why_how_and_whether(question: str, open_ended: bool) -> None:
    assert is_open_ended(question) is open_ended
