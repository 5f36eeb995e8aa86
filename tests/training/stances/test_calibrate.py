"""What is told is right as often as is wanted, on the rows that it was set by."""

from __future__ import annotations

import tomllib
from pathlib import Path

import numpy as np

from rag.stance import COEFFICIENTS
from training.stances import calibrate
from training.stances.rows import LABELS, StanceRow


def rows_of(*labels: str, name: str = "faq") -> list[StanceRow]:
    return [StanceRow("Is it?", "It is.", label, name, "g") for label in labels]


def test_a_threshold_lies_above_what_is_wrong() -> None:
    rows = rows_of(*["yes"] * 10, "silent", "no")
    odds = np.zeros((len(rows), len(LABELS)))
    odds[:, 0] = [0.9] * 10 + [0.85, 0.7]
    thresholds = dict(calibrate.clear_from(odds, rows))
    assert 0.7 < thresholds["yes"] <= 0.85
    assert (odds[:10, 0] >= thresholds["yes"]).all()
    assert "faq, yes: right 10 of 11, found 10 of 10" in list(
        calibrate.told_lines(odds, rows, thresholds)
    )


def test_where_nothing_is_right_nothing_is_told() -> None:
    rows = rows_of(*["silent"] * 20)
    odds = np.zeros((len(rows), len(LABELS)))
    odds[:, 1] = 0.99
    assert dict(calibrate.clear_from(odds, rows))["no"] > 0.99


def test_a_temperature_softens_what_is_too_sure() -> None:
    rows = rows_of("yes", "no", "yes", "no", "silent", "silent")
    logits = np.zeros((6, len(LABELS)))
    logits[:, 0] = 8.0
    assert calibrate.temperature(logits, rows) > 2
    logits[:] = 0
    for i, row in enumerate(rows):
        logits[i, LABELS.index(row.label)] = 2.0
    assert calibrate.temperature(logits, rows) < 1


def test_probabilities_are_of_the_kind_of_row() -> None:
    rows = [*rows_of("yes"), *rows_of("same")]
    odds = calibrate.probabilities(
        np.ones((2, len(LABELS))), rows, {"stance": 1.0, "relation": 1.0}
    )
    assert np.allclose(odds, [[0.25] * 4 + [0] * 3, [0] * 4 + [1 / 3] * 3])


def test_the_file_can_be_read(tmp_path: Path) -> None:
    calibrate.write(tmp_path, "abc", {"yes": 0.91234}, {"stance": 1.25})
    kept = tomllib.loads((tmp_path / COEFFICIENTS).read_text("utf-8"))
    assert kept == {
        "model": {"sha256": "abc"}, "thresholds": {"yes": 0.912}, "temperatures": {"stance": 1.25}
    }  # fmt: skip


def test_rows_of_large_sets_are_not_all_taken() -> None:
    rows = rows_of(*["yes"] * 900) + rows_of(*["yes"] * 2000, name="made faq")
    found = calibrate.fairly(rows)
    assert sum(row.set == "faq" for row in found) == calibrate.SET_ROWS
    assert sum(row.set == "made faq" for row in found) == 3 * calibrate.SET_ROWS
