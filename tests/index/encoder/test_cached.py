"""Ours is opened from the package; another is compiled once, and again where it has changed."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from index.encoder import cached, compile
from index.encoder.encode import EncoderConfig
from index.encoder.models import CONFIG, DEFAULT, MODEL, SHIPPED, TOKENIZER, shipped_digest
from index.errors import EncoderError
from index.storage import cache


def test_an_encoder_that_changed_in_the_cache_is_compiled_again(
    tmp_path: Path, tiny_compiled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An index copies it: what is wrong with it would be wrong there."""
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
    cached.open_encoder("model")
    good = (compiled / "model.onnx").read_bytes()
    at = len(good) // 2  # one of the weights
    (compiled / "model.onnx").write_bytes(good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :])
    cached.open_encoder("model")
    assert (compiled / "model.onnx").read_bytes() == good


def test_ours_is_opened_where_it_lies(ibid_home: Path) -> None:
    for name in (None, DEFAULT):
        encoder, folder = cached.open_encoder(name)
        assert folder == SHIPPED
        assert not (ibid_home / "encoders" / encoder.digest).exists()


@pytest.mark.slow
@pytest.mark.parametrize("name", [MODEL, TOKENIZER, CONFIG])
def test_ours_is_refused_where_it_has_changed(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = Path(shutil.copytree(SHIPPED, tmp_path / "default"))
    monkeypatch.setattr(cached, "SHIPPED", ours)
    assert cached.open_encoder(None)[1] == ours
    good = (ours / name).read_bytes()
    at = good.index(b'"digest"') + 12 if name == CONFIG else len(good) // 2
    changed = b"0" if good[at : at + 1] != b"0" else b"1"
    (ours / name).write_bytes(good[:at] + changed + good[at + 1 :])
    with pytest.raises(EncoderError, match="reinstall"):
        cached.open_encoder(None)
    (ours / name).unlink()
    with pytest.raises(EncoderError, match="reinstall"):
        cached.open_encoder(None)


@pytest.mark.slow
def test_a_byte_of_what_ours_says_of_itself_changes_nothing_unnoticed(
    tmp_path: Path, tiny_compiled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = Path(shutil.copytree(tiny_compiled, tmp_path / "default"))
    replace(EncoderConfig.load(ours), digest=shipped_digest(ours)).save(ours)
    monkeypatch.setattr(cached, "SHIPPED", ours)
    good, config = (ours / CONFIG).read_bytes(), cached.open_encoder(None)[0].config
    refused: list[str] = []
    for at in range(len(good)):
        for bit in (1, 4):  # another letter or digit; a space from a line's end
            (ours / CONFIG).write_bytes(good[:at] + bytes([good[at] ^ bit]) + good[at + 1 :])
            try:
                assert cached.open_encoder(None)[0].config == config
            except EncoderError as exc:
                refused.append(str(exc))
    assert len(refused) > len(good)
    assert all("reinstall" in told for told in refused)
