"""A greedy soup: a round stays where the mean is no worse with it."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from training.mine import in_workplace
from training.soup import MIXED, Weights, between, greedy, main, mean


def _round(*values: float) -> Weights:
    return {"w": torch.tensor(values)}


def test_the_mean_is_taken_weight_by_weight() -> None:
    assert mean([_round(0.0, 2.0), _round(1.0, 4.0)])["w"].tolist() == [0.5, 3.0]


def test_between_two_rounds_the_second_has_its_share() -> None:
    mixed = between(_round(0.0, 4.0), _round(1.0, 8.0), 0.75)
    assert mixed["w"].tolist() == [0.75, 7.0]


def test_only_what_does_not_worsen_the_mean_is_kept_and_the_best_is_first() -> None:
    rounds = {"low": _round(0.0), "high": _round(1.5), "far": _round(9.0)}
    judged: list[float] = []

    def judge(weights: Weights) -> float:
        judged.append(float(weights["w"]))
        return -abs(judged[-1] - 1.0)

    assert greedy(rounds, judge) == ["high", "low"]  # their mean, 0.75, is nearer to 1
    assert judged == [0.0, 1.5, 9.0, 0.75, 3.5]


def test_one_round_is_a_soup() -> None:
    assert greedy({"only": _round(3.0)}, lambda weights: 0.0) == ["only"]


def test_a_mixture_is_written_beside_its_rounds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IBID_HOME", str(tmp_path))
    for name, made in (("restored", _round(0.0)), ("reader", _round(4.0))):
        save_file(dict(made), in_workplace(Path(f"{name}.safetensors")))
    save_file(dict(_round(8.0)), tmp_path / "other.safetensors")
    for second, mixed in (("reader.safetensors", 3.0), (str(tmp_path / "other.safetensors"), 6.0)):
        monkeypatch.setattr("sys.argv", ["soup", "restored.safetensors", second, "--share", "0.75"])
        main()
        assert load_file(in_workplace(Path(MIXED)))["w"].tolist() == [mixed]
