"""What an update finds: an index that is whole, one that was damaged, or none yet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from index.annotations import FOLDER as ANNOTATIONS
from index.errors import DamagedIndex, ForeignIndex, NoDocuments, storage_errors
from index.files import FoundFiles, Root
from index.generation import (
    LOCK,
    WORK,
    Catalog,
    CatalogRow,
    damage_of,
    is_index,
    is_ours,
    last_catalog,
    last_model,
    summary_of,
)
from index.library.passed import UNREAD, passed_over
from index.library.plan import Plan, plan
from index.storage import OBJECTS, damaged

_OURS = {LOCK, WORK, OBJECTS, ANNOTATIONS, UNREAD, f"{UNREAD}.tmp"}


def refuse_other(path: Path) -> None:
    """Nothing is written into a folder that holds what no index has, not even one cut off.

    Raises NoDocuments over such a folder.
    """
    with storage_errors("read the index in", path):
        if not path.exists() or is_index(path):
            return
        inside = [p.name for p in path.iterdir()] if path.is_dir() else [""]
    if not all(name in _OURS or is_ours(name) for name in inside):
        raise NoDocuments(f"{path} holds something else than an index; give an empty folder")


class Before(NamedTuple):
    """The index in `path` as it was.

    `whole`: it has contents that may be built on; `wounded`: but these are not its newest;
    `dated`: nor is the catalogue, and why. `stale`: another version of ours made it. `unencoded`:
    some of its passages have no vectors yet.
    """

    path: Path
    whole: bool = False
    catalog: Catalog = Catalog()
    model: str = ""
    stale: bool = False
    wounded: bool = False
    dated: str = ""
    unencoded: bool = False

    @classmethod
    def of(cls, path: Path, version: int, *, check: bool = False, mend: bool = False) -> Before:
        """Of what is damaged as much as is known. `check` looks at all of it.

        Of another format its files, its rules and its model are known, where it says them as this
        one does: with `check` it is made again of these. Raises DamagedIndex and ForeignIndex when
        nothing is known; with `mend` such an index counts as none.
        """
        try:
            return cls._found(path, version, check) if is_index(path) else cls(path)
        except DamagedIndex:
            if not mend:
                raise
            return cls(path)
        except ForeignIndex:
            catalog, _ = last_catalog(path)
            if not (mend or (check and catalog)):
                raise
            return cls(path, catalog=catalog or Catalog(), model=last_model(path), stale=True)

    @classmethod
    def _found(cls, path: Path, version: int, check: bool) -> Before:
        catalog, dated = last_catalog(path)
        model = ""
        try:
            summary = summary_of(path)
            model = summary.settings.model
            wounded = bool((check and damage_of(path)) or summary.notice or dated)
        except DamagedIndex:
            return cls(path, catalog=_known(path, catalog, dated), model=model, dated=dated)
        stale = summary.settings.version != version
        known, unencoded = _known(path, catalog, dated), summary.settings.unencoded > 0
        return cls(path, True, known, model, stale, wounded, dated, unencoded)

    @property
    def good(self) -> bool:
        """Whether nothing need be mended, nor vectors made."""
        return self.whole and not self.wounded and not self.unencoded

    def require_newest_list(self) -> None:
        """Raise DamagedIndex over an older list of files: it lacks what came later."""
        if self.dated:
            raise damaged(self.path, self.dated)


def plan_of(
    before: Before,
    roots: Sequence[Root],
    due: Sequence[int],
    looked: dict[Root, FoundFiles] | None = None,
    rows: Sequence[CatalogRow] | None = None,
) -> Plan:
    """What has to be done to what there was before; parameters and errors are those of `plan`."""
    passed, afresh = passed_over(before.path), before.stale
    return plan(before.catalog, roots, due, passed, looked=looked, afresh=afresh, rows=rows)


def _known(path: Path, catalog: Catalog | None, why: str) -> Catalog:
    if catalog is None:
        raise DamagedIndex(
            f"the index in {path} is damaged, its list of files too ({why}); make it again with: "
            f"ibid index PATH --into {path} --check"
        )
    return catalog
