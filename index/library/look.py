"""A look at files and folders, from which it is told whether their index is up to date."""

from __future__ import annotations

from typing import NamedTuple

from index.files import FoundFiles, Root


class Look(NamedTuple):
    """What there is at files and folders, by root: one walk.

    `revision` is that of their index in the cache, from before the walk: where it is another by
    now, somebody else has looked since.
    """

    found: dict[Root, FoundFiles]
    revision: bytes
