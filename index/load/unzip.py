"""Zip archives from anywhere, inflated in memory within limits.

Nothing that an archive says of its sizes is believed: bytes are counted while they come out. What
is wrong is told by the class of a `Trouble`; what to do about it depends on what the archive is.
"""

from __future__ import annotations

import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from itertools import pairwise
from zipfile import ZipFile, ZipInfo

from index import limits

METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # the others may take gigabytes to begin
# what the standard library raises over bytes that are no good zip
_DAMAGE = (
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


class Trouble(Exception):
    """Why an archive, or a file in one, is not inflated."""


class Damaged(Trouble):
    """It is cut off, changed or no archive; the message says what was found."""


class Crowded(Trouble):
    """Over 2,000 files are in it."""


class Overlapping(Trouble):
    """Two files share bytes of the archive, as in those made to burst."""


class Locked(Trouble):
    """A password is needed."""


class Foreign(Trouble):
    """It is packed in a way that is not read."""


class Bursting(Trouble):
    """It is over 100 times as large as what it is packed in."""


class Full(Trouble):
    """Over 100 MB came out of the archive."""


def opened(data: bytes) -> ZipFile:
    """The archive in `data`; raises Damaged, Crowded or Overlapping."""
    if data.count(_LISTED) > _MOST_LISTED:
        raise Crowded
    try:
        archive = ZipFile(io.BytesIO(data))
        members = archive.infolist()
    except _DAMAGE as exc:
        raise Damaged(str(exc)) from exc
    if len(members) > limits.MAX_ENTRIES:
        raise Crowded
    places = [*sorted(_place(data, member) for member in members), (archive.start_dir, 0)]
    if any(end > start for (_, end), (start, _) in pairwise(places)):
        raise Overlapping
    return archive


def leads_out(name: str) -> bool:
    """Whether a member's name is absolute or leads out of the folder it is unpacked in."""
    return _OUTSIDE.match(name.replace("\\", "/")) is not None


class Inflater:
    """Inflates the files of an archive and of those in it, until too much came out of them."""

    def __init__(self) -> None:
        self._room = limits.MAX_INFLATED

    def chunks(self, archive: ZipFile, member: ZipInfo) -> Iterator[bytes]:
        """The bytes of a file; raises Locked, Foreign, Damaged, Bursting or Full."""
        if member.flag_bits & _ENCRYPTED:
            raise Locked
        if member.compress_type not in METHODS:
            raise Foreign
        most = max(limits.FREE_OF_RATIO, limits.MAX_RATIO * member.compress_size)
        try:
            with archive.open(member) as stream:
                while chunk := stream.read(_CHUNK):
                    most -= len(chunk)
                    self._room -= len(chunk)
                    if self._room < 0:
                        raise Full
                    if most < 0:
                        raise Bursting
                    yield chunk
        except _DAMAGE as exc:
            raise Damaged(str(exc)) from exc

    def bytes_of(self, archive: ZipFile, member: ZipInfo) -> bytes:
        """The same in one piece."""
        return b"".join(self.chunks(archive, member))


def _place(data: bytes, member: ZipInfo) -> tuple[int, int]:
    """Where in the archive a file begins and ends, its own header with it."""
    start = member.header_offset
    header = data[start : start + _LOCAL.size]
    if start < 0 or len(header) < _LOCAL.size:
        return start, start  # it cannot be opened
    return start, start + _LOCAL.size + sum(_LOCAL.unpack(header)) + member.compress_size
