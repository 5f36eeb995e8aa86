"""The teacher reads MiniLM's rows as MPNet would read its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import save_file
from transformers import MPNetConfig, MPNetModel

from rag.reader.pairs import EncodedPair
from training.batches import logits_of
from training.groups import Labelled
from training.losses import against_labels, against_teacher
from training.model import ReadingModel
from training.teacher import CLS, SEP, SHIFT, Teacher
from training.train import TrainingSettings, opened, taught_by

ROWS = [
    EncodedPair([101, *range(1000, 1000 + n), 102, *range(2000, 2000 + n), 102], n + 2, [], 0)
    for n in (3, 20)
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small MPNet of chance weights, as it is published."""
    torch.manual_seed(0)
    config = MPNetConfig(
        vocab_size=30_527,
        hidden_size=24,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=48,
        max_position_embeddings=514,
        bos_token_id=0,
        eos_token_id=2,
    )
    MPNetModel(config, add_pooling_layer=False).save_pretrained(tmp_path)
    return tmp_path


def test_padded_or_not_it_says_what_mpnet_says(folder: Path) -> None:
    teacher = Teacher.untrained(folder, dropout=0.0).eval()
    mpnet: Any = MPNetModel.from_pretrained(folder, add_pooling_layer=False)
    mpnet.eval()
    with torch.no_grad():
        found = logits_of(teacher, ROWS, torch.device("cpu"))
        for row, logits in zip(ROWS, found, strict=True):
            special = {101: CLS, 102: SEP}
            ids = torch.tensor([[special.get(i, i + SHIFT) for i in row.ids]])
            expected = teacher.head(mpnet(input_ids=ids).last_hidden_state)[0]
            assert logits.shape == (len(row.ids), 4)
            assert float((logits - expected).abs().max()) < 0.02  # bfloat16's rounding


def test_words_and_distances_stay_as_they_are(folder: Path) -> None:
    teacher = Teacher.untrained(folder)
    outputs = logits_of(teacher, ROWS, torch.device("cpu"))
    torch.stack([o.sum() for o in outputs]).sum().backward()  # type: ignore[no-untyped-call]
    fixed = [n for n, p in teacher.named_parameters() if p.grad is None]
    assert fixed
    assert all("embeddings" in n or "relative_attention_bias" in n for n in fixed)


def test_teachers_are_heard_as_their_mean(folder: Path) -> None:
    row = EncodedPair([101, 7, 102, 11, 12, 21, 102], 3, [(3, 5), (5, 6)], 0)
    group = [Labelled(row, (1,), (5, 5)), Labelled(row)]
    models = [Teacher.untrained(folder, dropout=0.0).eval() for _ in range(2)]
    device = torch.device("cpu")
    with torch.no_grad():
        said = [logits_of(m, [row, row], device) for m in models]
    mean = [(a + b) / 2 for a, b in zip(*said, strict=True)]
    both = taught_by(models, labels=0.25)(mean, [group])
    for name, value in against_labels(mean, [group]).items():
        assert float(both[name]) == pytest.approx(0.25 * float(value), rel=1e-5)
    for name, value in against_teacher(mean, mean, [group]).items():
        assert float(both[f"taught {name}"]) == pytest.approx(0.75 * float(value), rel=1e-5)


@pytest.mark.parametrize(("falling", "end"), [(False, 1.0), (True, 0.0)])
def test_the_rate_rises_and_then_stays_or_falls(falling: bool, end: float) -> None:
    settings = TrainingSettings(1.0, 0, rate=1.0, falling=falling)
    assert settings.rate_at(0.0) < settings.rate_at(0.02) < settings.rate_at(0.05)
    assert settings.rate_at(1.0) == pytest.approx(end)


@pytest.mark.slow
def test_a_model_is_opened_by_its_weights(folder: Path, tmp_path: Path) -> None:
    for model, named in (
        (Teacher.untrained(folder), f"{folder}:{tmp_path / 'teacher.safetensors'}"),
        (ReadingModel.untrained(layers=6), str(tmp_path / "reader.safetensors")),
    ):
        state = {k: v.contiguous() for k, v in model.state_dict().items()}
        save_file(state, named.rpartition(":")[2])
        found = opened(named)
        assert type(found) is type(model)
        assert not found.training
        assert all(torch.equal(v, state[k]) for k, v in found.state_dict().items())
