"""What an index holds, how large it is, and whether its files have changed since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from index.annotations import counts
from index.errors import DocumentError
from index.failures import Failure
from index.generation import ENCODERS, Catalog, Summary, catalog_of, summary_of
from index.library.passed import passed_over
from index.library.plan import Plan, plan
from index.library.report import FilesReport
from index.storage import OBJECTS, size_of


@dataclass(frozen=True)
class IndexStatus:
    """An index as it stands.

    `size_bytes` counts all its files, `encoder_bytes` and `originals_bytes` those of them that
    are the compiled model and the files as they were read. `unread` is whatever is not read of its
    roots as they are now, or only in part, and what cannot be looked at now and is as it was.
    `waiting` counts the files that were added, changed or removed since; None where nothing can be
    looked at, for the reason `unreachable`. `annotated` says of how many documents what is kept
    that was derived of them, by its name.
    """

    path: Path
    summary: Summary
    catalog: Catalog
    size_bytes: int
    encoder_bytes: int
    originals_bytes: int
    unread: tuple[Failure, ...]
    waiting: int | None
    unreachable: str
    annotated: Mapping[str, int]

    @property
    def files(self) -> FilesReport:
        """What is read of the files, and what is not."""
        return FilesReport.of(self.catalog, self.unread)


def status_of(path: Path) -> IndexStatus:
    """The status of the index in `path`; raises MissingPath, DamagedIndex or ForeignIndex."""
    summary, catalog, passed = summary_of(path), catalog_of(path), passed_over(path)
    unread, waiting, unreachable = catalog.all_unread, None, ""
    try:
        planned = plan(catalog, catalog.roots, range(len(catalog.roots)), passed)
        unread, waiting = _unread(planned), _waiting(planned)
        unreachable = next((f.reason for f in unread if f.is_kept), "")
    except DocumentError as exc:
        unreachable = str(exc)
    whole, encoder, originals = (size_of(p, set()) for p in (path, path / ENCODERS, path / OBJECTS))
    return IndexStatus(
        path,
        summary,
        catalog,
        whole,
        encoder,
        originals,
        unread,
        waiting,
        unreachable,
        counts(path, catalog.ids),
    )


def _unread(planned: Plan) -> tuple[Failure, ...]:
    roots = zip(planned.unread, planned.passed.values(), strict=True)
    own = (one for pair in roots for part in pair for one in part)
    within = (f for item in planned.items if item.row is not None for f in item.row.failures)
    return (*planned.listings, *own, *within)


def _waiting(planned: Plan) -> int | None:
    if planned.items and all(item.kept for item in planned.items):
        return None
    sources = {item.file.source for item in planned.items}
    gone = sum(row.source not in sources for row in planned.catalog.rows)
    return gone + sum(item.row is None for item in planned.items)
