"""The file that ships says what the model in torch says."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from index import OnnxSession
from tests.training.stances.test_net import ROWS, pairs, untrained
from training.batches import told
from training.bert_graph import eight_bits_in_pairs
from training.stances.export import graph
from training.stances.net import encoded

pytestmark = pytest.mark.slow


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
