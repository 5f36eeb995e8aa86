"""Files and the roots they are found in, and the bytes of one."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

from index.errors import OutOfReach, UnreadableDocument
from index.limits import MAX_BYTES
from index.load import SOURCES

NO_FILE = "it is no regular file; remove it"
LEADS_OUT = "it is a link that leads out of the folder; copy the file into it"
_READ = os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC
_MAY_NOT = "no permission; give yourself the right to read it"
_REMEDY = {
    errno.EACCES: _MAY_NOT,
    errno.EPERM: _MAY_NOT,
    errno.EIO: "the disk cannot read it; check the disk",
    errno.ENAMETOOLONG: "its path is too long; move it nearer to the top, or shorten the names",
    errno.ELOOP: "it is a link to itself; remove it",
    errno.EMFILE: "too many files are open; close some, or allow more with: ulimit -n 4096",
    errno.ENOENT: "it went away meanwhile; index again",
}


class Stamp(NamedTuple):
    """What tells a changed file from an unchanged one without opening it."""

    size: int  # bytes
    mtime_ns: int
    inode: int


class File(NamedTuple):
    """A file to read, and the name that its documents go by."""

    path: Path
    source: str
    stamp: Stamp


@dataclass(frozen=True)
class Root:
    """A file or folder that was given to be indexed; `path` is absolute.

    `label` goes before the names of its files. `include` and `exclude` are patterns as in
    .gitignore, relative to the folder; `removed` are sources that a person took out.
    """

    path: Path
    label: str = ""
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    text_field: str = ""  # of JSON records

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return {**asdict(self), "path": os.fspath(self.path)}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Root:
        """What `to_dict` gave."""
        lists = {k: tuple(map(str, data[k])) for k in ("include", "exclude", "removed")}
        return cls(Path(data["path"]), str(data["label"]), text_field=data["text_field"], **lists)

    @property
    def folder(self) -> Path:
        """The folder that sources are relative to."""
        return self.path if os.path.isdir(self.path) else self.path.parent

    def without(self, sources: Sequence[str]) -> Root:
        """The root of which these are left out."""
        return replace(self, removed=tuple(sorted({*self.removed, *sources})))

    def source(self, path: Path) -> str:
        """The name that a file goes by: its path in the folder, after the root's label."""
        return self.named(self.inner(path))

    def inner(self, path: Path) -> str:
        """The path in the folder."""
        return path.relative_to(self.folder).as_posix()

    def named(self, inner: str) -> str:
        """What a path in the folder is called: after the root's label."""
        return f"{self.label}/{inner}" if self.label else inner


def read_regular(path: Path, source: str, most: int = MAX_BYTES) -> bytes:
    """The bytes of a regular file, at most `most`: no link is followed, no pipe waited for.

    Raises UnreadableDocument, which calls it `source`: OutOfReach where it is there, and cannot be
    opened now.
    """
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            raise UnreadableDocument(f"{source}: {NO_FILE}")
        with os.fdopen(os.open(path, _READ), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):  # another since it was looked at
                raise UnreadableDocument(f"{source}: {NO_FILE}")
            data = file.read(most + 1)
    except OSError as exc:
        kind = UnreadableDocument if is_missing(exc) else OutOfReach
        raise kind(f"{source}: {out_of_reach(exc)}") from exc
    if len(data) > most:
        raise UnreadableDocument(f"{source}: over {most >> 20} MB; split the file")
    return data


def read_bytes(file: File, root: Root) -> bytes:
    """The bytes of a file of a root; raises UnreadableDocument.

    A link is followed to what lies in the folder too, and where it is the root itself.
    """
    path = Path(os.path.realpath(file.path))  # a folder above it may be a link by now
    if file.path != root.path and not path.is_relative_to(os.path.realpath(root.folder)):
        raise UnreadableDocument(f"{file.source}: {LEADS_OUT}")
    return read_regular(path, file.source)


def listing_of(root: Root) -> Path:
    """Where the owner of a folder may say what its documents are: title, author, date …"""
    return root.folder / SOURCES


def is_missing(exc: OSError) -> bool:
    """Whether there is nothing at a path; any other error says nothing of what is there."""
    return exc.errno in (errno.ENOENT, errno.ENOTDIR)


def out_of_reach(exc: OSError) -> str:
    """Why something cannot be opened now, and what to do."""
    return _REMEDY.get(exc.errno or 0, f"{exc.strerror or exc}; try again, or check the disk")
