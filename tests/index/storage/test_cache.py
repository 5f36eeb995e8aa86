"""The user's cache: what is in it, under which name, and how it goes."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.storage import cache


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of one's own."""
    monkeypatch.setenv("IBID_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def test_an_index_is_named_after_its_folders_in_any_order(tmp_path: Path) -> None:
    one, other = tmp_path / "my notes", tmp_path / "birds"
    name = cache.index_name(one, other)
    assert name == cache.index_name(other, one / ".." / "my notes")
    assert name.startswith("birds-my-notes-")
    assert name != cache.index_name(one)
    assert cache.index_name(tmp_path / "a" / "x") != cache.index_name(tmp_path / "b" / "x")
    assert cache.index_name(Path("/")).startswith("root-")


def test_what_it_holds_is_listed_encoders_first_and_cleared(home: Path) -> None:
    index, encoder = cache.index_folder(home / "docs"), cache.encoder_folder("abc")
    for folder in (index, encoder):
        folder.mkdir()
    (encoder / "model.onnx").write_bytes(b"12345")
    (index / "encoder").hardlink_to(encoder / "model.onnx")
    (index / "more").write_bytes(b"12")
    found = [(e.name, e.path, e.kind, e.size_bytes) for e in cache.entries()]
    assert found == [("abc", encoder, "encoder", 5), (index.name, index, "index", 2)]
    assert cache.clear() == 7
    assert cache.entries() == []


def test_it_is_for_its_owner_alone(home: Path) -> None:
    cache.index_folder(home / "docs")
    assert {p.stat().st_mode & 0o777 for p in (home, home / "indexes")} == {0o700}


def test_where_it_cannot_be_written_nothing_is_kept_and_a_warning_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("IBID_HOME", str(tmp_path / "file" / "home"))
    with pytest.warns(UserWarning, match="cannot be written .*; nothing will be kept"):
        kept = cache.home()
    assert kept.is_dir()
    assert kept == cache.home()  # the same, and no other warning
