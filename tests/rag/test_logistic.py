"""A logistic model: as it is defined, and finite for whatever it is given."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, strategies as st

from rag.logistic import Logistic

MODEL = Logistic(-1.0, {"similarity": 2.0, "asks": -0.5})
NUMBERS = st.floats(-1e6, 1e6)


def test_it_is_the_sigmoid_of_a_weighted_sum() -> None:
    features = {"similarity": 0.75, "asks": 1.0, "not weighed": 9.0}
    assert MODEL.logit(features) == 0.0
    assert MODEL.probability(features) == 0.5
    assert MODEL.probability({"similarity": 1.5, "asks": 0.0}) == pytest.approx(
        1 / (1 + math.exp(-2)), abs=1e-6
    )


def test_a_feature_that_is_weighed_must_be_there() -> None:
    with pytest.raises(KeyError, match="asks"):
        MODEL.logit({"similarity": 1.0})


@given(NUMBERS, NUMBERS)
def test_more_of_what_counts_for_it_is_never_less_likely(one: float, other: float) -> None:
    low, high = (MODEL.probability({"similarity": s, "asks": 0.0}) for s in sorted((one, other)))
    assert 0 <= low <= high <= 1
