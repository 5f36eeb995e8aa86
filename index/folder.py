"""A folder as documents: each file read, with what the folder's owner says of it."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from index.errors import NoDocuments, OutOfReach, UnreadableDocument
from index.files import File, Root, Stamp, listing_of, read_bytes
from index.isolation.parsers import Parsers, ahead
from index.load import Loaded, failed, kinds
from index.load.formats import NOTHING, Failure
from index.types import Document
from index.walk import find_files

_LONGEST, _DOTS = 4_000_000, 500  # of a list of sources, and of a line in it


class Sources(NamedTuple):
    """What the owner of a folder says of its files, by their path in it.

    `is_lost`: there is something said, and it cannot be opened now.
    """

    known: Mapping[str, Mapping[str, str]]
    failures: tuple[Failure, ...]  # at most one: the list itself cannot be read
    is_lost: bool = False

    def of(self, root: Root, file: File) -> Mapping[str, str]:
        """What is known of a file; the root's `text_field` where the list names none."""
        given = self.known.get(root.inner(file.path), NOTHING)
        return {"text_field": root.text_field, **given} if root.text_field else given


def read_sources(root: Root) -> Sources:
    """The folder's `sources.toml`, if there is one."""
    path = listing_of(root)
    if not os.path.lexists(path):
        return Sources({}, ())
    file = File(path, root.source(path), Stamp(0, 0, 0))
    try:
        entries = tomllib.loads(_bounded(read_bytes(file, root).decode()))
        known = {
            source: {str(k): str(v) for k, v in fields.items()}
            for source, fields in entries.items()
            if isinstance(fields, dict)
        }
    except UnreadableDocument as exc:
        return Sources({}, failed(file.source, exc).failures, isinstance(exc, OutOfReach))
    except (ValueError, RecursionError) as exc:
        why = f"{file.source}: {exc}; correct it or remove it"
        return Sources({}, failed(file.source, why).failures)
    return Sources(known, ())


def _bounded(listing: str) -> str:
    """Raises ValueError for a list that would take for ever: tomllib is slow on "a.a.a.a"."""
    if len(listing) > _LONGEST:
        raise ValueError(f"it has over {_LONGEST // 1_000_000} million characters")
    if max((line.count(".") for line in listing.splitlines()), default=0) > _DOTS:
        raise ValueError(f"a line in it has over {_DOTS} dots")
    return listing


def load_folder(path: Path, include: Sequence[str] = ()) -> Loaded:
    """Every readable file of a folder, or one file; `include` and the rest as in `load_roots`."""
    return load_roots([Root(path.absolute(), include=tuple(include))])


def load_roots(roots: Sequence[Root]) -> Loaded:
    """Every readable file of the roots.

    Raises MissingPath when there is nothing at a path and NoDocuments when no file could be
    read; what cannot be read beside what can is one of the failures.
    """
    found: list[Document] = []
    failures: list[Failure] = []
    with Parsers() as parsers:
        for root in roots:
            sources, listed = read_sources(root), find_files(root)
            failures += sources.failures
            failures += (one for one in listed.unread if not one.is_passed_over)
            failures += (one.failure for one in listed.unreached)
            for wait in ahead(_begin(file, root, sources, parsers) for file in listed.files):
                loaded = wait()
                found += loaded.documents
                failures += loaded.failures
    if not found:
        raise nothing_read([root.path for root in roots], failures)
    return Loaded(unique(found), tuple(failures))


def _begin(file: File, root: Root, sources: Sources, parsers: Parsers) -> Callable[[], Loaded]:
    """Begin to read a file; what it gives waits for the documents."""
    try:
        data = read_bytes(file, root)
    except UnreadableDocument as exc:
        return partial(failed, file.source, exc)
    return parsers.begin(data, file.source, sources.of(root, file)).result


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
