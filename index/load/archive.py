"""Zip archives: each file in one is read as it would be beside it.

The standard library opens them. markitdown reads what is in one to a single text without places,
with 56% more words (`python -m benchmarks.libraries`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from index.errors import EmptyDocument, UnreadableDocument
from index.failures import Failure, Why, why_of
from index.load.formats import Format, Parsed, TooMuchText
from index.load.records import TEXT_FIELD
from index.load.unzip import Archive, Full, Room, path_of

NAME = "zip"
VERSION = 2


def read(data: bytes, source: str, known: Mapping[str, str]) -> Iterator[Parsed | Failure]:
    """The texts of the files in it, "/folder/name" their part; an archive in it is read too.

    Of what is known of an archive only where JSON has its text holds for the files in it.
    """
    inner = {key: value for key, value in known.items() if key == TEXT_FIELD}
    try:
        yield from _ArchiveReader(source, inner).texts(data, "")
    except Full as exc:
        yield Failure(source, str(exc), partly=True)


class _ArchiveReader:
    """Goes through an archive and those within it, which share what may come out of them."""

    def __init__(self, source: str, known: Mapping[str, str]) -> None:
        self._source, self._known = source, known
        self._room = Room(source)

    def texts(self, data: bytes, within: str) -> Iterator[Parsed | Failure]:
        """The texts of an archive; `within` is its own path where it lies in another."""
        from index.load.loaders import LOADERS, kinds  # which imports this module

        whole = self._source + within
        archive = Archive(data, whole, self._room)
        members, passed = _members(archive)
        if not members:
            raise UnreadableDocument(
                f"{whole}: no file in it is of a format that Ibid reads: {kinds()}"
            )
        for path, (kind, said) in passed.items():
            yield Failure(f"{whole}/{path}", f"{whole}/{path}: {said}", why=kind)
        for path, name in members.items():
            form, part = LOADERS[PurePosixPath(path).suffix.lower()], f"{within}/{path}"
            try:
                yield from self._member(form, archive.read(name), part, within)
            except Full:
                raise
            except UnreadableDocument as exc:
                yield Failure(self._source + part, str(exc), why=why_of(exc))
            except TooMuchText as exc:
                why = f"{exc}; split it into smaller files"
                yield Failure(self._source + part, f"{self._source}{part}: {why}")

    def _member(
        self, form: Format, data: bytes, part: str, within: str
    ) -> Iterator[Parsed | Failure]:
        if form.NAME == NAME:
            if within:
                why = "it is an archive in an archive in an archive; unpack it"
                raise UnreadableDocument(f"{self._source}{part}: {why}")
            yield from self.texts(data, part)
            return
        found = None
        for found in form.read(data, self._source + part, self._known):
            yield found._replace(part=part + found.part) if isinstance(found, Parsed) else found
        if found is None:
            raise EmptyDocument(f"{self._source}{part}: there is nothing in it; remove it")


def _members(archive: Archive) -> tuple[dict[str, str], dict[str, tuple[Why, str]]]:
    """By path, the names of files that are read, and why others are passed over; in order of paths.

    Of two with one name the last is the one; a hidden folder stands for all that is in it.
    """
    from index.load.loaders import is_lock, is_read, save_as  # which imports this module

    read: dict[str, str] = {}
    passed: dict[str, tuple[Why, str]] = {}
    named = {path_of(name): name for name in archive.names()}
    for path in sorted(filter(None, named)):
        own = PurePosixPath(path).name
        if hidden := _hidden(path):
            passed[hidden] = Why.HIDDEN, "hidden; unpack it and rename it to have it read"
        elif path.endswith("/"):
            continue
        elif archive.is_link(named[path]):
            passed[path] = Why.LINK, "a link; put what it leads to into the archive"
        elif is_lock(own):
            passed[path] = Why.LOCK, "only says that a document is open in Office"
        elif not is_read(own):
            passed[path] = Why.FORMAT, save_as(own)
        else:
            read[path] = named[path]
    return read, passed


def _hidden(name: str) -> str:
    """The part of a path down to what hides it, "" where nothing does."""
    parts = PurePosixPath(name).parts
    for depth, part in enumerate(parts, 1):
        if part == "__MACOSX" or (part.startswith(".") and part != ".."):
            more = depth < len(parts) or name.endswith("/")
            return "/".join(parts[:depth]) + ("/" if more else "")
    return ""
