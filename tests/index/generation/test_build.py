"""Folders to indexes: what is refused, and when an index in the cache is built again."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index.encoder import cached
from index.encoder.encode import OnnxEncoder
from index.errors import DocumentError, MissingPath, NoDocuments, StorageError
from index.generation import store
from index.generation.build import encode_documents
from index.generation.generations import is_index
from index.generation.publishing import publish
from index.library import writer
from index.library.index import Index
from index.passages.texts import passage_text, sentence_texts
from index.storage import cache
from tests.doubles import HARBOUR


@pytest.fixture
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An IBID_HOME of this test alone."""
    monkeypatch.setenv("IBID_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The indexes that were built."""
    built: list[Path] = []
    real = publish

    def counted(into: Path, *rest: Any) -> Any:
        built.append(into)
        return real(into, *rest)

    monkeypatch.setattr(writer, "publish", counted)
    return built


def test_a_row_that_is_a_passage_by_itself_has_one_vector(
    tmp_path: Path, tiny_encoder: OnnxEncoder
) -> None:
    weirs = {
        "Brell": "eels and herons " * 40,
        "Tarn": "otters and eels " * 40,
        "Holm": "eels",
        "Vik": "eels",
    }
    lines = [f"{weir},{number},{seen}" for number, (weir, seen) in enumerate(weirs.items())]
    (tmp_path / "log.csv").write_text("\n".join(["Weir,Number,Seen", *lines]))
    contents = encode_documents(Index.load(tmp_path / "log.csv").documents, tiny_encoder)
    table = contents.passages
    lone = [number for number, passage in enumerate(table) if len(passage.sentences) == 1]
    assert len(lone) >= 2
    assert len(lone) < len(table)  # brief rows share a passage
    for number in lone:
        assert sentence_texts(table[number]) == [passage_text(table[number])]
        np.testing.assert_array_equal(
            contents.sentence_vectors[table.starts[number]], contents.vectors[number]
        )
    for number in set(range(len(table))).difference(lone):
        assert passage_text(table[number]) not in sentence_texts(table[number])


def test_a_folder_is_indexed_once(
    world: Path, own_home: Path, fast_build: None, builds: list[Path]
) -> None:
    first, second = Index.cached(world).path, Index.cached(world).path
    assert first == second
    assert len(builds) == 1
    assert first.parent == own_home / "indexes"
    assert first.name.startswith("world-")


def change_text(world: Path) -> None:
    (world / "harbour.txt").write_text(HARBOUR + "It is deep now.\n")


def same_size_other_time(world: Path) -> None:
    file = world / "harbour.txt"
    file.write_text(HARBOUR.replace("1987", "1986"))
    os.utime(file, ns=(1, file.stat().st_mtime_ns + 1))


def add(world: Path) -> None:
    (world / "new.txt").write_text("Herons wait at the weir.\n")


def remove(world: Path) -> None:
    (world / "harbour.txt").unlink()


def rename(world: Path) -> None:
    (world / "harbour.txt").rename(world / "port.txt")


def name_sources(world: Path) -> None:
    (world / "sources.toml").write_text('["harbour.txt"]\ntitle = "Given"\n')


@pytest.mark.slow
@pytest.mark.parametrize(
    "change", [change_text, same_size_other_time, add, remove, rename, name_sources]
)
def test_a_changed_folder_is_indexed_again(
    change: Any, world: Path, own_home: Path, fast_build: None, builds: list[Path]
) -> None:
    Index.cached(world)
    change(world)
    path = Index.cached(world).path
    assert len(builds) == 2
    read = {(d.source, d.title, d.text) for d in store.open_index(path).documents}
    now = {(d.source, d.title, d.text) for d in Index.load(world).documents}
    assert read == now
    Index.cached(world)
    assert len(builds) == 2


def test_what_is_not_read_does_not_matter(
    world: Path, own_home: Path, fast_build: None, builds: list[Path]
) -> None:
    Index.cached(world)
    (world / "image.png").write_bytes(b"x")
    (world / ".hidden.txt").write_text("words")
    Index.cached(world)
    assert len(builds) == 1


def test_a_damaged_index_of_the_cache_is_built_again(
    world: Path, own_home: Path, fast_build: None, builds: list[Path]
) -> None:
    path = Index.cached(world).path
    (path / "CURRENT").write_text("{")
    Index.cached(world)
    assert len(builds) == 2
    assert len(store.open_index(path).documents) == 3


def test_so_is_one_whose_vectors_are_damaged_when_the_folder_changed(
    world: Path, own_home: Path, fast_build: None
) -> None:
    path = Index.cached(world).path
    (vectors,) = path.glob("gen-*/vectors")
    vectors.write_bytes(vectors.read_bytes()[:-1])
    add(world)
    Index.cached(world)
    assert len(store.open_index(path).documents) == 4


def test_two_folders_of_one_name_have_two_indexes(
    tmp_path: Path, own_home: Path, fast_build: None
) -> None:
    for parent in ("a", "b"):
        (tmp_path / parent / "docs").mkdir(parents=True)
        (tmp_path / parent / "docs" / "x.txt").write_text(f"This is {parent}.\n")
    assert Index.cached(tmp_path / "a" / "docs").path != Index.cached(tmp_path / "b" / "docs").path


def test_one_bad_file_is_reported_and_the_rest_indexed(
    world: Path, tmp_path: Path, fast_build: None
) -> None:
    (world / "bad.txt").write_bytes(b"\x7fELF\x00\x00\x01")
    report = Index(tmp_path / "index").update(world)
    assert [f.source for f in report.failures] == ["bad.txt"]
    opened = store.open_index(tmp_path / "index")
    assert len(opened.documents) == report.documents == 3
    assert report.passages == len(opened.retriever.passages)


def test_several_paths_are_told_apart_by_their_folders(tmp_path: Path, fast_build: None) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.txt").write_text(f"The eel of {name} is a fish.\n")
    (tmp_path / "one.txt").write_text("The eel of all is a fish.\n")
    Index(tmp_path / "index").update([tmp_path / "a", tmp_path / "b", tmp_path / "one.txt"])
    sources = [d.source for d in store.open_index(tmp_path / "index").documents]
    assert sources == ["a/x.txt", "b/x.txt", "one.txt"]


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (lambda p: p / "nothing", MissingPath),
        (lambda p: p, NoDocuments),
        (lambda p: (p / "a.png").write_bytes(b"x") and p, NoDocuments),
        (lambda p: (p / "a.txt").write_text("Loading comments...\n") and p, NoDocuments),
    ],
    ids=["missing", "empty", "no text file", "nothing to quote"],
)
def test_nothing_to_index_is_a_typed_error_and_leaves_no_index(
    make: Any, error: type[DocumentError], tmp_path: Path, own_home: Path, fast_build: None
) -> None:
    (tmp_path / "docs").mkdir()
    with pytest.raises(error) as caught:
        Index(tmp_path / "index").update(make(tmp_path / "docs"))
    assert "\n" not in str(caught.value)
    assert not is_index(tmp_path / "index")
    with pytest.raises(error):
        Index.cached(make(tmp_path / "docs"))


@pytest.mark.parametrize("name", ["thesis.docx", "gen-00000001/x", "CURRENT-2"])
def test_a_folder_that_holds_something_else_is_not_written_to(
    name: str, world: Path, tmp_path: Path, fast_build: None
) -> None:
    precious = tmp_path / "precious" / name
    precious.parent.mkdir(parents=True)
    precious.write_text("ten years of work")
    with pytest.raises(DocumentError, match="give an empty folder"):
        Index(tmp_path / "precious").update(world)
    assert [p.name for p in (tmp_path / "precious").rglob("*") if p.is_file()] == [precious.name]
    assert precious.read_text() == "ten years of work"


def test_nor_a_file(world: Path, tmp_path: Path, fast_build: None) -> None:
    (tmp_path / "file").write_text("words")
    with pytest.raises((DocumentError, StorageError)):
        Index(tmp_path / "file").update(world)
    assert (tmp_path / "file").read_text() == "words"


def test_the_place_of_a_build_that_failed_can_be_used(
    world: Path, tmp_path: Path, fast_build: None
) -> None:
    with pytest.raises(MissingPath):
        Index(tmp_path / "index").update(tmp_path / "nothing")
    Index(tmp_path / "index").update(world)
    assert is_index(tmp_path / "index")


def test_the_source_is_not_written_to(world: Path, own_home: Path, fast_build: None) -> None:
    before = {p: p.stat().st_mtime_ns for p in world.rglob("*")}
    Index.cached(world)
    assert {p: p.stat().st_mtime_ns for p in world.rglob("*")} == before


def test_progress_counts_up_to_its_total(world: Path, tmp_path: Path, fast_build: None) -> None:
    heard: list[tuple[str, int, int]] = []
    report = Index(tmp_path / "index").update(world, progress=lambda *t: heard.append(t))
    assert all(0 <= done <= total or total == 0 for _, done, total in heard)
    assert ("encoding passages", report.passages, report.passages) in heard
    assert ("encoding sentences", report.sentences, report.sentences) in heard


def test_the_folders_of_the_cache_are_the_users_alone(
    world: Path, own_home: Path, fast_build: None
) -> None:
    path = Index.cached(world).path
    for folder in (own_home, own_home / "indexes", path):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700, folder


def test_a_cache_that_cannot_be_written_gives_way_to_a_temporary_folder(
    world: Path, own_home: Path, fast_build: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = tempfile.TemporaryFile

    def refuse(*args: Any, **keys: Any) -> Any:
        if keys.get("dir") == own_home:
            raise OSError(30, "Read-only file system")
        return real(*args, **keys)

    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    with pytest.warns(UserWarning, match="Set IBID_HOME"):
        path = Index.cached(world).path
    assert own_home not in path.parents
    assert len(store.open_index(path).documents) == 3
    assert Index.cached(world).path == path  # kept for as long as the process lives, and told once


@pytest.mark.parametrize("folder", ["indexes", "encoders"])
def test_a_cache_that_fills_up_is_a_storage_error(
    folder: str, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.home()
    real = Path.mkdir

    def refuse(path: Path, *args: Any, **keys: Any) -> None:
        if path.name == folder:
            raise OSError(28, "No space left on device")
        real(path, *args, **keys)

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(StorageError, match="the disk is full"):
        cache.index_folder(Path("x")) if folder == "indexes" else cache.encoder_folder("x")


@pytest.fixture
def filled(world: Path, own_home: Path, fast_build: None) -> Path:
    Index.cached(world)
    return own_home


def test_the_cache_tells_what_it_holds_and_forgets_it(filled: Path) -> None:
    (entry,) = cache.entries()
    assert (entry.kind, entry.path.parent) == ("index", filled / "indexes")
    whole = sum(p.stat().st_size for p in filled.rglob("*") if p.is_file())
    assert entry.size_bytes == whole > 0
    assert cache.clear() == whole
    assert cache.entries() == []
    assert not is_index(entry.path)
    assert cache.clear() == 0


def test_two_processes_that_compile_at_once_share_the_first_result(
    own_home: Path, tiny_compiled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from index.encoder import compile as compiler

    def slow(folder: Path, into: Path) -> None:
        shutil.copytree(tiny_compiled, into, dirs_exist_ok=True)
        shutil.copytree(tiny_compiled, cache.encoder_folder("digest"))  # another was faster

    monkeypatch.setattr(compiler, "model_folder", lambda name: Path("model"))
    monkeypatch.setattr(compiler, "model_digest", lambda folder: "digest")
    monkeypatch.setattr(compiler, "compile_model", slow)
    encoder, folder = cached.open_encoder("model")
    assert folder == own_home / "encoders" / "digest"
    assert encoder.count_tokens(["eel"]) == [1]
    assert [p.name for p in folder.parent.iterdir()] == ["digest"]


@pytest.mark.parametrize("call", ["rename", "mkdtemp"])
def test_a_compiled_encoder_that_cannot_be_kept_is_a_storage_error(
    call: str, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from index.encoder import compile as compiler

    def refuse(*_: Any, **__: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(compiler, "model_folder", lambda name: Path("model"))
    monkeypatch.setattr(compiler, "model_digest", lambda folder: "digest")
    monkeypatch.setattr(compiler, "compile_model", lambda *_: None)
    cache.encoder_folder("digest")
    monkeypatch.setattr(
        *{"rename": (Path, "rename"), "mkdtemp": (tempfile, "mkdtemp")}[call], refuse
    )
    with pytest.raises(StorageError, match="the disk is full"):
        cached.open_encoder("model")
    assert list((own_home / "encoders").iterdir()) == []
