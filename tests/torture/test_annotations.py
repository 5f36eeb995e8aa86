"""Whatever ends who keeps annotations, these are the old or the new ones, and the index whole."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from index import Document, DocumentAnnotations, Index, Storing, annotate
from index.annotations import FOLDER
from tests.torture.disk import Crash, Disk, crash_at, half_at, refuse_at
from tests.torture.power import Machine
from tests.torture.scale import amount
from tests.torture.worlds import FILES, HERON, attempt, copy, everything, write


class Lines:
    """Of each document how many lines it has."""

    name = "line"

    def __init__(self, version: int = 1) -> None:
        self.version = version

    def annotate(self, retriever: Storing, document: Document) -> Any:
        return [document.text.count("\n"), self.version]


@pytest.fixture
def before(ground: Path) -> Path:
    """An index whose documents are annotated but for the newest."""
    folder = write(ground / "world", FILES)
    index = Index(ground / "before")
    index.update(folder)
    annotate(index.open(), Lines())
    (folder / "heron.txt").write_text(HERON, "utf-8")
    index.update(folder)
    return index.path


def kept(index: Path) -> list[Any]:
    opened = Index(index).open()
    return DocumentAnnotations(opened).of(Lines(), [d.id for d in opened.documents])


def act(index: Path) -> None:
    annotate(Index(index).open(), Lines())


def removed(index: Path) -> None:
    Index(index).remove("eels.md")


def check(index: Path, before: Path, ground: Path) -> None:
    """What is kept is true, the rest is made, and nothing is left lying."""
    wanted = [[d.text.count("\n"), 1] for d in Index(index).documents]
    assert all(own in (None, want) for own, want in zip(kept(index), wanted, strict=True))
    act(index)
    assert kept(index) == wanted
    Index(index).settle()
    assert {p.name for p in (index / FOLDER).iterdir()} == {"line"}


@pytest.mark.parametrize("done", [act, removed])
def test_a_crash_at_any_call(done: Callable[[Path], None], before: Path, ground: Path) -> None:
    index = copy(before, ground / "index")
    with Disk(index)() as disk:
        done(index)
    shutil.rmtree(index)
    for number, call in enumerate(disk.calls):
        for hook in (crash_at(number), *([half_at(number)] if call.kind == "write" else [])):
            index = copy(before, ground / "index")
            with pytest.raises(Crash), Disk(index, hook)():
                done(index)
            if done is act:
                assert everything(index) == everything(before)
                assert sum(one is not None for one in kept(index)) in (3, 4)
            check(index, before, ground)
            shutil.rmtree(index)


def test_a_power_cut(before: Path, ground: Path) -> None:
    index = copy(before, ground / "index")
    with Disk(index)() as disk:
        act(index)
    shutil.rmtree(index)
    for seed in range(amount("orders")):
        random = Random(seed)
        stop = random.randint(0, len(disk.calls)) if seed % 5 else len(disk.calls)
        machine = Machine(index, before, random, 1)
        machine.run(disk.calls[:stop])
        machine.cut(index)
        if stop == len(disk.calls):
            assert None not in kept(index)
        check(index, before, ground)
        shutil.rmtree(index)


@pytest.mark.parametrize("code", [5, 28, 30])
def test_a_disk_that_fails_is_told_and_the_rest_answers(
    code: int, before: Path, ground: Path
) -> None:
    index = copy(before, ground / "index")
    with Disk(index)() as disk:
        act(index)
    shutil.rmtree(index)
    for number in range(len(disk.calls)):
        index = copy(before, ground / "index")
        with Disk(index, refuse_at(number, code))():
            said = attempt(act, index)
        assert len(str(said).splitlines()) == 1
        check(index, before, ground)
        shutil.rmtree(index)


def test_killed_at_any_moment(before: Path, ground: Path) -> None:
    """Two that annotate, and one that makes all of them again in another version."""
    random = Random(3)
    for _ in range(max(4, amount("kills") // 8)):
        index = copy(before, ground / "index")
        children = []
        for version in (1, 1, 2):
            child = os.fork()
            if not child:
                try:
                    while True:
                        annotate(Index(index).open(), Lines(version))
                        (index / FOLDER / "line").unlink(missing_ok=True)
                finally:
                    os._exit(1)
            children.append(child)
        signal.sigtimedwait([], random.uniform(0.05, 0.4))
        for child in children:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
        check(index, before, ground)
        shutil.rmtree(index)
