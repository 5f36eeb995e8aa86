"""What an index holds, how large it is, and whether its files have changed since."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from index import store
from index.catalog import Catalog, plan
from index.errors import DocumentError
from index.storage.disk import size_of
from index.storage.generations import ENCODERS, catalog_of
from index.storage.originals import OBJECTS


@dataclass(frozen=True)
class Status:
    """An index as it stands.

    `size_bytes` counts all its files, `encoder_bytes` and `originals_bytes` those of them that
    are the compiled model (shared with other indexes where links can be made) and the files as
    they were read. `waiting` counts the files that were added, changed or removed since; None
    where that cannot be said, for `unreachable` names a folder that is not there.
    """

    path: Path
    summary: store.Summary
    catalog: Catalog
    size_bytes: int
    encoder_bytes: int
    originals_bytes: int
    waiting: int | None
    unreachable: str


def status_of(path: Path) -> Status:
    """The status of the index in `path`; raises MissingPath, DamagedIndex or ForeignIndex."""
    summary, catalog = store.summary_of(path), catalog_of(path)
    waiting, unreachable = None, ""
    try:
        planned = plan(catalog, catalog.roots, range(len(catalog.roots)))
        sources = {item.file.source for item in planned.items}
        gone = sum(row.source not in sources for row in catalog.rows)
        waiting = gone + sum(item.row is None for item in planned.items)
    except DocumentError as exc:
        unreachable = str(exc)
    whole, encoder, originals = (size_of(p, set()) for p in (path, path / ENCODERS, path / OBJECTS))
    return Status(path, summary, catalog, whole, encoder, originals, waiting, unreachable)
