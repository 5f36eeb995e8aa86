"""A collection's owner: it is made, brought up to date, thinned out, opened, asked what it holds.

It is written from a working copy, an index on the writer's disk, which is all that an `Index` is;
who reads needs none.
"""

from __future__ import annotations

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
from index.engines.writing import CollectionWriter
from index.errors import DocumentError, IbidError, MissingPath, StoreError
from index.failures import Failure
from index.files import Root
from index.generation import Generation, Summary, is_index
from index.library import FilesReport, Index, IndexStatus, Recipe, UpdateReport
from index.types import Document, Progress, silent

WORKING_COPY = "working-copy"


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
        self.working_copy = Index(folder / WORKING_COPY, recipe)
        self._current: OpenCollection | None = None

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
        return self._now.manifest.passed_over

    @property
    def files(self) -> FilesReport:
        """As `Index.files`."""
        now = self._now
        return FilesReport.of(now.catalog, (*now.failures, *now.manifest.passed_over))

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
        unread: tuple[Failure, ...] = (*catalog.all_unread, *manifest.passed_over)
        waiting, unreachable = None, "its files are looked at where it is written from"
        if is_index(self.working_copy.path):
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
        self._require_copy(bool(paths))
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
        return self._written(report, progress, alone=not fallback, check=check)

    def remove(self, *names: str | Path, progress: Progress | None = None) -> UpdateReport:
        """As `Index.remove`; what is taken out is deleted at once, whoever reads it."""
        self._require_copy()
        with self._told_as_own():
            report = self.working_copy.remove(*names, progress=progress)
        return self._written(report, progress, alone=True)

    def rebuild(
        self, *, model: str | None = None, progress: Progress | None = None
    ) -> UpdateReport:
        """As `Index.rebuild`; where the encoder is another, nobody can ask until it is done."""
        self._require_copy()
        with self._told_as_own():
            report = self.working_copy.rebuild(model=model, progress=progress)
        state = self._state()
        other = self.working_copy.open().retriever.encoder.digest
        return self._written(report, progress, afresh=state is not None and state.encoder != other)

    @contextmanager
    def annotating(self) -> Iterator[Generation]:
        """As `Index.annotating`: with the working copy, which is then written."""
        if is_index(self.working_copy.path):
            yield self.working_copy.open()
            self._write(None)
        else:
            yield self.open()

    def settle(self) -> None:
        """As `Index.settle`."""
        self.working_copy.settle()

    @contextmanager
    def _told_as_own(self) -> Iterator[None]:
        """What to do about the working copy is said of the collection."""
        try:
            yield
        except (StoreError, DocumentError) as exc:
            folder, own = str(self.working_copy.path), self.address.given
            raise type(exc)(str(exc).replace(f"--into {folder}", f"--into {own}")) from exc

    def _write(
        self,
        progress: Progress | None,
        *,
        alone: bool = False,
        afresh: bool = False,
        check: bool = False,
    ) -> bool:
        own, tell, copy = connected(self.address), progress or silent, self.working_copy
        settles = SETTLES if self.address.folder is None else SETTLES_HERE
        seconds = max(SECONDS, 4 * self.address.seconds)  # a call has to end within it
        lease = Lease(EngineLeaseRow(own), self.address.given, seconds=seconds, settles=settles)
        MilvusWriter(own, lease.require).create_states()
        with leased(lease, copy.path.parent, tell):
            objects = Objects(self.address.objects, check=check)
            writer = CollectionWriter(own, objects, lease, tell)
            return writer.write(
                copy.path, copy.passed_over, alone=alone, afresh=afresh, check=check
            )

    def _written(
        self,
        report: UpdateReport,
        progress: Progress | None,
        *,
        alone: bool = False,
        afresh: bool = False,
        check: bool = False,
    ) -> UpdateReport:
        self._write(progress, alone=alone, afresh=afresh, check=check)
        return report._replace(path=self.path)

    def _require_copy(self, begins: bool = False) -> None:
        """Raises MissingPath where there is no working copy, and none is begun."""
        if not begins and not is_index(self.working_copy.path):
            raise MissingPath(
                f"{self.address.given} is not written from this machine; name its folders: "
                f"ibid index PATH --into {self.address.given}"
            )

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
