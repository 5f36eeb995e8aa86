"""From roots to documents: of an index only what changed is read, of no index all that is there."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from index.errors import NoDocuments, OutOfReach, UnreadableDocument
from index.failures import Failure, Why
from index.files import Root, read_bytes
from index.generation import Catalog, CatalogRow
from index.isolation import Expected, Parsers, ahead
from index.library.plan import Item, Plan, plan
from index.load import Loaded, failed, kinds, loader_of
from index.storage import Originals
from index.types import Document, Progress, silent

Name = tuple[str, str]  # a document's id and its source
SLOW = 5.0  # seconds from which on it is told what a file took


class PlanReader:
    """The files of a plan, each read where that is needed: their rows, and what is new in them.

    `due` numbers the roots whose files are read from where they are; other files are read from
    the `originals` where the index keeps them. `keep` says whether it does.
    """

    def __init__(
        self,
        plan: Plan,
        due: Sequence[int],
        parsers: Callable[[], Parsers],
        originals: Originals | None = None,
        *,
        keep: bool = False,
    ) -> None:
        self._plan, self._due, self._parsers = plan, due, parsers
        self._originals, self._kept = originals, originals if keep else None
        self._lost: list[tuple[int, Failure]] = []  # with the number of the root
        self.rows: list[CatalogRow] = []
        self.fresh: dict[Name, Document] = {}

    @property
    def valid(self) -> bool:
        """Whether what the index holds of unchanged files still counts."""
        return self._plan.valid

    @property
    def unread(self) -> tuple[tuple[Failure, ...], ...]:
        """What of each root is not read, with what could not be opened when it came to that."""
        return tuple(
            tuple(sorted({*own, *(one for i, one in self._lost if i == number)}))
            for number, own in enumerate(self._plan.unread)
        )

    @property
    def catalog(self) -> Catalog:
        """What was read, as an index remembers it."""
        return Catalog(self._plan.roots, tuple(self.rows), self._plan.listings, self.unread)

    @property
    def size(self) -> int:
        """Bytes of the files that are to be read and kept."""
        new = (item.file.stamp.size for item in self._plan.items if item.row is None)
        return sum(new) if self._kept is not None else 0

    @property
    def characters(self) -> int:
        """Of the texts that are new."""
        return sum(len(document.text) for document in self.fresh.values())

    def read(self, tell: Progress, *, check: bool = False) -> None:
        """Read what changed, and with `check` whatever is other than its sha256 says."""
        waiting = [i for i in self._plan.items if i.row is None or (check and not i.kept)]
        done = 0
        with self._parsers() as parsers:
            parsers.expect([self._expected(item) for item in waiting], tell)
            begun = ahead(self._begin(item, parsers) for item in waiting)
            for item in self._plan.items:
                if item.row is not None and (item.kept or not check):
                    self.rows.append(item.row)
                    continue
                tell("reading files", done, len(waiting))
                self.rows.append(next(begun)())
                done += 1
        if waiting:
            tell("reading files", done, len(waiting))

    def again(self, wanted: Mapping[str, str]) -> None:
        """Read the files that hold these documents (id: source), though they did not change."""
        names = set(wanted.items())
        with self._parsers() as parsers:
            for item, row in zip(self._plan.items, self.rows, strict=True):
                if names & set(row.documents):
                    self._take(parsers.load(self._bytes(item), item.file.source, item.known))

    def _begin(self, item: Item, parsers: Parsers) -> Callable[[], CatalogRow]:
        """Begin to read a file; what it gives waits for its row."""
        file, old = item.file, item.before
        try:
            data = self._bytes(item)
        except OutOfReach as exc:
            return self._out_of_reach(item, exc)
        except UnreadableDocument as exc:
            return partial(self._made, item, "", partial(failed, file.source, exc))
        digest = hashlib.sha256(data).hexdigest()
        if self._kept is not None:
            self._kept.keep(data, digest)
        if old is not None and digest == self._settled(item):
            return partial(old._replace, root=item.root, stamp=file.stamp)
        begun = parsers.begin(data, file.source, item.known)
        return partial(self._made, item, digest, begun.result, parsers.seconds)

    def _out_of_reach(self, item: Item, exc: OutOfReach) -> Callable[[], CatalogRow]:
        """What is known of a file that cannot be opened now still counts."""
        old, (failure,) = item.before, failed(item.file.source, exc).failures
        if old is None or not old.documents or not self._plan.valid:
            return partial(self._made, item, "", lambda: Loaded((), (failure,)))
        self._lost.append((item.root, failure._replace(why=Why.KEPT)))
        return partial(old._replace, root=item.root)

    def _settled(self, item: Item) -> str:
        """The sha256 with which a file would give what it gave; "" where nobody knows."""
        old = item.before
        if old is None or not old.documents or not self._plan.valid:  # may be read today
            return ""
        told = (dict(item.known), loader_of(item.file.source))
        return old.sha256 if told == (dict(old.known), old.loader) else ""

    def _expected(self, item: Item) -> Expected:
        read = self._opening(item)
        return Expected(read, item.file.source, dict(item.known), self._settled(item))

    def _bytes(self, item: Item) -> bytes:
        return self._opening(item)()

    def _opening(self, item: Item) -> Callable[[], bytes]:
        """What gives the bytes of a file, from where they are."""
        kept = item.before.sha256 if item.before is not None else ""
        is_away = item.kept or item.root not in self._due
        found = partial(read_bytes, item.file, self._plan.roots[item.root])
        if not (is_away and kept and self._originals):
            return found
        if kept not in self._originals and os.path.exists(item.file.path):
            return found
        return partial(self._originals.read, kept)  # which says where it is missing

    def _take(self, loaded: Loaded) -> None:
        self.fresh.update({(d.id, d.source): d for d in loaded.documents})

    def _made(
        self,
        item: Item,
        digest: str,
        loads: Callable[[], Loaded],
        took: Mapping[str, float] = MappingProxyType({}),
    ) -> CatalogRow:
        """The row of a file; `took` has the seconds of what was read, by source."""
        file, loaded = item.file, loads()
        self._take(loaded)
        seconds = took.get(file.source, 0.0)
        return CatalogRow(
            item.root,
            str(file.path),
            file.source,
            file.stamp,
            digest,
            loader_of(file.source),
            dict(item.known),
            tuple((d.id, d.source) for d in loaded.documents),
            loaded.failures,
            round(seconds, 1) if seconds > SLOW else 0.0,
        )


class Named(NamedTuple):
    """Which name each text (by id) goes by, in order, and its other names."""

    owner: dict[str, str]
    copies: dict[str, list[str]]


def names_of(rows: Sequence[CatalogRow]) -> Named:
    """The names of the texts of these files: each goes by the first."""
    named = Named({}, {})
    for row in rows:
        for id_, source in row.documents:
            if named.owner.setdefault(id_, source) != source:
                named.copies.setdefault(id_, []).append(source)
    return named


def load(roots: Sequence[Root], parsers: Callable[[], Parsers]) -> Loaded:
    """Every readable file of the roots, read as an index of them is made: each text once.

    Raises MissingPath when there is nothing at a path and NoDocuments when no file could be
    read; what cannot be read beside what can is one of the failures.
    """
    every = range(len(roots))
    reading = PlanReader(plan(Catalog(), roots, every, {}), every, parsers)
    reading.read(silent)
    named, unread = names_of(reading.rows), reading.catalog.all_unread
    if not named.owner:
        raise nothing_read([root.path for root in roots], unread)
    documents = (
        replace(reading.fresh[id_, source], copies=tuple(named.copies.get(id_, ())))
        for id_, source in named.owner.items()
    )
    return Loaded(tuple(documents), unread)


def nothing_read(paths: Sequence[Path], failures: Sequence[Failure]) -> NoDocuments:
    """What to raise when there is no document."""
    why = f" ({failures[0].reason})" if failures else ""
    where = ", ".join(map(str, paths))
    return NoDocuments(f"no document to read in {where}{why}; Ibid reads {kinds()}")
