"""A folder as documents: each file read, with what the folder's owner says of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from index.errors import NoDocuments, UnreadableDocument
from index.failures import Failure
from index.files import File, Root, Sources, find_files, read_bytes, read_sources
from index.isolation import Parsers, ahead
from index.load import Loaded, failed, kinds
from index.types import Document


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
