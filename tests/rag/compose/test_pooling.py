"""A list counts by all of its members that were read."""

from __future__ import annotations

from math import exp, log

import pytest

from index.passages.chunking import split
from index.types import Hit
from rag.compose.lists import whole_list
from rag.compose.pooling import pool_lists
from rag.readings import Reading
from tests.doubles import FakeEncoder, document

MADE = document("The pier is old.\n\n- ropes\n- bread\n- salt\n", "a.md")


def readings() -> list[Reading]:
    (passage,) = split(MADE, FakeEncoder().count_tokens)
    scores = (1.5, 0.5, 1.0, 0.0)
    hit = Hit(passage, 1.0)
    return [
        Reading(hit, s.span, score, 0.2) for s, score in zip(passage.sentences, scores, strict=True)
    ]


def test_the_best_member_stands_for_all() -> None:
    found = readings()
    section = found[0].hit.passage.sentences
    pooled = pool_lists(found, lambda r: whole_list(MADE, r.span, section))
    best = pooled[0]
    assert MADE.cut(best.span) == "bread"
    assert best.score == pytest.approx(log(exp(0.5) + exp(1.0) + exp(0.0)), abs=1e-6)
    assert best.probability == pytest.approx(1 - 0.8**2)  # of two: they are not independent
    assert sorted(r.score for r in pooled[1:]) == [0.0, 0.5, 1.5]
    assert [r.score for r in pooled] == sorted((r.score for r in pooled), reverse=True)


def test_where_there_is_no_list_nothing_changes() -> None:
    assert pool_lists(readings(), lambda _: None) == sorted(readings(), key=lambda r: -r.score)
