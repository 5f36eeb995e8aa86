"""Workers and the writers of a collection are killed anywhere: the same content in the end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from random import Random
from typing import NoReturn

import pytest

pytest.importorskip("milvus_lite", reason="the extra milvus is not installed")

from index.engines import connection, lite
from index.engines.collection import Collection
from index.engines.working_copy import NAME
from index.isolation.expected import Expected
from index.language import Query
from index.library.recipe import Recipe
from index.types import Progress
from index.workers.worker import Assignment, Worker
from tests.doubles import hurried, opener_of, write_encoder
from tests.torture.scale import amount
from tests.torture.worlds import QUESTIONS, held

FILES, WORKERS = 24, 2
OWN = "IBID_OWN_PROCESS"  # in the environment: nothing else runs in this process
LONGEST = 6.0  # seconds that one may live, about three times as long as all takes


class WorkersInProcesses:
    """Two processes that share the files; one that was killed is replaced."""

    store = ""

    def __init__(self, pids: Path) -> None:
        self._pids = pids

    def prepare(self, files: Sequence[Expected], assigned: Assignment, tell: Progress) -> None:
        """Return when each file was prepared."""
        waiting = {n: list(files[n::WORKERS]) for n in range(WORKERS)}
        running: dict[int, int] = {}
        while waiting:
            for number, own in waiting.items():
                if number not in running.values():
                    child = _start(partial(_work, own, assigned))
                    running[child] = number
            self._pids.write_text(" ".join(map(str, running)))
            child, status = os.waitpid(-1, 0)
            if child in running:
                number = running.pop(child)
                if status == 0:
                    del waiting[number]
        self._pids.write_text("")


def _work(files: Sequence[Expected], assigned: Assignment) -> None:
    os.closerange(3, 1024)  # as workers of Ray, which hold nothing open that the writer does
    parent, worker = os.getppid(), Worker(assigned)
    for file in files:
        if os.getppid() != parent:  # nobody is left to kill this
            break
        worker.prepare([file])
    worker.close()


def _start(act: Callable[[], None]) -> int:
    child = os.fork()
    return child or _be(act)


def _be(act: Callable[[], None]) -> NoReturn:
    status = 1
    try:
        act()
        status = 0
    except BaseException:
        traceback.print_exc(file=sys.stderr)
    finally:
        os._exit(status)


@contextmanager
def _engine_ended() -> Iterator[None]:
    """What was opened here is closed, so that another process may open it."""
    try:
        yield
    finally:
        connection.connected.cache_clear()
        lite.stop()


def _content(collection: Collection) -> tuple[object, ...]:
    """All that a reader can see of a collection."""
    opened = collection.open(thorough=True)
    rows = opened.rows.of(range(len(opened.passages)))
    answers = [
        [(h.passage.document.source, h.passage.start, h.score) for h in found]
        for found in (opened.retriever.search(Query(q), 9) for q in QUESTIONS)
    ]
    documents = [(d.id, d.source, d.text, d.copies) for d in opened.documents]
    vectors = [row.vectors.tobytes() for row in rows]
    return documents, vectors, answers, held(collection.working_copy.path)


def _world(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for n in range(FILES):
        lamps = (f"The lighthouse of bay {n} has lamp {k}, {n * k} metres tall." for k in range(9))
        (folder / f"bay-{n}.txt").write_text(f"Bay {n}\n\n{' '.join(lamps)}\n")


def _go_on_elsewhere(engine: Path, other: Path) -> None:
    """The working copy is another machine's from now on, which may be behind or have none."""
    aside = other.with_name("aside")
    for folder, to in ((engine, aside), (other, engine), (aside, other)):
        to.mkdir(exist_ok=True)
        folder.mkdir(exist_ok=True)
        for own in folder.glob(f"{NAME}*"):
            own.rename(to / own.name)


def _change(folder: Path, change: int) -> None:
    """One file more, one fewer, one that says something else."""
    (folder / f"bay-{change}.txt").write_text(f"Bay {change}\n\nIts eels left in {change}.\n")
    (folder / f"more-{change}.txt").write_text(f"More\n\nRye bread {change} comes from Brell.\n")
    (folder / f"bay-{FILES - 1 - change}.txt").unlink(missing_ok=True)


@pytest.mark.skipif(OWN in os.environ, reason="this is the process")
def test_in_a_process_of_its_own() -> None:
    """Forks of one in which other tests began gRPC or Ray die of what these have left there."""
    own = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-m", "", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [*own, __file__], env={**os.environ, OWN: "1"}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    assert "1 passed" in done.stdout


@pytest.mark.skipif(OWN not in os.environ, reason="runs in a process of its own")
def test_killed_again_and_again_it_holds_what_one_undisturbed_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IBID_HOME", str(tmp_path / "home"))
    compiled = write_encoder(tmp_path / "tiny")
    folder, pids = tmp_path / "world", tmp_path / "pids"
    recipe = Recipe(open_encoder=opener_of(compiled), workers=WorkersInProcesses(pids))
    place = Path(f"milvus+lite:{tmp_path}/lite")
    _world(folder)
    chance, kills, changes = Random(7), 0, 0

    def index() -> None:
        with hurried(), _engine_ended():
            Collection(place, recipe).update(folder)

    while kills < amount("ingests"):
        if chance.random() < 0.4:
            _go_on_elsewhere(tmp_path / "lite", tmp_path / "other machine")
        committer, until = _start(index), time.monotonic() + chance.uniform(0.2, LONGEST)
        ended, status = 0, 0
        while not ended and time.monotonic() < until:
            time.sleep(0.02)
            ended, status = os.waitpid(committer, os.WNOHANG)
            workers = pids.read_text().split() if pids.exists() else []
            if not ended and workers and chance.random() < 0.01:
                kills += _kill(int(chance.choice(workers)))
        if ended:
            assert status == 0
            changes += 1
            _change(folder, changes % (FILES // 2))
        else:
            kills += _kill(committer)
            os.waitpid(committer, 0)
    with hurried(), _engine_ended():
        together = Collection(place, recipe)
        together.update(folder)
        found = _content(together)
    with hurried(), _engine_ended():
        alone = Collection(
            Path(f"milvus+lite:{tmp_path}/alone"), Recipe(open_encoder=opener_of(compiled))
        )
        alone.update(folder)
        assert found == _content(alone)


def _kill(child: int) -> int:
    """How many it killed: it may have ended by itself."""
    try:
        os.kill(child, signal.SIGKILL)
    except ProcessLookupError:
        return 0
    return 1
