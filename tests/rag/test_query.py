"""What may be asked, what is refused with a remedy, and what kind of answer a question wants."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from index.errors import IbidError, QuestionError
from rag.engine import Engine
from rag.query import KINDS, MAX_CHARS, AskedQuestion, check_question
from rag.reader.first import FirstReader
from tests.doubles import FakeEncoder
from tests.scripted import Unasked

REFUSED = {
    "": "empty",
    "  \n\t\u3000": "empty",
    "?!… —": "no word",
    "😀": "no word",
    "\u200b\u200f": "no word",
    "a" * 2001: "2,001 characters",
    "who\x00?": "NUL",
    "who \ud800?": "surrogate",
    "\udfff": "surrogate",
}


@pytest.mark.parametrize("question", REFUSED, ids=[repr(q)[:20] for q in REFUSED])
def test_a_question_that_cannot_be_asked_is_refused_before_any_search(question: str) -> None:
    engine = Engine(Unasked(), FirstReader.shipped(), ())
    for ask in (check_question, engine.ask):
        with pytest.raises(QuestionError, match=REFUSED[question]) as caught:
            ask(question)
        assert isinstance(caught.value, IbidError)
        assert "\n" not in str(caught.value)


@pytest.mark.parametrize("question", ["a" * MAX_CHARS, "7", "東京?", "  who?  ", "c++ and c#"])
def test_a_question_with_a_word_is_asked(question: str) -> None:
    assert check_question(question) == question.strip()


@pytest.mark.parametrize("most", [0, -1])
def test_an_answer_has_room_for_one_sentence(most: int) -> None:
    engine = Engine(Unasked(), FirstReader.shipped(), ())
    with pytest.raises(QuestionError, match="max_sentences"):
        engine.ask("who?", max_sentences=most)


@given(st.text())
def test_what_is_accepted_can_be_encoded(question: str) -> None:
    try:
        asked = check_question(question)
    except QuestionError:
        return
    asked.encode()
    FakeEncoder().encode_query(asked)


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
    expected = AskedQuestion(question).expectation
    assert expected is not None
    assert expected.kind == kind
    assert expected.kind in KINDS
    assert expected.met_by(offers)
    assert not expected.met_by(lacks)


def test_a_name_in_the_question_is_no_answer_to_who() -> None:
    expected = AskedQuestion("Who met Alan Prior?").expectation
    assert expected is not None
    assert not expected.met_by("There was a meeting with Alan Prior.")


@pytest.mark.parametrize("question", ["Why was the lamp lit?", "What is colza?", "harbour dues"])
def test_most_questions_do_not_say(question: str) -> None:
    assert AskedQuestion(question).expectation is None


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
    assert AskedQuestion(question).is_open_ended is open_ended


SEVERAL = """Which tools do I need for the roof?
What are the duties of the warden?
what kinds of rope are there
What do I have to bring to the regatta?
how do i caulk a deck
How to splice a rope
steps for varnishing an oar please
walk me through launching the dinghy
In what order are the sails set?
list all berths
Who are the members of the board?
Welche Unterlagen brauche ich?
Was sind die Pflichten des Wirts?
Was muss ich mitbringen?
Wie spleiße ich ein Tau?
Nenne die Ämter des Vereins
Wie geht das Schritt für Schritt?"""
ONE = """Who is the warden?
When does the regatta begin?
How much is a berth?
What is the status of the roof?
Which bus goes to the pier?
What does the lamp cost?
What happens if the mast breaks?
Where does the ferry stop?
How is the hall heated?
Wer ist der Wirt?
Was kostet ein Liegeplatz?
Welche Farbe hat das Boot?
Wie hoch ist der Mast?
Wann beginnt die Regatta?"""


@pytest.mark.parametrize("question", SEVERAL.splitlines())
def test_several_things_are_asked_for(question: str) -> None:
    assert AskedQuestion(question).asks_for_several


@pytest.mark.parametrize("question", ONE.splitlines())
def test_one_thing_is_asked_for(question: str) -> None:
    assert not AskedQuestion(question).asks_for_several
