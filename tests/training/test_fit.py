"""The two small models: they find what the data was made with, and each set counts the same."""

from __future__ import annotations

import numpy as np
import pytest

from training.fit import (
    SHARES,
    Best,
    Prediction,
    Sample,
    best,
    even,
    fit_answerable,
    fit_ranker,
    predict,
    report_calibration,
    threshold,
)


def _samples(source: str, count: int, weight: float, seed: int) -> list[Sample]:
    """Questions whose gold sentence is drawn as a conditional logit with this weight draws it."""
    draw = np.random.default_rng(seed)
    made = []
    for i in range(count):
        x = draw.normal(size=5)
        odds = np.exp(weight * x)
        gold = int(draw.choice(5, p=odds / odds.sum()))
        features = [{"x": float(v), "noise": float(draw.normal())} for v in x]
        right = [j == gold for j in range(5)]
        made.append(Sample(f"{source} {i}", features, right, "answerable", source, True))
    return made


def test_the_ranker_finds_the_weight_that_drew_the_data() -> None:
    ranker = fit_ranker(_samples("a", 3000, 1.5, 0), ("x", "noise"))
    assert ranker.weights["x"] == pytest.approx(1.5, abs=0.1)
    assert ranker.weights["noise"] == pytest.approx(0.0, abs=0.1)


def test_a_small_set_counts_as_much_as_a_large_one() -> None:
    large, small = _samples("large", 3000, 2.0, 1), _samples("small", 300, -2.0, 2)
    assert fit_ranker(large + small, ("x",)).weights["x"] == pytest.approx(0.0, abs=0.15)
    assert even(["a", "a", "b"]) == [0.25, 0.25, 0.5]


def test_questions_without_gold_do_not_order_anything() -> None:
    samples = _samples("a", 200, 1.0, 3)
    none = [Sample("q", s.features, [False] * 5, "removed", "a", True) for s in samples]
    assert fit_ranker(samples + none, ("x",)) == fit_ranker(samples, ("x",))


def test_probabilities_are_those_of_the_conditions_shares() -> None:
    """Where no feature tells anything, the probability is the share of the right ones."""
    examples = [Best({"x": 0.0}, True, "answerable", s) for s in "aab"]
    examples += [Best({"x": 0.0}, False, c, "a") for c in SHARES if c != "answerable"]
    answerable = fit_answerable(examples, ("x",))
    assert answerable.probability({"x": 0.0}) == pytest.approx(0.5, abs=0.01)


def test_other_shares_give_other_probabilities() -> None:
    examples = [Best({"x": 0.0}, c == "answerable", c, "a") for c in ("answerable", "removed")]
    answerable = fit_answerable(examples, ("x",), {"answerable": 0.2, "removed": 0.8})
    assert answerable.probability({"x": 0.0}) == pytest.approx(0.2, abs=0.01)


def test_how_far_probabilities_are_off_is_told_by_condition(
    capsys: pytest.CaptureFixture[str],
) -> None:
    judged = [Prediction(0.8, True, "answerable", "a")] * 4
    judged += [Prediction(0.8, False, "removed", "a")] * 1
    judged += [Prediction(0.8, False, "adversarial", "b")] * 2
    report_calibration(judged)
    assert capsys.readouterr().out.splitlines() == [
        "removed: calibration error 0.000, +0.000",
        "adversarial: calibration error 0.800, +0.800",
    ]


def test_the_best_sentence_is_judged() -> None:
    samples = _samples("a", 500, 3.0, 4)
    ranker = fit_ranker(samples, ("x",))
    first = best(ranker, samples[0])
    assert first.features["x"] == max(f["x"] for f in samples[0].features)
    answerable = fit_answerable([best(ranker, s) for s in samples], ("x",))
    (judged,) = predict(ranker, answerable, samples[:1])
    assert judged.probability == answerable.probability(first.features)
    assert (judged.right, judged.source) == (first.right, "a")


def _answered(source: str, count: int) -> list[Prediction]:
    """Answerable questions whose probabilities lie evenly in 0-1."""
    return [Prediction(i / count, True, "answerable", source) for i in range(count)]


@pytest.mark.slow
def test_nine_of_ten_answerable_questions_are_answered(capsys: pytest.CaptureFixture[str]) -> None:
    judged = _answered("a", 20_000)
    judged += [Prediction(i / 2000, False, "removed", "a") for i in range(200)]
    assert threshold(judged) == 0.09  # 0.1 but for the doubt that 20,000 questions leave
    assert "removed" in capsys.readouterr().out


@pytest.mark.slow
def test_few_questions_leave_more_doubt() -> None:
    thresholds = [threshold(_answered("a", count)) for count in (20, 200, 2000, 200_000)]
    assert thresholds == sorted(thresholds)
    assert thresholds[0] < thresholds[-1]


def test_the_threshold_hears_each_set_alike() -> None:
    """A large set of sure answers does not outvote a smaller one of doubtful ones."""
    sure = [Prediction(0.9, True, "answerable", "large")] * 9000
    doubtful = [Prediction(0.3, True, "answerable", "small")] * 1000
    assert threshold(sure + doubtful) == 0.3
    assert threshold(sure) == 0.9


def test_where_nothing_is_answered_often_enough_there_is_no_threshold() -> None:
    assert threshold([Prediction(0.001, True, "answerable", "a")] * 100) == 0.0
