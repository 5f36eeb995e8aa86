"""The file that ships says what the model in torch says."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from index.encoder.session import OnnxSession
from rag.reader.cross_encoder import MODEL, CrossEncoder
from rag.reader.pairs import EncodedPair
from training.batches import logits_of
from training.export import export
from training.model import ReadingModel

pytestmark = pytest.mark.slow


def test_the_exported_model_agrees_with_torch(tmp_path: Path) -> None:
    torch.manual_seed(0)
    model = ReadingModel.untrained().eval()
    weights = _saved(model, tmp_path)
    rows = [_row(n) for n in (20, 200)]
    with torch.no_grad():
        expected = [
            model(torch.tensor([r.ids]), torch.ones(1, len(r.ids), dtype=torch.long), _types(r))[0]
            for r in rows
        ]
    for int8, tolerance in ((False, 1e-4), (True, 0.08)):
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


def test_a_row_reads_the_same_beside_another(tmp_path: Path) -> None:
    export(_saved(ReadingModel.untrained(), tmp_path), tmp_path)
    session = OnnxSession(tmp_path / MODEL, threads=1)
    rows = [_row(40, seed) for seed in range(3)]
    ids, types = np.array([r.ids for r in rows]), np.concatenate([_types(r).numpy() for r in rows])
    together = session.submit({"input_ids": ids, "token_type_ids": types}).result()
    for i, logits in enumerate(together):
        alone = {"input_ids": ids[i : i + 1], "token_type_ids": types[i : i + 1]}
        assert np.array_equal(session.submit(alone).result()[0], logits)


def _saved(model: ReadingModel, folder: Path) -> Path:
    weights = folder / "reader.safetensors"
    save_file({k: v.contiguous() for k, v in model.state_dict().items()}, weights)
    return weights


def _row(words: int, seed: int = 0) -> EncodedPair:
    rng = np.random.default_rng(seed)
    return EncodedPair([101, *rng.integers(1000, 30_000, words).tolist(), 102], 9, [], 0)


def _types(row: EncodedPair) -> torch.Tensor:
    types = torch.zeros(1, len(row.ids), dtype=torch.long)
    types[0, row.second :] = 1
    return types
