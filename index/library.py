"""An index as its owner sees it: made, brought up to date, thinned out, made again."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from index import build, cache, store
from index.before import Before
from index.build import Progress, silent
from index.catalog import Catalog, Plan, plan
from index.encode import OnnxEncoder
from index.errors import (
    DamagedIndex,
    ForeignIndex,
    MissingPath,
    NoDocuments,
    StoreError,
    storage_errors,
)
from index.folder import nothing_read
from index.load.formats import Failure
from index.models import DEFAULT, full_name
from index.roots import Rules, merged
from index.storage import disk
from index.storage.checked import DAMAGE, damaged
from index.storage.generations import (
    Saved,
    collect,
    is_index,
    is_ours,
    names,
    newest,
    sweep,
)
from index.storage.originals import OBJECTS, Originals
from index.storage.remember import Remembering, forget
from index.update import Reading, assemble

BYTES_A_CHARACTER = 32  # of text: 13 in a generation, 18 while it is encoded, of short articles
VERSION = 3  # raise when the same files would give another index
_OURS = {store.LOCK, store.WORK, OBJECTS}


class Report(NamedTuple):
    """What an index holds after an update, and what became of its files."""

    path: Path
    documents: int
    passages: int
    sentences: int
    failures: tuple[Failure, ...]
    added: int
    changed: int
    renamed: int
    removed: int
    unchanged: int


def update(
    paths: Sequence[Path],
    into: Path,
    *,
    model: str | None = None,
    rules: Rules | None = None,
    check: bool = False,
    originals: bool = True,
    fallback: bool = True,
    progress: Progress | None = None,
) -> Report:
    """Bring the index in the folder `into` up to date with files and folders; made when new.

    What is not below `paths` stays in it; without paths, all that it was made of is looked at.
    Unchanged is a file of the same size, time and inode, or with `check` of the same sha256. With
    `check` what is damaged is mended, and an index of which nothing is known is made of `paths`.
    `model` is None (the index's own; all-MiniLM-L6-v2 for a new one), a sentence-transformers
    folder or a hub name. With `originals` the index keeps the files, with `fallback` its state
    before this change. Raises DocumentError, EncoderError, StorageError or StoreError; one bad file
    is only reported.
    """
    _refuse_other(into)
    with _writing(into, progress) as tell:
        before = _before(into, check=check, mend=check and bool(paths))
        model = full_name(model)
        if before.model and model not in (None, before.model):
            raise ForeignIndex(
                f"the index in {into} was made with {before.model}; to make it again with another: "
                f"ibid index --into {into} --model {model} --rebuild"
            )
        roots, due = merged(before.catalog.roots, paths, rules or Rules())
        if not check:
            _require_list(before)
        planned = plan(before.catalog, roots, due, afresh=before.stale)
        return _run(
            before, planned, due, model, tell, check=check, keep=originals, fallback=fallback
        )


def _require(into: Path) -> None:
    if not is_index(into):
        store.summary_of(into)  # which says what to do


def _require_list(before: Before) -> None:
    """The newest list of files: an older one lacks what came later, which would be lost."""
    if before.dated:
        raise damaged(before.path, before.dated)


def _refuse_other(into: Path) -> None:
    """Nothing is written into a folder that holds what no index has, not even one cut off."""
    with storage_errors("read the index in", into):
        if not into.exists() or is_index(into):
            return
        inside = [p.name for p in into.iterdir()] if into.is_dir() else [""]
    if not all(name in _OURS or is_ours(name) for name in inside):
        raise NoDocuments(f"{into} holds something else than an index; give an empty folder")


def remove(names: Sequence[str], into: Path, *, progress: Progress | None = None) -> Report:
    """Take files out of an index: by source, by a pattern of sources, or by a path given to it.

    They are left out until they are named to `update`. Raises MissingPath when a name fits
    nothing, NoDocuments when nothing would be left, and what `update` raises.
    """
    _require(into)
    with _writing(into, progress) as tell:
        before = _before(into)
        _require_list(before)
        gone: set[str] = set()
        for name in names:
            if not (found := before.catalog.named(name)):
                raise MissingPath(
                    f"nothing in {into} is called {name}; "
                    f"see what there is: ibid status {into} --files"
                )
            gone |= found
        rows = [row for row in before.catalog.rows if row.source not in gone]
        roots = before.catalog.roots_without(gone)
        planned = plan(before.catalog, roots, (), afresh=before.stale, rows=rows)
        return _run(before, planned, (), None, tell, fallback=False)


def settle(into: Path) -> None:
    """Delete what was to go and was being read then; raises StorageError or IndexBusy."""
    with _writing(into, None):
        pass  # it is the first thing that a writer does


def rebuild(into: Path, *, model: str | None = None, progress: Progress | None = None) -> Report:
    """Make an index again of the files it keeps, with another encoder; None is the default one.

    The old index answers until the new one is in its place. Raises what `update` raises.
    """
    _require(into)
    with _writing(into, progress) as tell:
        before = _before(into)._replace(whole=False, model="")
        _require_list(before)
        planned = plan(before.catalog, before.catalog.roots, (), afresh=True)
        return _run(before, planned, (), full_name(model), tell)


def ensure(documents: Path, *, check: bool = False, progress: Progress | None = None) -> Path:
    """The index of a file or folder in the user's cache, up to date; made again when damaged.

    With `check` all of it is looked at for damage, not what says how it is. Raises what `update`
    raises.
    """
    into = cache.index_folder(documents)
    if not check and _is_current(into, documents):
        return into
    with _writing(into, progress) as tell:
        before = _before(into, check=check, mend=True)
        roots, due = merged((), [documents], Rules())
        try:
            _run(before, plan(before.catalog, roots, due, afresh=before.stale), due, None, tell)
        except DamagedIndex:
            _run(Before(into), plan(Catalog(), roots, due), due, None, tell)
    return into


def _before(into: Path, *, check: bool = False, mend: bool = False) -> Before:
    return Before.of(into, VERSION, check=check, mend=mend)


def _is_current(into: Path, documents: Path) -> bool:
    roots, due = merged((), [documents], Rules())
    try:
        before = _before(into)
    except (DamagedIndex, ForeignIndex):
        before = Before(into)
    return before.good and not before.stale and plan(before.catalog, roots, due).idle


@contextmanager
def _writing(into: Path, progress: Progress | None) -> Iterator[Progress]:
    tell = progress or silent
    with (
        store.writer_lock(
            into, lambda: tell("waiting for another process to finish this index", 0, 0)
        ),
        storage_errors("bring up to date the index in", into),
    ):
        sweep(into)
        _end_removal(into)
        yield tell


def _run(
    before: Before,
    planned: Plan,
    due: Sequence[int],
    model: str | None,
    tell: Progress,
    *,
    check: bool = False,
    keep: bool = False,
    fallback: bool = True,
) -> Report:
    """Do what is planned; the caller holds the writer's place.

    `keep` says whether the originals are kept, `fallback` whether the generation before is.
    """
    into, kept = before.path, Originals(before.path)
    if planned.idle and before.good and not check:
        return _report(into, planned, planned.catalog)
    reading = Reading(planned, due, kept, keep or bool(kept))
    disk.require(into, reading.size, "keeping these files")
    reading.read(tell, check=check)
    catalog = Catalog(planned.roots, tuple(reading.rows), planned.listings)
    if catalog == before.catalog and before.good and planned.valid:
        return _report(into, planned, catalog)
    published, base = _publish(before, reading, catalog, model, tell, alone=not fallback)
    _clear(into, {published, base} if fallback else {published})
    forget(into / store.WORK)
    return _report(into, planned, catalog)


def _clear(into: Path, keep: Collection[str]) -> None:
    """Delete the files that no generation of these names needs, then the other generations."""
    with suppress(*DAMAGE, ForeignIndex):  # what one that cannot be read needs is not forgotten
        rows = [row for name in keep if name for row in Saved.open(into, name, "").catalog.rows]
        Originals(into).forget({row.sha256 for row in rows})
    with suppress(*DAMAGE, ForeignIndex):
        collect(into, keep)


def _end_removal(into: Path) -> None:
    """Delete what a removal was to delete that died, or that somebody was reading then."""
    if len(names(into)) > 1:
        with suppress(StoreError):
            saved, why = newest(into, lambda saved: saved)
            if saved.manifest.settings.get("alone") and not why:
                _clear(into, {saved.folder.name})


def _publish(
    before: Before,
    reading: Reading,
    catalog: Catalog,
    model: str | None,
    tell: Progress,
    *,
    alone: bool,
) -> tuple[str, str]:
    """Make what is new, join it with what stays, and put it in the index's place.

    `alone`: those before it are to go. Returns the names of the new generation and of the one that
    it was built on.
    """
    into = before.path
    current = next(iter(names(into)), "")
    base = store.base_of(into) if before.whole else None
    encoder, compiled = _encoder(before, model, tell)
    if base is not None and base.saved.manifest.encoder != encoder.digest:
        base = None
    need = _need(base, reading) + disk.cost_of_links(compiled, into)
    disk.require(into, need, "the index of these files")
    old = base.contents if base is not None else None
    contents = assemble(reading, old, Remembering(encoder, into / store.WORK), tell)
    if contents is None:
        raise nothing_read([root.path for root in catalog.roots], catalog.failures)
    if not len(contents.passages):
        raise NoDocuments("the documents hold no sentence that could be quoted; add text")
    tell("writing the index", 0, 0)
    settings = {"model": before.model or model or DEFAULT, "version": VERSION, "alone": alone}
    published = store.publish(into, contents, base, catalog, (encoder, compiled), settings)
    return published, base.saved.folder.name if base is not None else current


def _need(base: store.Base | None, reading: Reading) -> int:
    """About how many bytes the new generation takes, and the work on it."""
    held = base.saved.manifest.files.values() if base is not None else ()
    return sum(entry.size for entry in held) + reading.characters * BYTES_A_CHARACTER


def _encoder(before: Before, model: str | None, tell: Progress) -> tuple[OnnxEncoder, Path]:
    """The index's own encoder; of a new or damaged index that of its model."""
    if before.whole:
        with suppress(DamagedIndex):
            return store.encoder_of(before.path)
    return build.open_encoder(before.model or model, tell)


def _report(into: Path, planned: Plan, catalog: Catalog) -> Report:
    """What is in the index now, and what became of each file."""
    old = {row.source: row.sha256 for row in planned.catalog.rows}
    new = {row.source: row.sha256 for row in catalog.rows}
    gone = [source for source in old if source not in new]
    came = [source for source in new if source not in old]
    moved = {old[source] for source in gone} & {new[source] for source in came} - {""}
    renamed = sum(new[source] in moved for source in came)
    changed = sum(old[source] != new[source] for source in new.keys() & old.keys())
    held = store.summary_of(into)
    return Report(
        into, held.documents, held.passages, held.sentences, catalog.failures,
        added=len(came) - renamed, changed=changed, renamed=renamed,
        removed=sum(old[source] not in moved for source in gone),
        unchanged=len(new) - len(came) - changed,
    )  # fmt: skip
