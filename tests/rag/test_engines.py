"""The engines that `ask` keeps: how many, how often each is opened, and who waits for whom."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from index.encoder.encode import OnnxEncoder
from index.library.index import Index
from index.types import Progress
from rag.engine import Engine
from rag.engines import Engines, ask
from tests.doubles import EELS, HARBOUR, opener_of, usual, write_world

PATIENCE = 60  # seconds; whoever waits that long waits for ever


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fast_build: None) -> None:
    """No index of another test."""
    monkeypatch.setenv("IBID_HOME", str(tmp_path / "home"))


def test_the_last_used_ones_are_kept(tmp_path: Path) -> None:
    engines = Engines(4)
    a, b, c, d, e = ([write_world(tmp_path / name)] for name in "abcde")
    first = {folder[0].name: engines.of(folder) for folder in (a, b, c, d)}
    assert engines.of(a) is first["a"]  # used again: now "b" is the oldest
    engines.of(e)
    assert len(engines) == 4
    assert [engines.of(x) is first[x[0].name] for x in (a, c, d)] == [True] * 3
    assert engines.of(b) is not first["b"]
    assert len(engines) == 4


def test_of_what_changed_another_is_opened(world: Path) -> None:
    engines = Engines()
    before = engines.of([world])
    (world / "harbour.txt").write_text(HARBOUR.replace("in 1987", "in the year 1650"))
    after = engines.of([world])
    assert after is not before
    assert engines.of([world]) is after
    assert any("1650" in d.text for d in after.documents)


def test_the_list_of_sources_counts_too(world: Path) -> None:
    engines = Engines()
    engines.of([world])
    (world / "sources.toml").write_text('["harbour.txt"]\ntitle = "Given"\n')
    assert "Given" in [d.title for d in engines.of([world]).documents]


class Slow:
    """Opens encoders for a recipe, and each only when it may."""

    def __init__(self, folder: Path) -> None:
        self.begun, self.may_go_on, self.opened = Event(), Event(), 0
        self._opener = opener_of(folder)

    def __call__(self, model: str | None, tell: Progress) -> tuple[OnnxEncoder, Path]:
        self.opened += 1
        self.begun.set()
        assert self.may_go_on.wait(PATIENCE)
        return self._opener(model, tell)


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(8) as threads:
        yield threads


def test_nobody_waits_while_another_folder_is_indexed(
    world: Path, tmp_path: Path, tiny_compiled: Path, pool: ThreadPoolExecutor
) -> None:
    engines, other = Engines(), [write_world(tmp_path / "other")]
    kept, slow = engines.of([world]), Slow(tiny_compiled)
    with usual(open_encoder=slow):
        indexing = pool.submit(engines.of, other)
        try:
            assert slow.begun.wait(PATIENCE)
            asked = pool.submit(engines.of, [world])
            assert asked.result(PATIENCE) is kept
            assert not indexing.done()
        finally:
            slow.may_go_on.set()
        assert engines.of(other) is indexing.result(PATIENCE)


def test_those_who_ask_for_the_same_new_folder_index_it_once(
    world: Path, tiny_compiled: Path, pool: ThreadPoolExecutor
) -> None:
    engines, slow = Engines(), Slow(tiny_compiled)
    with usual(open_encoder=slow):
        asked = [pool.submit(engines.of, [world]) for _ in range(8)]
        assert slow.begun.wait(PATIENCE)
        slow.may_go_on.set()
        found = {id(one.result(PATIENCE)) for one in asked}
    assert (len(found), slow.opened) == (1, 1)


@pytest.fixture
def walks(world: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """How often a folder in the world was listed since this was last asked."""
    real, listed = os.scandir, list[str]()

    def counted(path: Any = ".") -> Any:
        if not isinstance(path, int):
            listed.append(os.path.realpath(path))
        return real(path)

    def since() -> int:
        count = listed.count(os.path.realpath(world / "nested"))
        listed.clear()
        return count

    monkeypatch.setattr(os, "scandir", counted)
    return since


def test_a_question_walks_through_its_folder_once(world: Path, walks: Callable[[], int]) -> None:
    question = "When was the harbour of Brell dredged?"
    ask(question, documents=world)
    assert walks() == 1  # a new one
    ask(question, documents=world)
    assert walks() == 1  # as it was
    (world / "eels.md").write_text(EELS.replace("1,204", "9,999"))
    ask(question, documents=world)
    assert walks() == 1  # changed
    Engine.open(world)
    assert walks() == 1


def test_so_does_an_update(world: Path, tmp_path: Path, walks: Callable[[], int]) -> None:
    index = Index(tmp_path / "index")
    index.update(world)
    assert walks() == 1
    index.update()
    assert walks() == 1
    (world / "eels.md").write_text(EELS.replace("1,204", "9,999"))
    index.update(world, check=True)
    assert walks() == 1
    index.status()
    assert walks() == 1
