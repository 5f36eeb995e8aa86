"""What an index remembers of the files it was made of: enough to see what changed."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, NamedTuple

from index.files import File, Root, Stamp, find_files, listing_of
from index.folder import read_sources
from index.load import loader_of
from index.load.formats import Failure
from index.storage.manifest import seal, unseal

FILES = "files.jsonl"


class Row(NamedTuple):
    """A file as it was read: `documents` are the (id, source) of the texts in it.

    `root` numbers the root it was found in; `sha256` is of its bytes, "" where they could not be
    read; `known` is what the folder's owner said of it.
    """

    root: int
    path: str
    source: str
    stamp: Stamp
    sha256: str
    loader: str
    known: Mapping[str, str]
    documents: tuple[tuple[str, str], ...]
    failures: tuple[Failure, ...]


@dataclass(frozen=True)
class Catalog:
    """The roots of an index, their files in order, and what was wrong with the roots' lists."""

    roots: tuple[Root, ...] = ()
    rows: tuple[Row, ...] = ()
    listings: tuple[Failure, ...] = ()

    @property
    def failures(self) -> tuple[Failure, ...]:
        """All that could not be read."""
        return (*self.listings, *(failure for row in self.rows for failure in row.failures))

    def named(self, name: str) -> set[str]:
        """The sources that a person means by a source, its folder, a pattern, or a path."""
        path = Path(os.path.abspath(Path(name).expanduser()))
        return {
            row.source
            for row in self.rows
            if row.source == name
            or row.source.startswith(f"{name.rstrip('/')}/")
            or path in (Path(row.path), *Path(row.path).parents)
            or fnmatchcase(row.source, name)
        }

    def roots_without(self, sources: Set[str]) -> list[Root]:
        """The roots without these files; one of which nothing is left is dropped."""
        roots = []
        for number, root in enumerate(self.roots):
            own = {row.source for row in self.rows if row.root == number}
            gone = own & sources
            if not own or gone != own:
                roots.append(root.without(sorted(gone)) if gone else root)
        return roots

    def to_bytes(self) -> bytes:
        """A line for the roots, one a file, and the sum of them all."""
        head = {
            "roots": [root.to_dict() for root in self.roots],
            "listings": [list(failure) for failure in self.listings],
        }
        lines = (head, *(row._asdict() for row in self.rows))
        return seal("\n".join(map(json.dumps, lines))).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> Catalog:
        """What `to_bytes` gave; raises ValueError, KeyError, TypeError or AttributeError."""
        head, *rows = map(json.loads, unseal(data).split("\n"))
        return cls(
            tuple(map(Root.from_dict, head["roots"])), tuple(map(_row, rows)),
            tuple(Failure(*f) for f in head["listings"]),
        )  # fmt: skip


def _row(data: Mapping[str, Any]) -> Row:
    return Row(**{
        **data,
        "stamp": Stamp(*data["stamp"]),
        "documents": tuple((i, source) for i, source in data["documents"]),
        "failures": tuple(Failure(*f) for f in data["failures"]),
    })  # fmt: skip


class Item(NamedTuple):
    """A file that the next generation holds; `row` is None where it has to be looked at."""

    root: int
    file: File
    known: Mapping[str, str]
    row: Row | None
    before: Row | None  # what was known of the file of this name


class Plan(NamedTuple):
    """What an index has to do to be up to date."""

    catalog: Catalog  # the old one
    roots: tuple[Root, ...]
    items: tuple[Item, ...]
    listings: tuple[Failure, ...]
    valid: bool  # whether what the catalogue says of a file still counts

    @property
    def idle(self) -> bool:
        """Whether there is nothing to do."""
        same = (self.roots, self.listings) == (self.catalog.roots, self.catalog.listings)
        return same and tuple(item.row for item in self.items) == self.catalog.rows


def plan(
    catalog: Catalog,
    roots: Sequence[Root],
    due: Sequence[int],
    *,
    afresh: bool = False,
    rows: Sequence[Row] | None = None,
) -> Plan:
    """Compare the roots numbered in `due` with what the catalogue says of them.

    Of other roots the files are taken as they were: those of `rows`, None meaning all. With
    `afresh` every file is looked at. Raises MissingPath or NoDocuments.
    """
    items: list[Item] = []
    listings: list[Failure] = []
    numbers = {root.path: i for i, root in enumerate(catalog.roots)}
    kept = catalog.rows if rows is None else rows
    for number, root in enumerate(roots):
        old = numbers.get(root.path)
        before = {row.source: row for row in kept if row.root == old}
        if number in due:
            sources = read_sources(root)
            listings += sources.failures
            known = [(file, sources.of(root, file)) for file in find_files(root)]
        else:
            listing = root.source(listing_of(root))
            listings += [failure for failure in catalog.listings if failure.source == listing]
            known = [
                (File(Path(r.path), r.source, r.stamp), dict(r.known)) for r in before.values()
            ]
        items += (_item(number, *one, before, afresh) for one in known)
    return Plan(catalog, tuple(roots), tuple(items), tuple(listings), not afresh)


def _item(
    number: int, file: File, known: Mapping[str, str], before: Mapping[str, Row], afresh: bool
) -> Item:
    old = before.get(file.source)
    same = old is not None and not afresh and _is_same(old, file, known)
    kept = old._replace(root=number) if old is not None and same else None
    return Item(number, file, known, kept, old)


def _is_same(row: Row, file: File, known: Mapping[str, str]) -> bool:
    return (row.stamp, dict(row.known), row.loader) == (
        file.stamp,
        dict(known),
        loader_of(file.source),
    )
