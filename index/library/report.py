"""What of its files an index reads, and what became of it and of them in an update."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from index.failures import Failure
from index.generation import Catalog, summary_of


class FilesReport(NamedTuple):
    """What of the files of an index is read and what is not, as people are told it.

    `read` counts those that it holds by their suffix, most first; `unread` is whatever is not
    read, or only in part, or is as it was; `slowest` are the files that took longest to read, with
    the seconds.
    """

    read: Mapping[str, int]
    unread: tuple[Failure, ...]
    slowest: tuple[tuple[str, float], ...]

    @classmethod
    def of(cls, catalog: Catalog, unread: tuple[Failure, ...]) -> FilesReport:
        """What is known of the files of a catalogue, and what of them is not read."""
        return cls(catalog.kinds, unread, catalog.slowest)


class UpdateReport(NamedTuple):
    """What an index holds after an update, and what became of its files.

    `failures` are those that could not be read, or only in part, and those that are as they were
    since they cannot be opened now; `passed_over` is what a rule leaves out; `read` and `slowest`
    are as in `FilesReport`.
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
    read: Mapping[str, int] = MappingProxyType({})
    slowest: tuple[tuple[str, float], ...] = ()

    @property
    def files(self) -> FilesReport:
        """What is read of the files now, and what is not."""
        return FilesReport(self.read, (*self.failures, *self.passed_over), self.slowest)

    @classmethod
    def of(
        cls, path: Path, before: Catalog, now: Catalog, passed: tuple[Failure, ...] = ()
    ) -> UpdateReport:
        """What is in the index now, and what became of each file since `before`."""
        old = {row.source: row.sha256 for row in before.rows}
        new = {row.source: row.sha256 for row in now.rows}
        gone = [source for source in old if source not in new]
        came = [source for source in new if source not in old]
        moved = {old[source] for source in gone} & {new[source] for source in came} - {""}
        renamed = sum(new[source] in moved for source in came)
        changed = sum(old[source] != new[source] for source in new.keys() & old.keys())
        return cls(
            path,
            *summary_of(path).counts,
            now.failures,
            added=len(came) - renamed,
            changed=changed,
            renamed=renamed,
            removed=sum(old[source] not in moved for source in gone),
            unchanged=len(new) - len(came) - changed,
            passed_over=passed,
            read=now.kinds,
            slowest=now.slowest,
        )
