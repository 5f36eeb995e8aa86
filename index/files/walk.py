"""Which files a root gives, and what of it is not read: nothing is passed over in silence.

An error is not an absence: what cannot be looked at is told from what is not there.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import NamedTuple

from index.errors import MissingPath, NoDocuments, OutOfReach, is_missing, out_of_reach
from index.failures import Failure, Why, printable
from index.files.ignore import IGNORE_FILES, Ignoring
from index.files.reading import LEADS_OUT, NO_FILE
from index.files.roots import (
    File,
    Root,
    Rules,
    Stamp,
    distinct,
    listing_of,
    merged,
)
from index.load import SOURCES, instead_of, is_lock, is_read, save_as

_EFFECTIVE = os.access in os.supports_effective_ids
_SAID = {
    Why.HIDDEN: "hidden, since its name begins with a dot; rename it to have it read",
    Why.REMOVED: "taken out with `ibid remove`; name it to `ibid index` to have it read",
    Why.LOCK: "only says that a document is open in Office",
    Why.INDEX: "an index, of what was read already",
}
_FOLDER_LINK = "a link to a folder, which is not followed; give the folder it leads to as well"
_NOWHERE = "it is a link that leads nowhere; mend it or remove it"


class Unreached(NamedTuple):
    """A file or folder that is there and cannot be opened now, and why."""

    path: Path
    failure: Failure


class FoundFiles(NamedTuple):
    """What a root gives, all of it in a fixed order.

    `unread` is what is not read: a folder ("name/") stands for all that is in it. `unreached` is
    what cannot be opened now. `is_bare`: it is a folder in which there is nothing at all. `listing`
    tells whether what its owner says of the files has changed; None where nothing is said.
    """

    files: tuple[File, ...] = ()
    unread: tuple[Failure, ...] = ()
    unreached: tuple[Unreached, ...] = ()
    is_bare: bool = False
    listing: Stamp | None = None


def look_at(paths: Sequence[Path]) -> dict[Root, FoundFiles]:
    """What there is at files and folders, by the root that each is: one walk.

    Two looks are equal where nothing has changed between. Raises as `merged` and `find_files`.
    """
    roots, _ = merged((), distinct(paths), Rules())
    return {root: find_files(root) for root in roots}


def find_files(root: Root) -> FoundFiles:
    """The files of `root`, and what of it is not read.

    Raises MissingPath, or NoDocuments when a single file is of a format that is not read.
    """
    walk = _RootWalk(root)
    try:
        state = os.stat(root.path)
    except OSError as exc:
        if is_missing(exc):
            raise MissingPath(f"there is nothing at {root.path}; check the path") from exc
        walk.lose(root.path, "", out_of_reach(exc))
        return walk.found()
    if stat.S_ISDIR(state.st_mode):
        walk.folders()
        return walk.found()
    if not is_read(root.path.name):
        why = f"{root.path} is not of a format that Ibid reads"
        raise NoDocuments(why + instead_of(root.path.name))
    walk.add(root.path, root.path.name, state)
    return walk.found()


def taken_out(source: str) -> Failure:
    """What is said of a file that a person took out of the index."""
    return Failure(source, f"{source}: {_SAID[Why.REMOVED]}", why=Why.REMOVED)


def holds_index(names: Collection[str]) -> bool:
    """Whether a folder with these files and folders is an index, or is to become one."""
    return "LOCK" in names and not {"CURRENT", "objects", "work", "encoder"}.isdisjoint(names)


class _RootWalk:
    """Goes through a root, and notes what it meets; paths in the root are called inner."""

    def __init__(self, root: Root) -> None:
        self._root, self._removed = root, set(root.removed)
        self._real = os.path.realpath(root.folder)
        self._files: list[File] = []
        self._unread: list[Failure] = []
        self._unreached: list[Unreached] = []
        self._listing = _listed(root)
        self.is_bare = False

    def found(self) -> FoundFiles:
        """What was noted."""
        return FoundFiles(
            tuple(sorted(self._files)),
            tuple(sorted(self._unread)),
            tuple(sorted(self._unreached)),
            self.is_bare,
            self._listing,
        )

    def folders(self) -> None:
        """Look at the folder and those in it."""
        waiting = [("", Ignoring.of(self._root))]
        while waiting:
            inner, above = waiting.pop()
            folder = self._root.path / inner
            try:
                waiting += self._folder(folder, inner, above)
            except OutOfReach as exc:
                self.lose(folder, inner, f"what to leave out of it is not known: {exc}")
            except OSError as exc:
                if not inner or not is_missing(exc):  # else it went away since it was listed
                    self.lose(folder, inner, out_of_reach(exc))

    def _folder(self, folder: Path, inner: str, above: Ignoring) -> list[tuple[str, Ignoring]]:
        """Note what is in a folder; returns the folders in it that are to be looked at."""
        with os.scandir(folder) as listed:
            entries = list(listed)
        names = {entry.name for entry in entries}
        self.is_bare = self.is_bare or not (inner or names)
        if inner and holds_index(names):
            self.leave(inner.rstrip("/"), Why.INDEX, _SAID[Why.INDEX])
            return []
        rules, wrong = above.within(folder, inner, [n for n in IGNORE_FILES if n in names])
        for one in wrong:
            self.leave(one.inner, Why.SPECIAL, one.why)
        inside = (e for e in entries if self._goes_into(e, inner + e.name, rules))
        return [(f"{inner}{entry.name}/", rules) for entry in inside]

    def _goes_into(self, entry: os.DirEntry[str], inner: str, rules: Ignoring) -> bool:
        """Note an entry of a folder; True for a folder that is to be looked at."""
        try:
            is_folder = entry.is_dir(follow_symlinks=False)
            named = f"{inner}/" if is_folder else inner
            if entry.name in IGNORE_FILES or inner == SOURCES:
                return False
            if entry.name.startswith("."):
                self.leave(named, Why.HIDDEN, _SAID[Why.HIDDEN])
            elif is_lock(entry.name) and not is_folder:
                self.leave(named, Why.LOCK, _SAID[Why.LOCK])
            elif entry.is_symlink() and (why := _astray(entry)):
                self.leave(f"{named}/" if why is _FOLDER_LINK else named, Why.LINK, why)
            elif not is_folder and not is_read(entry.name):
                self.leave(named, Why.FORMAT, save_as(entry.name))
            elif left := rules.leave_out(named):
                self.leave(named, left.why, f"left out by {left.by}; change that to have it read")
            elif is_folder:
                return True
            elif entry.is_symlink() and not self._holds(entry):
                self.leave(named, Why.LINK, LEADS_OUT)
            else:
                self.add(Path(entry.path), inner, entry.stat())
        except OSError as exc:
            if not is_missing(exc):
                self.lose(Path(entry.path), inner, out_of_reach(exc))
        return False

    def _holds(self, entry: os.DirEntry[str]) -> bool:
        """Whether a link leads to what is in the root."""
        return Path(os.path.realpath(entry.path)).is_relative_to(self._real)

    def add(self, path: Path, inner: str, state: os.stat_result) -> None:
        """Note a file of a format that is read."""
        source = self._root.named(inner)
        if not stat.S_ISREG(state.st_mode):
            self.leave(inner, Why.SPECIAL, NO_FILE)
        elif source in self._removed:
            self.leave(inner, Why.REMOVED, _SAID[Why.REMOVED])
        elif error := _refusal(path):
            self.lose(path, inner, out_of_reach(error))
        else:
            self._files.append(File(path, source, _stamp(state)))

    def leave(self, inner: str, why: Why, said: str) -> None:
        """Note what is not read, and why."""
        source = printable(self._root.named(inner))
        self._unread.append(Failure(source, f"{source}: {said}", why=why))

    def lose(self, path: Path, inner: str, said: str) -> None:
        """Note what cannot be opened now."""
        is_root = path == self._root.path
        source = printable(str(path) if is_root else self._root.named(inner))
        failure = Failure(source, f"{source}: {said}", why=Why.REACH)
        self._unreached.append(Unreached(path, failure))


def _astray(link: os.DirEntry[str]) -> str:
    """Why a link is not followed; "" where it leads to a file. Raises OSError."""
    try:
        mode = link.stat().st_mode
    except OSError as exc:
        if not is_missing(exc) and exc.errno != errno.ELOOP:
            raise
        return _NOWHERE
    return _FOLDER_LINK if stat.S_ISDIR(mode) else ""


def _listed(root: Root) -> Stamp | None:
    """The stamp of the list of sources, taken before the files': what changes meanwhile is news."""
    try:
        return _stamp(os.stat(listing_of(root)))
    except OSError:
        return None


def _stamp(state: os.stat_result) -> Stamp:
    return Stamp(state.st_size, state.st_mtime_ns, state.st_ino)


def _refusal(path: Path) -> OSError | None:
    """Why a regular file cannot be opened; it is opened only where its rights speak against it."""
    if os.access(path, os.R_OK, effective_ids=_EFFECTIVE):
        return None
    try:
        os.close(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC))
    except OSError as exc:
        return None if is_missing(exc) else exc
    return None
