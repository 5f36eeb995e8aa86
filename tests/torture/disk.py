"""A disk that counts, records, refuses and dies: it stands between the store and `os`.

Only what happens below one folder goes through it, and not the lock file: another library's.
"""

from __future__ import annotations

import errno
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest

ERRORS = (errno.ENOSPC, errno.EIO, errno.EMFILE, errno.EROFS)
_LEFT_OUT = "LOCK"


class Crash(BaseException):
    """The machine is gone. No clean-up code catches this."""


class Call(NamedTuple):
    """One call: `path` and `to` are absolute, `at` is where the bytes of `data` go.

    `kind` is "open", "read" (a file opened by Python's `open`), "write", "fsync", "rename" (which
    replaces, too), "link", "unlink", "mkdir" or "rmdir". Of an "open" `at` holds the flags, and of
    a "link" `data` holds what is in the file. `kind` is "" of one that failed by itself.
    """

    kind: str
    path: str
    to: str = ""
    at: int = 0
    data: bytes = b""


# is told of a call before it is made, and its number from 0; it may raise, or say how many bytes
# of a write are written
Hook = Callable[[int, Call], int | None]


def watching(number: int, call: Call) -> None:
    """A hook that lets everything happen."""


def crash_at(wanted: int) -> Hook:
    """Neither the call of this number nor any after it is made."""

    def hook(number: int, call: Call) -> None:
        if number >= wanted:
            raise Crash

    return hook


def half_at(wanted: int) -> Hook:
    """Half of the write of this number is done, and then there is no more."""

    def hook(number: int, call: Call) -> int | None:
        if number > wanted:
            raise Crash
        return len(call.data) // 2 if number == wanted and call.kind == "write" else None

    return hook


def refuse_at(wanted: int, code: int) -> Hook:
    """The call of this number fails; the others do not."""

    def hook(number: int, call: Call) -> None:
        if number == wanted:
            raise OSError(code, os.strerror(code), call.path)

    return hook


def refuse_from(wanted: int, code: int, *kinds: str) -> Hook:
    """From the call of this number on, all of these kinds fail: what a full disk does."""

    def hook(number: int, call: Call) -> None:
        if number >= wanted and call.kind in kinds:
            raise OSError(code, os.strerror(code), call.path)

    return hook


def short_writes(number: int, call: Call) -> int | None:
    """Every write of more than a byte is done by halves."""
    return (len(call.data) + 1) // 2 if call.kind == "write" else None


class Disk:
    """The calls of `os` for what lies below `root`; `calls` are those that were tried."""

    def __init__(self, root: Path, hook: Hook = watching, *, reads: bool = False) -> None:
        self.calls: list[Call] = []
        self._root, self._hook, self._reads = os.fspath(root), hook, reads
        self._paths: dict[int, str] = {}  # of open handles
        self._sizes: dict[int, int] = {}  # how much was written to them
        self._real: dict[str, Callable[..., Any]] = {}

    @contextmanager
    def __call__(self) -> Iterator[Disk]:
        """While this lasts the disk is this one."""
        ours = {
            "open": self._open, "write": self._write, "fsync": self._fsync, "close": self._close,
            "rename": self._two("rename"), "replace": self._two("replace", "rename"),
            "link": self._two("link"), "unlink": self._one("unlink"),
            "remove": self._one("remove", "unlink"), "mkdir": self._one("mkdir"),
            "rmdir": self._one("rmdir"),
        }  # fmt: skip
        self._real = {name: getattr(os, name) for name in ours}
        read = io.open
        with pytest.MonkeyPatch.context() as patch:
            for name, function in ours.items():
                patch.setattr(os, name, function)
            if self._reads:
                patch.setattr(io, "open", self._reader(read))
            yield self

    def _told(self, call: Call) -> int | None:
        self.calls.append(call)
        return self._hook(len(self.calls) - 1, call)

    @contextmanager
    def _noting(self, own: str) -> Iterator[None]:
        """Of a call that fails by itself nothing is left to be replayed."""
        try:
            yield
        except OSError:
            if own:
                self.calls[-1] = self.calls[-1]._replace(kind="")
            raise

    def _path(self, path: Any, dir_fd: int | None = None) -> str:
        """The absolute path, "" where it is none of ours."""
        if isinstance(path, int):
            return self._paths.get(path, "")
        folder = self._paths.get(dir_fd, "") if dir_fd is not None else os.getcwd()
        full = os.path.join(folder, os.fspath(path)) if folder else ""
        inside = full == self._root or full.startswith(f"{self._root}/")
        return full if inside and os.path.basename(full) != _LEFT_OUT else ""

    def _open(self, path: Any, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        if own := self._path(path, dir_fd):
            self._told(Call("open", own, at=flags))
        with self._noting(own):
            handle: int = self._real["open"](path, flags, mode, dir_fd=dir_fd)
        if own:
            self._paths[handle], self._sizes[handle] = own, 0
        return handle

    def _close(self, handle: int) -> None:
        self._paths.pop(handle, None)
        os_close: Callable[[int], None] = self._real["close"]
        os_close(handle)

    def _write(self, handle: int, data: Any) -> int:
        count = None
        if path := self._paths.get(handle):
            count = self._told(Call("write", path, at=self._sizes[handle], data=bytes(data)))
        written: int = self._real["write"](handle, data if count is None else data[:count])
        if path:
            self._sizes[handle] += written
            self.calls[-1] = self.calls[-1]._replace(data=bytes(data)[:written])
        return written

    def _fsync(self, handle: int) -> None:
        if path := self._paths.get(handle):
            self._told(Call("fsync", path))  # and nothing more: no cut is real here
        else:
            self._real["fsync"](handle)

    def _one(self, name: str, kind: str = "") -> Callable[..., None]:
        def call(path: Any, *args: Any, dir_fd: int | None = None, **rest: Any) -> None:
            if own := self._path(path, dir_fd):
                self._told(Call(kind or name, own))
            with self._noting(own):
                self._real[name](path, *args, dir_fd=dir_fd, **rest)

        return call

    def _two(self, name: str, kind: str = "") -> Callable[..., None]:
        def call(path: Any, to: Any, **rest: Any) -> None:
            if own := self._path(to):
                data = Path(path).read_bytes() if name == "link" else b""
                self._told(Call(kind or name, os.path.abspath(path), own, data=data))
            with self._noting(own):
                self._real[name](path, to, **rest)

        return call

    def _reader(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(path: Any, *args: Any, **rest: Any) -> Any:
            if not isinstance(path, int) and (own := self._path(path)):
                self._told(Call("read", own))
            return real(path, *args, **rest)

        return call
