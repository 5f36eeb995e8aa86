"""The measures are what their papers define, and none is made of nothing."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, strategies as st

from benchmarks.kit.metrics import (
    Figure,
    auroc,
    calibration_error,
    ndcg,
    reliability,
    risk_coverage,
    shares,
)

judged = st.lists(
    st.tuples(st.floats(0, 1).map(lambda x: round(x, 2)), st.booleans()), min_size=2, max_size=60
).map(lambda rows: np.array(rows, np.float64))


def rows(*pairs: tuple[float, float]) -> np.ndarray:
    return np.array(pairs, np.float64)


def test_a_figure_of_nothing_is_no_figure() -> None:
    for values in ([], [math.nan], [math.inf]):
        with pytest.raises(ValueError, match="at least one question"):
            Figure(np.array(values))
    with pytest.raises(ValueError, match="at least one question"):
        shares([])


def test_a_figure_is_the_mean_of_its_questions_with_an_interval_around_it() -> None:
    figure = shares([True] * 70 + [False] * 30)
    assert figure.value == 0.7
    low, high = figure.interval()
    assert (low, high) == figure.interval()
    # 1.96 standard errors of a share of 0.7 over 100 questions are 0.09
    assert low == pytest.approx(0.61, abs=0.02)
    assert high == pytest.approx(0.79, abs=0.02)
    assert shares([True] * 9).interval() == (1.0, 1.0)


def test_the_interval_of_another_measure_resamples_whole_questions() -> None:
    table = rows(*[(0.1 * i, float(i > 4)) for i in range(10)] * 10)
    figure = Figure(table, auroc)
    assert figure.value == 1.0
    assert figure.interval() == (1.0, 1.0)


def test_ndcg() -> None:
    assert ndcg(["a", "b"], {"a", "b"}) == 1.0
    assert ndcg(["x", "a"], {"a"}) == pytest.approx(1 / math.log2(3))
    assert ndcg(["a", "x", "b"], {"a", "b"}) == pytest.approx((1 + 0.5) / (1 + 1 / math.log2(3)))
    assert ndcg([*"xxxxxxxxxx", "a"], {"a"}) == 0.0
    assert ndcg([], {"a"}) == 0.0


def test_auroc() -> None:
    assert auroc(rows((0.1, 0), (0.9, 1))) == 1.0
    assert auroc(rows((0.9, 0), (0.1, 1))) == 0.0
    assert auroc(rows((0.5, 0), (0.5, 1))) == 0.5
    assert auroc(rows((0.1, 0), (0.4, 1), (0.4, 0), (0.8, 1))) == 3.5 / 4
    with pytest.raises(ValueError, match="both kinds"):
        auroc(rows((0.1, 1), (0.9, 1)))


@pytest.mark.slow
@given(judged)
def test_auroc_is_the_share_of_pairs_in_order(table: np.ndarray) -> None:
    ones, zeros = table[table[:, 1] == 1, 0], table[table[:, 1] == 0, 0]
    if not len(ones) or not len(zeros):
        return
    gaps = ones[:, None] - zeros[None]
    assert auroc(table) == pytest.approx(float((gaps > 0).mean() + (gaps == 0).mean() / 2))


def test_calibration_error() -> None:
    assert calibration_error(rows((1.0, 1), (0.0, 0))) == 0.0
    assert calibration_error(rows((1.0, 0), (0.0, 1))) == 1.0
    assert calibration_error(rows(*[(0.75, 1)] * 3, (0.75, 0))) == pytest.approx(0)
    # two bins of 15, each half of the questions: 0.1 is never right, 0.9 always
    assert calibration_error(rows((0.1, 0), (0.9, 1))) == pytest.approx(0.1)


@given(judged)
def test_the_reliability_diagram_shows_the_calibration_error(table: np.ndarray) -> None:
    confidence, right, counts = reliability(table).T
    assert counts.sum() == len(table)
    error = (abs(confidence - right) * counts).sum() / len(table)
    assert calibration_error(table) == pytest.approx(float(error))


def test_risk_and_coverage() -> None:
    points = risk_coverage(rows((0.2, 0), (0.9, 1), (0.5, 0), (0.5, 1)))
    assert points.tolist() == [[0.25, 0.0], [0.75, pytest.approx(1 / 3)], [1.0, 0.5]]


@given(judged)
def test_to_answer_everything_risks_the_share_that_is_wrong(table: np.ndarray) -> None:
    points = risk_coverage(table)
    assert points[-1].tolist() == [1.0, pytest.approx(1 - table[:, 1].mean())]
    assert (np.diff(points[:, 0]) > 0).all()
    assert len(points) == len(set(table[:, 0]))
