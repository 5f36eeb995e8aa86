"""Which files a folder gives: those of a known format that no rule leaves out."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

from pathspec import GitIgnoreSpec

from index.errors import MissingPath, NoDocuments, UnreadableDocument
from index.ignore import spec_of
from index.limits import MAX_BYTES
from index.load import SOURCES, instead_of, is_read

IGNORE_FILES = (".gitignore", ".ibidignore")
_MAX_RULES = 2**16  # bytes of one of them: each name is held against each of its lines
_READ = os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC


class Stamp(NamedTuple):
    """What tells a changed file from an unchanged one without opening it."""

    size: int  # bytes
    mtime_ns: int
    inode: int


class File(NamedTuple):
    """A file to read, and the name that its documents go by."""

    path: Path
    source: str
    stamp: Stamp


@dataclass(frozen=True)
class Root:
    """A file or folder that was given to be indexed; `path` is absolute.

    `label` goes before the names of its files. `include` and `exclude` are patterns as in
    .gitignore, relative to the folder; `removed` are sources that a person took out.
    """

    path: Path
    label: str = ""
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    text_field: str = ""  # of JSON records

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return {**asdict(self), "path": os.fspath(self.path)}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Root:
        """What `to_dict` gave."""
        lists = {k: tuple(map(str, data[k])) for k in ("include", "exclude", "removed")}
        return cls(Path(data["path"]), str(data["label"]), text_field=data["text_field"], **lists)

    @property
    def folder(self) -> Path:
        """The folder that sources are relative to."""
        return self.path if self.path.is_dir() else self.path.parent

    def without(self, sources: Sequence[str]) -> Root:
        """The root of which these are left out."""
        return replace(self, removed=tuple(sorted({*self.removed, *sources})))

    def source(self, path: Path) -> str:
        """The name that a file goes by: its path in the folder, after the root's label."""
        return f"{self.label}/{self.inner(path)}" if self.label else self.inner(path)

    def inner(self, path: Path) -> str:
        """The path in the folder."""
        return path.relative_to(self.folder).as_posix()


def find_files(root: Root) -> list[File]:
    """The files of `root` in a fixed order.

    Hidden files and folders, and what .gitignore, .ibidignore or the root's own rules leave
    out, are passed over. Raises MissingPath, or NoDocuments when a single file is of a format
    that is not read.
    """
    if root.path.exists() and not root.path.is_dir():
        if not is_read(root.path.name):
            why = f"{root.path} is not of a format that Ibid reads"
            raise NoDocuments(why + instead_of(root.path.name))
        paths: Sequence[Path] = [root.path]
    elif root.path.is_dir():
        paths = sorted(_walk(root))
    else:
        raise MissingPath(f"there is nothing at {root.path}; check the path")
    found = [File(path, root.source(path), stamp) for path in paths if (stamp := _stamp(path))]
    removed = set(root.removed)
    return [file for file in found if file.source not in removed] if removed else found


def read_regular(path: Path, source: str, most: int = MAX_BYTES) -> bytes:
    """The bytes of a regular file, at most `most`: no link is followed, no pipe waited for.

    Raises UnreadableDocument, which calls it `source`.
    """
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            raise UnreadableDocument(f"{source}: it is no regular file; remove it")
        with os.fdopen(os.open(path, _READ), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):  # another since it was looked at
                raise UnreadableDocument(f"{source}: it is no regular file; remove it")
            data = file.read(most + 1)
    except OSError as exc:
        raise UnreadableDocument(f"{source}: {exc.strerror or exc}; check its rights") from exc
    if len(data) > most:
        raise UnreadableDocument(f"{source}: over {most >> 20} MB; split the file")
    return data


def read_bytes(file: File, root: Root) -> bytes:
    """The bytes of a file of a root; raises UnreadableDocument.

    A link is followed to what lies in the folder too, and where it is the root itself.
    """
    path = Path(os.path.realpath(file.path))  # a folder above it may be a link by now
    if file.path != root.path and not path.is_relative_to(os.path.realpath(root.folder)):
        why = "it is a link that leads out of the folder; copy the file into it"
        raise UnreadableDocument(f"{file.source}: {why}")
    return read_regular(path, file.source)


def listing_of(root: Root) -> Path:
    """Where the owner of a folder may say what its documents are: title, author, date …"""
    return root.folder / SOURCES


def state(path: Path) -> object:
    """What tells a changed file or folder from an unchanged one; raises MissingPath."""
    root = Root(path.absolute())
    return [*find_files(root), _stamp(listing_of(root))]


def _stamp(path: Path) -> Stamp | None:
    try:
        state = path.stat()
    except OSError:  # gone since it was listed
        return None
    return Stamp(state.st_size, state.st_mtime_ns, state.st_ino)


class _Rule(NamedTuple):
    """Patterns, and the folder they speak of: "" or a path in the root with a slash behind."""

    folder: str
    spec: GitIgnoreSpec

    def says(self, inner: str) -> bool | None:
        """Whether `inner`, a path in the root, is named, taken back (False) or not spoken of."""
        return self.spec.check_file(inner[len(self.folder) :]).include


def holds_index(names: Collection[str]) -> bool:
    """Whether a folder with these files and folders is an index, or is to become one."""
    return "LOCK" in names and not {"CURRENT", "objects", "work", "encoder"}.isdisjoint(names)


def _walk(root: Root) -> Iterator[Path]:
    """The files of a folder that are read; a folder's own rules go before those above it."""
    include = _Rule("", GitIgnoreSpec.from_lines(root.include))
    own = [_Rule("", GitIgnoreSpec.from_lines(root.exclude))] if root.exclude else []
    waiting: list[tuple[str, list[_Rule]]] = [("", [])]
    while waiting:
        inner, above = waiting.pop()
        entries = _entries(root.path / inner)
        if inner and holds_index([entry.name for entry in entries]):
            continue  # what is in it was read already
        lines = [line for entry in entries if entry.name in IGNORE_FILES for line in _lines(entry)]
        rules = [*above, _Rule(inner, spec_of(lines))] if lines else above
        for entry in entries:
            path = inner + entry.name
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                if not _left_out(f"{path}/", rules, own):
                    waiting.append((f"{path}/", rules))
            elif (
                is_read(entry.name)
                and not _left_out(path, rules, own)
                and (not root.include or include.says(path))
                and not _leads_to_folder(entry)
            ):
                yield Path(entry.path)


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:  # not ours to read, or gone
        return []


def _leads_to_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself
        return False


def _left_out(inner: str, rules: Sequence[_Rule], own: Sequence[_Rule]) -> bool:
    said = (rule.says(inner) for rule in reversed(rules))
    return next((s for s in said if s is not None), False) or any(r.says(inner) for r in own)


def _lines(entry: os.DirEntry[str]) -> list[str]:
    try:
        lines = read_regular(Path(entry.path), entry.name, _MAX_RULES)
        return lines.decode("utf-8", "replace").splitlines()
    except UnreadableDocument:
        return []
