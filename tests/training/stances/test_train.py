"""What a round reads, and how often."""

from __future__ import annotations

import itertools
from random import Random

from training.stances.rows import StanceRow
from training.stances.train import ROUNDS, Round, turns_of


def turns(label: str, name: str, one: Round) -> float:
    random = Random(0)
    row = StanceRow("Is it?", "It is.", label, name, "g")
    return sum(turns_of(row, one, random) for _ in range(2000)) / 2000


def test_rows_that_say_nothing_are_read_less_often_in_the_second_round() -> None:
    first, second = ROUNDS
    assert turns("silent", "fever", first) == turns("yes", "fever", first) == 1
    assert abs(turns("silent", "fever", second) - 0.2) < 0.03
    assert abs(turns("yes", "fever", second) - 0.9) < 0.03


def test_rows_by_rule_are_counted_by_their_kind() -> None:
    one = Round("", "", 1e-4, 1, {"": (1, 1), "made question": (2, 2), "made statement": (3, 3)})
    assert turns("yes", "made cuad", one) == 2
    assert turns("same", "made cuad", one) == 3
    assert turns("yes", "cuad", one) == 1


def test_a_round_begins_where_another_ended() -> None:
    for before, after in itertools.pairwise(ROUNDS):
        assert after.start == before.into
