"""The model under training: seven outputs, each row trained by those of its kind."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer

from index import OnnxSession
from rag.reader import FOLDER, TOKENIZER, Pairs
from training.batches import told
from training.bert_graph import eight_bits_in_pairs
from training.model import ReadingModel
from training.stances.export import graph
from training.stances.net import StanceNet, encoded, loss_of
from training.stances.rows import LABELS, StanceRow
from training.stances.train import figures, scores_of, train

pytestmark = pytest.mark.slow

ROWS = [
    StanceRow("Is it free?", "It is free.", "yes", "faq", "1"),
    StanceRow("Is it free?", "It is not free.", "no", "faq", "2"),
    StanceRow("It is free.", "It costs nothing.", "same", "fever", "3"),
]


def untrained() -> StanceNet:
    torch.manual_seed(0)
    return StanceNet(ReadingModel.untrained(dropout=0.0))


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
    net = untrained()
    before = float(np.mean(list(figures(ROWS, scores_of(net, ROWS)).values())))
    train(net, ROWS * 64, 9.0)
    found = figures(ROWS, scores_of(net, ROWS))
    assert set(found.values()) == {1.0}
    assert before < 1.0


def test_the_exported_model_says_what_the_trained_one_says(tmp_path: Path) -> None:
    net = untrained().eval()
    rows = encoded(pairs(), [(row.one, row.other) for row in ROWS])
    expected = np.concatenate(told(net, rows, torch.device("cpu")))
    weights = {name: tensor.numpy() for name, tensor in net.state_dict().items()}
    for scales, most in ((None, 0.05), (eight_bits_in_pairs, 0.1)):
        file = tmp_path / "stance.onnx"
        file.write_bytes(graph(weights, scales).SerializeToString())
        session = OnnxSession(file)
        for row, wanted in zip(rows, expected, strict=True):
            types = np.zeros((1, len(row.ids)), np.int64)
            types[0, row.second :] = 1
            feed = {"input_ids": np.array([row.ids]), "token_type_ids": types}
            assert np.abs(session.submit(feed).result()[0] - wanted).max() < most
