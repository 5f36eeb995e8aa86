"""The model under training: seven outputs, each row trained by those of its kind."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer

from rag.reader import FOLDER, TOKENIZER, Pairs
from training.batches import told
from training.model import ReadingModel
from training.stances.calibrate import figures
from training.stances.net import StanceNet, encoded, loss_of
from training.stances.rows import LABELS, StanceRow
from training.stances.train import Round, train

pytestmark = pytest.mark.slow

ROWS = [
    StanceRow("Is it free?", "It is free.", "yes", "faq", "1"),
    StanceRow("Is it free?", "It is not free.", "no", "faq", "2"),
    StanceRow("It is free.", "It costs nothing.", "same", "fever", "3"),
]


def untrained(layers: int = 6) -> StanceNet:
    torch.manual_seed(0)
    return StanceNet(ReadingModel.untrained(layers=layers, dropout=0.0))


def pairs() -> Pairs:
    return Pairs(Tokenizer.from_file(str(FOLDER / TOKENIZER)))


def test_each_row_trains_the_outputs_of_its_kind() -> None:
    outputs = [torch.zeros(1, len(LABELS), requires_grad=True) for _ in ROWS]
    loss_of(outputs, ROWS).backward()  # type: ignore[no-untyped-call]
    for output, row in zip(outputs, ROWS, strict=True):
        assert output.grad is not None
        trained = output.grad[0] != 0
        assert bool(trained[:4].all()) is not row.is_relation
        assert bool(trained[4:].all()) is row.is_relation


def test_it_learns_three_rows() -> None:
    net = untrained(layers=2)
    train(net, ROWS * 64, Round("", "", 1e-3, 16, {"": (1, 1)}), 0)
    rows = encoded(pairs(), [(row.one, row.other) for row in ROWS])
    outputs = np.concatenate(told(net, rows, torch.device("cpu"))).astype(np.float64)
    assert set(figures(ROWS, outputs).values()) == {1.0}
