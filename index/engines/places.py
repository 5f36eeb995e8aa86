"""An index by where it is: in a folder, or in an engine."""

from __future__ import annotations

from pathlib import Path

from index import generation
from index.engines.address import is_address
from index.library import Index, Recipe


def is_index(path: Path) -> bool:
    """Whether that is an index (good or damaged), or the address of one; raises StorageError."""
    return is_address(path) or generation.is_index(path)


def index_at(path: Path, recipe: Recipe | None = None) -> Index:
    """The index in a folder or at an address, there or not yet; raises StoreError."""
    if not is_address(path):
        return Index(path, recipe)
    from index.engines.collection import Collection  # which folders do without

    return Collection(path, recipe)
