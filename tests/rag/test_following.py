"""An engine that follows its index while questions are asked."""

from __future__ import annotations

import gc
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from index.errors import DamagedIndex, StorageError
from index.generation import store
from index.library.index import Index
from index.storage import checked, manifest
from rag.engine import Engine
from rag.engines import ask
from rag.following import Following
from tests.ui.served import CannedEngine
from ui.server.chat import Chat

HERONS = "Herons wait at the weir for eels.\n"
TOKEN = "a-token-of-a-tab-that-is-long-enough"


@pytest.fixture
def following(index_path: Path) -> Following:
    return Following(Engine.open(index_path))


def sources(engine: Engine) -> list[str]:
    return [Path(document.source).name for document in engine.documents]


def test_it_is_one_engine_while_nothing_changes(following: Following) -> None:
    assert following.engine is following.engine


def test_what_a_writer_publishes_is_asked_next(
    following: Following, world: Path, index_path: Path, fast_build: None
) -> None:
    before = following.engine
    (world / "herons.txt").write_text(HERONS)
    Index(index_path).update(world)
    assert "herons.txt" in sources(following.engine)
    assert "herons.txt" not in sources(before)  # which goes on answering as it did
    assert before.ask("How tall is the lighthouse?").hits


def test_an_index_that_cannot_be_opened_leaves_the_engine_there_is(
    following: Following, index_path: Path
) -> None:
    before = following.engine
    (index_path / "CURRENT").write_text("nonsense")
    for file in index_path.glob("gen-*/MANIFEST.json"):
        file.write_text("nonsense")
    assert following.engine is before


def test_threads_share_the_one_that_is_opened(
    following: Following, world: Path, index_path: Path, fast_build: None
) -> None:
    before = following.engine
    (world / "herons.txt").write_text(HERONS)
    Index(index_path).update(world)
    with ThreadPoolExecutor(8) as pool:
        found = {id(e) for e in pool.map(lambda _: following.engine, range(32))}
    assert found <= {id(before), id(following.engine)}


def test_an_engine_over_no_index_stays() -> None:
    engine = CannedEngine((), ())
    assert Following(engine).engine is engine


def test_an_open_page_shows_and_asks_what_is_new(
    world: Path, index_path: Path, fast_build: None
) -> None:
    chat = Chat(Engine.open(index_path))
    assert "herons.txt" not in chat.open(TOKEN, "")["library"]
    (world / "herons.txt").write_text(HERONS)
    Index(index_path).update(world)
    views = chat.ask(TOKEN, "Where do herons wait for eels?")
    assert "herons.txt" in views["library"]
    assert "library" not in chat.ask(TOKEN, "How tall is the lighthouse?")
    found = chat.sessions.of(TOKEN).turns[0].answer.hits
    assert any(hit.passage.document.text == HERONS for hit in found)


def harmed(index: Path) -> None:
    """Change the newest vectors where a question reads them, and the index is open already."""
    newest = max(index.glob("gen-*"))
    data = (newest / "sentence_vectors").read_bytes()
    (newest / "sentence_vectors").write_bytes(bytes(b ^ 1 for b in data))


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file counts as large: it is checked where it is used."""
    monkeypatch.setattr(manifest, "LARGE", 1)
    for module in (manifest, checked):
        monkeypatch.setattr(module, "BLOCK", 256)


@pytest.fixture
def two(world: Path, tmp_path: Path, fast_build: None, large: None) -> Path:
    """An index of two generations."""
    index = tmp_path / "large"
    Index(index).update(world)
    (world / "herons.txt").write_text(HERONS)
    Index(index).update(world)
    return index


def test_damage_that_a_question_meets_is_found_before_it_is_used(two: Path) -> None:
    harmed(two)
    engine = Engine.open(two)  # what is large was not read yet
    assert engine.notice == ""
    with pytest.raises(DamagedIndex, match=r"sentence_vectors has changed.*--check"):
        engine.ask("How tall is the lighthouse?")
    assert "sentence_vectors" in Engine.open(two, thorough=True).notice


def test_and_the_state_before_answers(two: Path) -> None:
    harmed(two)
    with pytest.warns(UserWarning, match="is damaged"):
        found = ask("How tall is the lighthouse?", documents=two)
    assert {h.passage.document.source for h in found.hits} == {
        "harbour.txt",
        "eels.md",
        "nested/bread.txt",
    }
    chat = Chat(Engine.open(two))
    chat.ask(TOKEN, "How tall is the lighthouse?")
    assert len(chat.sessions.of(TOKEN).turns) == 1
    assert "is damaged" in chat.open(TOKEN, "")["notice"]


def test_a_damaged_index_of_the_cache_is_made_again(
    world: Path, fast_build: None, large: None
) -> None:
    Engine.open(world)
    into = Index.cached(world).path
    newest = max(into.glob("gen-*"))
    (newest / "passages").write_bytes(b"")
    engine = Engine.open(world)
    assert engine.notice == ""
    assert len(engine.documents) == 3
    assert store.damage_of(into) == ""


def test_an_index_that_is_gone_is_not_taken_for_a_folder_of_documents(
    following: Following, index_path: Path
) -> None:
    before = following.engine
    (index_path / "CURRENT").unlink()
    for file in index_path.glob("gen-*/MANIFEST.json"):
        file.unlink()
    assert following.engine is before


def test_what_could_not_be_opened_is_tried_again(
    world: Path, index_path: Path, fast_build: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    following = Following(Engine.open(index_path), patience=0.0)
    (world / "herons.txt").write_text(HERONS)
    Index(index_path).update(world)
    with monkeypatch.context() as patch:
        patch.setattr(Index, "open", refuse)
        assert "herons.txt" not in sources(following.engine)
    assert "herons.txt" in sources(following.engine)


def refuse(*_: object, **__: object) -> None:
    raise StorageError("too many files are open")


@pytest.mark.slow
def test_idle_tabs_keep_no_generation(world: Path, index_path: Path, fast_build: None) -> None:
    chat = Chat(Engine.open(index_path), suggests=Silent)
    tokens = [f"{TOKEN}-{n}" for n in range(4)]
    for number, token in enumerate(tokens):
        chat.open(token, "")
        chat.suggest(token)
        (world / f"more{number}.txt").write_text(f"{HERONS} They are {number}.\n")
        Index(index_path).update(world)
        chat.ask(token, "How tall is the lighthouse?")
        chat.suggest(token)
    gc.collect()
    Index(index_path).update(world, check=True)
    (world / "last.txt").write_text("The weir is old.\n")
    Index(index_path).update(world)
    assert len(list(index_path.glob("gen-*"))) <= 3  # the new one, that before, what is asked


class Silent:
    """Offers nothing."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def openers(self, count: int = 5) -> tuple[str, ...]:
        return ()

    def follow_ups(self, history: object, count: int = 3) -> tuple[str, ...]:
        return ()

    rephrasings = follow_ups
