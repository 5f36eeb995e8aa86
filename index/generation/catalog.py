"""What an index remembers of the files it was made of: enough to see what changed."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Mapping, Set
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, NamedTuple

from index.failures import Failure, failures_from, suffix_of
from index.files import Root, Stamp
from index.storage import seal, unseal

FILES = "files.jsonl"
SLOWEST = 3  # files that took long to read: how many are named


class CatalogRow(NamedTuple):
    """A file as it was read: `documents` are the (id, source) of the texts in it.

    `root` numbers the root it was found in; `sha256` is of its bytes, "" where they could not be
    read; `known` is what the folder's owner said of it; `seconds` is what reading it took, where
    that was long, else 0.
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
    seconds: float = 0.0


@dataclass(frozen=True)
class Catalog:
    """The roots of an index, their files in order, and what was wrong with the roots' lists.

    `unread` is what of each root is not read: files that are no row, and folders ("name/").
    """

    roots: tuple[Root, ...] = ()
    rows: tuple[CatalogRow, ...] = ()
    listings: tuple[Failure, ...] = ()
    unread: tuple[tuple[Failure, ...], ...] = ()

    @property
    def all_unread(self) -> tuple[Failure, ...]:
        """Whatever is not read, or only in part."""
        own = (failure for unread in self.unread for failure in unread)
        return (*self.listings, *own, *(f for row in self.rows for f in row.failures))

    @property
    def failures(self) -> tuple[Failure, ...]:
        """All that could not be read; what a rule passes over is none of it."""
        return tuple(one for one in self.all_unread if not one.is_passed_over)

    @property
    def ids(self) -> set[str]:
        """Those of the documents in its files."""
        return {id_ for row in self.rows for id_, _ in row.documents}

    @property
    def kinds(self) -> dict[str, int]:
        """How many files are read, by their suffix, most first."""
        kinds = Counter(suffix_of(row.source) for row in self.rows if row.documents)
        return dict(sorted(kinds.items(), key=lambda one: (-one[1], one[0])))

    @property
    def slowest(self) -> tuple[tuple[str, float], ...]:
        """The sources of the files that took longest to read, and seconds; none that was quick."""
        slow = [(row.source, row.seconds) for row in self.rows if row.seconds]
        return tuple(sorted(slow, key=lambda one: -one[1])[:SLOWEST])

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
            "listings": self.listings,
            "unread": self.unread,
        }
        lines = (head, *(row._asdict() for row in self.rows))
        return seal("\n".join(map(json.dumps, lines))).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> Catalog:
        """What `to_bytes` gave; raises ValueError, KeyError, TypeError or AttributeError."""
        head, *rows = map(json.loads, unseal(data).split("\n"))
        return cls(
            tuple(map(Root.from_dict, head["roots"])),
            tuple(map(_row, rows)),
            failures_from(head["listings"]),
            tuple(map(failures_from, head.get("unread", [()] * len(head["roots"])))),
        )


def _row(data: Mapping[str, Any]) -> CatalogRow:
    return CatalogRow(
        **{
            **data,
            "stamp": Stamp(*data["stamp"]),
            "documents": tuple((i, source) for i, source in data["documents"]),
            "failures": failures_from(data["failures"]),
        }
    )
