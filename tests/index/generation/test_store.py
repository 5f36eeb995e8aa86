"""What an index is on disk: whole or refused, the old one or the new one."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from index.encoder.encode import OnnxEncoder
from index.encoder.models import CONFIG, MODEL, TOKENIZER
from index.errors import (
    DamagedIndex,
    ForeignIndex,
    IndexBusy,
    MissingPath,
    StorageError,
)
from index.failures import Failure
from index.generation import build, generations, store
from index.generation.catalog import Catalog
from index.generation.generations import MANIFEST, catalog_of
from index.generation.publishing import publish
from index.language import Query
from index.library import assembling
from index.library.index import Index
from index.storage import disk
from index.storage.manifest import FORMAT, Settings, seal, sum_of, unseal
from tests.doubles import HARBOUR, opener_of, usual, write_world

REPOSITORY = Path(__file__).parents[3]
QUESTIONS = ["How tall is the lighthouse?", "eels at the weir", "zzz"]


def files_of(index: Path) -> list[str]:
    """Every file of an index that is read when it is opened."""
    found = (p.relative_to(index).as_posix() for p in index.rglob("*") if p.is_file())
    return sorted(name for name in found if name != store.LOCK and "objects/" not in name)


def snapshot(index: Path) -> dict[str, bytes]:
    return {name: (index / name).read_bytes() for name in files_of(index)}


def test_what_is_published_is_what_is_opened(
    world: Path, tmp_path: Path, tiny_encoder: OnnxEncoder, tiny_compiled: Path
) -> None:
    loaded = Index.load(world)
    contents = build.encode_documents(loaded.documents, tiny_encoder)
    path = tmp_path / "index"
    with store.writer_lock(path):
        encoder = (tiny_encoder, tiny_compiled)
        publish(path, contents, None, Catalog(), encoder, Settings("m"))
    opened = store.open_index(path)
    assert list(opened.documents) == list(contents.documents)
    for mine, read in zip(contents.documents, opened.documents, strict=True):
        assert (mine.text, mine.title, mine.source) == (read.text, read.title, read.source)
        assert dict(mine.meta) == dict(read.meta)
    assert list(opened.retriever.passages) == list(contents.passages)
    kept = store.base_of(path).contents
    assert kept.terms.vocabulary == contents.terms.vocabulary
    assert list(kept.passages) == list(contents.passages)
    assert opened.settings == Settings("m") == store.summary_of(path).settings
    assert catalog_of(path) == Catalog()
    assert opened.failures == ()
    memory = contents.retriever(tiny_encoder)
    for question in QUESTIONS:
        assert opened.retriever.search(Query(question), 9) == memory.search(Query(question), 9)


def test_near_copies_are_those_of_the_disk_too(
    tmp_path: Path, tiny_encoder: OnnxEncoder, fast_build: None
) -> None:
    world = write_world(tmp_path / "world")
    (world / "mirror.txt").write_text(f"{HARBOUR}\nKept by the sailing club of Brell.\n")
    Index(tmp_path / "index").update(world)
    opened = store.open_index(tmp_path / "index").retriever
    made = build.encode_documents(Index.load(world).documents, tiny_encoder)
    memory = made.retriever(tiny_encoder)
    for question in ("How tall is the lighthouse?", "Who kept this? The sailing club?"):
        found = opened.search(Query(question), 99)
        assert found == memory.search(Query(question), 99)
        said = [h.passage.text for h in found if h.passage.document.source == "mirror.txt"]
        assert said == ["Kept by the sailing club of Brell."]


def test_what_could_not_be_read_is_remembered(
    world: Path, tmp_path: Path, fast_build: None
) -> None:
    (world / "bad.txt").write_bytes(b"\x00\x01\x02")
    report = Index(tmp_path / "index").update(world)
    (failure,) = report.failures
    assert failure.source == "bad.txt"
    assert store.open_index(tmp_path / "index").failures == (Failure(*failure),)
    assert report.documents == 3


def test_a_lone_surrogate_survives(tmp_path: Path, fast_build: None) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / name).write_text("The eel is a fish.\n")
    Index(tmp_path / "index").update(tmp_path / "docs")
    (found,) = store.open_index(tmp_path / "index").documents
    assert found.source == name


INDEX_FILES = [
    "CURRENT",
    "encoder/*/encoder.json",
    "encoder/*/model.onnx",
    "encoder/*/tokenizer.json",
    "gen-00000001/MANIFEST.json",
    "gen-00000001/bm25.json",
    "gen-00000001/bm25_data",
    "gen-00000001/bm25_indices",
    "gen-00000001/bm25_indptr",
    "gen-00000001/copies",
    "gen-00000001/document_digests",
    "gen-00000001/document_ends",
    "gen-00000001/document_languages",
    "gen-00000001/documents",
    "gen-00000001/files.jsonl",
    "gen-00000001/headings.json",
    "gen-00000001/passages",
    "gen-00000001/sentence_digests",
    "gen-00000001/sentence_order",
    "gen-00000001/sentence_terms_ids",
    "gen-00000001/sentence_terms_own",
    "gen-00000001/sentence_terms_starts",
    "gen-00000001/sentence_vectors",
    "gen-00000001/sentences",
    "gen-00000001/terms_ids",
    "gen-00000001/terms_starts",
    "gen-00000001/vectors",
    "gen-00000001/vocabulary.json",
]


def test_the_list_of_files_is_complete(index_path: Path) -> None:
    listed = {p.relative_to(index_path).as_posix() for g in INDEX_FILES for p in index_path.glob(g)}
    assert sorted(listed) == files_of(index_path)
    assert len(listed) == len(INDEX_FILES)


def flip(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]


def cut(data: bytes) -> bytes:
    return data[:-1]


HARMS: dict[str, Callable[[bytes], bytes | None]] = {
    "one bit": flip,
    "cut short": cut,
    "longer": lambda data: data + b"\n",
    "empty": lambda data: b"",
    "missing": lambda data: None,
}


def harm(index: Path, name: str, how: str) -> None:
    (file,) = index.glob(name)
    harmed = HARMS[how](file.read_bytes())
    if harmed is None:
        file.unlink()
    else:
        file.write_bytes(harmed)


def read_all(index: Path) -> tuple[Any, ...]:
    """What is read of an index by those who ask it, and by an update of it."""
    opened = store.open_index(index)
    texts = [d.text for d in opened.documents]
    answers = [opened.retriever.search(Query(question), 9) for question in QUESTIONS]
    base = store.base_of(index).contents
    return texts, answers, list(base.passages), base.terms.vocabulary, catalog_of(index)


@pytest.mark.slow
@pytest.mark.parametrize("name", INDEX_FILES)
@pytest.mark.parametrize("how", HARMS)
def test_a_damaged_file_is_found_and_the_remedy_named(
    name: str, how: str, index_path: Path
) -> None:
    good = read_all(index_path)
    harm(index_path, name, how)
    if name == "CURRENT":  # there is but one that it could name
        assert CURRENT_IS in store.open_index(index_path).notice
        assert read_all(index_path) == good
        return
    with pytest.raises(DamagedIndex, match="--check") as caught:
        read_all(index_path)
    assert "\n" not in str(caught.value)
    assert str(index_path) in str(caught.value)


CURRENT_IS = "is damaged (CURRENT"


@pytest.mark.slow
@pytest.mark.parametrize("name", INDEX_FILES)
def test_what_is_damaged_is_mended(name: str, index_path: Path, fast_build: None) -> None:
    good = read_all(index_path)
    harm(index_path, name, "one bit")
    if name.endswith("files.jsonl"):
        with pytest.raises(DamagedIndex, match="make it again with"):
            Index(index_path).update(check=True)
        return
    if name.endswith(MANIFEST):  # nothing else says what the files were made with
        (index_path / "CURRENT").unlink()
    Index(index_path).update(check=True)
    again = read_all(index_path)
    assert again[:4] == good[:4]
    assert store.damage_of(index_path) == ""
    assert [row.source for row in again[4].rows] == [row.source for row in good[4].rows]


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in INDEX_FILES if not name.startswith("enc")])
@pytest.mark.parametrize("how", HARMS)
def test_the_generation_before_answers_for_one_that_is_damaged(
    name: str, how: str, world: Path, index_path: Path, fast_build: None
) -> None:
    old = read_all(index_path)
    (world / "more.txt").write_text("Herons wait at the weir for eels.\n")
    Index(index_path).update(world)
    new = read_all(index_path)
    harm(index_path, name.replace("00000001", "00000002"), how)
    found = read_all(index_path)
    for mine, before, after in zip(found, old, new, strict=True):
        assert mine in (before, after)
    opened = store.open_index(index_path)
    if len(opened.documents) == 3:
        assert "is damaged" in opened.notice
        assert "--check" in opened.notice
    Index(index_path).update(check=True)
    Index(index_path).update(world)  # where the list was lost that named this folder
    assert read_all(index_path)[:4] == new[:4]
    assert store.open_index(index_path).notice == ""


def test_what_two_generations_share_are_two_files(
    world: Path, index_path: Path, fast_build: None
) -> None:
    (world / "bad.txt").write_bytes(b"\x00\x01\x02")
    Index(index_path).update(world)
    old, new = sorted(index_path.glob("gen-*"))
    assert (old / "vectors").read_bytes() == (new / "vectors").read_bytes()
    assert (old / "vectors").stat().st_ino != (new / "vectors").stat().st_ino


def test_every_bit_of_current_matters(index_path: Path) -> None:
    good = (index_path / "CURRENT").read_bytes()
    for i in range(len(good)):
        for bit in (1, 4, 64):
            (index_path / "CURRENT").write_bytes(good[:i] + bytes([good[i] ^ bit]) + good[i + 1 :])
            assert CURRENT_IS in store.summary_of(index_path).notice


@pytest.mark.parametrize("pointer", ["[]", "null", "3", '"gen"', "{}", '{"generation": 1}', "\\"])
@pytest.mark.parametrize("sealed", [True, False])
def test_a_current_that_is_something_else_is_damage(
    pointer: str, sealed: bool, index_path: Path
) -> None:
    (index_path / "CURRENT").write_text(seal(pointer) if sealed else pointer)
    assert "is damaged" in store.open_index(index_path).notice
    assert "is damaged" in store.summary_of(index_path).notice


def reseal(index: Path, change: Callable[[dict[str, Any]], Any]) -> None:
    """Change the manifest and make CURRENT agree, as another version would have written it."""
    (folder,) = index.glob("gen-*")
    content = json.loads(unseal((folder / MANIFEST).read_bytes()))
    change(content)
    (folder / MANIFEST).write_text(seal(json.dumps(content)))
    generations.point(index, folder)


def test_another_format_is_foreign_and_the_remedy_named(index_path: Path) -> None:
    reseal(index_path, lambda manifest: manifest.update(format=FORMAT + 1))
    with pytest.raises(ForeignIndex, match="build it again with: ibid index") as caught:
        store.open_index(index_path)
    assert f"format {FORMAT + 1}" in str(caught.value)


def test_an_index_that_keeps_no_stems_of_sentences_is_foreign(index_path: Path) -> None:
    reseal(index_path, lambda manifest: manifest.update(format=3))
    with pytest.raises(ForeignIndex, match=r"format 3.*build it again with: ibid index"):
        store.open_index(index_path)


def test_an_index_of_before_the_sums_is_foreign(index_path: Path) -> None:
    (index_path / "gen-00000001" / MANIFEST).write_text('{"format": 2}')
    pointer = {"generation": "gen-00000001", "manifest": sum_of(b'{"format": 2}')}
    (index_path / "CURRENT").write_text(json.dumps(pointer))
    with pytest.raises(ForeignIndex, match="build it again with: ibid index"):
        store.open_index(index_path)


def test_a_foreign_generation_before_a_damaged_one_does_not_hide_that(
    world: Path, index_path: Path, fast_build: None
) -> None:
    (world / "more.txt").write_text("Herons wait at the weir for eels.\n")
    Index(index_path).update(world)
    (index_path / "gen-00000001" / MANIFEST).write_text('{"format": 2}')
    (index_path / "gen-00000002" / "copies").unlink()
    with pytest.raises(DamagedIndex, match="copies is missing"):
        store.open_index(index_path)
    Index(index_path).update(check=True)
    assert len(store.open_index(index_path).documents) == 4


@pytest.mark.parametrize("key", ["format", "files", "encoder", "settings", "failures"])
def test_a_manifest_without_its_parts_is_damage(key: str, index_path: Path) -> None:
    reseal(index_path, lambda manifest: manifest.pop(key))
    with pytest.raises(DamagedIndex, match=key):
        store.open_index(index_path)


def test_what_else_lies_beside_an_encoder_is_not_taken(
    world: Path, tmp_path: Path, tiny_compiled: Path
) -> None:
    own = Path(shutil.copytree(tiny_compiled, tmp_path / "default"))
    (own / "__pycache__").mkdir()
    (own / ".DS_Store").write_bytes(b"left by a file manager")
    with usual(open_encoder=opener_of(own)):
        Index(tmp_path / "index").update(world)
    (kept,) = (tmp_path / "index" / "encoder").iterdir()
    assert {file.name for file in kept.iterdir()} == {CONFIG, MODEL, TOKENIZER}


def test_no_index_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(MissingPath, match="ibid index PATH --into"):
        store.open_index(tmp_path)


def test_a_second_generation_replaces_the_first(
    world: Path, index_path: Path, fast_build: None
) -> None:
    (world / "more.txt").write_text("Herons wait at the weir for eels.\n")
    Index(index_path).update(world)
    opened = store.open_index(index_path)
    assert len(opened.documents) == 4
    kept = sorted(p.name for p in index_path.glob("gen-*"))
    assert kept == ["gen-00000001", "gen-00000002"]  # one to fall back to
    assert not list(index_path.rglob("tmp-*"))


def test_the_index_is_nobody_elses_business(index_path: Path) -> None:
    assert index_path.stat().st_mode & 0o777 == 0o700
    (generation,) = index_path.glob("gen-*")
    assert generation.stat().st_mode & 0o777 == 0o700


FAULTS: dict[str, str] = {
    "fsync": "os.fsync",
    "replace": "os.replace",
    "rename": "os.rename",
    "mkdtemp": "index.generation.publishing.tempfile.mkdtemp",
    "write": "os.write",
    "write arrays": "index.storage.checked.Draft.save",
    "keep an original": "index.storage.originals.disk.replace",
    "keep vectors": "index.encoder.remember.disk.replace",
    "write the manifest": "index.generation.publishing.disk.write",
}


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_a_disk_that_refuses_leaves_the_old_index_whole(
    fault: str, code: int, world: Path, index_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = snapshot(index_path)
    (world / "more.txt").write_text("Herons wait at the weir for eels.\n")

    def refuse(*_: Any, **__: Any) -> None:
        raise OSError(code, os.strerror(code))

    with monkeypatch.context() as patch:
        patch.setattr(FAULTS[fault], refuse)
        with pytest.raises(StorageError) as caught:
            Index(index_path).update(world)
    assert str(index_path) in str(caught.value)
    assert "\n" not in str(caught.value)
    after = snapshot(index_path)
    assert {name: after.get(name) for name in before} == before
    assert len(store.open_index(index_path).documents) == 3
    Index(index_path).update(world)  # and when the disk is well again, it works
    assert len(store.open_index(index_path).documents) == 4
    assert not list(index_path.glob("tmp-*"))


@pytest.mark.parametrize("free", [0, 20_000])
def test_a_disk_that_is_too_full_is_told_before_the_work_begins(
    free: int, world: Path, index_path: Path, fast_build: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = snapshot(index_path)
    (world / "more.txt").write_text("Herons wait at the weir for eels.\n" * 300)
    usage = SimpleNamespace(total=0, used=0, free=free)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)
    monkeypatch.setattr(assembling, "count_documents", None)  # it is not come to
    with pytest.raises(StorageError, match=r"takes about \d MB and 0 MB are free; free some space"):
        Index(index_path).update(world)
    assert snapshot(index_path) == before


def test_a_kept_index_counts_what_has_two_names_once(index_path: Path, world: Path) -> None:
    size = disk.size_of(index_path, set())
    (world / "bad.txt").write_bytes(b"\x00\x01\x02")
    Index(index_path).update(world)
    assert len(list(index_path.glob("gen-*"))) == 2
    assert disk.size_of(index_path, set()) < size + 40_000


@pytest.mark.slow
def test_wherever_a_flush_fails_an_index_is_whole(
    world: Path, index_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (world / "more.txt").write_text("Herons wait at the weir for eels.\n")
    real = os.fsync
    left = until_failure = 0
    failed = True

    def fail_in_time(handle: int) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(handle)

    monkeypatch.setattr(os, "fsync", fail_in_time)
    while failed:
        left = until_failure
        try:
            Index(index_path).update(world)
            failed = False
        except StorageError:
            assert len(store.open_index(index_path).documents) in (3, 4)
            until_failure += 1
    assert until_failure > 10
    assert len(store.open_index(index_path).documents) == 4


def test_the_index_folder_that_cannot_be_made_is_a_storage_error(
    world: Path, tmp_path: Path, fast_build: None
) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StorageError):
        Index(tmp_path / "file" / "index").update(world)


HOLD = """
import sys, time
from pathlib import Path
from index.generation import writer_lock
with writer_lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.readline()
"""


def holder(index: Path) -> subprocess.Popen[str]:
    """Another process that holds the writer's place until it is told to end."""
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(index)],
        cwd=REPOSITORY,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "held\n"
    return other


def release(other: subprocess.Popen[str]) -> None:
    other.communicate("\n", timeout=60)
    assert other.returncode == 0


@pytest.mark.slow
def test_a_second_writer_says_that_it_waits_and_then_builds(
    world: Path, index_path: Path, fast_build: None
) -> None:
    other = holder(index_path)
    stages: list[str] = []

    def hear(stage: str, done: int, total: int) -> None:
        if "waiting" in stage:
            release(other)
        stages.append(stage)

    Index(index_path).update(world, progress=hear)
    assert stages[0] == "waiting for another process to finish this index"
    assert len(stages) > 1


@pytest.mark.slow
def test_a_second_writer_that_waits_too_long_says_so(
    world: Path, index_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "WAIT_SECONDS", 0.1)
    other = holder(index_path)
    try:
        with pytest.raises(IndexBusy, match="another process is building"):
            Index(index_path).update(world)
        assert len(store.open_index(index_path).documents) == 3  # readers are never blocked
    finally:
        release(other)


@pytest.mark.slow
def test_a_writer_that_died_leaves_no_lock(world: Path, index_path: Path, fast_build: None) -> None:
    other = holder(index_path)
    other.kill()
    other.communicate()
    Index(index_path).update(world)


def test_an_index_can_be_moved(index_path: Path, tmp_path: Path) -> None:
    moved = Path(shutil.move(index_path, tmp_path / "elsewhere"))
    assert len(store.open_index(moved).documents) == 3


def test_the_same_documents_give_the_same_bytes(tmp_path: Path, fast_build: None) -> None:
    made = []
    for name in ("one", "two"):
        world = write_world(tmp_path / name / "world")
        Index(tmp_path / name / "index").update(world)
        content = snapshot(tmp_path / name / "index")
        own = (MANIFEST, "CURRENT", "files.jsonl")  # paths and times are in them
        made.append({n: b for n, b in content.items() if not n.endswith(own)})
    assert made[0] == made[1]


def test_vectors_of_the_index_are_unit_rows(opened: store.SavedGeneration) -> None:
    dense = opened.retriever.dense
    for rows in (dense._passages, dense._sentences):
        norms = np.linalg.norm(rows[:].astype(np.float32), axis=1)
        np.testing.assert_allclose(norms, 1, atol=1e-3)
