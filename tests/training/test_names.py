"""The fit of the kinds of names."""

from __future__ import annotations

import numpy as np

from training.names import fit


def test_kinds_that_lie_apart_are_told_apart() -> None:
    rng = np.random.default_rng(0)
    kinds = np.repeat(np.arange(3), [40, 20, 10])
    vectors = (np.eye(3)[kinds] + rng.normal(0, 0.1, (70, 3))).astype(np.float32)
    weights, bias = fit(vectors, kinds)
    assert ((vectors @ weights.T + bias).argmax(axis=1) == kinds).all()
