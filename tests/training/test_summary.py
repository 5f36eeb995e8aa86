"""How much is quoted: what is counted, and when one choice is ahead of another."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from index.types import Hit, Passage, Sentence, Span
from rag.logistic import log_odds
from rag.query import AskedQuestion
from rag.readings import Reading
from tests.doubles import document
from training.summary import (
    _Case,
    _fitted,
    _further,
    _gain,
    _lead,
    _outcomes,
    narrowest,
)

TEXT = "Ida Holm founded Brell. Brell sells rye bread. The mill burned down in 1901."


@pytest.fixture
def case() -> _Case:
    """Three sentences of one passage, scored 5, 4 and 1; the second and the third are gold."""
    made = document(TEXT)
    spans = [Span(0, 23), Span(24, 46), Span(47, len(TEXT))]
    passage = Passage(made, 0, len(TEXT), tuple(Sentence(*span) for span in spans))
    hit = Hit(passage, 1.0)
    readings = [
        Reading(hit, span, score, 0.9) for span, score in zip(spans, (5.0, 4.0, 1.0), strict=True)
    ]
    return _Case(AskedQuestion("Who?"), readings, frozenset((made.id, span) for span in spans[1:]))


@pytest.mark.parametrize(
    ("keep", "expected"),
    [(0.5, (0.0, 0.0, 1.0)), (1.0, (0.5, 1.0, 2.0)), (4.0, (0.8, 1.0, 3.0))],
)
def test_a_wider_margin_quotes_more(
    case: _Case, keep: float, expected: tuple[float, float, float]
) -> None:
    even = replace(case, readings=[replace(r, probability=0.5) for r in case.readings])
    found = _outcomes({"made": [even]}, keep)
    assert found["made"].tolist() == [list(expected)]  # F1, any, sentences


def test_each_set_counts_the_same() -> None:
    small, large = np.array([[1.0, 1.0, 1.0]]), np.array([[0.0, 0.0, 1.0]] * 9)
    assert _gain({"small": small, "large": large}) == 1.0


def test_a_lead_has_the_standard_error_of_pairs() -> None:
    rng = np.random.default_rng(0)
    ours, theirs = ({n: rng.random((40, 3)) for n in ("a", "b")} for _ in range(2))
    lead, error = _lead(ours, theirs)
    pairs = {n: (ours[n] - theirs[n])[:, :2].sum(axis=1) for n in ours}
    drawn = [
        np.mean([p[rng.integers(0, len(p), len(p))].mean() for p in pairs.values()])
        for _ in range(4_000)
    ]
    assert lead == pytest.approx(_gain(ours) - _gain(theirs))
    assert error == pytest.approx(np.std(drawn), rel=0.05)
    assert _lead(ours, ours) == (0.0, 0.0)


def test_what_may_follow_is_told_by_score_and_probability(case: _Case) -> None:
    asked = replace(case, question=AskedQuestion("Why does the mill of Brell sell bread?"))
    rows = list(_further(asked))
    assert [is_right for _, is_right in rows] == [True, True]  # the best one is not gold
    assert [row["gap"] for row, _ in rows] == [1.0, 4.0]
    assert [row["account"] for row, _ in rows] == [1.0, 1.0]
    assert all(row["sure"] == -row["doubt"] == log_odds(0.9) for row, _ in rows)


def test_where_the_best_one_is_right_no_other_need_be(case: _Case) -> None:
    best = case.readings[0]
    told = replace(case, gold=case.gold | {(best.hit.passage.document.id, best.span)})
    assert not any(is_right for _, is_right in _further(told))


def test_the_weights_are_those_of_what_is_gold(case: _Case) -> None:
    first, second, third = case.readings
    likely = [first, replace(second, probability=0.2), replace(third, probability=0.8)]
    gold = frozenset(((third.hit.passage.document.id, third.span),))
    model = _fitted({"made": [replace(case, readings=likely, gold=gold)] * 20})
    assert model.weights["sure"] > 0


def test_the_narrowest_margin_that_is_hardly_worse_than_the_best() -> None:
    rng = np.random.default_rng(0)
    best = rng.random((100, 3))
    noise = rng.normal(0, 0.1, (100, 3))
    noise -= noise.mean(axis=0)
    error = (noise[:, 0] + noise[:, 1]).std() / 10

    def below(by: float) -> dict[str, np.ndarray[tuple[int, int], np.dtype[np.float64]]]:
        return {"made": best + noise - by / 2}

    found = {0.0: below(1.1 * error), 1.0: below(0.9 * error), 2.0: {"made": best}}
    assert narrowest(found) == 1.0
    assert narrowest({**found, -1.0: {"made": best}}) == -1.0
