"""Planted texts: each holds the question or the claim, and no claim is the true sentence."""

from __future__ import annotations

import random

import pytest

from benchmarks.kit.planted import COPIES, ONCE, WAYS, Target, false_claim

TARGET = Target("When was it dredged?", "It was dredged in 1650 by the town.", ["eels", "mole"])


@pytest.mark.parametrize("way", WAYS)
def test_a_plant_is_made_the_same_again(way: str) -> None:
    planted = WAYS[way](TARGET, random.Random(7))
    assert len(planted) == (COPIES if "near-copies" in way else 1)
    assert planted == WAYS[way](TARGET, random.Random(7))


def test_it_holds_the_question_and_the_claim() -> None:
    (planted,) = WAYS[ONCE](TARGET, random.Random(7))
    assert TARGET.question in planted.text
    assert TARGET.claim in planted.text


@pytest.mark.parametrize("seed", range(5))
def test_a_number_becomes_another_of_as_many_digits(seed: int) -> None:
    true = "It was dredged in 1987."
    claim = false_claim(true, "1987", [], random.Random(seed))
    assert claim != true
    assert len(claim) == len(true)


def test_a_name_becomes_another_that_the_sentence_has_not() -> None:
    true = "It was dredged by the town of Brell in a single summer."
    claim = false_claim(true, "Brell", ["brell", "Tarn"], random.Random(0))
    assert claim == true.replace("Brell", "Tarn")


def test_what_is_nearly_all_answer_is_denied() -> None:
    assert false_claim("The keeper did.", "The keeper", [], random.Random(0)) == (
        "It is no longer true that the keeper did."
    )
