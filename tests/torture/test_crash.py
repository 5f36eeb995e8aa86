"""Wherever a writer dies, the index is the old one or the new one, and goes on."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.torture.disk import Call, Crash, Disk, Hook, crash_at, half_at
from tests.torture.scale import amount, sample
from tests.torture.scenes import SCENES, Scene
from tests.torture.worlds import assert_goes_on, copy, everything


def calls_of(scene: Scene, ground: Path) -> list[Call]:
    """What the disk is asked to do."""
    index = copy(scene.before, ground / "index")
    with Disk(index)() as disk:
        scene.act(index)
    shutil.rmtree(index)
    return disk.calls


def crash(scene: Scene, ground: Path, hook: Hook) -> None:
    """Die in the middle of it, look, and go on."""
    index = copy(scene.before, ground / "index")
    try:
        with Disk(index, hook)():
            scene.act(index)
    except Crash:
        pass
    else:
        pytest.fail("it did not crash")
    found = everything(index)
    assert found in scene.states
    assert_goes_on(index, scene.folder, *scene.goes_on(found))
    shutil.rmtree(index)


@pytest.mark.parametrize("name", SCENES)
def test_a_crash_at_any_call_leaves_the_old_or_the_new(name: str, ground: Path) -> None:
    scene = SCENES[name](ground)
    assert scene.old != scene.new or name in ("touched", "rebuilt")
    calls = calls_of(scene, ground)
    assert {c.kind for c in calls} >= {"open", "fsync", "rename", "mkdir", "write"}
    for number in sample(calls, 1 if name == "changed" else 5):
        call = calls[number]
        try:
            crash(scene, ground, crash_at(number))
            if call.kind == "write" and number % (1 if amount("every") else 3) == 0:
                crash(scene, ground, half_at(number))
        except BaseException as exc:
            exc.add_note(f"at call {number} of {len(calls)}: {call[:3]}")
            raise


def test_every_kind_of_call_is_met(ground: Path) -> None:
    kinds = {call.kind for call in calls_of(SCENES["changed"](ground), ground)}
    assert kinds - {""} == {"open", "write", "fsync", "rename", "mkdir", "unlink", "rmdir"}
