"""What an index is on disk: the only module that knows its layout.

    CURRENT                 sealed JSON: the generation and the sha256 of its MANIFEST.json
    LOCK                    one writer; an OS lock, not the file's existence
    encoder/<digest>/       the compiled encoder
    objects/<sha256>        the files as they were read, for an index that keeps them
    work/                   vectors of an update that did not come to its end
    gen-<n>/MANIFEST.json   sealed JSON: format, settings, encoder; size and sums of every file
    gen-<n>/files.jsonl     sealed: the files it was made of
    gen-<n>/…               documents, passages, sentences, vectors, terms, bm25, copies; cells of
                            the vectors where they are many; which passages the vectors are of,
                            where not all have any; boxes where there are pages, which no question
                            reads

A generation is never changed. Publishing writes a temporary folder file by file, each flushed to
the disk, opens it as a reader would, renames it, and then replaces CURRENT: a reader sees the old
index or the new one. The generation before is kept, to fall back to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TypeVar

from index.boxes import PageBox
from index.encoder import OnnxEncoder
from index.errors import IndexBusy, is_refusal, storage_errors
from index.failures import Failure
from index.generation.boxed import read_boxes
from index.generation.catalog import Catalog
from index.generation.contents import (
    Contents,
    read_contents,
    read_retriever,
)
from index.generation.generations import (
    Saved,
    newest,
    read_revision,
)
from index.search import Hybrid
from index.storage import (
    DAMAGE,
    Counts,
    Manifest,
    Settings,
    damaged,
    disk,
)
from index.types import Document

LOCK, WORK = "LOCK", "work"
_T = TypeVar("_T")
WAIT_SECONDS = 900


class SavedGeneration(NamedTuple):
    """A generation on the disk, opened: its documents, and the retriever over them.

    `notice` says what is wrong with a newer one, for the reader's eyes; "" where this is the
    newest. It is not collected while this object lives.
    """

    path: Path
    documents: Sequence[Document]
    retriever: Hybrid
    failures: tuple[Failure, ...]
    settings: Settings
    saved: Saved
    notice: str
    revision: bytes  # that of the index when it was opened: `generations.revision_of`

    @property
    def annotations(self) -> Path:
        """Where what was derived of its documents is kept."""
        return self.path

    def boxes_of(self, document: Document, start: int, end: int) -> list[PageBox]:
        """Where characters `start` to `end` of a document stand on its pages: one box a line.

        In the order of the text, as `PageBox` says; of a table's row one for each line of a cell,
        and none of the labels that are said before them. Empty where a format has no pages, or its
        pages no places (slides, sheets), and in an index of a version that kept none. What is asked
        for is read from the disk, each time. Raises ValueError when the span does not lie in the
        document, or that is none of this index; DamagedIndex, StorageError.
        """
        document.cut((start, end))
        number = self.retriever.passages.number(document.id)
        if number is None:
            raise ValueError(f"{document.source} is no document of the index in {self.path}")
        boxes = self._read(lambda: read_boxes(self.saved.files, number, len(document.text)))
        return boxes.within(document.text, start, end)

    @property
    def catalog(self) -> Catalog:
        """The files it was made of, read from the disk; raises DamagedIndex, StorageError."""
        return self._read(lambda: self.saved.catalog)

    def _read(self, use: Callable[[], _T]) -> _T:
        with storage_errors("read the index in", self.path):
            try:
                return use()
            except DAMAGE as exc:
                if is_refusal(exc):
                    raise
                raise damaged(self.path, str(exc)) from exc


@dataclass(frozen=True)
class Summary:
    """What is said of an index without loading it; `published` is a time in ISO 8601.

    `notice` is as in `Generation`.
    """

    counts: Counts
    encoder: str
    published: str
    failures: tuple[Failure, ...]
    settings: Settings
    notice: str


def summary_of(path: Path) -> Summary:
    """Read a summary; raises MissingPath, DamagedIndex or ForeignIndex."""
    manifest, why = newest(path, lambda saved: saved.manifest)
    return Summary(
        manifest.counts,
        manifest.encoder,
        manifest.published,
        manifest.failures,
        manifest.settings,
        _notice(path, manifest, why),
    )


@contextmanager
def writer_lock(
    path: Path, waiting: Callable[[], None] | None = None, *, patient: bool = True
) -> Iterator[None]:
    """Hold the index's only writer's place; `waiting` is called once if it is taken.

    Raises IndexBusy when another process keeps it for 15 minutes; at once unless `patient`.
    """
    from filelock import FileLock, Timeout  # and asyncio with it: only who writes waits for them

    with storage_errors("create the index folder", path):
        disk.make_folder(path)
        lock = FileLock(path / LOCK)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            if waiting is not None:
                waiting()
            try:
                lock.acquire(timeout=WAIT_SECONDS if patient else 0)
            except Timeout as exc:
                raise IndexBusy(
                    f"another process is building the index in {path}; wait for it, or end it"
                ) from exc
    try:
        yield
    finally:
        lock.release()


def open_index(path: Path, *, thorough: bool = False) -> SavedGeneration:
    """The newest generation that is whole, each file of it checked before it is read.

    What is large is checked where it is used, or now if `thorough`. Raises MissingPath,
    DamagedIndex (no generation is whole) or ForeignIndex (made by another version), each with what
    to do.
    """

    def read(saved: Saved) -> tuple[Saved, Hybrid]:
        if thorough:
            saved.files.check()
        return saved, read_retriever(saved.files, _encoder(saved))

    with storage_errors("read the index in", path):
        revision = read_revision(path)
    (saved, retriever), why = newest(path, read)
    manifest = saved.manifest
    return SavedGeneration(
        path,
        retriever.passages.documents,
        retriever,
        manifest.failures,
        manifest.settings,
        saved,
        _notice(path, manifest, why),
        revision,
    )


class Base(NamedTuple):
    """What an update builds on; `contents` are those of the generation `saved`."""

    contents: Contents
    saved: Saved


def base_of(path: Path) -> Base:
    """All that the index holds, to be built on; checks and raises as `open_index` does."""
    return newest(path, lambda saved: Base(read_contents(saved.files), saved))[0]


def encoder_of(path: Path) -> tuple[OnnxEncoder, Path]:
    """The index's own encoder and its folder; raises what `open_index` raises."""
    return newest(path, lambda saved: (_encoder(saved), saved.encoder_files.folder))[0]


def damage_of(path: Path) -> str:
    """What is wrong with the current generation, "" for nothing; raises as `open_index` does."""

    def use(saved: Saved) -> None:
        saved.files.check()
        read_retriever(saved.files, _encoder(saved))

    return newest(path, use)[1]


def _encoder(saved: Saved) -> OnnxEncoder:
    saved.encoder_files.check()
    return OnnxEncoder(saved.encoder_files.folder)


def _notice(path: Path, manifest: Manifest, why: str) -> str:
    if not why:
        return ""
    return (
        f"the newest state of the index in {path} is damaged ({why}); this is the one of "
        f"{manifest.published}. Mend it with: ibid index --into {path} --check"
    )
