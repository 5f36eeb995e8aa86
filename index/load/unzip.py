"""Zip archives from anywhere, opened in memory and within limits, nothing unpacked to disk.

Each file in one is inflated when it is read, and only then. What an archive says of its sizes can
only lower them: no more comes out of a file than it says, and bytes are counted while they do.
"""

from __future__ import annotations

import io
import lzma
import re
import stat
import struct
import zipfile
import zlib
from itertools import pairwise
from typing import NamedTuple
from zipfile import ZipFile, ZipInfo

from index import limits
from index.errors import ProtectedDocument, UnreadableDocument
from index.failures import printable

_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # the others may take gigabytes to begin
# what the standard library raises over bytes that are no good zip
_ERRORS = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, RuntimeError, ValueError,
    OverflowError, struct.error, IndexError,
)  # fmt: skip
_CHUNK = 2**16
_LOCAL = struct.Struct("<26xHH")  # a member's own header: how long its name and its extras are
# begins the entry of each file in an archive's list, and in those of archives stored in it; to
# list hundreds of thousands takes memory
_LISTED, _MOST_LISTED = b"PK\x01\x02", 20 * limits.MAX_ENTRIES
_ENCRYPTED = 0x1
_OUTSIDE = re.compile(r"/|[A-Za-z]:|(?:.*/)?\.\.(?:/|\Z)", re.DOTALL)


class Fault(NamedTuple):
    """What can be wrong with an archive or with a file in it, and what to do about it.

    `document` is said where the archive is a document, an Office file or a book, and `folder`
    where it holds documents. In braces stand the limits of `_limits`.
    """

    said: str
    document: str
    folder: str


_TRUSTED = "save it again with a program that you trust"

# of an archive
BROKEN = Fault("is damaged, cut off, or not what its name says", "get it again", "make it again")
CROWDED = Fault("holds over {entries:,} files", "split it", "unpack it")
SHARING = Fault("holds files that share their bytes, as in an attack", _TRUSTED, "make it again")
FULL = Fault("inflates to over {inflated} MB", "split it, or take out pictures", "unpack it")

# of a file in one
LEAVING = Fault("has a name that leads out of the archive", _TRUSTED, "make the archive again")
MISSING = Fault("is missing", "get it again", "make the archive again")
LOCKED = Fault("needs a password", "save a copy without one", "unpack it")
FOREIGN = Fault("is packed in a way that Ibid does not read", "save it again", "unpack it")
DAMAGED = Fault("is damaged", "get it again", "make the archive again")
BURSTING = Fault("inflates to over {ratio} times its size, as in an attack", _TRUSTED, "unpack it")
LARGE = Fault("is over {large} MB", "split it", "split it")


def _limits() -> dict[str, int]:
    return {
        "entries": limits.MAX_ENTRIES,
        "inflated": limits.MAX_INFLATED >> 20,
        "large": limits.MAX_BYTES >> 20,
        "ratio": limits.MAX_RATIO,
    }


class Full(UnreadableDocument):
    """More came out of an archive, and of those in it, than may."""


class Room:
    """What may still come out of the file `source`: the archives in it share it."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.entries = limits.MAX_ENTRIES
        self.bytes = limits.MAX_INFLATED


class Archive:
    """A zip archive in memory: what it holds, and the bytes of each file in it.

    `source` names it in errors, and `member` a file in it. `room` is given where it is a folder of
    documents. Raises UnreadableDocument when it is no archive, holds too many files, files that
    share bytes or, as a document, names that lead out of it.
    """

    def __init__(
        self,
        data: bytes,
        source: str,
        room: Room | None = None,
        member: str = "{source}/{name}: it",
    ) -> None:
        self._source, self._member = source, member
        self._is_folder, self._room = room is not None, room or Room(source)
        if data.count(_LISTED) > _MOST_LISTED:
            raise self._refusal(CROWDED)
        try:
            self._zip = ZipFile(io.BytesIO(data))
        except _ERRORS as exc:
            raise self._refusal(BROKEN) from exc
        members = self._zip.infolist()
        self._room.entries -= len(members)
        if self._room.entries < 0:
            raise self._refusal(CROWDED)
        places = [*sorted(_place(data, member) for member in members), (self._zip.start_dir, 0)]
        if any(end > start for (_, end), (start, _) in pairwise(places)):
            raise self._refusal(SHARING)
        outside = next(filter(_leads_out, self.names()), None)
        if outside is not None and not self._is_folder:
            raise self._refusal(LEAVING, outside)

    def names(self) -> list[str]:
        """The paths of the files."""
        return self._zip.namelist()

    def is_link(self, name: str) -> bool:
        """Whether a file only leads to another."""
        return stat.S_ISLNK(self._zip.getinfo(name).external_attr >> 16)

    def check_sizes(self) -> None:
        """Refuse what says that all of it, or a file in it, is larger than it may be.

        Raises UnreadableDocument, as reading it all would, with nothing inflated. What cannot be
        read is passed over: it may be what nobody reads.
        """
        members = [one for one in self._zip.infolist() if _fault(one) is None]
        for member in members:
            if member.file_size > _most(member):
                raise self._refusal(BURSTING, member.filename)
        if sum(member.file_size for member in members) > self._room.bytes:
            raise self._refusal(FULL)

    def read(self, name: str) -> bytes:
        """The bytes of a file; of two with one name, of the last.

        Raises UnreadableDocument when there is none, or it cannot or must not be inflated,
        ProtectedDocument when it needs a password, and Full.
        """
        try:
            member = self._zip.getinfo(name)
        except KeyError as exc:
            raise self._refusal(MISSING, name) from exc
        if fault := _fault(member):
            raise self._refusal(fault, name)
        inflated = io.BytesIO()
        try:
            with self._zip.open(member) as stream:
                while chunk := stream.read(_CHUNK):
                    inflated.write(chunk)
                    self._room.bytes -= len(chunk)
                    if fault := self._outgrown(member, inflated.tell()):
                        raise self._refusal(fault, name)
        except _ERRORS as exc:
            raise self._refusal(DAMAGED, name) from exc
        return inflated.getvalue()

    def _outgrown(self, member: ZipInfo, size: int) -> Fault | None:
        if self._room.bytes < 0:
            return FULL
        if size > _most(member):
            return BURSTING
        return LARGE if self._is_folder and size > limits.MAX_BYTES else None

    def _refusal(self, fault: Fault, name: str = "") -> UnreadableDocument:
        """The error that says what is wrong with a file in it, or with all of it for ""."""
        kind = {LOCKED: ProtectedDocument, FULL: Full}.get(fault, UnreadableDocument)
        what = f"{self._source}: it"
        if fault is FULL:
            what = f"{self._room.source}: it"
        elif name:
            what = self._member.format(source=self._source, name=path_of(name))
        remedy = fault.folder if self._is_folder else fault.document
        return kind(f"{what} {fault.said.format_map(_limits())}; {remedy}")


def path_of(name: str) -> str:
    """The name of a file in an archive as it is shown."""
    return printable(name).replace("\\", "/")


def _leads_out(name: str) -> bool:
    """Whether a name is absolute or leads out of the folder that it would be unpacked in."""
    return _OUTSIDE.match(path_of(name)) is not None


def _fault(member: ZipInfo) -> Fault | None:
    """Why a file is not even begun."""
    if _leads_out(member.filename):
        return LEAVING
    if member.flag_bits & _ENCRYPTED:
        return LOCKED
    return None if member.compress_type in _METHODS else FOREIGN


def _most(member: ZipInfo) -> int:
    """The bytes that a file may inflate to."""
    return max(limits.FREE_OF_RATIO, limits.MAX_RATIO * member.compress_size)


def _place(data: bytes, member: ZipInfo) -> tuple[int, int]:
    """Where in the archive a file begins and ends, its own header with it."""
    start = member.header_offset
    header = data[start : start + _LOCAL.size]
    if start < 0 or len(header) < _LOCAL.size:
        return start, start  # it cannot be opened
    return start, start + _LOCAL.size + sum(_LOCAL.unpack(header)) + member.compress_size
