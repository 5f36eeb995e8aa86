"""Which files a folder gives: those of a known format that no rule leaves out."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

from pathspec import GitIgnoreSpec

from index.errors import MissingPath, NoDocuments
from index.load import SOURCES, instead_of, is_read

IGNORE_FILES = (".gitignore", ".ibidignore")


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
    if root.path.is_file():
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


def _walk(root: Root) -> Iterator[Path]:
    """The files of a folder that are read; a folder's own rules go before those above it."""
    include = _Rule("", GitIgnoreSpec.from_lines(root.include))
    own = [_Rule("", GitIgnoreSpec.from_lines(root.exclude))] if root.exclude else []
    waiting: list[tuple[str, list[_Rule]]] = [("", [])]
    while waiting:
        inner, above = waiting.pop()
        entries = _entries(root.path / inner)
        lines = [line for entry in entries if entry.name in IGNORE_FILES for line in _lines(entry)]
        rules = [*above, _Rule(inner, GitIgnoreSpec.from_lines(lines))] if lines else above
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
                and _is_file(entry)
            ):
                yield Path(entry.path)


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:  # not ours to read, or gone
        return []


def _is_file(entry: os.DirEntry[str]) -> bool:
    """Not a FIFO, which would hang, nor a link to nothing or to itself."""
    try:
        return entry.is_file()
    except OSError:
        return False


def _left_out(inner: str, rules: Sequence[_Rule], own: Sequence[_Rule]) -> bool:
    said = (rule.says(inner) for rule in reversed(rules))
    return next((s for s in said if s is not None), False) or any(r.says(inner) for r in own)


def _lines(entry: os.DirEntry[str]) -> list[str]:
    try:
        return Path(entry.path).read_text("utf-8", "replace").splitlines()
    except OSError:
        return []
