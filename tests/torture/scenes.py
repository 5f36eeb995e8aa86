"""What a writer does to an index, each as it stands before and after."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from index.library import library
from tests.torture.worlds import FILES, HERON, Everything, copy, everything, write


class Scene(NamedTuple):
    """An index as it was, what is done to it, and what is seen of it before and after.

    `folder` holds its documents.
    """

    folder: Path
    before: Path
    act: Callable[[Path], object]
    old: Everything
    new: Everything
    lasting: bool  # whether the generation before is kept


def first(ground: Path) -> Scene:
    """There is no index yet."""
    folder = write(ground / "world", FILES)
    (ground / "before").mkdir()
    return _scene(ground, lambda index: library.update([folder], index))


def changed(ground: Path) -> Scene:
    """Files were changed, added and deleted; two generations are there already."""
    folder = _grown(ground)
    (folder / "harbour.txt").write_text("The harbour of Brell was closed in 2020.\n", "utf-8")
    (folder / "nested" / "bread.txt").unlink()
    (folder / "heron.txt").write_text(HERON, "utf-8")
    return _scene(ground, lambda index: library.update([folder], index))


def touched(ground: Path) -> Scene:
    """Another time of a file, the same contents: they are taken over."""
    folder = _grown(ground)
    os.utime(folder / "eels.md", (1, 1))
    return _scene(ground, lambda index: library.update([folder], index))


def removed(ground: Path) -> Scene:
    """A file is taken out: nothing of it stays."""
    _grown(ground)
    return _scene(ground, lambda index: library.remove(["eels.md"], index), lasting=False)


def rebuilt(ground: Path) -> Scene:
    """Everything is made again of what the index keeps."""
    _grown(ground)
    return _scene(ground, library.rebuild)


def mended(ground: Path) -> Scene:
    """The newest generation is damaged, and so is the encoder."""
    folder = _grown(ground)
    newest = max((ground / "before").glob("gen-*"))
    vectors = (newest / "vectors").read_bytes()
    (newest / "vectors").unlink()
    (newest / "vectors").write_bytes(vectors[:-1] + bytes([vectors[-1] ^ 1]))
    return _scene(ground, lambda index: library.update([folder], index, check=True))


SCENES = {f.__name__: f for f in (first, changed, touched, removed, rebuilt, mended)}


def _grown(ground: Path) -> Path:
    """An index that was brought up to date once."""
    folder = write(ground / "world", {n: t for n, t in FILES.items() if n != "eels.md"})
    library.update([folder], ground / "before")
    write(folder, FILES)
    library.update([folder], ground / "before")
    return folder


def _scene(ground: Path, act: Callable[[Path], object], *, lasting: bool = True) -> Scene:
    folder, before = ground / "world", ground / "before"
    after = copy(before, ground / "after")
    act(after)
    new = everything(after)
    shutil.rmtree(after)
    return Scene(folder, before, act, everything(before), new, lasting)
