"""What an update finds: an index that is whole, one that was damaged, or none yet."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from index import store
from index.catalog import Catalog
from index.errors import DamagedIndex, ForeignIndex
from index.generations import is_index, last_catalog


class Before(NamedTuple):
    """The index in `path` as it was.

    `whole`: it has contents that may be built on; `wounded`: but these are not its newest.
    `stale`: another version of ours made it.
    """

    path: Path
    whole: bool = False
    catalog: Catalog = Catalog()
    model: str = ""
    stale: bool = False
    wounded: bool = False

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
        catalog = last_catalog(path)
        if catalog is None:
            raise DamagedIndex(
                f"the list of its files in the index {path} is damaged, so that it cannot be "
                "brought up to date; index its folders again: ibid index PATH --into NEW"
            )
        try:
            wounded = bool(check and store.check(path))
            summary = store.summary_of(path)
        except DamagedIndex:
            return cls(path, catalog=catalog)
        settings, wounded = summary.settings, wounded or bool(summary.notice)
        return cls(path, True, catalog, settings["model"], settings["version"] != version, wounded)

    @property
    def good(self) -> bool:
        """Whether nothing need be mended."""
        return self.whole and not self.wounded
