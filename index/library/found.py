"""What an update finds: an index that is whole, one that was damaged, or none yet."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from index.errors import DamagedIndex, ForeignIndex
from index.generation import Catalog, damage_of, is_index, last_catalog, summary_of


class Before(NamedTuple):
    """The index in `path` as it was.

    `whole`: it has contents that may be built on; `wounded`: but these are not its newest;
    `dated`: nor is the catalogue, and why. `stale`: another version of ours made it.
    """

    path: Path
    whole: bool = False
    catalog: Catalog = Catalog()
    model: str = ""
    stale: bool = False
    wounded: bool = False
    dated: str = ""

    @classmethod
    def of(cls, path: Path, version: int, *, check: bool = False, mend: bool = False) -> Before:
        """Of what is damaged as much as is known. `check` looks at all of it.

        Raises DamagedIndex when nothing is known, and ForeignIndex; with `mend` such an index
        counts as none.
        """
        try:
            return cls._found(path, version, check) if is_index(path) else cls(path)
        except (DamagedIndex, ForeignIndex):
            if not mend:
                raise
            return cls(path)

    @classmethod
    def _found(cls, path: Path, version: int, check: bool) -> Before:
        catalog, dated = last_catalog(path)
        model = ""
        try:
            summary = summary_of(path)
            model = str(summary.settings.get("model", ""))
            wounded = bool((check and damage_of(path)) or summary.notice or dated)
        except DamagedIndex:
            return cls(path, catalog=_known(path, catalog, dated), model=model, dated=dated)
        stale = summary.settings.get("version") != version
        return cls(path, True, _known(path, catalog, dated), model, stale, wounded, dated)

    @property
    def good(self) -> bool:
        """Whether nothing need be mended."""
        return self.whole and not self.wounded


def _known(path: Path, catalog: Catalog | None, why: str) -> Catalog:
    if catalog is None:
        raise DamagedIndex(
            f"the index in {path} is damaged, its list of files too ({why}); make it again with: "
            f"ibid index PATH --into {path} --check"
        )
    return catalog
