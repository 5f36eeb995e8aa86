"""What a writer does to an index, each as it stands before and after."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from index.library import writer
from index.library.index import Index
from tests.torture.disk import Crash
from tests.torture.worlds import FILES, HERON, Everything, copy, everything, write


class Scene(NamedTuple):
    """An index as it was, what is done to it, and what is seen of it before and after.

    `folder` holds its documents; `words` is what is seen while vectors are made, where words are
    published first.
    """

    folder: Path
    before: Path
    act: Callable[[Path], object]
    old: Everything
    new: Everything
    lasting: bool  # whether the generation before is kept
    words: Everything | None = None

    @property
    def states(self) -> list[Everything]:
        """All that may be seen of it, whenever it ends."""
        return [self.old, self.new, *([self.words] if self.words else [])]

    def goes_on(self, found: Everything) -> list[Everything]:
        """What an update may make of what is left."""
        return [self.new] if found == self.words else [found, self.new]


def first(ground: Path) -> Scene:
    """There is no index yet."""
    folder = write(ground / "world", FILES)
    (ground / "before").mkdir()
    return _scene(ground, lambda index: Index(index).update(folder))


def changed(ground: Path) -> Scene:
    """Files were changed, added and deleted; two generations are there already."""
    folder = _grown(ground)
    (folder / "harbour.txt").write_text("The harbour of Brell was closed in 2020.\n", "utf-8")
    (folder / "nested" / "bread.txt").unlink()
    (folder / "heron.txt").write_text(HERON, "utf-8")
    return _scene(ground, lambda index: Index(index).update(folder))


def touched(ground: Path) -> Scene:
    """Another time of a file, the same contents: they are taken over."""
    folder = _grown(ground)
    os.utime(folder / "eels.md", (1, 1))
    return _scene(ground, lambda index: Index(index).update(folder))


def removed(ground: Path) -> Scene:
    """A file is taken out: nothing of it stays."""
    _grown(ground)
    return _scene(ground, lambda index: Index(index).remove("eels.md"), lasting=False)


def rebuilt(ground: Path) -> Scene:
    """Everything is made again of what the index keeps."""
    _grown(ground)
    return _scene(ground, lambda index: Index(index).rebuild())


def mended(ground: Path) -> Scene:
    """The newest generation is damaged, and so is the encoder."""
    folder = _grown(ground)
    newest = max((ground / "before").glob("gen-*"))
    vectors = (newest / "vectors").read_bytes()
    (newest / "vectors").unlink()
    (newest / "vectors").write_bytes(vectors[:-1] + bytes([vectors[-1] ^ 1]))
    return _scene(ground, lambda index: Index(index).update(folder, check=True))


def first_by_words(ground: Path) -> Scene:
    """There is no index yet, and words are published first."""
    return _by_words(first(ground), ground)


def changed_by_words(ground: Path) -> Scene:
    """Files were changed, added and deleted, and words are published first."""
    return _by_words(changed(ground), ground)


WHOLE = (first, changed, touched, removed, rebuilt, mended)
SCENES = {f.__name__: f for f in (*WHOLE, first_by_words, changed_by_words)}


def _by_words(scene: Scene, ground: Path) -> Scene:
    """The same, with the words published first; and seen, when it ends before the vectors."""

    def act(index: Path) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(writer, "MANY", 1)
            scene.act(index)

    index = copy(scene.before, ground / "words")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(writer, "encode_rest", _crash)
        with pytest.raises(Crash):
            act(index)
    words = everything(index)
    shutil.rmtree(index)
    assert words not in (scene.old, scene.new)
    return scene._replace(act=act, words=words)


def _crash(*_: object) -> None:
    raise Crash


def _grown(ground: Path) -> Path:
    """An index that was brought up to date once."""
    folder = write(ground / "world", {n: t for n, t in FILES.items() if n != "eels.md"})
    Index(ground / "before").update(folder)
    write(folder, FILES)
    Index(ground / "before").update(folder)
    return folder


def _scene(ground: Path, act: Callable[[Path], object], *, lasting: bool = True) -> Scene:
    folder, before = ground / "world", ground / "before"
    after = copy(before, ground / "after")
    act(after)
    new = everything(after)
    shutil.rmtree(after)
    return Scene(folder, before, act, everything(before), new, lasting)
