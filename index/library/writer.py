"""An index's only writer: it reads what a plan says, publishes it, deletes what nobody needs."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from index.annotations import delete_half_written, keep_only
from index.encoder import DEFAULT, Remembering
from index.errors import DamagedIndex, ForeignIndex, NoDocuments, StoreError, storage_errors
from index.generation import (
    WORK,
    Base,
    Catalog,
    Contents,
    Saved,
    base_of,
    delete_generations,
    delete_half_done,
    encode_rest,
    encoder_of,
    generation_names,
    is_readable,
    newest,
    publish,
    writer_lock,
)
from index.library.assembling import assemble
from index.library.found import Before
from index.library.passed import WITHIN, note_passed_over
from index.library.plan import Plan
from index.library.reading import PlanReader, nothing_read
from index.library.recipe import Recipe
from index.library.report import UpdateReport
from index.storage import DAMAGE, Originals, Settings, disk
from index.types import Encoder, Progress, silent

if TYPE_CHECKING:
    from index.workers import PreparedFiles

MANY = 20_000  # sentences: encoding fewer takes a minute, and is waited for
BYTES_A_CHARACTER = 32  # of text: 13 in a generation, 18 while it is encoded, of short articles


@contextmanager
def writing(
    path: Path, recipe: Recipe, progress: Progress | None, *, patient: bool = True
) -> Iterator[IndexWriter]:
    """Hold the only writer's place of the index in `path`, and end what another left undone.

    Raises IndexBusy (at once unless `patient`) or StorageError.
    """
    tell = progress or silent

    def waiting() -> None:
        if patient:
            tell("waiting for another process to finish this index", 0, 0)

    with (
        writer_lock(path, waiting, patient=patient),
        storage_errors("bring up to date the index in", path),
    ):
        writer = IndexWriter(path, recipe, tell)
        writer.clear_up()
        yield writer


class IndexWriter:
    """Does what is planned; whoever has it holds the writer's place, as `writing` gives it."""

    def __init__(self, path: Path, recipe: Recipe, tell: Progress) -> None:
        self._path, self._recipe, self._tell = path, recipe, tell

    def clear_up(self) -> None:
        """Delete what was left half done, and what a removal was to delete that died.

        Of the latter also what somebody was reading then.
        """
        delete_half_done(self._path)
        delete_half_written(self._path)
        if len(generation_names(self._path)) > 1:
            with suppress(StoreError):
                saved, why = newest(self._path, lambda saved: saved)
                if saved.manifest.settings.alone and not why:
                    self._delete_all_but({saved.folder.name})

    def run(
        self,
        before: Before,
        planned: Plan,
        due: Sequence[int],
        model: str | None = None,
        *,
        check: bool = False,
        keep: bool = False,
        fallback: bool = True,
    ) -> UpdateReport:
        """Do what is planned; raises what `Index.update` raises.

        `due` numbers the roots that are read from where they are. `keep` says whether the originals
        are kept, `fallback` whether the generation before is.
        """
        path, kept = self._path, Originals(self._path)
        if planned.idle and before.good and not check:
            return self._noted(planned, planned.catalog)
        opened, prepared = None, None
        if self._recipe.workers is not None or not before.whole:
            # now, since it is needed: a model that is not there is told before files are read
            opened = self._encoder(before, model)
            prepared = self._prepared(*opened)
        parsers = prepared.parsers if prepared is not None else self._recipe.parsers
        reading = PlanReader(planned, due, parsers, kept, keep=keep or bool(kept))
        disk.require(path, reading.size, "keeping these files")
        reading.read(self._tell, check=check)
        catalog = reading.catalog
        if catalog == before.catalog and before.good and planned.valid:
            return self._noted(planned, catalog)
        opened = opened or self._encoder(before, model)
        published, base = self._publish(
            before, reading, model, opened, prepared, alone=not fallback
        )
        self._delete_all_but({published, base} if fallback else {published})
        disk.remove(path / WORK)
        if prepared is not None:
            prepared.clear()
        return self._noted(planned, catalog)

    def _noted(self, planned: Plan, catalog: Catalog) -> UpdateReport:
        """Note what is passed over, and tell what became of everything."""
        within = (f for row in catalog.rows for f in row.failures if f.is_passed_over)
        passed = {**planned.passed, WITHIN: tuple(within)}
        note_passed_over(self._path, passed)
        every = tuple(one for given in passed.values() for one in given)
        return UpdateReport.of(self._path, planned.catalog, catalog, every)

    def _delete_all_but(self, keep: Collection[str]) -> None:
        """Delete what no generation of these names needs, then the other generations."""
        path = self._path
        with suppress(*DAMAGE, ForeignIndex):  # what one that cannot be read needs stays
            catalogs = [Saved.open(path, name, "").catalog for name in keep if name]
            Originals(path).forget({row.sha256 for c in catalogs for row in c.rows})
            keep_only(path, {id_ for c in catalogs for id_ in c.ids})
        with suppress(*DAMAGE, ForeignIndex):
            delete_generations(path, keep)

    def _publish(
        self,
        before: Before,
        reading: PlanReader,
        model: str | None,
        opened: tuple[Encoder, Path],
        prepared: PreparedFiles | None,
        *,
        alone: bool,
    ) -> tuple[str, str]:
        """Make what is new, join it with what stays, and put it in the index's place.

        Where many vectors are to be made, first without these, unless an index that is made again
        answers. `alone`: those before it are to go. Returns the names of the new generation and of
        the one that it was built on.
        """
        path, catalog = self._path, reading.catalog
        readable = (name for name in generation_names(path) if is_readable(path, name))
        current = next(readable, "")  # no other can be fallen back to
        base = base_of(path) if before.whole else None
        encoder, compiled = opened
        if base is not None and base.saved.manifest.encoder != encoder.digest:
            base = None
        copied = 0 if compiled.is_relative_to(path) else disk.size_of(compiled, set())
        disk.require(path, _need(base, reading) + copied, "the index of these files")
        old = base.contents if base is not None else None
        remembering = Remembering(encoder, path / WORK)
        if prepared is not None:
            prepared.teach(remembering)
        contents = self._assembled(reading, old, remembering)
        settings = Settings(before.model or model or DEFAULT, self._recipe.version, alone)
        before_it = base.saved.folder.name if base is not None else current

        def put(contents: Contents) -> str:
            self._tell("writing the index", 0, 0)
            return publish(path, contents, base, catalog, (encoder, compiled), settings)

        is_new = contents is not old and (old is not None or not current)
        if is_new and contents.unencoded_sentences > MANY:
            published = put(contents)
            base = old = None  # else it could not be deleted
            self._delete_all_but({published} if alone else {published, before_it})
        return put(encode_rest(contents, remembering, self._tell)), before_it

    def _assembled(
        self, reading: PlanReader, old: Contents | None, remembering: Remembering
    ) -> Contents:
        """What the new generation holds; raises NoDocuments when that is nothing."""
        contents, catalog = assemble(reading, old, remembering, self._tell), reading.catalog
        if contents is None:
            raise nothing_read([root.path for root in catalog.roots], catalog.failures)
        if not len(contents.passages):
            raise NoDocuments("the documents hold no sentence that could be quoted; add text")
        return contents

    def _prepared(self, encoder: Encoder, compiled: Path) -> PreparedFiles | None:
        """The files as workers prepare them; None where there are none."""
        recipe = self._recipe
        if recipe.workers is None:
            return None
        from index.workers import PreparedFiles

        return PreparedFiles(recipe.workers, encoder, compiled, recipe.version, self._path / WORK)

    def _encoder(self, before: Before, model: str | None) -> tuple[Encoder, Path]:
        """The index's own encoder; of a new or damaged index that of its model."""
        if before.whole:
            with suppress(DamagedIndex):
                return encoder_of(self._path)
        return self._recipe.open_encoder(before.model or model, self._tell)


def _need(base: Base | None, reading: PlanReader) -> int:
    """About how many bytes the new generation takes, and the work on it."""
    held = base.saved.manifest.files.values() if base is not None else ()
    return sum(entry.size for entry in held) + reading.characters * BYTES_A_CHARACTER
