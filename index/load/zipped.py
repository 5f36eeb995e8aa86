"""Zip archives from anywhere: how large they are is found out before anything is made of them."""

from __future__ import annotations

import io
import lzma
import struct
import zlib
from zipfile import BadZipFile, ZipFile, ZipInfo

from index.errors import UnreadableDocument

MAX_ENTRIES = 2_000
MAX_BYTES = 200 * 2**20  # all members together, inflated
MAX_RATIO = 200  # of a member that is over 1 MB inflated
_LARGE = 2**20
_CHUNK = 2**20
# what the standard library raises over bytes that are no good zip
_DAMAGE = (
    BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, NotImplementedError, ValueError,
    OverflowError, struct.error, IndexError,
)  # fmt: skip


def check_zip(data: bytes, source: str) -> ZipFile:
    """The archive in `data`, when inflating all of it gives no more than it may.

    A member's header may lie of its size, so every member is inflated, a megabyte at a time, and
    thrown away. One that cannot be inflated is passed over: it may be one that nobody reads.
    Raises UnreadableDocument when it is no archive, holds too many members or inflates to too
    much.
    """
    try:
        archive = ZipFile(io.BytesIO(data))
        members = archive.infolist()
    except _DAMAGE as exc:
        raise UnreadableDocument(f"{source}: damaged or not complete; get it again") from exc
    if len(members) > MAX_ENTRIES:
        raise UnreadableDocument(f"{source}: over {MAX_ENTRIES:,} files in one; split it")
    total = 0
    for member in members:
        size = _inflated(archive, member, MAX_BYTES - total)
        total += size
        if total > MAX_BYTES:
            raise UnreadableDocument(
                f"{source}: inflates to over {MAX_BYTES >> 20} MB; split it, or make it without "
                "pictures"
            )
        if size > _LARGE and size > MAX_RATIO * member.compress_size:
            raise UnreadableDocument(
                f"{source}: a part of it inflates to over {MAX_RATIO} times its size, as an "
                "attack would; save it again with a program that you trust"
            )
    return archive


def _inflated(archive: ZipFile, member: ZipInfo, most: int) -> int:
    """How many bytes the member holds; counting ends when there are more than `most`."""
    size = 0
    try:
        with archive.open(member) as stream:
            while size <= most and (chunk := stream.read(_CHUNK)):
                size += len(chunk)
    except (*_DAMAGE, RuntimeError):  # RuntimeError: it is encrypted
        pass
    return size


def read_member(archive: ZipFile, name: str, source: str) -> bytes:
    """The bytes of a member.

    Raises UnreadableDocument when there is none of that name, it is encrypted or damaged.
    """
    try:
        member = archive.getinfo(name)
        if member.flag_bits & 1:
            raise UnreadableDocument(f"{source}: password-protected; save it without the password")
        return archive.read(member)
    except KeyError as exc:
        raise UnreadableDocument(f"{source}: {name} is missing in it; save it again") from exc
    except _DAMAGE as exc:
        raise UnreadableDocument(f"{source}: {name} in it is damaged; get it again") from exc
