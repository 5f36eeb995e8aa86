"""The plug is pulled in the middle of a publish, at a disk that keeps its word or does not."""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random

import pytest

from index.errors import DamagedIndex
from index.generation import store
from index.library.index import Index
from tests.torture.disk import Call, Disk
from tests.torture.power import Machine
from tests.torture.scale import amount
from tests.torture.scenes import SCENES, Scene
from tests.torture.worlds import assert_goes_on, attempt, copy, everything, seen


def record(scene: Scene, ground: Path) -> list[Call]:
    """All that the disk is asked to do, by the path `ground`/index."""
    index = copy(scene.before, ground / "index")
    with Disk(index)() as disk:
        scene.act(index)
    shutil.rmtree(index)
    return disk.calls


def left(
    scene: Scene, calls: list[Call], ground: Path, random: Random, *, stop: int, honest: float
) -> Path:
    """The index after a power cut before the call of the number `stop`."""
    machine = Machine(ground / "index", scene.before, random, honest)
    machine.run(calls[:stop])
    machine.cut(ground / "index")
    return ground / "index"


@pytest.mark.parametrize("name", SCENES)
def test_a_power_cut_leaves_the_old_or_the_new(name: str, ground: Path) -> None:
    scene = SCENES[name](ground)
    calls = record(scene, ground)
    for seed in range(amount("orders")):
        random = Random(seed)
        stop = random.randint(0, len(calls)) if seed % 5 else len(calls)
        index = left(scene, calls, ground, random, stop=stop, honest=1)
        found = everything(index)
        # what was acknowledged is there
        states = scene.states if stop < len(calls) else [scene.new]
        assert found in states, f"order {seed}, cut at {stop} of {len(calls)}"
        assert_goes_on(index, scene.folder, *scene.goes_on(found))
        shutil.rmtree(index)


@pytest.mark.parametrize("name", SCENES)
def test_a_disk_that_lied_leaves_what_can_be_mended(name: str, ground: Path) -> None:
    scene = SCENES[name](ground)
    calls = record(scene, ground)
    mended = fallen = 0
    for seed in range(amount("orders")):
        random = Random(seed)
        stop = random.randint(len(calls) // 2, len(calls))
        index = left(scene, calls, ground, random, stop=stop, honest=random.choice([0, 0.5, 0.9]))
        found, notice = _opened(index)
        if found is None:
            # only where nothing older was kept
            assert name.startswith("first") or not scene.lasting or notice
            mended += 1
        else:
            assert found in [state.seen for state in scene.states], f"order {seed}, cut at {stop}"
            fallen += bool(notice)
        Index(index).update(scene.folder, check=True)
        assert store.damage_of(index) == ""
        assert seen(index) in ((scene.old.seen, ""), (scene.new.seen, ""))
        shutil.rmtree(index)
    assert fallen + mended


def _opened(index: Path) -> tuple[object, str]:
    """What is seen and the notice; None and what is wrong where nothing is whole."""
    found: list[tuple[object, str]] = []
    error = attempt(lambda: found.append(seen(index)))
    if error is None:
        return found[0]
    assert isinstance(error, DamagedIndex)
    return None, str(error)
