"""The counts over the judged sets."""

from __future__ import annotations

import pytest

from benchmarks.stance import ToldCase, agreeing, debated, facts, lines, tables
from rag.stance import Relation, Stance


def test_what_is_told_and_what_is_found_are_counted() -> None:
    found = [
        ToldCase("a", Stance.YES, Stance.YES, True),
        ToldCase("b", Stance.YES, None, False),
        ToldCase("c", None, Stance.NO, False),
    ]
    assert list(lines(found)) == [
        "says no | 0 of 1 | 0 of 0 | 0 of 0",
        "says yes | 1 of 1 | 1 of 2 | 1 of 1",
    ]
    assert list(lines([ToldCase("a", None, None, False)])) == []


@pytest.mark.slow
def test_what_is_told_of_judged_sentences_is_nearly_always_right() -> None:
    cases = [*debated(), *agreeing(), *tables()]
    told = [one for one in cases if one.told]
    assert len(cases) > 200
    assert len(told) >= 30
    assert sum(one.told is not one.right for one in told) <= len(told) // 10
    assert {type(one.told) for one in told} == {Stance, Relation}


def test_of_facts_little_is_told_and_nothing_wrong() -> None:
    told = [one for one in facts() if one.told]
    assert len(told) >= 3
    assert [one.name for one in told if one.told is not one.right] == []
