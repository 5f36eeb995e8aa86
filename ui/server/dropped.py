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
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import Lock

from index import (
    DamagedIndex,
    Failure,
    Index,
    Parsers,
    Progress,
    UnreadableDocument,
    Why,
    cache,
    disk,
    error_of,
    failed,
    is_read,
    save_as,
    storage_errors,
)
from ui.server import limits

_PARSERS = Parsers(children=limits.PARSERS, spare=1)  # kept: the next file finds them started
atexit.register(_PARSERS.close)
_PART_BYTES = 200  # of a file's or folder's name
_making_room = Lock()


class NoRoom(UnreadableDocument):
    """There is enough of this tab's files, or of everybody's."""


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
        self.fresh = False  # whether files came that `refresh` has not seen
        self.refused: dict[str, Failure] = {}  # what was sent and not taken, by source

    def __bool__(self) -> bool:
        return any(self._walk())

    def add(self, name: str, data: bytes) -> str:
        """Keep a file; returns the name it is known by.

        Raises UnreadableDocument when it is of another format or no text, or when nothing of the
        name is left; NoRoom when it is too large, or there are too many already; StorageError.
        """
        source = safe_name(name)
        check(source)
        target = self._files / source
        self._check_room(target, source, len(data))
        loaded = _PARSERS.load(data, source)
        if not loaded.documents:
            raise error_of(loaded.failures[0])
        make_room(len(data), self.folder)
        with storage_errors("keep the file", target):
            disk.make_folder(target.parent)
            disk.write(target, data)
        self.refused.pop(source, None)
        self.fresh = True
        self.touch()
        return source

    def refuse(self, source: str, error: UnreadableDocument) -> None:
        """Remember that a file was not taken, and why; of too many the first are forgotten.

        Of one that there was no room for nothing is known: it may be sent again.
        """
        if isinstance(error, NoRoom):
            return
        self.refused.pop(source, None)
        (failure,) = failed(source, error).failures
        self.refused[source] = failure if is_read(source) else failure._replace(why=Why.FORMAT)
        while len(self.refused) > limits.REFUSED:
            del self.refused[next(iter(self.refused))]

    def _check_room(self, target: Path, source: str, size: int) -> None:
        if size > limits.FILE_BYTES:
            raise NoRoom(f"{source}: over {limits.FILE_BYTES >> 20} MB; split the file")
        others = [file.stat().st_size for file in self._walk() if file != target]
        if len(others) >= limits.FILES:
            raise NoRoom(f"{source}: there are {limits.FILES} files; remove one first")
        if sum(others) + size > limits.BATCH_BYTES:
            most = limits.BATCH_BYTES >> 20
            raise NoRoom(f"{source}: the files would be over {most} MB; remove one first")

    def put_aside(self, source: str = "") -> tuple[str, ...]:
        """Take away the file that a source is (a part) of, or all, and say which.

        They can be brought back until the next ones are put aside, or they are dropped.
        """
        self.drop_aside()
        names = [file.relative_to(self._files).as_posix() for file in self._walk()]
        if not source:
            self.refused.clear()
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
        """The index of the files as they are; raises what `Index.update` raises."""
        self.fresh = False
        build = partial(
            Index(self.index).update,
            self._files,
            originals=False,
            fallback=False,
            progress=progress,
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
        Index(self.index).settle()

    def touch(self) -> None:
        """Count the 24 hours from now."""
        if self.folder.is_dir():
            os.utime(self.folder)

    def _walk(self) -> Iterator[Path]:
        return _files_in(self._files)


def _files_in(folder: Path) -> Iterator[Path]:
    return (p for p in folder.rglob("*") if p.is_file() and not p.is_symlink())


def stop_reading() -> None:
    """End the processes that read files; what they were reading is refused."""
    _PARSERS.close()


def check(source: str) -> None:
    """Raises UnreadableDocument when a file of this name is not taken."""
    if not is_read(source):
        raise UnreadableDocument(f"{source}: {save_as(source)}")


def safe_name(name: str) -> str:
    """A relative path that stays in its folder, from the name a browser sent.

    Raises UnreadableDocument when nothing is left of it.
    """
    parts = [
        "".join(c if c.isprintable() and c not in '\\:*?"<>|' else "_" for c in part).strip(". ")
        for part in name.split("/")
    ]
    kept = [_shorten(part) for part in parts if part][-4:]
    if not kept:
        raise UnreadableDocument("a file without a name; rename it")
    return "/".join(kept)


def _shorten(part: str) -> str:
    stem, dot, suffix = part.rpartition(".")
    if not dot:
        stem, suffix = part, ""
    room = _PART_BYTES - len(dot + suffix)
    return stem.encode()[:room].decode("utf-8", "ignore") + dot + suffix if room > 0 else part[:50]


def sweep(older_than: float = limits.KEPT_SECONDS) -> None:
    """Delete the files of sessions that were not used for `older_than` seconds."""
    limit = time.time() - older_than
    for used, folder in _by_use():
        if used < limit:
            shutil.rmtree(folder, ignore_errors=True)


def make_room(size: int, own: Path) -> None:
    """Delete the files that were not used for longest, until `size` bytes more are allowed.

    Those of `own`, and what was used in the last ten minutes, stay; raises NoRoom when that is
    too much.
    """
    with _making_room:
        sizes = {folder: _bytes_in(folder) for _, folder in _by_use()}
        over = sum(sizes.values()) + size - limits.DISK_BYTES
        limit = time.time() - limits.IN_USE_SECONDS
        for used, folder in _by_use():
            if over <= 0:
                return
            if folder != own and used < limit:
                shutil.rmtree(folder, ignore_errors=True)
                over -= sizes.get(folder, 0)
        if over > 0:
            raise NoRoom("there is no room for more files now; try again in ten minutes")


def _by_use() -> list[tuple[float, Path]]:
    """When each session's files were used last, and where they are; the oldest first."""
    found = []
    for folder in shelf().glob("*"):
        try:
            found.append((folder.stat().st_mtime, folder))
        except OSError:
            continue  # another process was first
    return sorted(found)


def _bytes_in(folder: Path) -> int:
    """Bytes of the files in it."""
    total = 0
    for file in folder.rglob("*"):
        with suppress(OSError):
            if not file.is_dir():
                total += file.lstat().st_size
    return total
