"""Bytes by their sha256, in a folder or an object store: texts, originals, what versions hold.

Whatever fsspec opens is a store: a folder, or `s3://BUCKET/FOLDER` where s3fs is installed. What is
read is checked: nothing that has changed is ever used.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Container, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from threading import Lock

from index.errors import DamagedIndex
from index.storage import RemoteFiles

KEPT = 64 * 2**20  # bytes of objects that are kept in memory, the last ones that were read
AT_ONCE = 8


class Objects:
    """The objects below a URL, each called by its sha256; thread-safe."""

    def __init__(self, url: str, *, check: bool = False) -> None:
        """Raises StoreError where no such store can be opened.

        With `check` what is there is believed to be what it was only when it was read.
        """
        self.url, self._files, self._check = url, RemoteFiles(url), check
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._size, self._lock = 0, Lock()

    def put(self, data: bytes) -> str:
        """Keep these bytes, and say what they are called; raises StorageError."""
        name = hashlib.sha256(data).hexdigest()
        path = _path(name)
        # one that was cut short has another size, and is written again
        is_there = self._files.size_of(path) == len(data)
        if not is_there or (self._check and self._files.read(path) != data):
            self._files.write(path, data)
        return name

    def get(self, name: str) -> bytes:
        """The bytes of this sha256; raises DamagedIndex where they are missing or others.

        Raises StorageError where the store does not answer.
        """
        with self._lock:
            if name in self._kept:
                self._kept.move_to_end(name)
                return self._kept[name]
        data = self._files.read(_path(name))
        if data is None:
            raise _damaged(self.url, name, "is missing")
        if hashlib.sha256(data).hexdigest() != name:
            raise _damaged(self.url, name, "has changed")
        with self._lock:
            if name not in self._kept and len(data) <= KEPT // 4:
                self._kept[name] = data
                self._size += len(data)
                while self._size > KEPT:
                    self._size -= len(self._kept.popitem(last=False)[1])
        return data

    def get_all(self, names: Iterable[str]) -> Mapping[str, bytes]:
        """The bytes of several, read at the same time; raises as `get` does."""
        wanted = list(dict.fromkeys(names))
        if len(wanted) < 2:
            return {name: self.get(name) for name in wanted}
        with ThreadPoolExecutor(AT_ONCE) as pool:
            return dict(zip(wanted, pool.map(self.get, wanted), strict=True))

    def forget(self, but: Container[str]) -> None:
        """Delete all but these; raises StorageError."""
        self._files.delete(name for name in self._files.names() if name[3:] not in but)

    def size(self) -> int:
        """How many bytes all of them are; raises StorageError."""
        return self._files.size()

    def size_of(self, names: Iterable[str]) -> int:
        """How many bytes these are; raises as `get` does."""
        return sum(len(data) for data in self.get_all(names).values())


def _path(name: str) -> str:
    return f"{name[:2]}/{name}"


def _damaged(url: str, name: str, what: str) -> DamagedIndex:
    return DamagedIndex(
        f"{name[:16]}… in {url}, which the collection needs, {what}; index its folders again: "
        "ibid index PATH --into ADDRESS --check"
    )
