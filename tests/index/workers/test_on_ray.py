"""Workers of Ray: two on this machine, and what they are told."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from index.errors import ParserError, QuestionError, StoreError
from index.library.index import Index
from index.library.recipe import Recipe
from index.types import silent
from index.workers import on_ray
from index.workers.on_ray import RayWorkers
from index.workers.worker import Assignment
from tests.doubles import opener_of
from tests.torture.worlds import held

# not imported: what it is told by the environment comes first
needs_ray = pytest.mark.skipif(find_spec("ray") is None, reason="the extra ray is not installed")


def test_workers_are_a_number_or_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    assert RayWorkers("2").count == 2
    with pytest.raises(QuestionError, match="from 1 on"):
        RayWorkers("0")
    with pytest.raises(QuestionError, match="set IBID_WORK"):
        RayWorkers("head:6379")
    monkeypatch.setenv(on_ray.WORK, "s3://bucket/work")
    workers = RayWorkers("head:6379")
    assert (workers.address, workers.store) == ("head:6379", "s3://bucket/work")


def test_without_the_extra_it_says_which(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(StoreError, match=r"pip install 'ibid-qa\[ray\]'"):
        RayWorkers("2").prepare([], Assignment(str(tmp_path), ()), silent)


@needs_ray
@pytest.mark.slow
def test_two_workers_make_the_index_of_one_process(
    tmp_path: Path, world: Path, tiny_compiled: Path, fast_build: None
) -> None:
    Index(tmp_path / "alone").update(world)
    recipe = Recipe(open_encoder=opener_of(tiny_compiled), workers=RayWorkers("2"))
    told: list[str] = []
    Index(tmp_path / "index", recipe).update(world, progress=lambda stage, *_: told.append(stage))
    assert held(tmp_path / "index") == held(tmp_path / "alone")
    assert told.count("preparing files") == 3
    assert "encoding passages" not in told


@needs_ray
@pytest.mark.slow
def test_a_cluster_that_is_not_there_is_told(
    tmp_path: Path, world: Path, tiny_compiled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(on_ray.WORK, str(tmp_path / "work"))
    recipe = Recipe(open_encoder=opener_of(tiny_compiled), workers=RayWorkers("127.0.0.1:9"))
    with pytest.raises(ParserError, match=r"the workers at 127\.0\.0\.1:9 cannot be used"):
        Index(tmp_path / "index", recipe).update(world)
