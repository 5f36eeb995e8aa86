"""Jobs are timed in turn, and the first run of each does not count."""

from __future__ import annotations

from benchmarks.kit.timing import golden_questions, interleaved


def test_jobs_take_turns_after_a_warm_up_of_each() -> None:
    done: list[str] = []
    times = interleaved([lambda: done.append("a"), lambda: done.append("b")], runs=2)
    assert done == ["a", "b"] * 3
    assert len(times) == 2


def test_the_golden_questions_are_sixty() -> None:
    assert len(set(golden_questions())) == 60
