"""Files that are on the disk when we say so, and what their bytes add up to."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path


def sha256(file: Path) -> str:
    """The sha256 of a file, 64 hex digits."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def link_or_copy(file: Path, to: Path) -> None:
    """A hard link, which costs no space, where one can be; else a copy."""
    try:
        os.link(file, to)
    except OSError:
        shutil.copyfile(file, to)


def write_synced(file: Path, data: str | bytes) -> None:
    """Write a file (text as UTF-8) and flush it to the disk."""
    with file.open("wb") as stream:
        stream.write(data if isinstance(data, bytes) else data.encode())
        stream.flush()
        os.fsync(stream.fileno())


def sync_tree(folder: Path) -> None:
    """Flush every file and folder below `folder`, and `folder` itself."""
    for parent, _, files in os.walk(folder, topdown=False):
        for name in files:
            sync(Path(parent, name))
        sync(Path(parent))


def sync(path: Path) -> None:
    """Flush one file, or the entries of one folder."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
