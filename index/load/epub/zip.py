"""The members of an EPUB's zip file, read in memory and within limits."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO

from index.errors import UnreadableDocument

_MEMBER, _ALL = 64 * 2**20, 256 * 2**20  # bytes that one member and all that is read may be
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # the others inflate without a limit
_DAMAGE = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError,
           ValueError, KeyError, OverflowError)  # fmt: skip


class Members:
    """A zip file; every error says what is wrong with the file `source`."""

    def __init__(self, data: bytes, source: str) -> None:
        self._source = source
        self._room = _ALL
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except _DAMAGE as exc:
            raise UnreadableDocument(
                f"{source}: it is damaged, or no EPUB; fetch it again"
            ) from exc

    def names(self) -> list[str]:
        """The members' paths."""
        return self._zip.namelist()

    def read(self, name: str) -> bytes:
        """The bytes of a member, nothing of which is written to the disk.

        Raises UnreadableDocument when there is none, or when it is damaged, locked by a password
        or inflates beyond all measure.
        """
        part = f"{self._source}/{name}"
        try:
            info = self._zip.getinfo(name)
            if info.flag_bits & 1:
                raise UnreadableDocument(f"{part}: it needs a password; save a copy without one")
            if info.compress_type not in _METHODS:
                raise UnreadableDocument(f"{part}: it is packed as no EPUB is; convert the book")
            limit = min(_MEMBER, self._room)
            with self._zip.open(info) as member:
                data = member.read(limit + 1)
        except KeyError as exc:
            raise UnreadableDocument(f"{part}: it is missing; fetch the book again") from exc
        except _DAMAGE as exc:
            raise UnreadableDocument(f"{part}: it is damaged; fetch the book again") from exc
        if len(data) > limit:
            raise UnreadableDocument(f"{part}: it inflates to more than {limit >> 20} MB; split it")
        self._room -= len(data)
        return data
