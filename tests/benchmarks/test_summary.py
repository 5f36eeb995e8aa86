"""How overviews are measured."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

pytest.importorskip("rouge_score")
pytest.importorskip("sumy")

from benchmarks.kit.overviews import (
    JUDGED,
    MarkedDocument,
    Summarized,
    oracle,
    others,
    rouge,
    whole_meetings,
)
from benchmarks.summary import _judge, f1, is_tuning
from tests.doubles import HARBOUR, document

SENTENCES = [
    "The harbour of Brell was dredged in 1987.",
    "The lighthouse stands on the eastern mole.",
    "Its lamp was electrified in 1923.",
    "Ships from Tarn pass the lighthouse at night.",
    "Eels pass the weir of Tarn in autumn.",
]
REFERENCE = "Ships pass the lighthouse at night. The harbour was dredged."


def test_rouge_by_hand() -> None:
    found = rouge("the eel passed", "the eels pass")  # stemmed, all three are the same
    assert found == {"rouge1": 1.0, "rouge2": 1.0, "rougeL": 1.0}
    half = rouge("the eel swims", "the eel sleeps at noon")
    assert half["rouge1"] == pytest.approx(2 * (2 / 3) * (2 / 5) / (2 / 3 + 2 / 5))
    assert half["rouge2"] == pytest.approx(2 * (1 / 2) * (1 / 4) / (1 / 2 + 1 / 4))
    assert rouge("", "eel")["rouge1"] == 0


def test_the_oracle_is_better_than_any_sentence() -> None:
    best = oracle(SENTENCES, REFERENCE, 2)
    assert set(best) == {0, 3}
    said = " ".join(SENTENCES[i] for i in sorted(best))
    assert all(
        rouge(said, REFERENCE)["rouge2"] >= rouge(one, REFERENCE)["rouge2"] for one in SENTENCES
    )


def test_the_others_choose_as_many_of_the_same_sentences() -> None:
    chosen = others(SENTENCES, 3, "seed")
    assert set(chosen) == {"lead", "random", "sumy LexRank", "sumy TextRank"}
    assert chosen["lead"] == [0, 1, 2]
    for numbers in chosen.values():
        assert len(set(numbers)) == 3
        assert set(numbers) <= set(range(5))
    assert chosen == others(SENTENCES, 3, "seed")


def test_f1_of_sentences() -> None:
    assert f1([1, 2], [2, 3, 4]) == pytest.approx(0.4)
    assert f1([], []) == 0


def test_two_halves() -> None:
    halves = [is_tuning(f"meeting {i}") for i in range(200)]
    assert 70 < sum(halves) < 130


def test_of_a_whole_meeting_the_summaries_of_its_discussions() -> None:
    queries = [
        Summarized("a", "Summarize the discussion about eels.", "Eels."),
        Summarized("a", "What did Holm think of salt?", "Salt."),
        Summarized("a", "Summarise the discussion about mud.", "Mud."),
        Summarized("b", "Summarize the discussion about eels.", "Eels."),
    ]
    assert whole_meetings(queries) == [Summarized("a", "", "Eels. Mud.")]


def test_what_marks_are_worth() -> None:
    one = MarkedDocument("harbour", document(HARBOUR), ("dredged",), ("dredged", "lamp"), ("mole",))
    assert _judge(SENTENCES[:2], one) == pytest.approx((0.5, 1.0, 2 / 3, 1.0))
    assert _judge(SENTENCES[3:], one) == (0.0, 0.0, 0.0, 0.0)


def test_marks_stand_in_their_documents() -> None:
    rows = [json.loads(line) for line in JUDGED.read_text("utf-8").splitlines()]
    assert len(rows) == 12
    here = [row for row in rows if row["document"].startswith(("seeds/", "benchmarks/"))]
    assert len(here) == 7
    for row in here:
        text = " ".join((Path(JUDGED.parents[2]) / row["document"]).read_text("utf-8").split())
        assert 3 <= len(row["must"]) <= 8
        for mark in (*row["thesis"], *row["must"], *row["may"]):
            assert mark in text, mark
