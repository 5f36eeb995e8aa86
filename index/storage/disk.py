"""The disk: all that an index writes goes through these functions, and is there when they return.

They use the calls of `os` alone, so that a test can put a failing disk in their place.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from pathlib import Path

from index.errors import ANOTHER_DISK, StorageError

CHUNK = 2**20  # bytes that are written, or hashed, at once
Data = bytes | memoryview


def sha256(file: Path) -> str:
    """The sha256 of a file, 64 hex digits."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def write(file: Path, data: str | Data) -> None:
    """Write a file (text as UTF-8) and flush it to the disk."""
    view = memoryview(data.encode() if isinstance(data, str) else data).cast("B")
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    try:
        at = 0
        while at < len(view):
            at += os.write(handle, view[at : at + CHUNK])
        os.fsync(handle)
    finally:
        os.close(handle)


def replace(file: Path, data: str | Data) -> None:
    """Put a file in another's place, whole or not at all."""
    temporary = file.with_name(f"{file.name}.tmp")
    write(temporary, data)
    os.replace(temporary, file)
    sync(file.parent)


def link_or_copy(file: Path, to: Path) -> None:
    """A hard link, which costs no space, where one can be; else a copy. Flushed to the disk."""
    try:
        os.link(file, to)
    except OSError:
        write(to, file.read_bytes())
    else:
        sync(to)  # whoever wrote it may not have


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it, for its owner alone; nothing where there is one."""
    missing = [p for p in (folder, *folder.parents) if not p.exists()]
    for path in reversed(missing):
        with contextlib.suppress(FileExistsError):
            os.mkdir(path, 0o700)
        sync(path.parent)


def move(folder: Path, to: Path) -> None:
    """Give a folder another name, for good."""
    os.rename(folder, to)
    sync(to.parent)


def remove(folder: Path) -> None:
    """Delete a folder and all in it, as far as that can be done."""
    shutil.rmtree(folder, ignore_errors=True)


def sync(path: Path) -> None:
    """Flush one file, or the entries of one folder."""
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def size_of(folder: Path, seen: set[int]) -> int:
    """Bytes of the files below `folder`; one that has several names, or is `seen`, counts once."""
    states = {s.st_ino: s.st_size for p in folder.rglob("*") if p.is_file() for s in [p.stat()]}
    fresh = states.keys() - seen
    seen |= fresh
    return sum(states[i] for i in fresh)


def require(folder: Path, size: int, what: str) -> None:
    """Raise StorageError unless `size` bytes are free where `folder` is or will be."""
    there = next(p for p in (folder, *folder.parents) if p.exists())
    free = shutil.disk_usage(there).free
    if size > free:
        raise StorageError(
            f"{what} in {folder} takes about {megabytes(size)} and {megabytes(free)} are free; "
            f"{ANOTHER_DISK}"
        )


def megabytes(size: int) -> str:
    """A number of bytes for people."""
    return f"{size / 2**20:,.0f} MB"
