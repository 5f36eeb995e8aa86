"""What may be asked, and what is refused with a remedy."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from index.errors import IbidError, QuestionError
from rag.engine import Engine
from rag.query import MAX_CHARS, check_question
from rag.reader.first import FirstReader
from tests.doubles import FakeEncoder

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


class Unasked:
    """A retriever that must not be reached."""

    def search(self, question: str, k: int) -> list[object]:
        raise AssertionError(f"{question!r} was searched")


@pytest.mark.parametrize("question", REFUSED, ids=[repr(q)[:20] for q in REFUSED])
def test_a_question_that_cannot_be_asked_is_refused_before_any_search(question: str) -> None:
    engine = Engine(Unasked(), FirstReader.shipped(), ())  # type: ignore[arg-type]
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
    engine = Engine(Unasked(), FirstReader.shipped(), ())  # type: ignore[arg-type]
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
