"""What an index has to do to be up to date: what its roots hold now, beside what is known of them.

What cannot be looked at now keeps its last state, and is named: only what is not there is gone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from index.errors import MissingPath, OutOfReach
from index.failures import Failure, Why, printable
from index.files import File, FoundFiles, Root, Unreached, find_files, read_sources, taken_out
from index.generation import Catalog, CatalogRow
from index.library.passed import Passed
from index.load import SOURCES, loader_of

_OF_NOW = (Why.REACH, Why.KEPT)  # said anew each time
_BACK = "mount it, or take it out: ibid remove {} --from INDEX"


class Item(NamedTuple):
    """A file that the next generation holds; `row` is None where it has to be looked at.

    `kept`: it cannot be opened now, and is as it was.
    """

    root: int
    file: File
    known: Mapping[str, str]
    row: CatalogRow | None
    before: CatalogRow | None  # what was known of the file of this name
    kept: bool = False


class Plan(NamedTuple):
    """What an index has to do to be up to date; `unread` is as in `Catalog`.

    `gone` names the roots of which suddenly nothing is left, `passed` is what rules pass over.
    """

    catalog: Catalog  # the old one
    roots: tuple[Root, ...]
    items: tuple[Item, ...]
    listings: tuple[Failure, ...]
    unread: tuple[tuple[Failure, ...], ...]
    passed: Passed
    gone: tuple[Failure, ...]
    valid: bool  # whether what the catalogue says of a file still counts

    @property
    def idle(self) -> bool:
        """Whether there is nothing to do."""
        now, then = (self.roots, self.listings, self.unread), self.catalog
        same = now == (then.roots, then.listings, then.unread)
        return same and tuple(item.row for item in self.items) == self.catalog.rows


class _Old(NamedTuple):
    """What the catalogue says of a root; `rows` are by source."""

    rows: Mapping[str, CatalogRow]
    unread: tuple[Failure, ...] = ()
    passed: tuple[Failure, ...] = ()
    listings: tuple[Failure, ...] = ()
    is_known: bool = False

    @classmethod
    def of(
        cls, root: Root, catalog: Catalog, passed: Passed, rows: Sequence[CatalogRow] | None
    ) -> _Old:
        """Of the root of this path; nothing where it is new. `rows` are as in `plan`."""
        number = next((i for i, old in enumerate(catalog.roots) if old.path == root.path), None)
        if number is None:
            return cls({})
        unread = catalog.unread[number] if catalog.unread else ()
        listings = (one for one in catalog.listings if one.source == root.named(SOURCES))
        all_rows = {row.source: row for row in catalog.rows if row.root == number}
        left = {r.source for r in rows} if rows is not None else all_rows.keys()
        out = tuple(taken_out(printable(source)) for source in all_rows if source not in left)
        return cls(
            {source: row for source, row in all_rows.items() if source in left},
            unread,
            (*passed.get(str(root.path), ()), *out),
            tuple(listings),
            True,
        )


class _RootState(NamedTuple):
    """What there is of a root: its files with what is known of each, those that are `kept`."""

    files: Sequence[tuple[File, Mapping[str, str]]]
    kept: frozenset[str]
    unread: tuple[Failure, ...]
    passed: tuple[Failure, ...]
    listings: tuple[Failure, ...]
    gone: tuple[Failure, ...] = ()


def plan(
    catalog: Catalog,
    roots: Sequence[Root],
    due: Sequence[int],
    passed: Passed,
    *,
    looked: Mapping[Root, FoundFiles] | None = None,
    afresh: bool = False,
    rows: Sequence[CatalogRow] | None = None,
) -> Plan:
    """Compare the roots numbered in `due` with what the catalogue says of them.

    `passed` is what was passed over when they were last looked at, `looked` what a walk has just
    found in them; what is not in it is walked through now.

    Of other roots the files are taken as they were: those of `rows`, None meaning all. With
    `afresh` every file is looked at. Raises MissingPath, NoDocuments or OutOfReach over a root that
    is new.
    """
    _refuse_loss(catalog, roots)
    items: list[Item] = []
    every: list[_RootState] = []
    for number, root in enumerate(roots):
        old = _Old.of(root, catalog, passed, rows)
        seen = _look(root, old, looked or {}) if number in due else _as_it_was(old)
        items += (_item(number, *one, old.rows, seen.kept, afresh) for one in seen.files)
        every.append(seen)
    return Plan(
        catalog,
        tuple(roots),
        tuple(items),
        tuple(one for seen in every for one in seen.listings),
        tuple(seen.unread for seen in every),
        {str(root.path): seen.passed for root, seen in zip(roots, every, strict=True)},
        tuple(one for seen in every for one in seen.gone),
        not afresh,
    )


def _refuse_loss(catalog: Catalog, roots: Sequence[Root]) -> None:
    """A folder that takes the place of roots in it cannot keep what of them is out of reach."""
    now = {root.path for root in roots}
    for root in catalog.roots:
        if now.isdisjoint((root.path, *root.path.parents)) or root.path in now:
            continue
        seen = _look(root, _Old.of(root, catalog, {}, None), {})
        kept = [one.reason for one in seen.unread if one.is_kept]
        if kept:
            raise OutOfReach(f"{kept[0]}; until then nothing of the index is changed")


def _as_it_was(old: _Old) -> _RootState:
    files = [(File(Path(r.path), r.source, r.stamp), r.known) for r in old.rows.values()]
    unread = tuple(one for one in old.unread if not one.is_kept or _holds(one, old))
    return _RootState(files, frozenset(), unread, old.passed, old.listings)


def _holds(kept: Failure, old: _Old) -> bool:
    """Whether files are left of what is said to be kept: a person may have taken them out."""
    names = (printable(name) for row in old.rows.values() for name in (row.source, row.path))
    return any(name.startswith(kept.source) for name in names)


def _look(root: Root, old: _Old, looked: Mapping[Root, FoundFiles]) -> _RootState:
    """What is in a root now; what cannot be looked at is as it was."""
    try:
        found = looked[root] if root in looked else find_files(root)
    except MissingPath:
        if not old.is_known:
            raise
        return _gone(root, old, "there is nothing there")
    if found.is_bare and old.rows:
        return _gone(root, old, "nothing is left in it")
    sources = read_sources(root)
    known = {file.source: sources.of(root, file) for file in found.files}
    listings = sources.failures
    if sources.is_lost and old.rows:
        known |= {name: old.rows[name].known for name in known if name in old.rows}
        listings = tuple(one._replace(why=Why.KEPT) for one in listings)
    kept = _kept(found, old)
    files = [(file, known[file.source]) for file in found.files]
    files += [(File(Path(r.path), r.source, r.stamp), r.known) for r, _ in kept]
    files.sort(key=lambda one: one[0].path)
    unread = _unread(found, kept, old)
    return _RootState(
        files,
        frozenset(row.source for row, _ in kept),
        tuple(one for one in unread if not one.is_passed_over),
        tuple(one for one in unread if one.is_passed_over),
        listings,
    )


def _gone(root: Root, old: _Old, why: str) -> _RootState:
    """A root that is not there, or in which nothing is: it may only not be mounted."""
    name = printable(str(root.path))
    said = f"{name}: {why}; {_BACK.format(name)}"
    failure = Failure(name, said, why=Why.KEPT if old.rows else Why.REACH)
    unread = (failure, *(one for one in old.unread if one.why not in _OF_NOW))
    return _as_it_was(old)._replace(kept=frozenset(old.rows), unread=unread, gone=(failure,))


def _kept(found: FoundFiles, old: _Old) -> list[tuple[CatalogRow, Path]]:
    """The rows of what cannot be opened now, each with the path that cannot."""
    lost = {one.path for one in found.unreached}
    if not lost:  # as nearly always, and there may be many rows
        return []
    above = ((row, (Path(row.path), *Path(row.path).parents)) for row in old.rows.values())
    return [(row, path) for row, paths in above for path in paths if path in lost]


def _unread(found: FoundFiles, kept: Sequence[tuple[CatalogRow, Path]], old: _Old) -> list[Failure]:
    """What is not read now, and what was not of the folders that cannot be looked at."""
    counts = Counter(path for _, path in kept)
    lost = [_said(one, counts[one.path]) for one in found.unreached]
    below = tuple(one.source for one in lost if one.source.endswith("/"))
    before = (*old.unread, *old.passed)
    still = (f for f in before if f.source.startswith(below) and f.why not in _OF_NOW)
    return sorted([*found.unread, *lost, *still])


def _said(lost: Unreached, count: int) -> Failure:
    """What cannot be opened; where it could be before, how much is kept."""
    if not count:
        return lost.failure
    what = f" ({count:,} file{'' if count == 1 else 's'})"
    return lost.failure._replace(reason=lost.failure.reason + what, why=Why.KEPT)


def _item(
    number: int,
    file: File,
    known: Mapping[str, str],
    before: Mapping[str, CatalogRow],
    kept: frozenset[str],
    afresh: bool,
) -> Item:
    old, is_kept = before.get(file.source), file.source in kept
    same = old is not None and not afresh and (is_kept or _is_same(old, file, known))
    row = old._replace(root=number) if old is not None and same else None
    return Item(number, file, known, row, old, is_kept)


def _is_same(row: CatalogRow, file: File, known: Mapping[str, str]) -> bool:
    """Whether nothing speaks for another text; what could not be opened is tried again."""
    if any(failure.why is Why.REACH for failure in row.failures):
        return False
    return (row.stamp, dict(row.known), row.loader) == (
        file.stamp,
        dict(known),
        loader_of(file.source),
    )
