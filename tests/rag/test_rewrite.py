"""A follow-up is put into words that stand for themselves; what does so already is left alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import given, strategies as st

from index.types import Vectors
from rag.converse import Turn
from rag.query import AskedQuestion
from rag.rewrite import MOST_PARTS, fragment_of, rewritten

KINDS = (
    "italy spain texas colorado leeds york", "wine spirits cider", "tyre change service windscreen",
    "april march june", "tenants landlords lodgers", "three four", "commander deputy clerk",
    "brell zoe model tesla 3",
)  # fmt: skip


class Kinds:
    """An encoder that knows of words which kind of thing they are."""

    dim, digest, max_tokens = len(KINDS) + 1, "kinds", 9

    def encode_query(self, text: str) -> Vectors:
        words = text.lower().split()
        found = [float(sum(w in kind.split() for w in words)) for kind in KINDS] + [0.1]
        unit = np.array(found, np.float32) / np.float32(np.linalg.norm(found))
        return unit.astype(np.float32)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Vectors:
        return np.array([self.encode_query(text) for text in texts])


def full(question: str, *asked: str, answer: str = "") -> str:
    return rewritten(AskedQuestion(question), [Turn(q, answer) for q in asked], Kinds())


@pytest.mark.parametrize(
    ("asked", "question", "expected"),
    [
        ("How much wine do they drink in Italy?", "and in Spain?",
         "How much wine do they drink in Spain?"),
        ("How much wine do they drink in Spain?", "what about spirits?",
         "How much spirits do they drink in Spain?"),
        ("How much is a Tesla Model 3 tyre change?", "What about a service?",
         "How much is a Tesla Model 3 service?"),
        ("How much is a Tesla Model 3 windscreen?", "and for the Zoe?",
         "How much is the Zoe windscreen?"),
        ("How many lamps were sold in March 2024?", "And in April?",
         "How many lamps were sold in April 2024?"),
        ("How long is the notice period for tenants?", "How about landlords",
         "How long is the notice period for landlords?"),
        ("what happens after three absences", "and four", "what happens after four absences"),
        ("What does the commander do during an incident?", "And the deputy?",
         "What does the deputy do during an incident?"),
        ("what does source code mean", "and object code?", "what does object code mean"),
        ("What is the minimum wage in Texas?", "in Colorado?",
         "What is the minimum wage in Colorado?"),
    ],
)  # fmt: skip
def test_a_fragment_takes_the_place_of_what_is_like_it(
    asked: str, question: str, expected: str
) -> None:
    assert full(question, asked) == expected


@pytest.mark.parametrize(
    ("asked", "question", "expected"),
    [
        ("How many gas grills were sold?", "and pizza ovens?", "pizza ovens"),
        ("How much Python code is there?", "and Java code?", "Java code is there?"),
        ("How many late fees apply?", "and extra fees?", "extra fees apply?"),
        ("Which law covers privacy in Texas?", "and in California?", "privacy in California?"),
    ],
)
def test_words_that_end_like_an_article_keep_their_letters(
    asked: str, question: str, expected: str
) -> None:
    assert expected in full(question, asked)


@pytest.mark.parametrize(
    "question",
    ["\"GDPR fines\"", "(Paris)", "Well-known poets", "So-called dark pattern examples",
     "so far?", "for example?", "ok thanks a lot", "In Berlin, explain tax law"],
)  # fmt: skip
def test_what_is_no_fragment_stays(question: str) -> None:
    assert fragment_of(question) == ""


def test_a_question_without_spaces_is_joined() -> None:
    assert full("and 大阪?", "東京の人口は何人ですか?") == "東京の人口は何人ですか, and 大阪?"


def test_it_goes_on_from_the_completed_question() -> None:
    first = "How much wine do they drink in Italy?"
    second = full("and in Spain?", first)
    assert full("and cider?", first, second) == "How much cider do they drink in Spain?"


def test_without_an_encoder_a_fragment_is_joined() -> None:
    turns = [Turn("How much wine do they drink in Italy?", "")]
    said = rewritten(AskedQuestion("and in Spain?"), turns, None)
    assert said == "How much wine do they drink in Italy, and in Spain?"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("When was she born?", "When was Ada Norling born?"),
        ("What did her brother do?", "What did Ada Norling's brother do?"),
        ("Why?", "Who kept the lighthouse of Brell, and why?"),
    ],
)
def test_what_points_back_makes_room_for_what_it_points_at(question: str, expected: str) -> None:
    answer = "Ada Norling kept the lighthouse of Brell."
    assert full(question, "Who kept the lighthouse of Brell?", answer=answer) == expected


def test_why_goes_before_a_question_that_asks_whether() -> None:
    assert full("Why?", "Do eels leave Brell?") == "Why do eels leave Brell?"


def test_that_thing_is_what_was_called_so() -> None:
    said = full("When was that lighthouse built?", "Who kept the old lighthouse of Brell?")
    assert said == "When was the old lighthouse built?"


@pytest.mark.parametrize(
    "question",
    ["What is the capital of Portugal?", "How many eels were counted in the Orrin in 2022?",
     "who sang the theme song of the television series Cheers"],
)  # fmt: skip
def test_what_stands_for_itself_is_left_as_it_is(question: str) -> None:
    assert full(question, "Who kept the lighthouse of Brell?") == question
    assert full(question) == question


def test_a_conversation_of_whole_questions_is_left_as_it_is() -> None:
    asked = [
        "How long is the notice period for tenants?",
        "Who pays for repairs of the roof?",
        "May the landlord enter the flat without notice?",
        "how much can the rent be raised each year",
        "what happens to the deposit when the lease ends",
    ]
    for i in range(1, len(asked)):
        assert full(asked[i], *asked[:i]) == asked[i]


def test_a_long_question_costs_no_more_comparisons() -> None:
    compared: list[int] = []

    class Counting(Kinds):
        def encode_passages(
            self, texts: Sequence[str], progress: Callable[[int], None] | None = None
        ) -> Vectors:
            compared.append(len(texts))
            return super().encode_passages(texts)

    asked = f"{' '.join(['lamp'] * 300)} in Italy?"
    said = rewritten(AskedQuestion("and in Spain?"), [Turn(asked, "")], Counting())
    assert said.endswith("lamp in Spain?")
    rewritten(AskedQuestion("and cider?"), [Turn(asked, "")], Counting())
    assert max(compared) <= MOST_PARTS


_texts = st.text(st.characters(codec="utf-8"), max_size=60)


@given(_texts, st.lists(st.tuples(_texts, _texts), max_size=4))
def test_whatever_is_typed_is_rewritten_to_something(
    question: str, said: list[tuple[str, str]]
) -> None:
    turns = [Turn(*t) for t in said]
    found = rewritten(AskedQuestion(question), turns, Kinds())
    assert rewritten(AskedQuestion(question), turns, Kinds()) == found
    assert bool(found.strip()) or not question.strip()
