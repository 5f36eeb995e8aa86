"""What is told of probabilities, and from where on."""

from __future__ import annotations

import pytest

from rag.stance import Relation, RelationOdds, Stance, StanceOdds
from rag.stance.odds import thresholds


@pytest.mark.parametrize(
    ("odds", "told"),
    [
        (StanceOdds(1.0, 0.0, 0.0, 0.0), Stance.YES),
        (StanceOdds(0.0, 1.0, 0.0, 0.0), Stance.NO),
        (StanceOdds(0.0, 0.0, 1.0, 0.0), Stance.DEPENDS),
        (StanceOdds(0.0, 0.0, 0.0, 1.0), None),
        (StanceOdds(0.4, 0.3, 0.2, 0.1), None),
    ],
)
def test_a_stance_is_told_where_it_is_clear(odds: StanceOdds, told: Stance | None) -> None:
    assert odds.clear is told


@pytest.mark.parametrize(
    ("odds", "told"),
    [
        (RelationOdds(1.0, 0.0, 0.0), Relation.SAME),
        (RelationOdds(0.0, 1.0, 0.0), Relation.AGAINST),
        (RelationOdds(0.0, 0.0, 1.0), None),
        (RelationOdds(0.4, 0.35, 0.25), None),
    ],
)
def test_a_relation_is_told_where_it_is_clear(odds: RelationOdds, told: Relation | None) -> None:
    assert odds.clear is told


def test_two_things_are_never_clear_at_once() -> None:
    assert set(thresholds()) == {one.name.lower() for one in (*Stance, *Relation)}
    assert all(0.5 < least <= 1 for least in thresholds().values())
