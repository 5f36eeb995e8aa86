"""Jobs are timed in turn, and the first run of each does not count."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.kit.starting import home_of
from benchmarks.kit.timing import Spread, golden_questions, in_turn, interleaved
from benchmarks.kit.warm import ROUNDS, SHARED, TOGETHER, _shared


def test_jobs_take_turns_after_a_warm_up_of_each() -> None:
    done: list[str] = []
    times = interleaved([lambda: done.append("a"), lambda: done.append("b")], runs=2)
    assert done == ["a", "b"] * 3
    assert len(times) == 2
    assert [len(own) for own in in_turn([lambda: done.append("c")], runs=4)] == [4]


def test_a_spread_is_of_what_was_measured_side_by_side() -> None:
    assert Spread.of([3.0, 1.0, 2.0, 9.0]) == (1.0, 2.5, 9.0)
    assert Spread.of_ratios([2.0, 9.0, 4.0], [1.0, 3.0, 4.0]) == (1.0, 2.0, 3.0)
    with pytest.raises(ValueError, match="shorter"):
        Spread.of_ratios([1.0, 2.0], [1.0])


def test_the_golden_questions_are_sixty() -> None:
    assert len(set(golden_questions())) == 60


def test_what_many_ask_at_once_is_new_in_each_round() -> None:
    rounds = _shared(golden_questions(), ROUNDS, 16)
    asked = [set(own) for own in rounds]
    assert [len(own) for own in rounds] == [16 * SHARED] * ROUNDS
    assert len(set.union(*asked, set(golden_questions()[:TOGETHER]))) == TOGETHER + SHARED * ROUNDS


def test_checkouts_of_one_name_keep_their_indexes_apart(tmp_path: Path) -> None:
    homes = {home_of(tmp_path / name) for name in ("a/ibid", "b/ibid", "a/../b/ibid")}
    assert len(homes) == 2
