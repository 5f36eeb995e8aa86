"""Objects: what is read is what was written, or an error that says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("fsspec")

from index.engines.objects import Objects
from index.errors import DamagedIndex, StorageError, StoreError


def file_of(folder: Path, name: str) -> Path:
    return folder / name[:2] / name


def test_what_was_put_is_got(tmp_path: Path) -> None:
    name = Objects(str(tmp_path)).put(b"eels")
    objects = Objects(str(tmp_path))
    assert objects.get(name) == objects.get(name) == b"eels"
    assert objects.get_all([name, name]) == {name: b"eels"}
    assert objects.size() == objects.size_of([name]) == 4


def test_what_has_changed_is_not_used(tmp_path: Path) -> None:
    name = Objects(str(tmp_path)).put(b"eels")
    file_of(tmp_path, name).write_bytes(b"seal")
    with pytest.raises(DamagedIndex, match="has changed; index its folders again"):
        Objects(str(tmp_path)).get(name)


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    objects = Objects(str(tmp_path))
    with pytest.raises(DamagedIndex, match="is missing"):
        objects.get("0" * 64)
    assert objects.size() == 0
    objects.forget(())


def test_what_was_cut_short_is_written_again(tmp_path: Path) -> None:
    objects = Objects(str(tmp_path))
    name = objects.put(b"eels")
    file_of(tmp_path, name).write_bytes(b"ee")
    assert objects.put(b"eels") == name
    assert objects.get(name) == b"eels"


def test_what_nobody_needs_is_forgotten(tmp_path: Path) -> None:
    objects = Objects(str(tmp_path))
    kept, gone = objects.put(b"eels"), objects.put(b"herons")
    objects.forget({kept})
    assert file_of(tmp_path, kept).is_file()
    assert not file_of(tmp_path, gone).exists()


def test_a_store_that_refuses_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(StorageError, match="cannot write to"):
        Objects(str(tmp_path / "file")).put(b"eels")


def test_a_store_that_nobody_knows(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be opened"):
        Objects("nowhere://bucket")
