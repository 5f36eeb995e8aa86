"""The writer takes what workers made: the same index, and nothing done twice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from index.encoder.encode import OnnxEncoder
from index.isolation.expected import Expected
from index.library.index import Index
from index.library.recipe import Recipe
from index.types import Progress, Vectors
from index.workers.results import FileResult
from index.workers.store import ResultStore
from index.workers.worker import Assignment
from tests.index.workers.conftest import WorkersHere
from tests.torture.worlds import held, sources

pytestmark = pytest.mark.slow


class Counting(OnnxEncoder):
    """It counts the texts that it encodes in this process, but for those of workers."""

    encoded = 0

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Vectors:
        """As that of an OnnxEncoder."""
        type(self).encoded += len(texts)
        return super().encode_passages(texts, progress)


@pytest.fixture
def recipe(tiny_compiled: Path) -> Recipe:
    def opened(model: str | None, tell: Progress) -> tuple[OnnxEncoder, Path]:
        return Counting(tiny_compiled), tiny_compiled

    Counting.encoded = 0
    return Recipe(open_encoder=opened, workers=WorkersHere())


def made(folder: Path, world: Path, recipe: Recipe) -> Path:
    Index(folder, recipe).update(world)
    return folder


def test_the_index_is_that_of_one_process(
    tmp_path: Path, world: Path, recipe: Recipe, fast_build: None
) -> None:
    alone = made(tmp_path / "alone", world, Index.usual)
    together = made(tmp_path / "together", world, recipe)
    assert Counting.encoded == 0
    assert held(together) == held(alone)
    assert sources(together) == sources(alone)
    assert not (together / "work").exists()


def test_an_update_has_prepared_what_is_new(tmp_path: Path, world: Path, recipe: Recipe) -> None:
    index = made(tmp_path / "index", world, recipe)
    workers = recipe.workers
    assert isinstance(workers, WorkersHere)
    assert sorted(workers.prepared) == ["eels.md", "harbour.txt", "nested/bread.txt"]
    workers.prepared.clear()
    (world / "eels.md").touch()
    (world / "heron.txt").write_text("Herons wait at the weir. A heron eats four eels in a day.")
    assert Index(index, recipe).update().added == 1
    assert workers.prepared == ["heron.txt"]
    assert Counting.encoded == 0


def test_an_update_that_died_goes_on_where_it_was(
    tmp_path: Path, world: Path, recipe: Recipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    workers = recipe.workers
    assert isinstance(workers, WorkersHere)
    workers.most = 2
    with pytest.raises(KeyboardInterrupt):
        made(tmp_path / "index", world, recipe)
    read: list[str] = []
    put = ResultStore.put

    def noted(self: ResultStore, name: str, result: FileResult) -> None:
        read.append(str(result.found[0][0])[:9])
        put(self, name, result)

    monkeypatch.setattr(ResultStore, "put", noted)
    workers.most = None
    made(tmp_path / "index", world, recipe)
    assert read == ["Rye Bread"]


def test_what_has_no_result_is_read_by_the_writer(
    tmp_path: Path, world: Path, recipe: Recipe, fast_build: None
) -> None:
    class Forgetful(WorkersHere):
        def prepare(self, files: Sequence[Expected], assigned: Assignment, tell: Progress) -> None:
            super().prepare(files[1:], assigned, tell)

    given = Recipe(open_encoder=recipe.open_encoder, workers=Forgetful())
    alone = made(tmp_path / "alone", world, Index.usual)
    assert held(made(tmp_path / "index", world, given)) == held(alone)
    assert Counting.encoded > 0
