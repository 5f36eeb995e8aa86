"""The files of a generation: written with their sums, and never used before they are checked."""

from __future__ import annotations

import mmap
import os
import weakref
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.errors import DamagedIndex
from index.storage import disk
from index.storage.manifest import BLOCK, Entry, entry_of, sum_of

# what reading a file raises that is not as it was written
DAMAGE = (
    OSError, ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError,
    RecursionError,
)  # fmt: skip


class Draft:
    """A folder that files are written into; `entries` says of each what it holds."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.entries: dict[str, Entry] = {}

    def write(self, name: str, data: str | bytes) -> None:
        """Write a file, text as UTF-8; raises OSError."""
        raw = data.encode() if isinstance(data, str) else data
        self._write(name, memoryview(raw), entry_of(raw))

    def save(self, name: str, array: NDArray[Any]) -> None:
        """Write an array as its bare numbers, little-endian; raises OSError."""
        plain = np.ascontiguousarray(array, array.dtype.newbyteorder("<"))
        view = plain.reshape(-1).view(np.uint8).data
        self._write(name, view, entry_of(view, plain.dtype.str, plain.shape))

    def take(self, name: str, old: Checked) -> None:
        """Take a file over from another generation: it is never changed. Raises OSError.

        A large one is linked; of others there are two, so that one can stand for the other.
        """
        if len(old.entries[name].sums) > 1:
            disk.link_or_copy(old.folder / name, self.folder / name)
        else:
            disk.write(self.folder / name, (old.folder / name).read_bytes())
        self.entries[name] = old.entries[name]

    def _write(self, name: str, data: memoryview, entry: Entry) -> None:
        disk.write(self.folder / name, data)
        self.entries[name] = entry


class Checked:
    """A folder of files whose sums are known; what is other than its sum is not given out.

    The methods raise OSError, ValueError or KeyError, each saying which file it is.
    """

    def __init__(self, folder: Path, entries: Mapping[str, Entry]) -> None:
        self.folder, self.entries = folder, entries

    def read(self, name: str) -> bytes:
        """The bytes of a file."""
        entry = self._entry(name)
        data = self._file(name).read_bytes()
        if entry_of(data).sums != entry.sums:
            raise ValueError(f"{name} is cut short or changed")
        return data

    def array(self, name: str) -> NDArray[Any]:
        """An array, all of it checked."""
        entry = self._entry(name)
        if len(entry.sums) > 1:
            rows = Rows(self._file(name), entry)
            rows.check()
            return rows[:]
        return np.frombuffer(self.read(name), entry.dtype).reshape(entry.shape)

    def rows(self, name: str) -> Rows | NDArray[Any]:
        """An array; of a large one, each block is checked when one of its rows is first used."""
        entry = self._entry(name)
        return Rows(self._file(name), entry) if len(entry.sums) > 1 else self.array(name)

    def check(self) -> None:
        """Check every file."""
        for name, entry in self.entries.items():
            if len(entry.sums) > 1:
                Rows(self._file(name), entry).check()
            elif disk.sha256(self._file(name)) != entry.sums[0]:  # not all of it in memory at once
                raise ValueError(f"{name} is cut short or changed")

    def _entry(self, name: str) -> Entry:
        if name not in self.entries:
            raise KeyError(f"{name} is not in the manifest")
        return self.entries[name]

    def _file(self, name: str) -> Path:
        file = self.folder / name
        if not file.is_file():
            raise FileNotFoundError(f"{name} is missing")
        if file.stat().st_size != self.entries[name].size:
            raise ValueError(f"{name} is cut short or changed")
        return file


class Rows:
    """An array on the disk, mapped into memory; a block is checked before its first use."""

    def __init__(self, file: Path, entry: Entry) -> None:
        """Raises OSError, or ValueError when the file has another size than `entry` says."""
        with file.open("rb") as stream:
            self._handle = os.dup(stream.fileno())
            weakref.finalize(self, os.close, self._handle)
            self._bytes = memoryview(mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ))
        self._file, self._entry = file, entry
        self._good = np.zeros(len(entry.sums), bool)
        dtype = np.dtype(entry.dtype or np.uint8)
        self._array = np.frombuffer(self._bytes, dtype).reshape(entry.shape or -1)
        self.shape, self.dtype = self._array.shape, dtype
        self._row = self._array[:1].nbytes

    def __len__(self) -> int:
        return len(self._array)

    def __getitem__(self, key: int | slice | NDArray[np.integer[Any]]) -> NDArray[Any]:
        """The rows asked for; raises DamagedIndex where one is other than it was written."""
        if not self._good.all():
            self._check(self._blocks(key))
        found: NDArray[Any] = self._array[key]
        return found

    def check(self) -> None:
        """Check all of it; raises ValueError."""
        for block in np.flatnonzero(~self._good).tolist():
            if not self._is_good(block):
                raise ValueError(f"{self._file.name} is cut short or changed")

    def _check(self, blocks: Iterable[int]) -> None:
        for block in blocks:
            if not self._good[block] and not self._is_good(block):
                raise damaged(self._file.parents[1], f"{self._file.name} has changed")

    def _is_good(self, block: int) -> bool:
        with suppress(OSError):
            # read, not looked at in memory: where the disk fails, that would end the process
            data = os.pread(self._handle, BLOCK, block * BLOCK)
            self._good[block] = sum_of(data) == self._entry.sums[block]
        return bool(self._good[block])

    def _blocks(self, key: int | slice | NDArray[np.integer[Any]]) -> Iterable[int]:
        """The blocks that these rows lie in."""
        if isinstance(key, slice):
            start, stop, _ = key.indices(len(self))
            ends = (start * self._row // BLOCK, (max(stop, start + 1) * self._row - 1) // BLOCK)
            return range(ends[0], min(ends[1], len(self._good) - 1) + 1)
        rows = np.atleast_1d(np.asarray(key, np.int64)) % max(1, len(self))
        edges = np.zeros(len(self._good) + 1, np.int64)  # where the rows' blocks begin and end
        np.add.at(edges, rows * self._row // BLOCK, 1)
        np.subtract.at(edges, ((rows + 1) * self._row - 1) // BLOCK + 1, 1)
        used = np.cumsum(edges[:-1]) > 0
        blocks: list[int] = np.flatnonzero(used & ~self._good).tolist()
        return blocks


def damaged(index: Path, why: str) -> DamagedIndex:
    """The error for an index of which something is not as it was written."""
    return DamagedIndex(
        f"the index in {index} is damaged ({why}); mend it with: ibid index --into {index} --check "
        "(an index of the cache: ibid cache clear)"
    )
