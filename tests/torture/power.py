"""What a power cut can leave of a recorded run, and what a disk can leave that lied about fsync.

The model is stricter than today's file systems: bytes that were not flushed may be there, in part,
as zeros, or not at all; an entry of a folder that was not flushed may be there or not, each for
itself, as long as no file's own steps change their order.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.torture.disk import Call


@dataclass(eq=False)
class Node:
    """A file or a folder: what of it is on the disk, and what is on its way there."""

    folder: bool
    data: bytes = b""
    waiting: list[tuple[int, bytes]] = field(default_factory=list)  # where, what; -1: cut to none
    entries: dict[str, Node] = field(default_factory=dict)


@dataclass(eq=False)
class Step:
    """A change of entries: each (folder, name, what is there then), all at once or not at all."""

    changes: list[tuple[Node, str, Node | None]]
    after: list[Step]  # what has happened when this has
    done: bool = False


class Machine:
    """Runs calls in memory; `cut` writes what a power cut leaves. `root` is the index's folder."""

    def __init__(self, root: Path, durable: Path, random: Random, honest: float) -> None:
        """`durable` is the folder on the disk; `honest` the chance that an fsync is one."""
        self._root, self._random, self._honest = os.fspath(root), random, honest
        self._top = Node(True, entries={"": _read(durable)})
        self._now: dict[Node, dict[str, Node]] = {}  # entries as the programs see them
        self._steps: list[Step] = []

    def run(self, calls: Sequence[Call]) -> None:
        """Do what was recorded."""
        for call in calls:
            if call.kind:
                getattr(self, f"_{call.kind}")(call)

    def cut(self, to: Path) -> None:
        """The power goes: write what is left into the new folder `to`."""
        for step in self._steps:
            if all(s.done for s in step.after) and self._random.random() < 0.5:
                self._settle(step)
        _write(self._top.entries[""], to, self._random)

    def _settle(self, step: Step) -> None:
        if not step.done:
            for before in step.after:
                self._settle(before)
            for folder, name, node in step.changes:
                folder.entries.pop(name, None)
                if node is not None:
                    folder.entries[name] = node
            step.done = True

    def _seen(self, folder: Node) -> dict[str, Node]:
        return self._now.setdefault(folder, dict(folder.entries))

    def _parent(self, path: str) -> tuple[Node, str]:
        """The folder that a path lies in, and its name there."""
        if path == self._root:
            return self._top, ""
        folder, name = os.path.split(path)
        return self._at(folder), name

    def _at(self, path: str) -> Node:
        folder, name = self._parent(path)
        return self._seen(folder)[name]

    def _change(self, *changes: tuple[Node, str, Node | None]) -> None:
        """A step comes after those of the same names and of the same files."""
        names = {(folder, name) for folder, name, _ in changes}
        nodes = {node for _, _, node in changes} | {self._seen(f).get(n) for f, n in names}
        after = [
            step
            for step in self._steps
            if any(
                (f, n) in names or (node in nodes and node) or f in nodes
                for f, n, node in step.changes
            )
        ]
        self._steps.append(Step(list(changes), after))
        for folder, name, node in changes:
            self._seen(folder).pop(name, None)
            if node is not None:
                self._seen(folder)[name] = node

    def _open(self, call: Call) -> None:
        folder, name = self._parent(call.path)
        node = self._seen(folder).get(name)
        if node is None:
            assert call.at & os.O_CREAT
            self._change((folder, name, Node(False)))
        elif call.at & os.O_TRUNC:
            node.waiting.append((-1, b""))

    def _write(self, call: Call) -> None:
        self._at(call.path).waiting.append((call.at, call.data))

    def _fsync(self, call: Call) -> None:
        if self._random.random() >= self._honest:
            return
        node = self._at(call.path)
        node.data, node.waiting = _applied(node.data, node.waiting), []
        for step in self._steps:
            if any(folder is node for folder, _, _ in step.changes):
                self._settle(step)

    def _mkdir(self, call: Call) -> None:
        self._change((*self._parent(call.path), Node(True)))

    def _link(self, call: Call) -> None:
        inside = call.path.startswith(f"{self._root}/")
        # of a file from elsewhere nobody knows whether it was flushed
        node = self._at(call.path) if inside else Node(False, waiting=[(0, call.data)])
        self._change((*self._parent(call.to), node))

    def _rename(self, call: Call) -> None:
        node = self._at(call.path)
        self._change((*self._parent(call.to), node), (*self._parent(call.path), None))

    def _unlink(self, call: Call) -> None:
        self._change((*self._parent(call.path), None))

    def _rmdir(self, call: Call) -> None:
        self._change((*self._parent(call.path), None))


def _applied(data: bytes, waiting: Sequence[tuple[int, bytes]]) -> bytes:
    for at, more in waiting:
        data = b"" if at < 0 else data[:at].ljust(at, b"\0") + more + data[at + len(more) :]
    return data


def _left(node: Node, random: Random) -> bytes:
    """What is on the disk of a file that was not flushed, or not all of it."""
    if not node.waiting:
        return node.data
    data = _applied(node.data, node.waiting[: random.randint(0, len(node.waiting))])
    end = random.randint(0, len(data))
    return random.choice([data, data[:end], data[:end].ljust(len(data), b"\0"), bytes(len(data))])


def _read(path: Path) -> Node:
    if path.is_dir():
        return Node(True, entries={p.name: _read(p) for p in path.iterdir()})
    return Node(False, path.read_bytes())


def _write(node: Node, path: Path, random: Random) -> None:
    if not node.folder:
        path.write_bytes(_left(node, random))
        return
    path.mkdir(mode=0o700)
    for name, inner in node.entries.items():
        _write(inner, path / name, random)
