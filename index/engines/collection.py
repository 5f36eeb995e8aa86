"""A collection's owner: it is made, brought up to date, thinned out, opened, asked what it holds.

It is written from a working copy, an index on the writer's disk, which is all that an `Index` is;
who reads needs none, and a machine that has none gets it from the collection.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from index.annotations import counts
from index.engines.address import address_of
from index.engines.connection import connected
from index.engines.lease import SECONDS, SETTLES, SETTLES_HERE, EngineLeaseRow, Lease, leased
from index.engines.milvus import Milvus
from index.engines.milvus_writer import MilvusWriter
from index.engines.objects import Objects
from index.engines.opened import OpenCollection, open_collection
from index.engines.parts import cache_of
from index.engines.state import CollectionState
from index.engines.working_copy import WorkingCopy
from index.engines.writing import CollectionWriter
from index.errors import DocumentError, IbidError, StoreError
from index.failures import Failure
from index.files import Root
from index.generation import Generation, Summary
from index.library import FilesReport, Index, IndexStatus, Recipe, UpdateReport
from index.types import Document, Progress, silent


class Collection(Index):
    """The collection at an address, there or not yet, as an `Index` in a folder.

    What changes it is done to the working copy, then written; where that was not done, the next
    change does it.
    """

    def __init__(self, path: str | Path, recipe: Recipe | None = None) -> None:
        """Raises StoreError where `path` is no address."""
        super().__init__(path, recipe)
        self.path = Path(path)
        self.address = address_of(self.path)
        folder = self.address.folder or cache_of(self.address)
        self._copy = WorkingCopy(folder, recipe)
        self._current: OpenCollection | None = None

    @property
    def working_copy(self) -> Index:
        """The index that it is written from, there or not yet."""
        return self._copy.index

    @property
    def documents(self) -> Sequence[Document]:
        """As `Index.documents`."""
        return self._now.documents

    @property
    def failures(self) -> tuple[Failure, ...]:
        """As `Index.failures`."""
        return self._now.failures

    @property
    def passed_over(self) -> tuple[Failure, ...]:
        """As `Index.passed_over`, as of the last change."""
        return self._now.manifest.all_passed_over

    @property
    def files(self) -> FilesReport:
        """As `Index.files`."""
        now = self._now
        return FilesReport.of(now.catalog, (*now.failures, *now.manifest.all_passed_over))

    @property
    def roots(self) -> tuple[Root, ...]:
        """As `Index.roots`."""
        return self._now.catalog.roots

    @property
    def revision(self) -> bytes:
        """As `Index.revision`; b"" where nobody can be asked, too."""
        try:
            state = self._state()
        except IbidError:
            return b""
        return state.revision if state is not None else b""

    def open(self, *, thorough: bool = False) -> OpenCollection:
        """The current version; raises what `open_collection` raises."""
        return open_collection(self.address, thorough=thorough)

    def status(self) -> IndexStatus:
        """As `Index.status`; whether files have changed since is known where it is written from."""
        now = self._now
        catalog, manifest = now.catalog, now.manifest
        summary = Summary(
            manifest.counts,
            now.state.encoder,
            manifest.published,
            manifest.failures,
            manifest.settings,
            now.notice,
        )
        unread: tuple[Failure, ...] = (*catalog.all_unread, *manifest.all_passed_over)
        waiting, unreachable = None, "its files are looked at where it was written last"
        if self._copy.holds(now.state.manifest):
            own = self.working_copy.status()
            unread, waiting, unreachable = own.unread, own.waiting, own.unreachable
        return IndexStatus(
            self.path,
            summary,
            catalog,
            now.objects.size(),
            now.objects.size_of(manifest.encoder_files.values()),
            sum(row.stamp.size for row in catalog.rows),
            unread,
            waiting,
            unreachable,
            counts(now.annotations, catalog.ids),
        )

    def update(
        self,
        paths: str | Path | Sequence[str | Path] = (),
        *,
        model: str | None = None,
        include: Sequence[str] | None = None,
        exclude: Sequence[str] | None = None,
        text_field: str | None = None,
        check: bool = False,
        originals: bool = True,
        fallback: bool = True,
        progress: Progress | None = None,
    ) -> UpdateReport:
        """As `Index.update`."""
        with self._changing(progress, begins=bool(paths), mends=check) as writer:
            with self._told_as_own():
                report = self.working_copy.update(
                    paths,
                    model=model,
                    include=include,
                    exclude=exclude,
                    text_field=text_field,
                    check=check,
                    originals=originals,
                    fallback=fallback,
                    progress=progress,
                )
            writer.write(alone=not fallback, check=check, mends=check)
        return report._replace(path=self.path)

    def remove(self, *names: str | Path, progress: Progress | None = None) -> UpdateReport:
        """As `Index.remove`; what is taken out is deleted at once, whoever reads it."""
        with self._changing(progress) as writer:
            with self._told_as_own():
                report = self.working_copy.remove(*names, progress=progress)
            writer.write(alone=True)
        return report._replace(path=self.path)

    def rebuild(
        self, *, model: str | None = None, progress: Progress | None = None
    ) -> UpdateReport:
        """As `Index.rebuild`; where the encoder is another, nobody can ask until it is done."""
        with self._changing(progress, mends=True) as writer:
            with self._told_as_own():
                report = self.working_copy.rebuild(model=model, progress=progress)
            writer.write(mends=True)
        return report._replace(path=self.path)

    @contextmanager
    def annotating(self) -> Iterator[Generation]:
        """As `Index.annotating`: with the working copy, which is then written."""
        with self._changing(None) as writer:
            yield self.working_copy.open()
            writer.write()

    def settle(self) -> None:
        """As `Index.settle`."""
        self.working_copy.settle()

    @contextmanager
    def _changing(
        self, progress: Progress | None, *, begins: bool = False, mends: bool = False
    ) -> Iterator[CollectionWriter]:
        """Hold the writer's place, with a working copy that holds the current version.

        `begins` and `mends` are those of `CollectionWriter.follow`.
        """
        if not begins and not self._copy.is_there and self._state() is None:
            raise self.address.missing()
        own, tell = connected(self.address), progress or silent
        settles = SETTLES if self.address.folder is None else SETTLES_HERE
        seconds = max(SECONDS, 4 * self.address.seconds)  # a call has to end within it
        lease = Lease(EngineLeaseRow(own), self.address.given, seconds=seconds, settles=settles)
        MilvusWriter(own, lease.require).create_states()
        with leased(lease, self._copy.folder, tell):
            objects = Objects(self.address.objects, check=mends)
            writer = CollectionWriter(own, objects, self._copy, lease, tell)
            writer.follow(begins=begins, mends=mends)
            yield writer

    @contextmanager
    def _told_as_own(self) -> Iterator[None]:
        """What to do about the working copy is said of the collection."""
        try:
            yield
        except (StoreError, DocumentError) as exc:
            folder = re.compile(re.escape(str(self.working_copy.path)) + "(?!/)")
            raise type(exc)(folder.sub(lambda _: self.address.given, str(exc))) from exc

    def _state(self) -> CollectionState | None:
        if self.address.folder is not None and not self.address.folder.is_dir():
            return None
        return Milvus(connected(self.address)).state()

    @property
    def _now(self) -> OpenCollection:
        """The current version, opened once."""
        state = self._state() if self._current is not None else None
        if self._current is None or state is None or self._current.state != state:
            self._current = self.open()
        return self._current
