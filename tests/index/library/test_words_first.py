"""Many new sentences are found by their words first: the index is published twice, and is then
the one that is published once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from index.encoder import OnnxEncoder, remember
from index.errors import IbidError, IndexBusy
from index.generation import generation_names, publish, store, summary_of, writer_lock
from index.generation.generations import MANIFEST
from index.language import Query
from index.library import Index, writer
from rag import Engine
from rag.engines import Engines
from rag.following import Following
from tests.doubles import EELS, HARBOUR

HERONS = "Herons wait at the weir for eels. A heron eats four eels in a day.\n"
OTTERS = "Otters sleep in the reeds of Tarn. An otter hunts at night.\n"


class Stopped(BaseException):
    """What a person's Ctrl-C or a killer raises."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Where the index goes."""
    return tmp_path / "index"


@pytest.fixture
def published(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many passages had no vectors in each generation that was published."""
    found: list[int] = []

    def noted(path: Path, *rest: Any) -> str:
        name = publish(path, *rest)
        found.append(summary_of(path).settings.unencoded)
        return name

    monkeypatch.setattr(writer, "publish", noted)
    return found


@pytest.fixture
def first(monkeypatch: pytest.MonkeyPatch, fast_build: None) -> None:
    """Two new sentences are many."""
    monkeypatch.setattr(writer, "MANY", 1)


def at_encoding(act: Callable[[], None], monkeypatch: pytest.MonkeyPatch, after: int = 0) -> None:
    """Do this when vectors are to be made, and `after` calls were."""
    real, calls = OnnxEncoder.encode_passages, 0

    def met(self: OnnxEncoder, texts: Sequence[str], *rest: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == after + 1:
            act()
        return real(self, texts, *rest)

    monkeypatch.setattr(OnnxEncoder, "encode_passages", met)


def stop() -> None:
    raise Stopped


def cut_off(monkeypatch: pytest.MonkeyPatch, update: Callable[[], object], after: int = 0) -> None:
    """Do it until vectors are to be made, `after` chunks of two."""
    with monkeypatch.context() as patch:
        patch.setattr(remember, "CHUNK", 2)
        at_encoding(stop, patch, after)
        with pytest.raises(Stopped):
            update()


def files_of(index: Path) -> dict[str, bytes]:
    """The files of the newest generation, but for what says when it was made, and of what."""
    folder = index / generation_names(index)[0]
    files = {p.name: p.read_bytes() for p in folder.iterdir()}
    return {name: data for name, data in files.items() if name not in (MANIFEST, "files.jsonl")}


def check_as_at_once(
    index: Path, folder: Path, again: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The files are those of an index that is made of the folder at once."""
    monkeypatch.setattr(writer, "MANY", 10**9)
    Index(again).update(folder)
    assert files_of(index) == files_of(again)


def found(index: Path, question: str) -> list[str]:
    hits = store.open_index(index).retriever.search(Query(question), 9)
    return [hit.passage.document.source for hit in hits]


def test_words_are_published_before_vectors_and_then_nothing_tells(
    world: Path,
    home: Path,
    tmp_path: Path,
    first: None,
    published: list[int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    report = Index(home).update(world)
    assert published == [report.passages, 0]
    assert len(generation_names(home)) == 1
    assert not (home / "work").exists()
    check_as_at_once(home, world, tmp_path / "again", monkeypatch)


def test_few_sentences_are_waited_for(
    world: Path, home: Path, fast_build: None, published: list[int]
) -> None:
    Index(home).update(world)
    assert published == [0]


def test_what_has_no_vectors_is_found_by_its_words(
    world: Path, home: Path, first: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut_off(monkeypatch, lambda: Index(home).update(world))
    summary = summary_of(home)
    assert summary.settings.unencoded == summary.counts.passages > 0
    assert found(home, "How tall is the lighthouse?")[0] == "harbour.txt"
    assert store.open_index(home, thorough=True).notice == ""
    assert store.damage_of(home) == ""
    answer = Engine.open([home]).ask("How tall is the lighthouse?")
    assert "41 metres" in answer.hits[0].passage.text


@pytest.mark.parametrize("after", range(4))
def test_what_was_cut_off_is_taken_up_by_the_next_update(
    after: int,
    world: Path,
    home: Path,
    tmp_path: Path,
    first: None,
    published: list[int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cut_off(monkeypatch, lambda: Index(home).update(world), after)
    (waiting,) = published
    assert Index(home).update().unchanged == 3
    assert published[-1] == 0
    assert all(number < waiting for number in published[1:])  # never twice the same
    assert generation_names(home)
    check_as_at_once(home, world, tmp_path / "again", monkeypatch)
    del published[:]
    Index(home).update(world)
    assert published == []


def test_vectors_that_were_made_are_made_once(
    world: Path, home: Path, first: None, encoded: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    cut_off(monkeypatch, lambda: Index(home).update(world), after=3)
    assert encoded
    Index(home).update()
    assert len(encoded) == len(set(encoded))


def replaced(world: Path) -> None:
    (world / "harbour.txt").write_text(HARBOUR.replace("41 metres", "43 metres"))
    (world / "herons.txt").write_text(HERONS)


def deleted(world: Path) -> None:
    (world / "eels.md").unlink()


def renamed(world: Path) -> None:
    (world / "eels.md").rename(world / "z-eels.md")


def touched(world: Path) -> None:
    (world / "eels.md").write_text(EELS)


@pytest.mark.slow
@pytest.mark.parametrize("change", [replaced, deleted, renamed, touched])
@pytest.mark.parametrize("after", [0, 3])
def test_what_changes_while_vectors_are_waited_for(
    change: Callable[[Path], None],
    after: int,
    world: Path,
    home: Path,
    tmp_path: Path,
    first: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cut_off(monkeypatch, lambda: Index(home).update(world), after)
    change(world)
    cut_off(monkeypatch, lambda: Index(home).update(world), 1)
    Index(home).update(world)
    assert summary_of(home).settings.unencoded == 0
    monkeypatch.setattr(writer, "MANY", 10**9)
    Index(tmp_path / "again").update(world)
    for question in ("How tall is the lighthouse?", "eels at the weir", "rye bread"):
        assert found(home, question) == found(tmp_path / "again", question)
    mine, fresh = (store.base_of(path).contents for path in (home, tmp_path / "again"))
    assert mine.vectors.tobytes() == fresh.vectors.tobytes()
    assert mine.sentence_vectors.tobytes() == fresh.sentence_vectors.tobytes()


def test_what_is_removed_while_vectors_are_waited_for_leaves_the_disk_at_once(
    world: Path, home: Path, first: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut_off(monkeypatch, lambda: Index(home).update(world))
    cut_off(monkeypatch, lambda: Index(home).remove("eels.md"), 0)
    assert [d.source for d in store.open_index(home).documents] == [
        "harbour.txt",
        "nested/bread.txt",
    ]
    for file in home.rglob("*"):
        assert not file.is_file() or b"glass eels in spring" not in file.read_bytes()
    Index(home).update()
    assert summary_of(home).settings.unencoded == 0


def test_an_index_that_has_vectors_keeps_them_meanwhile(
    world: Path, home: Path, fast_build: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    Index(home).update(world)
    before = found(home, "How tall is the lighthouse?")
    monkeypatch.setattr(writer, "MANY", 1)
    (world / "herons.txt").write_text(HERONS)
    cut_off(monkeypatch, lambda: Index(home).update(world))
    assert summary_of(home).settings.unencoded == 1
    assert found(home, "What does a heron eat?")[0] == "herons.txt"
    assert set(found(home, "How tall is the lighthouse?")) >= set(before)
    assert len(generation_names(home)) == 2  # the one before answers where this one is damaged
    Index(home).update(world)
    assert summary_of(home).settings.unencoded == 0


def test_an_index_kept_without_its_state_before_is_one_generation_all_the_time(
    world: Path, home: Path, first: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    Index(home).update(world, fallback=False)
    (world / "herons.txt").write_text(HERONS)
    seen: list[int] = []
    with monkeypatch.context() as patch:
        at_encoding(lambda: seen.append(len(generation_names(home))), patch)
        Index(home).update(world, fallback=False)
    assert (seen, len(generation_names(home))) == ([1], 1)


def test_an_index_that_waits_for_vectors_can_be_made_again_and_mended(
    world: Path, home: Path, tmp_path: Path, first: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut_off(monkeypatch, lambda: Index(home).update(world))
    (newest,) = generation_names(home)
    (home / newest / "passages").write_bytes(b"")
    Index(home).update(world, check=True)
    write_otters(world)
    cut_off(monkeypatch, lambda: Index(home).update(world))
    Index(home).rebuild()
    check_as_at_once(home, world, tmp_path / "again", monkeypatch)


def test_an_index_that_is_made_again_answers_with_its_vectors_until_then(
    world: Path, home: Path, first: None, published: list[int]
) -> None:
    Index(home).update(world)
    del published[:]
    Index(home).rebuild()
    assert published == [0]


def write_otters(world: Path) -> None:
    (world / "otters.txt").write_text(OTTERS)


def test_a_page_that_is_open_goes_on_with_words_and_then_with_vectors(
    world: Path, home: Path, fast_build: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    Index(home).update(world)
    monkeypatch.setattr(writer, "MANY", 1)
    following = Following(Engine.open([home]))
    write_otters(world)
    seen: list[tuple[int, int]] = []

    def look() -> None:
        engine = following.engine
        answer = engine.ask("When does an otter hunt?")
        assert answer.hits[0].passage.document.source == "otters.txt"
        seen.append((len(engine.documents), engine.unencoded))

    with monkeypatch.context() as patch:
        at_encoding(look, patch)
        Index(home).update(world)
    look()
    assert seen == [(4, 1), (4, 0)]


def test_a_folder_is_asked_by_its_words_while_another_makes_the_vectors(
    world: Path, tmp_path: Path, first: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IBID_HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    engines = Engines()
    seen: list[int] = []

    def look() -> None:
        seen.append(engines.of([world]).unencoded)

    with monkeypatch.context() as patch:
        at_encoding(look, patch)
        report = Index.cached(world).status()
    look()
    assert seen == [report.summary.counts.passages, 0]
    with monkeypatch.context() as patch, writer_lock(Index.of(world).path):
        patch.setattr(store, "WAIT_SECONDS", 0)
        write_otters(world)
        with pytest.raises(IndexBusy):
            engines.of([world])


def test_what_was_left_without_vectors_gets_them_with_the_next_question(
    world: Path, tmp_path: Path, first: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IBID_HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    cut_off(monkeypatch, lambda: Index.cached(world))
    assert summary_of(Index.of(world).path).settings.unencoded
    assert Engines().of([world]).unencoded == 0


@pytest.mark.slow
def test_readers_see_the_old_index_its_words_or_all_of_it(
    world: Path, home: Path, first: None
) -> None:
    Index(home).update(world)
    done, wrong = Event(), []

    def read() -> None:
        while not done.is_set():
            try:
                opened = store.open_index(home)
                assert opened.notice == ""
                assert len(opened.retriever.passages) == opened.saved.manifest.counts.passages
                assert opened.retriever.search(Query("eels at the weir"), 5)
            except (AssertionError, IbidError) as exc:
                wrong.append(exc)
                return

    readers = [Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for number in range(8):
        (world / "more.txt").write_text(f"{HERONS}{OTTERS}The weir has {number} gates.\n")
        Index(home).update(world)
    done.set()
    for reader in readers:
        reader.join()
    assert wrong == []
