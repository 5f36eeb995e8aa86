"""Yes, no and it depends: said only where it is clear."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, strategies as st

from rag.query import AskedQuestion
from rag.stance import Stance
from rag.stance.polarity import says
from tests.judged import judged

YES, NO, DEPENDS = Stance

# those of other languages are not asked: `filling` asks only of English
CASES = [case for case in judged("cuts") if "says" in case]
MISSED = 5


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_what_is_said_is_right(case: dict[str, Any]) -> None:
    told = says(AskedQuestion(case["question"]), case["quote"])
    assert told is None or told.value == case["says"]


def test_most_of_it_is_said() -> None:
    could = [case for case in CASES if case["says"]]
    missed = [c for c in could if not says(AskedQuestion(c["question"]), c["quote"])]
    assert len(missed) <= MISSED


@pytest.mark.parametrize(
    ("question", "sentence", "said"),
    [
        ("Why is it so?", "Yes, it is so.", None),
        ("Is it so?", "No: it is not.", NO),
        ("Is there a warranty?", "This disclaimer of warranty is an essential part.", None),
        ("May the tenant keep a dog?", "The tenant must keep the dog on a lead.", None),
        ("Does the fee include heating?", "The fee may include heating.", None),
        ("Is entry free?", "Entry is not free, and nobody enters without a ticket.", None),
        ("Is entry free?", "Entry is free if you are under twelve.", None),
        ("Is entry free?", "Entry is free if you are a member.", DEPENDS),
        ("Is entry free?", "Entry is free.", YES),
        ("Can the flat be let?", "The flat can be let with the landlord's consent.", DEPENDS),
        ("Isn't entry free?", "Entry is free.", None),
    ],
)
def test_what_a_sentence_says(question: str, sentence: str, said: Stance | None) -> None:
    assert says(AskedQuestion(question), sentence) == said


@given(st.text(max_size=80), st.text(max_size=300))
def test_any_text_says_one_of_these(question: str, sentence: str) -> None:
    assert says(AskedQuestion(f"Is {question}?"), sentence) in (YES, NO, DEPENDS, None)
