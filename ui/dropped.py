"""Files that were dropped on the page: kept for one browser session, in a folder of their own.

`IBID_HOME/dropped/<key>/files` holds them, `…/aside` what was removed last and can be brought
back, and `…/index` what is built of them. Nobody's own folder is touched, and after 24 hours
without use all of it is deleted.
"""

from __future__ import annotations

import atexit
import hashlib
import os
import shutil
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from index import cache
from index.build import Progress
from index.errors import DamagedIndex, UnreadableDocument, storage_errors
from index.isolation.parsers import Parsers
from index.library import settle, update
from index.load import instead_of, is_read
from index.storage import disk

MAX_FILES = 20
MAX_BYTES = 25 * 2**20
KEPT_SECONDS = 24 * 3600
_PARSERS = Parsers()  # kept: the next file finds its processes started
atexit.register(_PARSERS.close)
_PART_BYTES = 200  # of a file's or folder's name


def shelf() -> Path:
    """Where all sessions' files are."""
    return cache.home() / "dropped"


class Dropped:
    """The files of one session."""

    def __init__(self, token: str) -> None:
        """`token` is the session's secret; the folder's name does not tell it."""
        self.folder = shelf() / hashlib.sha256(token.encode()).hexdigest()[:32]
        self._files, self.index = self.folder / "files", self.folder / "index"
        self._aside = self.folder / "aside"

    def __bool__(self) -> bool:
        return any(self._walk())

    def add(self, name: str, data: bytes) -> str:
        """Keep a file; returns the name it is known by.

        Raises UnreadableDocument when it is too large, of another format or no text, when
        there are 20 already, or when nothing of the name is left; StorageError.
        """
        source = safe_name(name)
        check(source, len(data))
        loaded = _PARSERS.load(data, source)
        if not loaded.documents:
            raise UnreadableDocument(loaded.failures[0].reason)
        target = self._files / source
        if not target.exists() and sum(1 for _ in self._walk()) >= MAX_FILES:
            raise UnreadableDocument(f"{source}: there are {MAX_FILES} files; remove one first")
        with storage_errors("keep the file", target):
            disk.make_folder(target.parent)
            disk.write(target, data)
        self.touch()
        return source

    def put_aside(self, source: str = "") -> tuple[str, ...]:
        """Take away the file that a source is (a part) of, or all, and say which.

        They can be brought back until the next ones are put aside, or they are dropped.
        """
        self.drop_aside()
        names = [file.relative_to(self._files).as_posix() for file in self._walk()]
        gone = [n for n in names if not source or f"{source}/".startswith((f"{n}/", f"{n}#"))]
        for name in gone:
            (self._aside / name).parent.mkdir(parents=True, exist_ok=True)
            (self._files / name).rename(self._aside / name)
        return tuple(gone)

    def bring_back(self) -> None:
        """What was put aside is among the files again, beside one that has its name by now."""
        for file in list(_files_in(self._aside)):
            target = self._files / file.relative_to(self._aside)
            target.parent.mkdir(parents=True, exist_ok=True)
            if target.exists():
                target = target.with_stem(f"{target.stem} (earlier)")
            file.rename(target)

    def drop_aside(self) -> None:
        """Delete what was put aside; all that is here where there are no other files."""
        shutil.rmtree(self._aside if self else self.folder, ignore_errors=True)

    def refresh(self, progress: Progress | None = None) -> Path:
        """The index of the files as they are; raises what `index.library.update` raises."""
        build = partial(
            update, [self._files], self.index, originals=False, fallback=False, progress=progress
        )
        try:
            build()
        except DamagedIndex:  # the files are here: it is made of them again
            shutil.rmtree(self.index, ignore_errors=True)
            build()
        self.touch()
        return self.index

    def settle(self) -> None:
        """Delete what an engine still read that was open before `refresh`."""
        settle(self.index)

    def clear(self) -> None:
        """Delete everything."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def touch(self) -> None:
        """Count the 24 hours from now."""
        if self.folder.is_dir():
            os.utime(self.folder)

    def _walk(self) -> Iterator[Path]:
        return _files_in(self._files)


def _files_in(folder: Path) -> Iterator[Path]:
    return (p for p in folder.rglob("*") if p.is_file() and not p.is_symlink())


def check(source: str, size: int) -> None:
    """Raises UnreadableDocument when a file of this name and size (in bytes) is not taken."""
    if not is_read(source):
        raise UnreadableDocument(f"{source}: not of a format that Ibid reads{instead_of(source)}")
    if size > MAX_BYTES:
        raise UnreadableDocument(f"{source}: over {MAX_BYTES >> 20} MB; split the file")


def safe_name(name: str) -> str:
    """A relative path that stays in its folder, from the name a browser sent.

    Raises UnreadableDocument when nothing is left of it.
    """
    parts = [
        "".join(c if c.isprintable() and c not in '\\:*?"<>|' else "_" for c in part).strip(". ")
        for part in name.split("/")
    ]
    kept = [_short(part) for part in parts if part][-4:]
    if not kept:
        raise UnreadableDocument("a file without a name; rename it")
    return "/".join(kept)


def _short(part: str) -> str:
    stem, dot, suffix = part.rpartition(".")
    if not dot:
        stem, suffix = part, ""
    room = _PART_BYTES - len(dot + suffix)
    return stem.encode()[:room].decode("utf-8", "ignore") + dot + suffix if room > 0 else part[:50]


def sweep(older_than: float = KEPT_SECONDS) -> None:
    """Delete the files of sessions that were not used for `older_than` seconds."""
    limit = time.time() - older_than
    for folder in shelf().glob("*"):
        try:
            old = folder.stat().st_mtime < limit
        except OSError:
            continue  # another process was first
        if old:
            shutil.rmtree(folder, ignore_errors=True)
