"""`Index` itself: what it is of, what it says; a look that is too old takes nothing out."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.errors import MissingPath, NoDocuments
from index.library.index import Index
from index.load.loading import Loaded
from tests.doubles import HARBOUR


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fast_build: None) -> None:
    """No index of another test."""
    monkeypatch.setenv("IBID_HOME", str(tmp_path / "home"))


def sources(index: Index) -> list[str]:
    return [document.source for document in index.documents]


def test_a_look_that_is_older_than_the_index_takes_nothing_out(world: Path) -> None:
    Index.cached(world)
    look = Index.look(world)
    (world / "herons.txt").write_text("Herons wait at the weir.\n")
    Index.cached(world)  # as another process does
    assert "herons.txt" in sources(Index.cached(world, look=look))


def test_a_look_is_used_where_nobody_has_looked_since(world: Path) -> None:
    look = Index.look(world)
    (world / "herons.txt").write_text("Herons wait at the weir.\n")
    assert "herons.txt" not in sources(Index.cached(world, look=look))
    assert "herons.txt" in sources(Index.cached(world))


def test_two_looks_are_the_same_until_something_changes(world: Path) -> None:
    before = Index.look(world).found
    assert Index.look(world).found == before
    (world / "sources.toml").write_text('["harbour.txt"]\ntitle = "Given"\n')
    assert Index.look(world).found != before


def test_of_paths_it_is_the_same_index_in_whatever_order(world: Path, tmp_path: Path) -> None:
    one, other = world / "eels.md", world / "nested"
    assert Index.of(one, other).path == Index.of(other, one).path != Index.of(one).path
    assert Index.of(one).revision == b""
    with pytest.raises(MissingPath):
        Index.of(one).documents  # noqa: B018
    assert Index.cached(one).path == Index.of(one).path
    assert Index.of(one).revision


def test_what_is_loaded_is_what_an_index_holds(world: Path, tmp_path: Path) -> None:
    (world / "again.txt").write_text(HARBOUR)
    (world / "torn.pdf").write_bytes(b"%PDF-1.7 and no more")
    index = Index(tmp_path / "index")
    report = index.update(world)
    loaded: Loaded = Index.load(world)
    shown = [(d.source, d.id, d.title, d.copies) for d in loaded.documents]
    assert shown == [(d.source, d.id, d.title, d.copies) for d in index.documents]
    assert loaded.failures == report.failures == index.failures
    assert index.roots[0].path == world
    assert [failure.source for failure in loaded.failures] == ["torn.pdf"]


def test_of_nothing_readable_nothing_is_loaded(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    with pytest.raises(NoDocuments, match="no document to read in"):
        Index.load(tmp_path / "docs")
    with pytest.raises(MissingPath):
        Index.load(tmp_path / "nothing")
