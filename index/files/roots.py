"""The files and folders an index is made of, and what joins them when more are given."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

from index.errors import MissingPath, NoDocuments, is_missing
from index.load import SOURCES


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
        return self.path if os.path.isdir(self.path) else self.path.parent

    def without(self, sources: Sequence[str]) -> Root:
        """The root of which these are left out."""
        return replace(self, removed=tuple(sorted({*self.removed, *sources})))

    def source(self, path: Path) -> str:
        """The name that a file goes by: its path in the folder, after the root's label."""
        return self.named(self.inner(path))

    def inner(self, path: Path) -> str:
        """The path in the folder."""
        return path.relative_to(self.folder).as_posix()

    def named(self, inner: str) -> str:
        """What a path in the folder is called: after the root's label."""
        return f"{self.label}/{inner}" if self.label else inner


def listing_of(root: Root) -> Path:
    """Where the owner of a folder may say what its documents are: title, author, date …"""
    return root.folder / SOURCES


class Rules(NamedTuple):
    """What of a folder is read; None leaves the rule that it has.

    `include` and `exclude` are patterns as in .gitignore, `text_field` the field of JSON
    records that holds their text.
    """

    include: tuple[str, ...] | None = None
    exclude: tuple[str, ...] | None = None
    text_field: str | None = None

    def on(self, root: Root) -> Root:
        """The root under these rules."""
        given = {key: value for key, value in self._asdict().items() if value is not None}
        return replace(root, **given)


def distinct(paths: Sequence[Path]) -> list[Path]:
    """Each file or folder once, in an order that is not that in which they were given."""
    named = {path.resolve(): path for path in reversed(paths)}
    return [named[path] for path in sorted(named)]


def merged(
    roots: Sequence[Root], paths: Sequence[Path], rules: Rules
) -> tuple[list[Root], list[int]]:
    """The roots with those of `paths`, and the numbers of those that are looked at.

    Without paths all are. A path inside a folder that is a root means that root. Raises
    MissingPath when there is nothing at a path, NoDocuments when there is none at all.
    """
    found, due = list(roots), set(range(len(roots)) if not paths else ())
    if not paths and not roots:
        raise NoDocuments("there is nothing to index; give a file or a folder")
    for given in paths:
        path = Path(os.path.abspath(given.expanduser()))
        _require(path)
        within = (i for i, root in enumerate(found) if path.is_relative_to(root.path))
        number = next(within, len(found))
        if number == len(found):
            found.append(Root(path, _label(path, found, alone=len(paths) == 1)))
        due.add(number)
        found[number] = _taken_back(found[number], path)
    found = [rules.on(root) if i in due else root for i, root in enumerate(found)]
    return _outermost(found, due)


def _require(path: Path) -> None:
    """What may not be looked at is not missing: an error over it is told later, as it is one."""
    try:
        os.stat(path)
    except OSError as exc:
        if is_missing(exc):
            raise MissingPath(f"there is nothing at {path}; check the path") from exc


def _outermost(roots: Sequence[Root], due: set[int]) -> tuple[list[Root], list[int]]:
    """Without the roots that lie in another one."""
    inner = {
        i
        for i, root in enumerate(roots)
        for other in roots
        if root is not other and root.path.is_relative_to(other.path)
    }
    kept = [i for i in range(len(roots)) if i not in inner]
    return [roots[i] for i in kept], [n for n, i in enumerate(kept) if i in due]


def _taken_back(root: Root, path: Path) -> Root:
    """The root with what was removed by hand and is named again; itself names nothing in it."""
    if path == root.path:
        return root
    name = root.source(path)
    kept = [s for s in root.removed if s != name and not s.startswith(f"{name}/")]
    return replace(root, removed=tuple(kept))


def _label(path: Path, roots: Sequence[Root], *, alone: bool) -> str:
    """What the names of a root's files begin with: nothing for the first and only one.

    A file needs none either, unless another file has its name.
    """
    if os.path.isdir(path):
        if alone and not roots:
            return ""
        wanted = path.name or "root"
    else:
        if not any(_has(root, path.name) for root in roots):
            return ""
        wanted = path.parent.name or "root"
    taken = {root.label for root in roots}
    names = [wanted, *(f"{wanted}-{i}" for i in range(2, len(roots) + 3))]
    return next(n for n in names if n not in taken and not any(_has(r, n) for r in roots))


def _has(root: Root, name: str) -> bool:
    """Whether a name begins a source of this root already."""
    if root.label:
        return False
    inside = os.path.isdir(root.path) and os.path.exists(root.folder / name)
    return inside or root.path.name == name
