"""The files an index was made of, as they were read: it can be made again without them."""

from __future__ import annotations

import hashlib
from collections.abc import Container
from contextlib import suppress
from pathlib import Path

from index.errors import DamagedIndex, storage_errors
from index.storage import disk

OBJECTS = "objects"


class Originals:
    """The folder `objects` of an index; each file in it is called by its sha256."""

    def __init__(self, index: Path) -> None:
        self._index, self.folder = index, index / OBJECTS

    def __bool__(self) -> bool:
        """Whether this index keeps its files."""
        return self.folder.is_dir()

    def __contains__(self, digest: str) -> bool:
        return (self.folder / digest).is_file()

    def keep(self, data: bytes, digest: str) -> None:
        """Keep the bytes of this sha256, flushed to the disk; raises StorageError.

        What is kept under their name and is something else goes.
        """
        file = self.folder / digest
        if file.is_file() and disk.sha256(file) == digest:
            return
        with storage_errors("keep a file in", self._index):
            disk.make_folder(self.folder)
            disk.replace(file, data)

    def read(self, digest: str) -> bytes:
        """The bytes of this sha256; raises DamagedIndex when they are missing or others."""
        try:
            data = (self.folder / digest).read_bytes()
        except OSError as exc:
            raise self._damaged(digest, "is missing") from exc
        if hashlib.sha256(data).hexdigest() != digest:
            raise self._damaged(digest, "has changed")
        return data

    def forget(self, but: Container[str]) -> None:
        """Delete all but these, as far as that can be done."""
        for file in self.folder.glob("*"):
            if file.name not in but:
                with suppress(OSError):
                    file.unlink()

    def _damaged(self, digest: str, what: str) -> DamagedIndex:
        return DamagedIndex(
            f"{self.folder / digest}, a file that the index keeps, {what}; index its folder again: "
            f"ibid index PATH --into {self._index} --check"
        )
