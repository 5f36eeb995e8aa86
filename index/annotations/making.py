"""Annotations are made of documents that have none, kept, and thrown away with their documents."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from index.annotations.annotator import Annotator
from index.annotations.kept import FOLDER, KeptAnnotations, id_of, key_of
from index.errors import storage_errors
from index.generation import Generation, SavedGeneration, catalog_of, writer_lock
from index.types import Progress, silent

LEAST = 100  # documents after which what was made is kept, or when there are a quarter more of them


def annotate(generation: Generation, annotator: Annotator, progress: Progress | None = None) -> int:
    """Make what is not kept yet of the documents of an opened index; returns how many were made.

    What is made is kept from time to time, and when something ends it, Ctrl-C included: the next
    call goes on from there. The writer's place is held only while it is written. Of an index that
    is not on the disk none is made here: who writes it keeps them with it. Raises StorageError,
    IndexBusy and, where it is used, DamagedIndex.
    """
    if not isinstance(generation, SavedGeneration):
        return 0
    tell, path, retriever = progress or silent, generation.path, generation.retriever
    table = retriever.passages
    kept = KeptAnnotations(path, annotator.name, annotator.version)
    keys = {n: key_of(table, n) for n in range(len(table.documents))}
    missing = [n for n, key in keys.items() if key not in kept]
    made: dict[str, Any] = {}
    count, held = 0, len(kept)
    try:
        for number in missing:
            tell(f"keeping {annotator.name}", count, len(missing))
            made[keys[number]] = annotator.annotate(retriever, table.documents[number])
            count += 1
            if len(made) >= max(LEAST, held // 4):
                _keep(path, annotator, made)
                held += len(made)
                made = {}
    finally:
        if made:
            _keep(path, annotator, made)
    return count


class DocumentAnnotations(NamedTuple):
    """What an opened index keeps of its documents; nothing of documents that are in none."""

    generation: Generation | None = None

    def of(self, annotator: Annotator, documents: Sequence[str]) -> list[Any]:
        """What is kept of the documents with these ids, in this order; None where nothing is."""
        return list(map(self.each(annotator), documents))

    def each(self, annotator: Annotator) -> Callable[[str], Any]:
        """What tells what is kept now of a document, by its id; None where nothing is."""
        if self.generation is None:
            return lambda document: None
        table = self.generation.retriever.passages
        kept = KeptAnnotations(self.generation.annotations, annotator.name, annotator.version)

        def of_one(document: str) -> Any:
            number = table.number(document)
            return None if number is None else kept.get(key_of(table, number))

        return of_one


NOTHING_KEPT = DocumentAnnotations()


def keep_only(path: Path, documents: Collection[str]) -> None:
    """Throw away the annotations of all other documents, whoever made them.

    The caller holds the writer's place. Raises OSError.
    """
    for file in _files(path):
        kept = KeptAnnotations(path, file.name, None)
        if kept.documents - set(documents):
            kept.only(documents).write()


def counts(path: Path, documents: Collection[str]) -> Mapping[str, int]:
    """Of how many of these documents an index keeps annotations, by their name."""
    wanted = set(documents)
    return {
        f.name: len(KeptAnnotations(path, f.name, None).documents & wanted) for f in _files(path)
    }


def delete_half_written(path: Path) -> None:
    """Delete what a writer that died left; the caller holds the writer's place."""
    for file in (path / FOLDER).glob("*.tmp"):
        with suppress(OSError):
            file.unlink()


def _files(path: Path) -> list[Path]:
    return sorted(file for file in (path / FOLDER).glob("*") if file.suffix != ".tmp")


def _keep(path: Path, annotator: Annotator, made: Mapping[str, Any]) -> None:
    """Add to what is kept now, of documents that are in the index now."""
    with writer_lock(path), storage_errors("keep annotations in", path):
        current = catalog_of(path).ids  # some may have been taken out meanwhile
        own = {key: one for key, one in made.items() if id_of(key) in current}
        KeptAnnotations(path, annotator.name, annotator.version).with_more(own).write()
