"""The user's cache: compiled encoders, indexes of the folders people asked about, their tables."""

from __future__ import annotations

import atexit
import hashlib
import os
import shutil
import tempfile
import warnings
from functools import cache
from pathlib import Path
from typing import NamedTuple

import platformdirs

from index.errors import storage_errors
from index.storage.disk import size_of


class CacheEntry(NamedTuple):
    """One thing in the cache; `size_bytes` counts all its files."""

    name: str
    path: Path
    kind: str  # "index", "encoder", "table", "brief" or "collection"
    size_bytes: int


def home() -> Path:
    """IBID_HOME, or the user's cache folder; made with rights 0700.

    Where it cannot be written, a temporary folder and a warning: the question is answered, and
    nothing is kept. Raises StorageError when not even that can be made.
    """
    named = os.environ.get("IBID_HOME")
    return _usable(Path(named).expanduser() if named else platformdirs.user_cache_path("ibid"))


@cache
def _usable(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError as exc:
        warnings.warn(
            f"the cache {folder} cannot be written ({exc.strerror}); nothing will be kept. "
            "Set IBID_HOME to a folder of yours",
            stacklevel=3,
        )
        with storage_errors("make a temporary folder for", folder):
            kept = Path(tempfile.mkdtemp(prefix="ibid-"))
            atexit.register(shutil.rmtree, kept, ignore_errors=True)
            return kept


def index_folder(*documents: Path) -> Path:
    """Where the index of files and folders is kept."""
    return _private(home() / "indexes") / index_name(*documents)


def index_name(*documents: Path) -> str:
    """What the index of files and folders is called; it tells people which ones they are."""
    paths = sorted(path.resolve() for path in documents)
    key = hashlib.sha256(b"\0".join(map(os.fsencode, paths))).hexdigest()[:16]
    named = "-".join(path.name for path in paths)
    name = "".join(c if c.isalnum() or c in "-_" else "-" for c in named)[:40]
    return f"{name or 'root'}-{key}"


def encoder_folder(digest: str) -> Path:
    """Where a compiled encoder is kept."""
    return _private(home() / "encoders") / digest


def table_folder(name: str) -> Path:
    """Where the cells of tables over an index are kept."""
    return _private(_private(home() / "tables") / name)


def brief_folder(name: str) -> Path:
    """Where it is kept what the last brief of an index saw."""
    return _private(_private(home() / "briefs") / name)


def collection_folder(name: str) -> Path:
    """Where it is kept what was fetched of a collection in an engine."""
    return _private(_private(home() / "collections") / name)


def _private(folder: Path) -> Path:
    with storage_errors("create the cache folder", folder):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def entries() -> list[CacheEntry]:
    """What the cache holds, encoders first, collections last; a file linked twice counts once."""
    root = home()
    found = []
    seen: set[int] = set()
    kinds = {
        "encoder": "encoders", "index": "indexes", "table": "tables", "brief": "briefs",
        "collection": "collections",
    }  # fmt: skip
    for kind, name in kinds.items():
        for path in sorted((root / name).glob("*")):
            if path.is_dir():
                found.append(CacheEntry(path.name, path, kind, size_of(path, seen)))
    return found


def clear() -> int:
    """Delete everything `entries` lists; returns the bytes freed."""
    freed = 0
    for entry in entries():
        freed += entry.size_bytes
        shutil.rmtree(entry.path, ignore_errors=True)
    return freed
