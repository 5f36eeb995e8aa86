"""Where workers put what they made, and the writer of an index finds it.

Whatever fsspec opens: a folder, or `s3://BUCKET/FOLDER` where s3fs is installed.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from index.errors import StorageError
from index.storage import RemoteFiles
from index.workers.results import FileResult

_ENCODER = "encoder"


class ResultStore:
    """Results below a URL by their names; thread-safe. All raise StorageError."""

    def __init__(self, url: str) -> None:
        """Raises StoreError where no such store can be opened."""
        self._files = RemoteFiles(url)

    def put(self, name: str, result: FileResult) -> None:
        """Keep a result; one that is cut off in the middle counts as none."""
        self._files.write(_path(name), result.to_bytes())

    def get(self, name: str) -> FileResult | None:
        """The result of this name; None where there is none that is whole."""
        data = self._files.read(_path(name))
        return FileResult.from_bytes(data) if data is not None else None

    def put_encoder(self, files: Iterable[Path]) -> None:
        """Keep the files of a compiled encoder for those who have it not."""
        for file in files:
            self._files.write(f"{_ENCODER}/{file.name}", file.read_bytes())

    def fetch_encoder(self, folder: Path, names: Iterable[str]) -> None:
        """Write the files of the encoder into a folder."""
        for name in names:
            data = self._files.read(f"{_ENCODER}/{name}")
            if data is None:
                url = self._files.url
                raise StorageError(f"{name} of the encoder is not in {url}; index again")
            (folder / name).write_bytes(data)

    def clear(self) -> None:
        """Delete all of them, as far as that can be done."""
        with suppress(StorageError):
            self._files.clear()


def _path(name: str) -> str:
    return f"{name[:2]}/{name}"
