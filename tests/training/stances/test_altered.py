"""What becomes of a sentence is what it is made for, and reads as English does."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, strategies as st

from rag.questions import Casing
from training.stances import altered
from training.stances.altered import ParsedStatement, parsed


def parsed_of(sentence: str) -> ParsedStatement:
    found = parsed(sentence, Casing(""))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("sentence", "asked", "denied"),
    [
        (
            "Ada Nilsen designed boats.",
            "Did Ada Nilsen design boats?",
            "Ada Nilsen did not design boats.",
        ),
        (
            "Ada Nilsen was born in 1970.",
            "Was Ada Nilsen born in 1970?",
            "Ada Nilsen was not born in 1970.",
        ),
        (
            "The tenant can keep a small dog.",
            "Can the tenant keep a small dog?",
            "The tenant cannot keep a small dog.",
        ),
    ],
)
def test_asked_and_denied(sentence: str, asked: str, denied: str) -> None:
    one = parsed_of(sentence)
    assert one.question == asked
    made = {one.denied(Random(seed)) for seed in range(60)}
    assert denied in made
    assert sentence not in made


def test_what_denies_already_is_known() -> None:
    assert not parsed_of("The tenant can keep a small dog.").is_denied
    assert parsed_of("There are no fees for the first year.").is_denied
    assert altered.undenied("The tenant cannot keep a dog.") == "The tenant can keep a dog."
    assert altered.undenied("It isn't open.") == "It is open."
    assert altered.undenied("It is open.") is None
    assert altered.undenied("It is not open and not free.") is None


def test_of_another_subject() -> None:
    one = parsed_of("The library was opened in 1970.")
    assert one.of("the museum") == "The museum was opened in 1970."


def test_on_a_condition() -> None:
    made = {
        altered.on_condition("The library is open.", "if it rains", Random(seed))
        for seed in range(40)
    }
    assert made == {
        "The library is open if it rains.",
        "The library is open, if it rains.",
        "If it rains, the library is open.",
    }


def test_one_number_or_month_alone_is_changed() -> None:
    for seed in range(20):
        other = altered.with_other_number("Rent is due by the 5th of March, 1987.", Random(seed))
        assert other is None or other.startswith("Rent is due by the 5th of March, ")
        other = altered.with_other_number("The fee is 1,250 crowns.", Random(seed))
        assert other is not None
        assert other != "The fee is 1,250 crowns."
        assert other.endswith(" crowns.")
    assert altered.with_other_number("It took 3 men 4 days.", Random(0)) is None
    assert altered.with_other_number("It took them days.", Random(0)) is None


def test_opposites_stand_in_pairs() -> None:
    assert altered.opposed("The gate is open.", Random(0)) == "The gate is closed."
    assert altered.opposed("The gate is closed.", Random(0)) == "The gate is open."
    assert altered.opposed("The gate is green.", Random(0)) is None
    for line in altered.OPPOSITES.read_text("utf-8").splitlines():
        assert len(set(line.split())) == 2, line


def test_other_words_say_the_same() -> None:
    made = {
        altered.reworded("It was opened on 7 May 1911.", None, Random(seed)) for seed in range(20)
    }
    assert made == {"It was opened on 7 May 1911.", "It was opened on May 7, 1911."}


@given(st.text(max_size=200), st.integers(0, 50))
def test_any_text_can_be_tried(text: str, seed: int) -> None:
    random = Random(seed)
    one = parsed(text, Casing(""))
    if one is not None:
        assert one.question.endswith("?")
        one.denied(random)
        one.of("the museum")
        altered.left_open(one, "the weather", random)
        altered.reworded(text, one, random)
    altered.undenied(text)
    altered.opposed(text, random)
    altered.with_other_number(text, random)
    altered.on_condition(text, "if it rains", random)
