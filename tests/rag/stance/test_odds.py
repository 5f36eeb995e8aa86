"""What is told of probabilities, and from where on."""

from __future__ import annotations

import pytest

from rag.stance import Relation, RelationOdds, Stance, StanceOdds


@pytest.mark.parametrize(
    ("odds", "told"),
    [
        (StanceOdds(0.95, 0.03, 0.01, 0.01), Stance.YES),
        (StanceOdds(0.03, 0.95, 0.01, 0.01), Stance.NO),
        (StanceOdds(0.03, 0.01, 0.95, 0.01), Stance.DEPENDS),
        (StanceOdds(0.01, 0.01, 0.03, 0.95), None),
        (StanceOdds(0.4, 0.3, 0.2, 0.1), None),
    ],
)
def test_a_stance_is_told_where_it_is_clear(odds: StanceOdds, told: Stance | None) -> None:
    assert odds.clear is told


@pytest.mark.parametrize(
    ("odds", "told"),
    [
        (RelationOdds(0.95, 0.03, 0.02), Relation.SAME),
        (RelationOdds(0.03, 0.95, 0.02), Relation.AGAINST),
        (RelationOdds(0.01, 0.01, 0.98), None),
        (RelationOdds(0.4, 0.35, 0.25), None),
    ],
)
def test_a_relation_is_told_where_it_is_clear(odds: RelationOdds, told: Relation | None) -> None:
    assert odds.clear is told
