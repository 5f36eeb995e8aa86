"""Where workers put what they made, and the writer of an index finds it.

Whatever fsspec opens: a folder, or `s3://BUCKET/FOLDER` where s3fs is installed.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from index.errors import StorageError, StoreError
from index.workers.results import FileResult

EXTRA = "to index with workers install Ibid with its extra: pip install 'ibid-qa[ray]'"
_ENCODER = "encoder"


class ResultStore:
    """Results below a URL by their names; thread-safe. All raise StorageError."""

    def __init__(self, url: str) -> None:
        """Raises StoreError where no such store can be opened."""
        try:
            import fsspec
        except ImportError as exc:
            raise StoreError(EXTRA) from exc
        self.url = url
        try:
            self._fs, root = fsspec.core.url_to_fs(url)
        except (ImportError, ValueError, OSError) as exc:
            raise StoreError(f"the store {url} cannot be opened: {exc}") from exc
        self._root = str(root).rstrip("/")

    def put(self, name: str, result: FileResult) -> None:
        """Keep a result; one that is cut off in the middle counts as none."""
        self._write(f"{name[:2]}/{name}", result.to_bytes())

    def get(self, name: str) -> FileResult | None:
        """The result of this name; None where there is none that is whole."""
        data = self._read(f"{name[:2]}/{name}")
        return FileResult.from_bytes(data) if data is not None else None

    def put_encoder(self, files: Iterable[Path]) -> None:
        """Keep the files of a compiled encoder for those who have it not."""
        for file in files:
            self._write(f"{_ENCODER}/{file.name}", file.read_bytes())

    def fetch_encoder(self, folder: Path, names: Iterable[str]) -> None:
        """Write the files of the encoder into a folder."""
        for name in names:
            data = self._read(f"{_ENCODER}/{name}")
            if data is None:
                raise StorageError(f"{name} of the encoder is not in {self.url}; index again")
            (folder / name).write_bytes(data)

    def clear(self) -> None:
        """Delete all of them, as far as that can be done."""
        with suppress(Exception):  # each store has errors of its own
            self._fs.rm(self._root, recursive=True)

    def _write(self, name: str, data: bytes) -> None:
        path = f"{self._root}/{name}"
        try:
            self._fs.makedirs(os.path.dirname(path), exist_ok=True)
            self._fs.pipe_file(path, data)
        except Exception as exc:  # each store has errors of its own
            raise StorageError(f"cannot write to {self.url}: {exc}; check it, try again") from exc

    def _read(self, name: str) -> bytes | None:
        try:
            data: bytes = self._fs.cat_file(f"{self._root}/{name}")
            return data
        except FileNotFoundError:
            return None
        except Exception as exc:  # each store has errors of its own
            raise StorageError(f"cannot read from {self.url}: {exc}; check it, try again") from exc
