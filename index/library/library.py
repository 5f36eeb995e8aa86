"""An index as its owner sees it: made, brought up to date, thinned out, made again."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from index.encoder import DEFAULT, OnnxEncoder, Remembering, forget, full_name, open_encoder
from index.errors import (
    DamagedIndex,
    ForeignIndex,
    MissingPath,
    NoDocuments,
    StoreError,
    storage_errors,
)
from index.failures import Failure
from index.files import Root, Rules, distinct, merged
from index.generation import (
    LOCK,
    WORK,
    Base,
    Catalog,
    Row,
    Saved,
    base_of,
    collect,
    encoder_of,
    is_index,
    is_ours,
    names,
    newest,
    publish,
    summary_of,
    sweep,
    writer_lock,
)
from index.library.documents import nothing_read
from index.library.found import Before
from index.library.passed import (
    UNREAD,
    WITHIN,
    note,
    passed_over,
)
from index.library.plan import Plan, plan
from index.library.updating import Reading, assemble
from index.storage import DAMAGE, OBJECTS, Originals, cache, damaged, disk
from index.types import Progress, silent

BYTES_A_CHARACTER = 32  # of text: 13 in a generation, 18 while it is encoded, of short articles
VERSION = 3  # raise when the same files would give another index
_OURS = {LOCK, WORK, OBJECTS, UNREAD, f"{UNREAD}.tmp"}


class Report(NamedTuple):
    """What an index holds after an update, and what became of its files.

    `failures` are those that could not be read, or only in part, and those that are as they were
    since they cannot be opened now; `passed_over` is what a rule leaves out.
    """

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
    passed_over: tuple[Failure, ...] = ()


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
        planned = _plan(before, roots, due)
        return _run(
            before, planned, due, model, tell, check=check, keep=originals, fallback=fallback
        )


def _require(into: Path) -> None:
    if not is_index(into):
        summary_of(into)  # which says what to do


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
        paths = {Path(os.path.abspath(Path(name).expanduser())): name for name in names}
        empty = {paths[root.path] for root in before.catalog.roots if root.path in paths}
        for name in names:
            if not (found := before.catalog.named(name)) and name not in empty:
                raise MissingPath(
                    f"nothing in {into} is called {name}; "
                    f"see what there is: ibid status {into} --files"
                )
            gone |= found
        rows = [row for row in before.catalog.rows if row.source not in gone]
        roots = [r for r in before.catalog.roots_without(gone) if r.path not in paths]
        planned = _plan(before, roots, (), rows=rows)
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
        planned = _plan(before._replace(stale=True), before.catalog.roots, ())
        return _run(before, planned, (), full_name(model), tell)


def ensure(*documents: Path, check: bool = False, progress: Progress | None = None) -> Path:
    """The index of files and folders in the user's cache, up to date; made again when damaged.

    With `check` all of it is looked at for damage, not what says how it is. Raises what `update`
    raises, and NoDocuments where nothing is left in a folder.
    """
    paths = distinct(documents)
    into = cache.index_folder(*paths)
    if not check and _is_current(into, paths):
        return into
    with _writing(into, progress) as tell:
        before = _before(into, check=check, mend=True)
        roots, due = merged((), paths, Rules())
        try:
            _run(before, _plan_of(before, roots, due), due, None, tell)
        except DamagedIndex:
            _run(Before(into), _plan(Before(into), roots, due), due, None, tell)
    return into


def _before(into: Path, *, check: bool = False, mend: bool = False) -> Before:
    return Before.of(into, VERSION, check=check, mend=mend)


def _plan(
    before: Before, roots: Sequence[Root], due: Sequence[int], rows: Sequence[Row] | None = None
) -> Plan:
    passed = passed_over(before.path)
    return plan(before.catalog, roots, due, passed, afresh=before.stale, rows=rows)


def _plan_of(before: Before, roots: Sequence[Root], due: Sequence[int]) -> Plan:
    """What is asked by its path has to be there: what is gone is answered from by nobody."""
    planned = _plan(before, roots, due)
    if planned.gone:
        raise NoDocuments(planned.gone[0].reason)
    return planned


def _is_current(into: Path, paths: Sequence[Path]) -> bool:
    roots, due = merged((), paths, Rules())
    try:
        before = _before(into)
    except (DamagedIndex, ForeignIndex):
        before = Before(into)
    planned = _plan_of(before, roots, due)
    return before.good and not before.stale and planned.idle and not _news(planned, into)


def _news(planned: Plan, into: Path) -> bool:
    """Whether something else is passed over than was noted."""
    noted = passed_over(into)
    return any(given != noted.get(root, ()) for root, given in planned.passed.items())


@contextmanager
def _writing(into: Path, progress: Progress | None) -> Iterator[Progress]:
    tell = progress or silent
    with (
        writer_lock(into, lambda: tell("waiting for another process to finish this index", 0, 0)),
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
        return _noted(into, planned, planned.catalog)
    reading = Reading(planned, due, kept, keep or bool(kept))
    disk.require(into, reading.size, "keeping these files")
    reading.read(tell, check=check)
    catalog = Catalog(planned.roots, tuple(reading.rows), planned.listings, reading.unread)
    if catalog == before.catalog and before.good and planned.valid:
        return _noted(into, planned, catalog)
    published, base = _publish(before, reading, catalog, model, tell, alone=not fallback)
    _clear(into, {published, base} if fallback else {published})
    forget(into / WORK)
    return _noted(into, planned, catalog)


def _noted(into: Path, planned: Plan, catalog: Catalog) -> Report:
    """Note what is passed over, and tell what became of everything."""
    within = (f for row in catalog.rows for f in row.failures if f.is_passed_over)
    passed = {**planned.passed, WITHIN: tuple(within)}
    note(into, passed)
    every = tuple(one for given in passed.values() for one in given)
    return _report(into, planned, catalog)._replace(passed_over=every)


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
    base = base_of(into) if before.whole else None
    encoder, compiled = _encoder(before, model, tell)
    if base is not None and base.saved.manifest.encoder != encoder.digest:
        base = None
    need = _need(base, reading) + disk.cost_of_links(compiled, into)
    disk.require(into, need, "the index of these files")
    old = base.contents if base is not None else None
    contents = assemble(reading, old, Remembering(encoder, into / WORK), tell)
    if contents is None:
        raise nothing_read([root.path for root in catalog.roots], catalog.failures)
    if not len(contents.passages):
        raise NoDocuments("the documents hold no sentence that could be quoted; add text")
    tell("writing the index", 0, 0)
    settings = {"model": before.model or model or DEFAULT, "version": VERSION, "alone": alone}
    published = publish(into, contents, base, catalog, (encoder, compiled), settings)
    return published, base.saved.folder.name if base is not None else current


def _need(base: Base | None, reading: Reading) -> int:
    """About how many bytes the new generation takes, and the work on it."""
    held = base.saved.manifest.files.values() if base is not None else ()
    return sum(entry.size for entry in held) + reading.characters * BYTES_A_CHARACTER


def _encoder(before: Before, model: str | None, tell: Progress) -> tuple[OnnxEncoder, Path]:
    """The index's own encoder; of a new or damaged index that of its model."""
    if before.whole:
        with suppress(DamagedIndex):
            return encoder_of(before.path)
    return open_encoder(before.model or model, tell)


def _report(into: Path, planned: Plan, catalog: Catalog) -> Report:
    """What is in the index now, and what became of each file."""
    old = {row.source: row.sha256 for row in planned.catalog.rows}
    new = {row.source: row.sha256 for row in catalog.rows}
    gone = [source for source in old if source not in new]
    came = [source for source in new if source not in old]
    moved = {old[source] for source in gone} & {new[source] for source in came} - {""}
    renamed = sum(new[source] in moved for source in came)
    changed = sum(old[source] != new[source] for source in new.keys() & old.keys())
    held = summary_of(into)
    return Report(
        into, held.documents, held.passages, held.sentences, catalog.failures,
        added=len(came) - renamed, changed=changed, renamed=renamed,
        removed=sum(old[source] not in moved for source in gone),
        unchanged=len(new) - len(came) - changed,
    )  # fmt: skip
