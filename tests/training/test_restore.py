"""What was exported can be trained on: the numbers that ship, read back."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer

from rag.reader import FOLDER, TOKENIZER, CrossEncoder, EncodedPair
from training.batches import told
from training.export import export
from training.model import ReadingModel
from training.restore import restored

pytestmark = pytest.mark.slow


def test_each_weight_is_read_back_to_half_a_step_of_its_scale(tmp_path: Path) -> None:
    torch.manual_seed(0)
    model = ReadingModel.untrained()
    state = {k: v.contiguous() for k, v in model.state_dict().items()}
    weights = tmp_path / "reader.safetensors"
    save_file(state, weights)
    export(weights, tmp_path)
    found = restored(tmp_path)
    model.load_state_dict(found)  # all of them, in their shapes
    for name, value in state.items():
        if value.dim() < 2 or any(part in name for part in ("position", "token_type", "head")):
            assert torch.equal(found[name], value), name
        else:
            # by row: of the word table as it is looked up, of a matrix by its output
            step = value.abs().amax(dim=1, keepdim=True) / (127 if "word" in name else 63)
            assert bool(((found[name] - value).abs() <= 0.51 * step + 1e-7).all()), name


def test_what_ships_is_read_back() -> None:
    model = ReadingModel.untrained()
    model.load_state_dict(restored(FOLDER))
    tokenizer = Tokenizer.from_file(str(FOLDER / TOKENIZER))
    encoded = tokenizer.encode("When was it dredged?", "The harbour was dredged in 1987.")
    row = EncodedPair(encoded.ids, encoded.type_ids.index(1), [], 0)
    shipped = CrossEncoder(FOLDER).run([row])[0]
    difference = np.abs(told(model, [row], torch.device("cpu"))[0] - shipped).mean()
    assert difference < 0.1 * shipped.std()
