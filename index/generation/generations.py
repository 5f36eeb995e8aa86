"""The generations of an index: which one is current, which may be read, which nobody needs.

A reader takes no lock that anybody waits for: it holds the generation it reads, and what is held
is not collected.
"""

from __future__ import annotations

import fcntl
import json
import os
import weakref
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from index.errors import ForeignIndex, MissingPath, is_refusal, storage_errors
from index.generation.catalog import FILES, Catalog
from index.storage import (
    DAMAGE,
    Checked,
    Manifest,
    damaged,
    disk,
    seal,
    settings_in,
    sum_of,
    unseal,
)

CURRENT, MANIFEST = "CURRENT", "MANIFEST.json"
ENCODERS = "encoder"
TEMPORARY = "tmp-ibid-"  # begins the name of what is deleted when it is found lying
_PREFIX = "gen-"
_TRIES = 20  # that many times may writers be quicker than a reader
_T = TypeVar("_T")


class Hold:
    """Keeps a generation from being collected, until this object is gone."""

    def __init__(self, folder: Path) -> None:
        """Raises OSError when the generation is not there, or is being collected."""
        handle = os.open(folder / MANIFEST, os.O_RDONLY | os.O_CLOEXEC)
        self.release = weakref.finalize(self, os.close, handle)
        try:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            self.release()
            raise
        except OSError:  # a file system without locks: what is read there may vanish
            pass


@dataclass(frozen=True)
class Saved:
    """A generation whose manifest is whole, held while this object lives."""

    index: Path
    folder: Path
    manifest: Manifest
    hold: Hold

    @classmethod
    def open(cls, index: Path, name: str, manifest: str) -> Saved:
        """The generation of this name; `manifest` is its manifest's sha256, "" where unknown."""
        folder = index / name
        hold = Hold(folder)
        raw = (folder / MANIFEST).read_bytes()
        if manifest not in ("", sum_of(raw)):
            raise ValueError(f"{MANIFEST} has changed")
        return cls(index, folder, Manifest.from_bytes(raw), hold)

    @property
    def files(self) -> Checked:
        """Its files."""
        return Checked(self.folder, self.manifest.files)

    @property
    def encoder_files(self) -> Checked:
        """Those of its encoder."""
        return Checked(self.index / ENCODERS / self.manifest.encoder, self.manifest.encoder_files)

    @property
    def catalog(self) -> Catalog:
        """The files it was made of."""
        return Catalog.from_bytes(self.files.read(FILES))


def is_index(path: Path) -> bool:
    """Whether the folder is an index (good or damaged); raises StorageError."""
    with storage_errors("read the index in", path):
        inside = (path / n / MANIFEST for n in generation_names(path))
        return (path / CURRENT).is_file() or any(file.is_file() for file in inside)


def revision_of(path: Path) -> bytes:
    """The bytes of CURRENT: others after each change of the index; b"" where there is none."""
    with suppress(OSError):
        return read_revision(path)
    return b""


def read_revision(path: Path) -> bytes:
    """`revision_of`; raises OSError where the file may not be read or no more can be opened."""
    try:
        return (path / CURRENT).read_bytes()
    except OSError as exc:
        if is_refusal(exc):
            raise
        return b""


def newest(path: Path, use: Callable[[Saved], _T]) -> tuple[_T, str]:
    """What `use` makes of the newest generation that it can be made of.

    With it, what is wrong with the one that is current; "" where that was used. `use` raises one
    of `DAMAGE`. Raises MissingPath, DamagedIndex, ForeignIndex, or StorageError where a file may
    not be read or no more can be opened.
    """
    with storage_errors("read the index in", path):
        if not is_index(path):
            raise MissingPath(
                f"there is no index in {path}; make one with: ibid index PATH --into {path}"
            )
        return _newest(path, use)


def _newest(path: Path, use: Callable[[Saved], _T]) -> tuple[_T, str]:
    why = ""
    for _ in range(_TRIES):
        revision, why, met = read_revision(path), "", False
        for name, manifest in _in_order(path, revision):
            try:
                if not name:
                    raise ValueError(manifest)
                return use(Saved.open(path, name, manifest)), why
            except ForeignIndex as exc:
                if not met:  # else an older one than one that is damaged
                    raise _foreign(path, exc) from exc
            except DAMAGE as exc:
                if is_refusal(exc):
                    raise
                why, met = why or _told(exc), met or bool(name)
            if read_revision(path) != revision:
                break  # a writer has put another in its place meanwhile
        else:
            break
    raise damaged(path, why or "it changes all the time")


def catalog_of(path: Path) -> Catalog:
    """The files an index was made of; raises as `newest` does."""
    return newest(path, lambda saved: saved.catalog)[0]


def last_catalog(path: Path) -> tuple[Catalog | None, str]:
    """The list of its files of the current generation or, where it is not whole, the next newest.

    None where there is none. With it, what is wrong with the first; "" where that was used.
    Nothing else of a generation need be whole, or of our format. Raises StorageError.
    """
    why = ""
    with storage_errors("read the index in", path):
        for name, manifest in _in_order(path, read_revision(path)):
            if not name:
                continue  # the newest is as new as any that could be current
            try:
                return Saved.open(path, name, manifest).catalog, why
            except (*DAMAGE, ForeignIndex) as exc:
                if is_refusal(exc):
                    raise
                why = why or _told(exc)
            with suppress(*DAMAGE):  # it proves itself whole, if not that it is of this generation
                return Catalog.from_bytes((path / name / FILES).read_bytes()), why
    return None, why


def last_model(path: Path) -> str:
    """The model that the newest generation was made with, of whichever format; "" where none says.

    Raises StorageError.
    """
    with storage_errors("read the index in", path):
        for name, _ in _in_order(path, read_revision(path)):
            try:
                return settings_in((path / name / MANIFEST).read_bytes()).model
            except DAMAGE as exc:
                if is_refusal(exc):
                    raise
    return ""


def is_readable(path: Path, name: str) -> bool:
    """Whether the generation of this name has a manifest that is whole and of our format.

    Raises OSError where that may not be read or no more can be opened: nobody knows then.
    """
    try:
        Saved.open(path, name, "")
    except (*DAMAGE, ForeignIndex) as exc:
        if is_refusal(exc):
            raise
        return False
    return True


def _in_order(path: Path, revision: bytes) -> Iterator[tuple[str, str]]:
    """Name and manifest's sha256 of the current generation, then of the others, newest first.

    Where the current one is not known, it is ("", why).
    """
    current = ""
    try:
        current, manifest = _pointed(revision)
    except DAMAGE as exc:
        yield "", f"{CURRENT}: {exc}" if revision else f"{CURRENT} is missing"
    if current:
        yield current, manifest
    for name in generation_names(path):
        if name != current:
            yield name, ""


def _pointed(revision: bytes) -> tuple[str, str]:
    """Name and manifest's sha256 of the current generation; raises one of `DAMAGE`."""
    pointer = json.loads(unseal(revision))
    return Path(pointer["generation"]).name, str(pointer["manifest"])


def point(path: Path, folder: Path) -> None:
    """Make a generation the current one; raises OSError."""
    pointer = {"generation": folder.name, "manifest": disk.sha256(folder / MANIFEST)}
    disk.replace(path / CURRENT, seal(json.dumps(pointer)))


def next_folder(path: Path) -> Path:
    """Where the next generation goes."""
    return path / f"{_PREFIX}{max(map(_number, generation_names(path)), default=0) + 1:08}"


def is_ours(name: str) -> bool:
    """Whether a file or folder of this name in an index is one that this module knows."""
    return name.startswith(TEMPORARY) or name in (f"{CURRENT}.tmp", ENCODERS)


def generation_names(path: Path) -> list[str]:
    """The generations there are, newest first."""
    found = [p.name for p in path.glob(f"{_PREFIX}*") if _number(p.name) and p.is_dir()]
    return sorted(found, key=_number, reverse=True)


def _number(name: str) -> int:
    digits = name.removeprefix(_PREFIX)
    return int(digits) if digits.isdecimal() and digits.isascii() else 0


def _foreign(path: Path, why: ForeignIndex) -> ForeignIndex:
    """What is known of its files stays known: rules, and what was taken out."""
    said = f"the index in {path} is of another version: {why}; build it again with: ibid index"
    if last_catalog(path)[0] is not None:
        return ForeignIndex(f"{said} --into {path} --check")
    return ForeignIndex(
        f"{said} PATH --into {path} --check (its folders, rules and model are to be named again)"
    )


def _told(exc: BaseException) -> str:
    """What was wrong, in one line."""
    said = exc.args[0] if isinstance(exc, KeyError) and exc.args else exc
    return " ".join(str(said).split()) or type(exc).__name__
