"""The file that ships says what the model in torch says."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from rag.reader.cross_encoder import MODEL, CrossEncoder
from rag.reader.pairs import EncodedPair
from training.batches import logits_of
from training.export import export
from training.model import ReadingModel

pytestmark = pytest.mark.slow


@pytest.mark.filterwarnings("ignore")  # the exporter's, on every traced shape
def test_the_exported_model_agrees_with_torch(tmp_path: Path) -> None:
    torch.manual_seed(0)
    model = ReadingModel.untrained().eval()
    weights = tmp_path / "reader.safetensors"
    save_file({k: v.contiguous() for k, v in model.state_dict().items()}, weights)
    rng = np.random.default_rng(0)
    rows = [
        EncodedPair([101, *rng.integers(1000, 30_000, n).tolist(), 102], 9, [], 0)
        for n in (20, 200)
    ]
    with torch.no_grad():
        expected = [
            model(torch.tensor([r.ids]), torch.ones(1, len(r.ids), dtype=torch.long), _types(r))[0]
            for r in rows
        ]
    for int8, tolerance in ((False, 1e-4), (True, 0.15)):
        folder = tmp_path / str(int8)
        folder.mkdir()
        export(weights, folder, int8=int8)
        encoder = CrossEncoder(folder)
        for row, logits in zip(rows, expected, strict=True):
            assert np.abs(encoder.run([row])[0] - logits.numpy()).max() < tolerance
    assert (tmp_path / "True" / MODEL).stat().st_size < 24_500_000
    # padding and batching in training change nothing but bf16's rounding
    for padded, logits in zip(logits_of(model, rows, torch.device("cpu")), expected, strict=True):
        assert (padded.detach() - logits).abs().max() < 0.1


def _types(row: EncodedPair) -> torch.Tensor:
    types = torch.zeros(1, len(row.ids), dtype=torch.long)
    types[0, row.second :] = 1
    return types
