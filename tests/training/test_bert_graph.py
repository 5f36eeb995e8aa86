"""What BERT's matrices are multiplied by fits where two products are added in 16 bits."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest

from training.bert_graph import GELU_LEAST, Array, eight_bits_in_pairs, seven_bits

MOST = np.iinfo(np.int16).max


@pytest.mark.parametrize("scales", [seven_bits, eight_bits_in_pairs])
def test_no_two_products_of_neighbours_leave_16_bits(scales: Callable[[Array], Array]) -> None:
    columns = _columns()
    rounded = np.round(columns / scales(columns))
    assert np.abs(rounded).max() <= 127
    assert _largest_sum_of_two(rounded) <= MOST


def test_pairs_are_as_fine_as_fits() -> None:
    columns = _columns()
    scales = eight_bits_in_pairs(columns)
    assert (scales <= seven_bits(columns)).all()
    for column in np.round(columns / (scales * 0.98)).T:
        assert _largest_sum_of_two(column[:, None]) > MOST - 255


def test_no_gelu_is_under_what_its_rows_are_scaled_by() -> None:
    x = np.linspace(-10, 10, 200_001)
    gelu = x * 0.5 * (1 + np.array([math.erf(value / math.sqrt(2)) for value in x]))
    assert -GELU_LEAST < gelu.min() < -0.99 * GELU_LEAST


def _columns() -> Array:
    """Of each kind one: no outlier, one, two beside each other, two of opposite signs."""
    columns = np.random.default_rng(0).normal(size=(384, 4)).astype(np.float32)
    columns[10, 1] = columns[10, 2] = columns[11, 2] = columns[10, 3] = 20
    columns[11, 3] = -20
    return columns


def _largest_sum_of_two(weights: Array) -> int:
    """Of the products with any activations, bytes from 0 to 255, of rows 0 and 1, 2 and 3, ..."""
    pairs = weights.reshape(-1, 2, weights.shape[1])
    up, down = pairs.clip(min=0).sum(axis=1), -pairs.clip(max=0).sum(axis=1)
    return int(255 * max(up.max(), down.max()))
