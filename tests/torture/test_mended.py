"""What was found by torture, and mended."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from index.encoder import compile
from index.generation import build
from index.library import library
from tests.torture.disk import Crash, Disk, crash_at
from tests.torture.scenes import SCENES
from tests.torture.test_crash import calls_of
from tests.torture.worlds import attempt, copy


def test_an_encoder_that_changed_in_the_cache_is_compiled_again(
    tmp_path: Path, tiny_compiled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An index links it: a bit that flips in one flips in both, and is mended with itself."""
    cached = tmp_path / "encoders" / "digest"
    cached.parent.mkdir()
    monkeypatch.setattr(compile, "model_folder", lambda model: tmp_path)
    monkeypatch.setattr(compile, "model_digest", lambda folder: "digest")
    monkeypatch.setattr(build.cache, "encoder_folder", lambda digest: cached)
    monkeypatch.setattr(
        compile,
        "compile_model",
        lambda _, to: shutil.copytree(tiny_compiled, to, dirs_exist_ok=True),
    )
    cached.open_encoder(None)
    good = (cached / "model.onnx").read_bytes()
    at = len(good) // 2  # one of the weights
    (cached / "model.onnx").write_bytes(good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :])
    cached.open_encoder(None)
    assert (cached / "model.onnx").read_bytes() == good


def test_a_removal_that_died_is_ended_by_the_next_update(ground: Path) -> None:
    """The new state is there, and so is the one before, with what was to go."""
    scene = SCENES["removed"](ground)
    calls = calls_of(scene, ground)
    (published,) = (n for n, call in enumerate(calls) if call.to.endswith("/CURRENT"))
    index = copy(scene.before, ground / "index")
    with Disk(index, crash_at(published + 2))(), pytest.raises(Crash):
        scene.act(index)
    assert attempt(lambda: library.update([scene.folder], index)) is None
    for file in index.rglob("*"):
        assert not file.is_file() or b"glass eels in spring" not in file.read_bytes()
