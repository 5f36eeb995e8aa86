"""The index on the writer's disk that a collection is written from.

It knows which version it holds. Where another machine has published since, or there is no working
copy yet, it is made of what the collection holds: nothing is read or encoded again, and all of it
is what the other machine has.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np

from index.annotations import FOLDER
from index.copies import sentence_digests
from index.engines.opened import OpenCollection
from index.errors import DamagedIndex, storage_errors
from index.generation import Catalog, Contents, is_index, publish
from index.library import Index, Recipe, note_passed_over
from index.passages import PassageTable
from index.search import Terms
from index.storage import Originals, disk
from index.types import Document, Progress

NAME = "working-copy"
AT_ONCE = 500  # rows that are fetched together
_HOLDS, _NEW = f"{NAME}.holds", f"{NAME}.new"


class WorkingCopy:
    """The working copy in a folder of the writer's machine, there or not yet."""

    def __init__(self, folder: Path, recipe: Recipe | None) -> None:
        self.folder, self.index = folder, Index(folder / NAME, recipe)

    @property
    def is_there(self) -> bool:
        """Whether there is one, good or damaged; raises StorageError."""
        return is_index(self.index.path)

    def holds(self, manifest: str) -> bool:
        """Whether it holds the version of that manifest, or what was made of it since."""
        with suppress(OSError):
            return self.is_there and manifest in (self.folder / _HOLDS).read_text("utf-8").split()
        return False

    def note(self, *manifests: str) -> None:
        """Note that it holds the version of one of these; raises StorageError."""
        with storage_errors("write into", self.folder):
            disk.replace(self.folder / _HOLDS, " ".join(filter(None, manifests)))

    def restore(self, opened: OpenCollection, tell: Progress) -> None:
        """Make it anew of what a collection holds in its current version.

        Raises DamagedIndex where something of that is lost, EngineOutOfReach, EngineRefused or
        StorageError. An original that is missing is told when it is needed.
        """
        path, new = self.index.path, self.folder / _NEW
        with storage_errors("write into", self.folder):
            disk.remove(new)
            disk.make_folder(new)
            encoder = opened.encoder, opened.parts.encoder(opened.state.encoder)
            catalog = opened.catalog
            publish(new, _contents(opened, tell), None, catalog, encoder, opened.settings)
            if opened.manifest.originals:
                _keep_originals(opened, catalog, Originals(new), tell)
            note_passed_over(new, opened.manifest.passed_over)
            if opened.manifest.annotations:
                disk.make_folder(new / FOLDER)
            for name in opened.manifest.annotations:
                disk.write(new / FOLDER / name, (opened.annotations / FOLDER / name).read_bytes())
            disk.remove(path)
            disk.move(new, path)
        self.note(opened.state.manifest)


def _contents(opened: OpenCollection, tell: Progress) -> Contents:
    """What the index held that the collection was written from."""
    fetched = opened.passages
    documents, boxes = _documents(opened, tell), opened.boxes
    table = PassageTable(documents, fetched.rows, fetched.sentences, fetched.headings)
    digests, dim = sentence_digests(table), opened.encoder.dim
    vectors = np.empty((len(table), dim), np.float16)
    sentence_vectors = np.empty((len(table.sentences), dim), np.float16)
    terms: list[Terms] = []
    for at in range(0, len(table), AT_ONCE):
        tell("fetching passages", at, len(table))
        numbers = range(at, min(at + AT_ONCE, len(table)))
        rows = opened.fetch(numbers)
        counts = table.rows[numbers, 2].tolist()
        first = int(table.starts[at])
        own = slice(first, first + sum(counts))
        found = np.concatenate([row.digests for row in rows])
        if counts != [len(row.digests) for row in rows] or (found != digests[own]).any():
            raise opened.address.damaged("a text says other words than its row")
        vectors[at : at + len(rows)] = [row.vectors[0] for row in rows]
        sentence_vectors[own] = np.concatenate([row.vectors[1:] for row in rows])
        stems = [stems for row in rows for stems in row.sentence_stems]
        terms.append(Terms.of([row.stems for row in rows], stems))
    return Contents(table, vectors, sentence_vectors, digests, Terms.join(terms), boxes)


def _documents(opened: OpenCollection, tell: Progress) -> list[Document]:
    found: list[Document] = []
    for at in range(0, len(opened.documents), AT_ONCE):
        tell("fetching texts", at, len(opened.documents))
        part = opened.documents[at : at + AT_ONCE]
        texts = opened.objects.get_all(d.id for d in part)
        found += (_with_text(d, texts[d.id]) for d in part)
    return found


def _with_text(document: Document, text: bytes) -> Document:
    return Document(
        document.id,
        text.decode("utf-8", "surrogatepass"),
        document.title,
        document.source,
        document.meta,
        pages=document.pages,
        copies=document.copies,
    )


def _keep_originals(
    opened: OpenCollection, catalog: Catalog, originals: Originals, tell: Progress
) -> None:
    wanted: Sequence[str] = sorted({row.sha256 for row in catalog.rows} - {""})
    for number, sha in enumerate(wanted):
        tell("fetching originals", number, len(wanted))
        with suppress(DamagedIndex):
            originals.keep(opened.objects.get(sha), sha)
