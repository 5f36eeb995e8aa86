"""Files below a URL, wherever fsspec finds them: in a folder, or at `s3://BUCKET/FOLDER`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import PurePosixPath
from typing import TypeVar

from index.errors import StorageError, StoreError

_T = TypeVar("_T")
EXTRAS = "pip install 'ibid-qa[milvus]' or 'ibid-qa[ray]'"


class RemoteFiles:
    """The files below a URL by their names, such as "ab/abcd"; thread-safe.

    Each store has errors of its own: all methods raise StorageError, and say what failed.
    """

    def __init__(self, url: str) -> None:
        """Raises StoreError where no such store can be opened."""
        self.url = url
        try:
            import fsspec
        except ImportError as exc:
            raise StoreError(f"the store {url} cannot be opened without fsspec: {EXTRAS}") from exc
        try:
            self._fs, root = fsspec.core.url_to_fs(url)
        except (ImportError, ValueError, OSError) as exc:
            raise StoreError(f"the store {url} cannot be opened: {exc}") from exc
        self._root = str(root).rstrip("/")

    def read(self, name: str) -> bytes | None:
        """What is in a file; None where there is none."""

        def read() -> bytes | None:
            try:
                return bytes(self._fs.cat_file(self._path(name)))
            except FileNotFoundError:
                return None

        return self._does("read from", read)

    def write(self, name: str, data: bytes) -> None:
        """Write a file."""

        def write() -> None:
            self._fs.makedirs(os.path.dirname(self._path(name)), exist_ok=True)
            self._fs.pipe_file(self._path(name), data)

        self._does("write to", write)

    def size_of(self, name: str) -> int | None:
        """How many bytes a file has; None where there is none."""

        def size() -> int | None:
            path = self._path(name)
            return int(self._fs.info(path)["size"]) if self._fs.exists(path) else None

        return self._does("look into", size)

    def size(self) -> int:
        """How many bytes all files have."""
        return self._does("look into", lambda: int(self._fs.du(self._root)) if self._some else 0)

    def names(self) -> list[str]:
        """What all files are called."""
        found = self._does("look into", lambda: self._fs.find(self._root) if self._some else [])
        return [str(PurePosixPath(path).relative_to(self._root)) for path in found]

    def delete(self, names: Iterable[str]) -> None:
        """Delete files that are there."""
        paths = [self._path(name) for name in names]
        if paths:
            self._does("delete from", lambda: self._fs.rm(paths))

    def clear(self) -> None:
        """Delete all files and what they lie in."""
        if self._does("look into", lambda: self._some):
            self._does("delete from", lambda: self._fs.rm(self._root, recursive=True))

    @property
    def _some(self) -> bool:
        return bool(self._fs.exists(self._root))

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}"

    def _does(self, what: str, act: Callable[[], _T]) -> _T:
        try:
            return act()
        except Exception as exc:  # each store has errors of its own
            raise StorageError(
                f"cannot {what} {self.url}: {exc}; check that it can be reached, and try again"
            ) from exc
