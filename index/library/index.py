"""An index: made, brought up to date, thinned out, made again, opened, asked what it holds."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from index.encoder import EXACT, full_name
from index.errors import DamagedIndex, ForeignIndex, IndexBusy, MissingPath, NoDocuments
from index.failures import Failure
from index.files import FoundFiles, Root, Rules, distinct, find_files, look_at, merged
from index.generation import (
    Generation,
    catalog_of,
    is_index,
    open_index,
    revision_of,
    summary_of,
)
from index.library.found import Before, plan_of, refuse_other
from index.library.look import Look
from index.library.passed import passed_over
from index.library.plan import Plan
from index.library.recipe import Recipe
from index.library.report import FilesReport, UpdateReport
from index.library.status import IndexStatus, status_of
from index.storage import cache
from index.types import Document, Progress

if TYPE_CHECKING:
    from index.library.writer import IndexWriter
    from index.load import Loaded


class Index:
    """The index in the folder `path`, there or not yet.

    What it holds is read when it is first asked for, and again after a change: by this object, or
    by another process. `recipe` says how files become an index; None is the `usual` one.
    """

    usual: ClassVar[Recipe] = Recipe()

    def __init__(self, path: str | Path, recipe: Recipe | None = None) -> None:
        self.path = Path(path).expanduser()
        self._recipe = recipe or self.usual
        self._opened: Generation | None = None

    @classmethod
    def of(cls, *paths: Path) -> Index:
        """The index of files and folders in the user's cache, as it is; it may not be there."""
        return cls(cache.index_folder(*distinct(paths)))

    @classmethod
    def cached(
        cls,
        *paths: Path,
        look: Look | None = None,
        check: bool = False,
        progress: Progress | None = None,
    ) -> Index:
        """The index of files and folders in the user's cache, up to date; mended when damaged.

        `look` is what `Index.look` has just found at these paths; without, they are looked at now.
        With `check` all of the index is looked at for damage, not what says how it is. Raises what
        `update` raises, and NoDocuments where nothing is left in a folder.
        """
        index = cls.of(*paths)
        index._refresh(look or cls.look(*paths), check, progress)
        return index

    @classmethod
    def look(cls, *paths: Path) -> Look:
        """What there is at files and folders; raises MissingPath, NoDocuments or StorageError."""
        revision = cls.of(*paths).revision
        return Look(look_at(paths), revision)

    @classmethod
    def load(cls, *paths: Path, include: Sequence[str] = ()) -> Loaded:
        """The documents of files and folders as an index of them would hold them; none is made.

        `include` are patterns as in .gitignore. Raises MissingPath when there is nothing at a path
        and NoDocuments when no file could be read; one bad file is one of the failures.
        """
        from index.library.reading import load

        roots, _ = merged((), distinct(paths), Rules(include=tuple(include)))
        return load(roots, cls.usual.parsers)

    @property
    def documents(self) -> Sequence[Document]:
        """The documents, in order; raises MissingPath, DamagedIndex or ForeignIndex."""
        if self._opened is None or self._opened.revision != self.revision:
            self._opened = self.open()
        return self._opened.documents

    @property
    def failures(self) -> tuple[Failure, ...]:
        """What could not be read, and why; raises what `documents` raises."""
        return summary_of(self.path).failures

    @property
    def passed_over(self) -> tuple[Failure, ...]:
        """What rules passed over in its files and folders when they were last looked at."""
        return tuple(one for given in passed_over(self.path).values() for one in given)

    @property
    def files(self) -> FilesReport:
        """What of its files is read and what is not, as of the last look at them.

        Raises what `documents` raises.
        """
        catalog = catalog_of(self.path)
        return FilesReport.of(catalog, (*catalog.failures, *self.passed_over))

    @property
    def roots(self) -> tuple[Root, ...]:
        """The files and folders it is made of; raises what `documents` raises."""
        return catalog_of(self.path).roots

    @property
    def revision(self) -> bytes:
        """What is another after each change of the index; b"" where there is none."""
        return revision_of(self.path)

    def open(self, *, thorough: bool = False) -> Generation:
        """The newest generation that is whole; what is large is checked where it is used.

        With `thorough` all of it is checked now. Raises what `documents` raises.
        """
        return open_index(self.path, thorough=thorough)

    def status(self) -> IndexStatus:
        """What it holds, and whether its files have changed since; raises what `documents` does."""
        return status_of(self.path)

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
        """Add files and folders or bring them up to date; without `paths`, all that is in it.

        What is not below `paths` stays in it. `include` and `exclude` are patterns as in
        .gitignore, and are remembered, as is `text_field`, which names the text of JSON records.
        Unchanged is a file of the same size, time and inode, or with `check` of the same sha256.
        With `check` what is damaged is mended, and an index of which nothing is known is made of
        `paths`. `model` is None (the index's own; all-MiniLM-L6-v2 for a new one), EXACT (the same
        in full precision), a sentence-transformers folder or a hub name. With `originals` the index
        keeps the files, with `fallback` its state before this change. Raises DocumentError,
        EncoderError, StorageError or StoreError; one bad file is only reported.
        """
        given = [paths] if isinstance(paths, str | Path) else paths
        rules = Rules(_patterns(include), _patterns(exclude), text_field)
        refuse_other(self.path)
        with self._writing(progress) as writer:
            before = self._before(check=check, mend=check and bool(given))
            model = full_name(model)
            if before.model and model not in (None, before.model):
                named = "--exact" if model == EXACT else f"--model {model}"
                raise ForeignIndex(
                    f"the index in {self.path} was made with {before.model}; to make it again with "
                    f"another: ibid index --into {self.path} {named} --rebuild"
                )
            roots, due = merged(before.catalog.roots, [Path(p) for p in given], rules)
            if not check:
                before.require_newest_list()
            planned = plan_of(before, roots, due)
            return writer.run(
                before, planned, due, model, check=check, keep=originals, fallback=fallback
            )

    def remove(self, *names: str | Path, progress: Progress | None = None) -> UpdateReport:
        """Take files out: by source, its folder, a pattern of sources, or a path.

        They stay out until they are named to `update`. Raises MissingPath when a name fits
        nothing, NoDocuments when nothing would be left, and what `update` raises.
        """
        self._require()
        with self._writing(progress) as writer:
            before = self._before()
            before.require_newest_list()
            gone: set[str] = set()
            paths = {Path(os.path.abspath(Path(name).expanduser())): str(name) for name in names}
            empty = {paths[root.path] for root in before.catalog.roots if root.path in paths}
            for name in map(str, names):
                if not (found := before.catalog.named(name)) and name not in empty:
                    raise MissingPath(
                        f"nothing in {self.path} is called {name}; "
                        f"see what there is: ibid status {self.path} --files"
                    )
                gone |= found
            rows = [row for row in before.catalog.rows if row.source not in gone]
            roots = [r for r in before.catalog.roots_without(gone) if r.path not in paths]
            return writer.run(before, plan_of(before, roots, (), rows=rows), (), fallback=False)

    def rebuild(
        self, *, model: str | None = None, progress: Progress | None = None
    ) -> UpdateReport:
        """Make it again of the files it keeps, with another model (None: the one it has).

        The old index answers until the new one is in its place. Raises what `update` raises.
        """
        self._require()
        with self._writing(progress) as writer:
            before = self._before()
            before.require_newest_list()
            afresh = before._replace(whole=False, model=full_name(model) or before.model)
            planned = plan_of(afresh._replace(stale=True), before.catalog.roots, ())
            return writer.run(afresh, planned, ())

    @contextmanager
    def annotating(self) -> Iterator[Generation]:
        """The index, opened for `annotate` to keep with it what is derived of its documents."""
        yield self.open()

    def settle(self) -> None:
        """Delete what was to go and was being read then; raises StorageError or IndexBusy."""
        with self._writing(None):
            pass  # it is the first thing that a writer does

    def _refresh(self, look: Look, check: bool, progress: Progress | None) -> None:
        """Bring the index of these roots alone up to date, if need be.

        While another process only makes its vectors, it is asked as it is.
        """
        before = None if check else self._holding(look.found)
        if before is not None and before.good:
            return
        is_counted = before is not None
        try:
            self._bring_up(look, check, progress, patient=not is_counted)
        except IndexBusy:
            if not is_counted:
                raise

    def _bring_up(
        self, look: Look, check: bool, progress: Progress | None, *, patient: bool
    ) -> None:
        """Bring the index of these roots alone up to date; raises IndexBusy."""
        found, due = look.found, range(len(look.found))
        with self._writing(progress, patient=patient) as writer:
            if self.revision != look.revision:  # else what another has just found would be lost
                found = {root: find_files(root) for root in found}
            before = self._before(check=check, mend=True)
            try:
                writer.run(before, _asked(before, found), due)
            except DamagedIndex:
                none = Before(self.path)
                writer.run(none, plan_of(none, list(found), due, found), due)

    def _holding(self, found: dict[Root, FoundFiles]) -> Before | None:
        """The index as it is, if it holds what was found and notes what else is passed over.

        Else None. Nothing of it need be mended, but vectors may be missing.
        """
        try:
            before = self._before()
        except (DamagedIndex, ForeignIndex):
            before = Before(self.path)
        planned, noted = _asked(before, found), passed_over(self.path)
        is_noted = all(given == noted.get(root, ()) for root, given in planned.passed.items())
        is_whole = before._replace(unencoded=False).good and not before.stale
        return before if is_whole and planned.idle and is_noted else None

    def _before(self, *, check: bool = False, mend: bool = False) -> Before:
        return Before.of(self.path, self._recipe.version, check=check, mend=mend)

    def _require(self) -> None:
        if not is_index(self.path):
            summary_of(self.path)  # which says what to do

    def _writing(
        self, progress: Progress | None, *, patient: bool = True
    ) -> AbstractContextManager[IndexWriter]:
        from index.library.writer import writing  # a question over what is there writes nothing

        self._opened = None  # else what it read could not be deleted
        return writing(self.path, self._recipe, progress, patient=patient)

    def __repr__(self) -> str:
        return f"Index({str(self.path)!r})"


def _asked(before: Before, found: dict[Root, FoundFiles]) -> Plan:
    """What is asked by its path has to be there: what is gone is answered from by nobody."""
    planned = plan_of(before, list(found), range(len(found)), found)
    if planned.gone:
        raise NoDocuments(planned.gone[0].reason)
    return planned


def _patterns(given: Sequence[str] | None) -> tuple[str, ...] | None:
    return None if given is None else tuple(given)
