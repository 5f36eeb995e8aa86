"""What was exported can be trained on: the numbers that ship, read back."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from training.export import export
from training.model import ReadingModel
from training.restore import restored


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # the exporter's, on every traced shape
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
        if value.dim() < 2 or "position" in name or "token_type" in name:
            assert torch.equal(found[name], value), name
        else:
            # by row: of the word table as it is looked up, of a matrix by its output
            step = value.abs().amax(dim=1, keepdim=True) / 127
            assert bool(((found[name] - value).abs() <= 0.51 * step + 1e-7).all()), name
