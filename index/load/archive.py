"""Zip archives: each file in one is read as it would be beside it, and nothing is unpacked to disk.

What an archive says of its sizes is not believed: bytes are counted while they come out.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from index.errors import UnreadableDocument
from index.load.formats import NOTHING, Failure, Parsed, TooMuchText

NAME = "zip"
VERSION = 1

_ENTRIES = 2_000
_MEMBER, _ALL = 64 * 2**20, 500 * 2**20  # bytes
_RATIO, _SMALL = 200, 2**20  # times its size, for a file of more than a megabyte
_CHUNK = 2**16
_LISTED = b"PK\x01\x02"  # begins the entry of each file in an archive's list
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # the others may take gigabytes to begin
_OUTSIDE = re.compile(r"/|[A-Za-z]:|(?:.*/)?\.\.(?:/|\Z)", re.DOTALL)
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError)


class _Refused(Exception):
    """A file in an archive that is not read, and why."""


class _Full(Exception):
    """More came out of an archive than may."""


class _Budget:
    """What may still come out of an archive, archives within it included."""

    def __init__(self) -> None:
        self.entries, self.bytes = _ENTRIES, _ALL


def read(data: bytes, source: str, known: Mapping[str, str]) -> Iterator[Parsed | Failure]:
    """The texts of the files in it, "/folder/name" their part; an archive in it is read too."""
    try:
        yield from _texts(data, source, "", _Budget())
    except _Full:
        yield Failure(source, f"{source}: over {_ALL >> 20} MB are in it; unpack it")


def _texts(data: bytes, source: str, within: str, budget: _Budget) -> Iterator[Parsed | Failure]:
    from index.load import LOADERS, kinds  # which imports this module

    with _opened(data, source + within, budget) as archive:
        members = [(n, i) for n, i in _members(archive) if _suffix(n) in LOADERS]
        if not members:
            raise UnreadableDocument(
                f"{source}{within}: no file in it is of a format that Ibid reads: {kinds()}"
            )
        for name, info in members:
            part = f"{within}/{name}"
            try:
                content = _content(archive, info, name, budget)
                if LOADERS[_suffix(name)].NAME != NAME:
                    yield from _member(content, source, part)
                elif within:
                    raise _Refused("it is an archive in an archive in an archive; unpack it")
                else:
                    yield from _texts(content, source, part, budget)
            except UnreadableDocument as exc:
                yield Failure(source + part, str(exc))
            except TooMuchText as exc:
                yield Failure(source + part, f"{source}{part}: {exc}; split it into smaller files")
            except _Refused as exc:
                yield Failure(source + part, f"{source}{part}: {exc}")


def _member(data: bytes, source: str, part: str) -> Iterator[Parsed | Failure]:
    """The texts of a file at the path `part` of an archive."""
    from index.load import LOADERS

    found = None
    for found in LOADERS[_suffix(part)].read(data, source + part, NOTHING):
        yield found._replace(part=part + found.part) if isinstance(found, Parsed) else found
    if found is None:
        raise _Refused("there is nothing in it; remove it")


def _opened(data: bytes, source: str, budget: _Budget) -> zipfile.ZipFile:
    budget.entries -= data.count(_LISTED)
    if budget.entries < 0:  # told before they are listed, which takes memory
        raise UnreadableDocument(f"{source}: over {_ENTRIES:,} files are in it; unpack it")
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except _DAMAGED as exc:
        raise UnreadableDocument(
            f"{source}: this archive is damaged ({exc}); copy it or make it again"
        ) from exc


def _members(archive: zipfile.ZipFile) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    """The files, in the order of their names; of two with one name the last is the one."""
    named = {_printable(info.filename).replace("\\", "/"): info for info in archive.infolist()}
    for name in sorted(named):
        parts = PurePosixPath(name).parts
        hidden = any(p == "__MACOSX" or (p.startswith(".") and p != "..") for p in parts)
        link = stat.S_ISLNK(named[name].external_attr >> 16)
        if not (hidden or link or named[name].is_dir()):
            yield name, named[name]


def _content(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, budget: _Budget) -> bytes:
    if _OUTSIDE.match(name):
        raise _Refused("its name leads out of the archive; make the archive again")
    if info.flag_bits & _ENCRYPTED:
        raise _Refused("it is protected by a password; unpack it")
    if info.compress_type not in _METHODS:
        raise _Refused("it is packed in a way that Ibid does not read; unpack it")
    most = max(_SMALL, min(_MEMBER, _RATIO * info.compress_size))
    chunks: list[bytes] = []
    size = 0
    try:
        with archive.open(info) as member:
            while chunk := member.read(_CHUNK):
                chunks.append(chunk)
                size += len(chunk)
                budget.bytes -= len(chunk)
                if budget.bytes < 0:
                    raise _Full
                if size > most:
                    raise _Refused(_too_big(most))
    except _DAMAGED as exc:
        raise _Refused(f"it is damaged ({exc}); copy the archive or make it again") from exc
    return b"".join(chunks)


def _too_big(most: int) -> str:
    if most == _MEMBER:
        return f"over {_MEMBER >> 20} MB; split the file"
    return f"it unpacks to over {_RATIO} times its size, as no text does; unpack it"


def _printable(name: str) -> str:
    return "".join(c if c.isprintable() else "\ufffd" for c in name)


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()
