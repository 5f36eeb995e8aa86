"""A folder as documents: each file read, with what the folder's owner says of it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from index.errors import NoDocuments, UnreadableDocument
from index.files import File, Root, find_files, listing_of
from index.load import Loaded, kinds, load_file
from index.load.formats import NOTHING, Failure
from index.types import Document

MAX_BYTES = 64 * 2**20


class Sources(NamedTuple):
    """What the owner of a folder says of its files, by their path in it."""

    known: Mapping[str, Mapping[str, str]]
    failures: tuple[Failure, ...]  # at most one: the list itself cannot be read

    def of(self, root: Root, file: File) -> Mapping[str, str]:
        """What is known of a file; the root's `text_field` where the list names none."""
        given = self.known.get(root.inner(file.path), NOTHING)
        return {"text_field": root.text_field, **given} if root.text_field else given


def read_sources(root: Root) -> Sources:
    """The folder's `sources.toml`, if there is one."""
    file = listing_of(root)
    if not file.is_file():
        return Sources({}, ())
    try:
        entries = tomllib.loads(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as exc:
        name = root.source(file)
        return Sources({}, (Failure(name, f"{name}: {exc}; correct it or remove it"),))
    known = {
        source: {str(k): str(v) for k, v in fields.items()}
        for source, fields in entries.items()
        if isinstance(fields, dict)
    }
    return Sources(known, ())


def read_bytes(file: File) -> bytes:
    """The bytes of a file; raises UnreadableDocument."""
    try:
        if file.path.stat().st_size > MAX_BYTES:
            raise UnreadableDocument(f"{file.source}: over {MAX_BYTES >> 20} MB; split the file")
        return file.path.read_bytes()
    except OSError as exc:
        raise UnreadableDocument(f"{file.source}: {exc.strerror or exc}; check its rights") from exc


def load(data: bytes, source: str, known: Mapping[str, str]) -> Loaded:
    """`load_file`, with a file that cannot be read as one of the failures."""
    try:
        return load_file(data, source, known)
    except UnreadableDocument as exc:
        return Loaded((), (Failure(printable(source), str(exc)),))


def load_folder(path: Path, include: Sequence[str] = ()) -> Loaded:
    """Every readable file of a folder, or one file; `include` as in `Root`.

    Raises MissingPath when there is nothing at `path` and NoDocuments when no file could be
    read; a bad file among good ones is one of the failures.
    """
    root = Root(path.absolute(), include=tuple(include))
    sources = read_sources(root)
    found: list[Document] = []
    failures = list(sources.failures)
    for file in find_files(root):
        try:
            loaded = load(read_bytes(file), file.source, sources.of(root, file))
        except UnreadableDocument as exc:
            loaded = Loaded((), (Failure(printable(file.source), str(exc)),))
        found += loaded.documents
        failures += loaded.failures
    if not found:
        raise nothing_read([path], failures)
    return Loaded(unique(found), tuple(failures))


def unique(documents: Iterable[Document]) -> tuple[Document, ...]:
    """Each text once, under its first name, with the others in `copies`."""
    kept: dict[str, Document] = {}
    for document in documents:
        first = kept.setdefault(document.id, document)
        if first is not document:
            kept[document.id] = replace(first, copies=(*first.copies, document.source))
    return tuple(kept.values())


def nothing_read(paths: Sequence[Path], failures: Sequence[Failure]) -> NoDocuments:
    """What to raise when there is no document."""
    why = f" ({failures[0].reason})" if failures else ""
    where = ", ".join(map(str, paths))
    return NoDocuments(f"no document to read in {where}{why}; Ibid reads {kinds()}")


def printable(source: str) -> str:
    """A name with what is no UTF-8 written as "?"."""
    return source.encode("utf-8", "replace").decode()
