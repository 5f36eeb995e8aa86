"""What was found by torture, and mended."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.library.index import Index
from tests.torture.disk import Crash, Disk, crash_at
from tests.torture.scenes import SCENES
from tests.torture.test_crash import calls_of
from tests.torture.worlds import attempt, copy


def test_a_removal_that_died_is_ended_by_the_next_update(ground: Path) -> None:
    """The new state is there, and so is the one before, with what was to go."""
    scene = SCENES["removed"](ground)
    calls = calls_of(scene, ground)
    (published,) = (n for n, call in enumerate(calls) if call.to.endswith("/CURRENT"))
    index = copy(scene.before, ground / "index")
    with Disk(index, crash_at(published + 2))(), pytest.raises(Crash):
        scene.act(index)
    assert attempt(lambda: Index(index).update(scene.folder)) is None
    for file in index.rglob("*"):
        assert not file.is_file() or b"glass eels in spring" not in file.read_bytes()
