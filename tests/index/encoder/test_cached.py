"""A model is compiled once, and again where its encoder in the cache has changed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from index.encoder import cached, compile
from index.storage import cache


def test_an_encoder_that_changed_in_the_cache_is_compiled_again(
    tmp_path: Path, tiny_compiled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An index links it: a bit that flips in one flips in both, and is mended with itself."""
    compiled = tmp_path / "encoders" / "digest"
    compiled.parent.mkdir()
    monkeypatch.setattr(compile, "model_folder", lambda model: tmp_path)
    monkeypatch.setattr(compile, "model_digest", lambda folder: "digest")
    monkeypatch.setattr(cache, "encoder_folder", lambda digest: compiled)
    monkeypatch.setattr(
        compile,
        "compile_model",
        lambda _, to: shutil.copytree(tiny_compiled, to, dirs_exist_ok=True),
    )
    cached.open_encoder(None)
    good = (compiled / "model.onnx").read_bytes()
    at = len(good) // 2  # one of the weights
    (compiled / "model.onnx").write_bytes(good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :])
    cached.open_encoder(None)
    assert (compiled / "model.onnx").read_bytes() == good
