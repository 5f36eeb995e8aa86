"""A disk that refuses: the old index still answers, and the error says what to do."""

from __future__ import annotations

import errno
import gc
import os
import resource
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from index.errors import IbidError, StorageError
from tests.torture.disk import ERRORS, Call, Disk, Hook, refuse_at, refuse_from, short_writes
from tests.torture.scale import amount, sample
from tests.torture.scenes import SCENES, Scene
from tests.torture.worlds import HERON, assert_goes_on, attempt, copy, everything, seen

NAMES = [errno.errorcode[code] for code in ERRORS]


def handles() -> int:
    return len(os.listdir("/proc/self/fd"))


def calls_of(scene: Scene, ground: Path) -> list[Call]:
    """The calls that are made when all goes well, reads among them."""
    index = copy(scene.before, ground / "index")
    with Disk(index, reads=True)() as disk:
        scene.act(index)
    shutil.rmtree(index)
    return disk.calls


def fault(scene: Scene, ground: Path, hook: Hook, *, go_on: bool = True) -> IbidError | None:
    """Let the disk refuse, look, and go on when it is well again; returns what was raised."""
    index = copy(scene.before, ground / "index")
    with Disk(index, hook, reads=True)():
        error = attempt(lambda: scene.act(index))
    found = everything(index)
    assert found in scene.states
    if error is None:
        assert found == scene.new
    else:
        assert str(index) in str(error)
        assert ";" in str(error), "what to do"
    if go_on:
        assert_goes_on(index, scene.folder, *scene.goes_on(found))
    shutil.rmtree(index)
    return error


@pytest.mark.parametrize("name", SCENES)
def test_a_call_that_fails_leaves_the_old_or_the_new(name: str, ground: Path) -> None:
    scene = SCENES[name](ground)
    raised = []
    gc.collect()
    before = handles()
    every = bool(amount("every"))
    for number in sample(calls_of(scene, ground), 7):  # with each next one another error
        own = ERRORS[number % len(ERRORS)]
        for code in ERRORS if every or name == "changed" else [own]:
            try:
                go_on = every or code == own
                raised.append(fault(scene, ground, refuse_at(number, code), go_on=go_on))
            except BaseException as exc:
                exc.add_note(f"{errno.errorcode[code]} at call {number}")
                raise
    assert any(isinstance(error, StorageError) for error in raised)
    assert None in raised  # what is only tidying up may fail
    gc.collect()
    assert handles() == before


@pytest.mark.parametrize("name", ["first", "changed"])
def test_a_disk_that_stays_full_leaves_the_old_or_the_new(name: str, ground: Path) -> None:
    scene = SCENES[name](ground)
    for number in sample(calls_of(scene, ground), 7):
        error = fault(scene, ground, refuse_from(number, errno.ENOSPC, "write", "mkdir", "link"))
        assert error is None or "the disk is full; free some space" in str(error)


@pytest.mark.parametrize("name", SCENES)
def test_writes_that_come_short_are_gone_on_with(name: str, ground: Path) -> None:
    scene = SCENES[name](ground)
    assert fault(scene, ground, short_writes) is None


def test_a_reader_whom_the_disk_refuses_gets_what_is_right_or_an_error(ground: Path) -> None:
    scene = SCENES["changed"](ground)
    index = copy(scene.before, ground / "index")
    scene.act(index)
    with Disk(index, reads=True)() as disk:
        seen(index)
    for number in range(len(disk.calls)):
        for code in ERRORS:
            found: list[tuple[Any, str]] = []
            with Disk(index, refuse_at(number, code), reads=True)():
                error = attempt(lambda into: into.append(seen(index)), found)
            if error is not None:
                assert isinstance(error, StorageError) == (code == errno.EMFILE)
                assert str(index) in str(error)
            else:
                ((what, notice),) = found
                assert what == (scene.old if notice else scene.new).seen
                assert code != errno.EMFILE, "nothing is damaged: nothing to fall back from"
    assert seen(index) == (scene.new.seen, "")


@contextmanager
def few_handles(more: int) -> Iterator[None]:
    """As many files may be open as are open now, and `more`."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    highest = max(int(name) for name in os.listdir("/proc/self/fd"))
    spare = [os.open("/dev/null", os.O_RDONLY) for _ in range(highest - handles() + 3)]
    resource.setrlimit(resource.RLIMIT_NOFILE, (highest + 1 + more, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        for handle in spare:
            os.close(handle)


def test_too_few_handles_leave_the_old_or_the_new(ground: Path) -> None:
    scene = SCENES["changed"](ground)
    errors: list[Exception | None] = []
    # until there are enough: what other tests left running in this process opens some, too
    for more in range(60):
        if more >= 12 and errors[-1] is None:
            break
        index = copy(scene.before, ground / "index")
        with few_handles(more):
            errors.append(attempt(scene.act, index))
        assert everything(index) in ((scene.new,) if errors[-1] is None else (scene.old, scene.new))
        with few_handles(more):
            found = attempt(seen, index)
        assert found is None or isinstance(found, StorageError)
        assert_goes_on(index, scene.folder, scene.new)
        shutil.rmtree(index)
    assert isinstance(errors[0], StorageError)
    assert errors[-1] is None


def test_what_the_disk_changes_while_it_is_written_is_not_published(ground: Path) -> None:
    scene = SCENES["changed"](ground)
    index = copy(scene.before, ground / "index")
    disk = Disk(index)

    def lie(number: int, call: object) -> None:
        """What was written is something else when it is read again."""
        last = disk.calls[-1]
        if last.kind == "fsync" and last.path.endswith("/passages"):
            with open(last.path, "r+b") as file:
                file.write(b"\xff")

    disk._hook = lie
    with disk():
        error = attempt(lambda: scene.act(index))
    assert isinstance(error, StorageError)
    assert everything(index) == scene.old
    assert_goes_on(index, scene.folder, scene.new)


@pytest.mark.slow
@pytest.mark.skipif(os.getuid() != 0, reason="only root may make a small disk")
@pytest.mark.skipif(not amount("every"), reason="by hand: make torture")
def test_a_disk_that_is_really_full(ground: Path) -> None:
    scene = SCENES["changed"](ground)
    used = sum(p.stat().st_size + 4096 for p in scene.before.rglob("*"))
    for spare in range(0, 2 * used, 8192):
        mount = ground / "small"
        mount.mkdir()
        if os.system(f"mount -t tmpfs -o size={used + spare} none {mount}"):
            pytest.skip("no disk may be mounted here")
        try:
            index = Path(shutil.copytree(scene.before, mount / "index"))
            error = attempt(scene.act, index)
            assert error is None or (isinstance(error, StorageError) and "full" in str(error))
            assert everything(index) == (scene.old if error else scene.new)
        finally:
            os.system(f"umount {mount}")
            mount.rmdir()
    assert error is None
    assert (scene.folder / "heron.txt").read_text("utf-8") == HERON
