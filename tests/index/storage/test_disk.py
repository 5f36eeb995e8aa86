"""What is written is there when the call returns, whole or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from index.errors import StorageError
from index.storage import disk


@pytest.mark.parametrize("size", [0, 1, disk.CHUNK, disk.CHUNK + 1])
def test_all_bytes_are_written(size: int, tmp_path: Path) -> None:
    data = os.urandom(size)
    file = tmp_path / "a"
    file.write_bytes(b"longer, and older" * 2)
    disk.write(file, data)
    assert file.read_bytes() == data
    assert disk.sha256(file) == hashlib.sha256(data).hexdigest()


def test_a_disk_that_takes_a_few_bytes_at_once_gets_them_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: write(handle, data[:3]))
    disk.write(tmp_path / "a", "Åland’s eels")
    assert (tmp_path / "a").read_text("utf-8") == "Åland’s eels"


def test_only_its_owner_may_read_what_is_written(tmp_path: Path) -> None:
    disk.write(tmp_path / "a", b"x")
    disk.make_folder(tmp_path / "deep" / "er")
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "deep" / "er").stat().st_mode & 0o777 == 0o700
    disk.make_folder(tmp_path / "deep" / "er")  # nothing where there is one


def test_a_file_is_replaced_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a"
    disk.replace(file, b"old")

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            disk.replace(file, b"new")
    assert file.read_bytes() == b"old"
    disk.replace(file, b"new")
    assert file.read_bytes() == b"new"
    assert [p.name for p in tmp_path.iterdir()] == ["a"]


def test_where_no_link_can_be_a_copy_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "from").mkdir()
    file = tmp_path / "from" / "a"
    file.write_bytes(b"eels")
    disk.link_or_copy(file, tmp_path / "linked")
    assert (tmp_path / "linked").samefile(file)

    def refuse(*_: object) -> None:
        raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))

    monkeypatch.setattr(os, "link", refuse)
    disk.link_or_copy(file, tmp_path / "copied")
    assert (tmp_path / "copied").read_bytes() == b"eels"
    assert not (tmp_path / "copied").samefile(file)


def test_a_file_of_several_names_counts_once(tmp_path: Path) -> None:
    for folder in ("one", "other"):
        (tmp_path / folder).mkdir()
    (tmp_path / "one" / "a").write_bytes(b"12345")
    (tmp_path / "one" / "again").hardlink_to(tmp_path / "one" / "a")
    (tmp_path / "other" / "a").hardlink_to(tmp_path / "one" / "a")
    (tmp_path / "other" / "b").write_bytes(b"123")
    seen: set[int] = set()
    assert disk.size_of(tmp_path / "one", seen) == 5
    assert disk.size_of(tmp_path / "other", seen) == 3
    assert disk.size_of(tmp_path, set()) == 8


def test_what_does_not_fit_is_told_with_how_much_it_takes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = SimpleNamespace(total=0, used=0, free=2**20)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)
    folder = tmp_path / "not" / "there"
    disk.require(folder, 2**20, "the index")
    with pytest.raises(StorageError, match=r"the index in .*there takes about 3 MB and 1 MB are"):
        disk.require(folder, 3 * 2**20, "the index")


def test_a_folder_gets_another_name_and_goes(tmp_path: Path) -> None:
    disk.make_folder(tmp_path / "a")
    disk.write(tmp_path / "a" / "x", b"x")
    disk.move(tmp_path / "a", tmp_path / "b")
    assert [p.name for p in tmp_path.iterdir()] == ["b"]
    disk.remove(tmp_path / "b")
    disk.remove(tmp_path / "b")  # it is gone already
    assert list(tmp_path.iterdir()) == []
