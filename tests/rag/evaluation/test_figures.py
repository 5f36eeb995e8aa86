"""Shares with their intervals, and the calibration error, against figures worked out by hand."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from rag.evaluation.figures import Calibration, Share, calibration


@pytest.mark.parametrize(
    ("count", "total", "interval"),
    [(8, 10, (0.4902, 0.9433)), (0, 10, (0.0, 0.2775)), (10, 10, (0.7225, 1.0)),
     (1, 1, (0.2065, 1.0)), (500, 1000, (0.4691, 0.5309))],
)  # fmt: skip
def test_wilsons_interval(count: int, total: int, interval: tuple[float, float]) -> None:
    assert Share(count, total).interval == pytest.approx(interval, abs=5e-5)


def test_a_share_of_nothing() -> None:
    assert Share(0, 0).to_dict() == {"count": 0, "total": 0, "share": None, "interval": None}


@given(st.integers(1, 10**6).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share(pair: tuple[int, int]) -> None:
    share = Share(*pair)
    assert share.interval is not None
    assert share.value is not None
    low, high = share.interval
    assert 0 <= low <= share.value + 1e-12
    assert share.value - 1e-12 <= high <= 1


def test_the_calibration_error() -> None:
    # of 50 at 0.1 ten come true instead of 5, of 50 at 0.9 forty instead of 45
    pairs = [(0.1, i < 10) for i in range(50)] + [(0.9, i < 40) for i in range(50)]
    assert calibration(pairs) == (pytest.approx(0.1), 5)


def test_within_a_bin_errors_cancel() -> None:
    # two at a time, 0.05 and 0.15, of which one in ten comes true: all in the first of 5 bins
    pairs = [(0.05 + 0.1 * (i % 2), i % 10 == 0) for i in range(100)]
    assert calibration(pairs) == (pytest.approx(0.0), 5)


@pytest.mark.parametrize(("questions", "bins"), [(100, 5), (119, 5), (200, 10), (5000, 15)])
def test_more_questions_more_bins(questions: int, bins: int) -> None:
    assert calibration([(1.0, True)] * questions) == Calibration(0.0, bins)


def test_few_questions_say_nothing() -> None:
    assert calibration([(1.0, True)] * 99) is None
