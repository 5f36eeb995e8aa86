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
from index.load.formats import Failure, Format, Parsed, TooMuchText
from index.load.records import TEXT_FIELD

NAME = "zip"
VERSION = 1

_ENTRIES = 2_000
_MEMBER, _ALL = 64 * 2**20, 500 * 2**20  # bytes
_RATIO, _SMALL = 200, 2**20  # times its size, for a file of more than a megabyte
_CHUNK = 2**16
# begins the entry of each file in an archive's list, and in those of archives stored in it; to
# list hundreds of thousands takes memory
_LISTED, _MOST_LISTED = b"PK\x01\x02", 20 * _ENTRIES
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # the others may take gigabytes to begin
_OUTSIDE = re.compile(r"/|[A-Za-z]:|(?:.*/)?\.\.(?:/|\Z)", re.DOTALL)
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError)


class _Refused(Exception):
    """A file in an archive that is not read, and why."""


class _Full(Exception):
    """More came out of an archive than may."""


def read(data: bytes, source: str, known: Mapping[str, str]) -> Iterator[Parsed | Failure]:
    """The texts of the files in it, "/folder/name" their part; an archive in it is read too.

    Of what is known of an archive only where JSON has its text holds for the files in it.
    """
    inner = {key: value for key, value in known.items() if key == TEXT_FIELD}
    try:
        yield from _Reader(source, inner).texts(data, "")
    except _Full:
        yield Failure(source, f"{source}: over {_ALL >> 20} MB are in it; unpack it")


class _Reader:
    """Goes through an archive and those within it; knows what may still come out of them."""

    def __init__(self, source: str, known: Mapping[str, str]) -> None:
        self._source, self._known = source, known
        self._entries, self._bytes = _ENTRIES, _ALL

    def texts(self, data: bytes, within: str) -> Iterator[Parsed | Failure]:
        """The texts of an archive; `within` is its own path where it lies in another."""
        from index.load import LOADERS, is_read, kinds  # which imports this module

        with self._opened(data, self._source + within) as archive:
            members = [(n, i) for n, i in _members(archive) if is_read(PurePosixPath(n).name)]
            if not members:
                raise UnreadableDocument(
                    f"{self._source}{within}: no file in it is of a format that Ibid reads: "
                    f"{kinds()}"
                )
            for name, info in members:
                form, part = LOADERS[PurePosixPath(name).suffix.lower()], f"{within}/{name}"
                try:
                    yield from self._member(form, self._content(archive, info, name), part, within)
                except UnreadableDocument as exc:
                    yield Failure(self._source + part, str(exc))
                except TooMuchText as exc:
                    why = f"{exc}; split it into smaller files"
                    yield Failure(self._source + part, f"{self._source}{part}: {why}")
                except _Refused as exc:
                    yield Failure(self._source + part, f"{self._source}{part}: {exc}")

    def _member(
        self, form: Format, data: bytes, part: str, within: str
    ) -> Iterator[Parsed | Failure]:
        if form.NAME == NAME:
            if within:
                raise _Refused("it is an archive in an archive in an archive; unpack it")
            yield from self.texts(data, part)
            return
        found = None
        for found in form.read(data, self._source + part, self._known):
            yield found._replace(part=part + found.part) if isinstance(found, Parsed) else found
        if found is None:
            raise _Refused("there is nothing in it; remove it")

    def _opened(self, data: bytes, source: str) -> zipfile.ZipFile:
        many = f"{source}: over {_ENTRIES:,} files are in it; unpack it"
        if data.count(_LISTED) > _MOST_LISTED:
            raise UnreadableDocument(many)
        try:
            archive = zipfile.ZipFile(io.BytesIO(data))
        except _DAMAGED as exc:
            raise UnreadableDocument(
                f"{source}: this archive is damaged ({exc}); copy it or make it again"
            ) from exc
        self._entries -= len(archive.infolist())
        if self._entries < 0:
            raise UnreadableDocument(many)
        return archive

    def _content(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> bytes:
        """The bytes of a file, counted while they come out."""
        _check(info, name)
        most = max(_SMALL, min(_MEMBER, _RATIO * info.compress_size))
        chunks: list[bytes] = []
        size = 0
        try:
            with archive.open(info) as member:
                while chunk := member.read(_CHUNK):
                    chunks.append(chunk)
                    size += len(chunk)
                    self._bytes -= len(chunk)
                    if self._bytes < 0:
                        raise _Full
                    if size > most:
                        raise _Refused(_too_big(most))
        except _DAMAGED as exc:
            raise _Refused(f"it is damaged ({exc}); copy the archive or make it again") from exc
        return b"".join(chunks)


def _members(archive: zipfile.ZipFile) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    """The files, in the order of their names; of two with one name the last is the one."""
    named = {_printable(info.filename).replace("\\", "/"): info for info in archive.infolist()}
    for name in sorted(named):
        parts = PurePosixPath(name).parts
        hidden = any(p == "__MACOSX" or (p.startswith(".") and p != "..") for p in parts)
        link = stat.S_ISLNK(named[name].external_attr >> 16)
        if not (hidden or link or named[name].is_dir()):
            yield name, named[name]


def _check(info: zipfile.ZipInfo, name: str) -> None:
    if _OUTSIDE.match(name):
        raise _Refused("its name leads out of the archive; make the archive again")
    if info.flag_bits & _ENCRYPTED:
        raise _Refused("it is protected by a password; unpack it")
    if info.compress_type not in _METHODS:
        raise _Refused("it is packed in a way that Ibid does not read; unpack it")


def _too_big(most: int) -> str:
    if most == _MEMBER:
        return f"over {_MEMBER >> 20} MB; split the file"
    return f"it unpacks to over {_RATIO} times its size, as no text does; unpack it"


def _printable(name: str) -> str:
    return "".join(c if c.isprintable() else "\ufffd" for c in name)
