"""Generations that nobody needs are deleted, but never one that is read."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Container
from contextlib import suppress
from pathlib import Path

from index.errors import is_refusal
from index.generation.generations import ENCODERS, MANIFEST, TEMPORARY, Saved, generation_names
from index.storage import disk


def delete_half_done(path: Path) -> None:
    """Delete what a writer that died left half done; the caller holds the writer's lock."""
    for folder in path.glob(f"{TEMPORARY}*"):
        disk.remove(folder)


def delete_generations(path: Path, keep: Container[str]) -> list[Saved]:
    """Delete the generations but those of the names in `keep` and those that are read.

    The caller holds the writer's lock. Returns those that are left. Raises one of `DAMAGE` or
    ForeignIndex where one of them cannot be read: then nobody knows what it needs.
    """
    for name in generation_names(path):
        if name not in keep and _is_unread(path / name):
            gone = path / f"{TEMPORARY}{name}"
            with suppress(OSError):
                disk.move(path / name, gone)  # at once: a reader never sees half of one
                disk.remove(gone)
    left = [Saved.open(path, name, "") for name in generation_names(path)]
    encoders = {saved.manifest.encoder for saved in left}
    for folder in (path / ENCODERS).glob("*"):
        if folder.name not in encoders:
            disk.remove(folder)
    return left


def _is_unread(folder: Path) -> bool:
    try:
        handle = os.open(folder / MANIFEST, os.O_RDONLY | os.O_CLOEXEC)
    except OSError as exc:
        return not is_refusal(exc)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    except BlockingIOError:
        return False
    except OSError:
        return True
    finally:
        os.close(handle)
