"""Files below a URL: what was written is read, and a store that fails says what failed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("fsspec")

from index.errors import StorageError, StoreError
from index.storage import RemoteFiles


@pytest.fixture(params=["folder", "file", "memory"])
def files(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[RemoteFiles]:
    """A folder by its path, by its URL, and a store that is no folder."""
    urls = {"folder": f"{tmp_path}/a", "file": f"file://{tmp_path}/a/", "memory": "memory://a/b"}
    found = RemoteFiles(urls[request.param])
    yield found
    found.clear()


def test_a_file(files: RemoteFiles) -> None:
    assert files.read("ab/abcd") is None
    assert files.size_of("ab/abcd") is None
    files.write("ab/abcd", b"eels")
    files.write("ab/abcd", b"herons")
    assert files.read("ab/abcd") == b"herons"
    assert files.size_of("ab/abcd") == 6


def test_all_files(files: RemoteFiles) -> None:
    assert (files.names(), files.size()) == ([], 0)
    files.clear()
    for name in ("ab/abcd", "ab/abce", "top"):
        files.write(name, name.encode())
    assert sorted(files.names()) == ["ab/abcd", "ab/abce", "top"]
    assert files.size() == 17
    files.delete(["ab/abcd", "top"])
    assert files.names() == ["ab/abce"]
    files.delete([])
    files.clear()
    assert files.names() == []


def test_a_store_that_refuses(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    files = RemoteFiles(str(tmp_path / "file" / "below"))
    with pytest.raises(StorageError, match=r"cannot write to .*below: .*try again"):
        files.write("eels", b"")


def test_a_store_that_does_not_answer(files: RemoteFiles, monkeypatch: pytest.MonkeyPatch) -> None:
    def silent(*_: object, **__: object) -> None:
        raise TimeoutError("no answer")

    for name in ("cat_file", "find", "du", "info", "rm", "exists"):
        monkeypatch.setattr(type(files._fs), name, silent)
    for ask in (files.names, files.size, lambda: files.read("eels"), lambda: files.size_of("eels")):
        with pytest.raises(StorageError, match="no answer"):
            ask()
    with pytest.raises(StorageError, match="cannot delete from"):
        files.delete(["eels"])
    monkeypatch.undo()


def test_a_store_that_nobody_knows() -> None:
    with pytest.raises(StoreError, match="nowhere://bucket cannot be opened"):
        RemoteFiles("nowhere://bucket")


def test_without_fsspec(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec", None)
    with pytest.raises(StoreError, match=r"ibid-qa\[milvus\]"):
        RemoteFiles("memory://a")
