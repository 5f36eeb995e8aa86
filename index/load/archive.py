"""Zip archives: each file in one is read as it would be beside it, and nothing is unpacked to disk.

What an archive says of its sizes is not believed: bytes are counted while they come out.
"""

from __future__ import annotations

import stat
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from zipfile import ZipFile, ZipInfo

from index import limits
from index.errors import UnreadableDocument
from index.failures import (
    Failure,
    Why,
    printable,
    why_of,
)
from index.load import unzip
from index.load.formats import Format, Parsed, TooMuchText
from index.load.records import TEXT_FIELD

NAME = "zip"
VERSION = 2


class _Refused(Exception):
    """A file in an archive that is not read, and why."""

    def __init__(self, said: str, why: Why = Why.BROKEN) -> None:
        super().__init__(said)
        self.why = why


def read(data: bytes, source: str, known: Mapping[str, str]) -> Iterator[Parsed | Failure]:
    """The texts of the files in it, "/folder/name" their part; an archive in it is read too.

    Of what is known of an archive only where JSON has its text holds for the files in it.
    """
    inner = {key: value for key, value in known.items() if key == TEXT_FIELD}
    try:
        yield from _Reader(source, inner).texts(data, "")
    except unzip.Full:
        why = f"over {limits.MAX_INFLATED >> 20} MB are in it; unpack it"
        yield Failure(source, f"{source}: {why}", partly=True)


class _Reader:
    """Goes through an archive and those within it; counts what comes out of them."""

    def __init__(self, source: str, known: Mapping[str, str]) -> None:
        self._source, self._known = source, known
        self._entries, self._inflater = limits.MAX_ENTRIES, unzip.Inflater()

    def texts(self, data: bytes, within: str) -> Iterator[Parsed | Failure]:
        """The texts of an archive; `within` is its own path where it lies in another."""
        from index.load.loaders import LOADERS, kinds  # which imports this module

        with self._opened(data, self._source + within) as archive:
            members, passed = _members(archive)
            if not members:
                raise UnreadableDocument(
                    f"{self._source}{within}: no file in it is of a format that Ibid reads: "
                    f"{kinds()}"
                )
            for name, (kind, said) in passed.items():
                whole = f"{self._source}{within}/{name}"
                yield Failure(whole, f"{whole}: {said}", why=kind)
            for name, info in members.items():
                form, part = LOADERS[PurePosixPath(name).suffix.lower()], f"{within}/{name}"
                try:
                    yield from self._member(form, self._content(archive, info, name), part, within)
                except UnreadableDocument as exc:
                    yield Failure(self._source + part, str(exc), why=why_of(exc))
                except TooMuchText as exc:
                    why = f"{exc}; split it into smaller files"
                    yield Failure(self._source + part, f"{self._source}{part}: {why}")
                except _Refused as exc:
                    yield Failure(self._source + part, f"{self._source}{part}: {exc}", why=exc.why)

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
            raise _Refused("there is nothing in it; remove it", Why.EMPTY)

    def _opened(self, data: bytes, source: str) -> ZipFile:
        try:
            archive = unzip.opened(data)
            self._entries -= len(archive.infolist())
            if self._entries < 0:
                raise unzip.Crowded
        except unzip.Trouble as exc:
            why = {
                unzip.Damaged: f"this archive is damaged ({exc}); copy it or make it again",
                unzip.Crowded: f"over {limits.MAX_ENTRIES:,} files are in it; unpack it",
                unzip.Overlapping: "files in it share their bytes, as in an attack; make it again",
            }[type(exc)]
            raise UnreadableDocument(f"{source}: {why}") from exc
        return archive

    def _content(self, archive: ZipFile, info: ZipInfo, name: str) -> bytes:
        """The bytes of a file."""
        if unzip.leads_out(name):
            raise _Refused("its name leads out of the archive; make the archive again")
        chunks: list[bytes] = []
        room = limits.MAX_BYTES
        try:
            for chunk in self._inflater.chunks(archive, info):
                chunks.append(chunk)
                room -= len(chunk)
                if room < 0:
                    raise _Refused(f"over {limits.MAX_BYTES >> 20} MB; split the file")
        except unzip.Locked as exc:
            raise _Refused("it is protected by a password; unpack it", Why.PROTECTED) from exc
        except (unzip.Damaged, unzip.Foreign, unzip.Bursting) as exc:
            why = {
                unzip.Damaged: f"it is damaged ({exc}); copy the archive or make it again",
                unzip.Foreign: "it is packed in a way that Ibid does not read; unpack it",
                unzip.Bursting: f"it unpacks to over {limits.MAX_RATIO} times its size, as no text "
                "does; unpack it",
            }[type(exc)]
            raise _Refused(why) from exc
        return b"".join(chunks)


def _members(archive: ZipFile) -> tuple[dict[str, ZipInfo], dict[str, tuple[Why, str]]]:
    """The files that are read, and what is passed over, with why; both in the order of names.

    Of two with one name the last is the one; a hidden folder stands for all that is in it.
    """
    from index.load.loaders import is_lock, is_read, save_as  # which imports this module

    read: dict[str, ZipInfo] = {}
    passed: dict[str, tuple[Why, str]] = {}
    named = {printable(info.filename).replace("\\", "/"): info for info in archive.infolist()}
    for name in sorted(filter(None, named)):
        own = PurePosixPath(name).name
        if hidden := _hidden(name):
            passed[hidden] = Why.HIDDEN, "hidden; unpack it and rename it to have it read"
        elif name.endswith("/"):
            continue
        elif stat.S_ISLNK(named[name].external_attr >> 16):
            passed[name] = Why.LINK, "a link; put what it leads to into the archive"
        elif is_lock(own):
            passed[name] = Why.LOCK, "only says that a document is open in Office"
        elif not is_read(own):
            passed[name] = Why.FORMAT, save_as(own)
        else:
            read[name] = named[name]
    return read, passed


def _hidden(name: str) -> str:
    """The part of a path down to what hides it, "" where nothing does."""
    parts = PurePosixPath(name).parts
    for depth, part in enumerate(parts, 1):
        if part == "__MACOSX" or (part.startswith(".") and part != ".."):
            more = depth < len(parts) or name.endswith("/")
            return "/".join(parts[:depth]) + ("/" if more else "")
    return ""
