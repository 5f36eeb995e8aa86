"""What the owner of a folder says of its files, in its `sources.toml`."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from typing import NamedTuple

from index.errors import OutOfReach, UnreadableDocument
from index.failures import Failure, failure_of
from index.files.reading import read_bytes
from index.files.roots import (
    File,
    Root,
    Stamp,
    listing_of,
)
from index.load import NOTHING

_LONGEST, _DOTS = 4_000_000, 500  # of a list of sources, and of a line in it


class Sources(NamedTuple):
    """What the owner of a folder says of its files, by their path in it.

    `is_lost`: there is something said, and it cannot be opened now.
    """

    known: Mapping[str, Mapping[str, str]]
    failures: tuple[Failure, ...]  # at most one: the list itself cannot be read
    is_lost: bool = False

    def of(self, root: Root, file: File) -> Mapping[str, str]:
        """What is known of a file; the root's `text_field` where the list names none."""
        given = self.known.get(root.inner(file.path), NOTHING)
        return {"text_field": root.text_field, **given} if root.text_field else given


def read_sources(root: Root) -> Sources:
    """The folder's `sources.toml`, if there is one."""
    path = listing_of(root)
    if not os.path.lexists(path):
        return Sources({}, ())
    file = File(path, root.source(path), Stamp(0, 0, 0))
    try:
        entries = tomllib.loads(_bounded(read_bytes(file, root).decode()))
        known = {
            source: {str(k): str(v) for k, v in fields.items()}
            for source, fields in entries.items()
            if isinstance(fields, dict)
        }
    except UnreadableDocument as exc:
        return Sources({}, (failure_of(file.source, exc),), isinstance(exc, OutOfReach))
    except (ValueError, RecursionError) as exc:
        why = f"{file.source}: {exc}; correct it or remove it"
        return Sources({}, (failure_of(file.source, why),))
    return Sources(known, ())


def _bounded(listing: str) -> str:
    """Raises ValueError for a list that would take for ever: tomllib is slow on "a.a.a.a"."""
    if len(listing) > _LONGEST:
        raise ValueError(f"it has over {_LONGEST // 1_000_000} million characters")
    if max((line.count(".") for line in listing.splitlines()), default=0) > _DOTS:
        raise ValueError(f"a line in it has over {_DOTS} dots")
    return listing
