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
from typing import Any

import numpy as np
import pytest

from index import build, library, store
from index.catalog import Catalog
from index.encode import OnnxEncoder
from index.errors import (
    DamagedIndex,
    EncoderError,
    ForeignIndex,
    IndexBusy,
    MissingPath,
    StorageError,
)
from index.folder import load_folder
from index.generations import catalog_of
from index.load.formats import Failure
from tests.doubles import HARBOUR, write_world

REPOSITORY = Path(__file__).parents[2]
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
    loaded = load_folder(world)
    contents = build.encode_documents(loaded.documents, tiny_encoder)
    path = tmp_path / "index"
    with store.writer_lock(path):
        encoder = (tiny_encoder, tiny_compiled)
        store.publish(path, contents, None, Catalog(), encoder, {"model": "m"})
    opened = store.open_index(path)
    assert opened.documents == tuple(contents.documents)
    for mine, read in zip(contents.documents, opened.documents, strict=True):
        assert (mine.text, mine.title, mine.source) == (read.text, read.title, read.source)
        assert dict(mine.meta) == dict(read.meta)
    assert list(opened.retriever.passages) == list(contents.passages)
    read = store.base_of(path).contents
    assert read.terms.vocabulary == contents.terms.vocabulary
    assert list(read.passages) == list(contents.passages)
    assert opened.settings == {"model": "m"} == store.summary_of(path).settings
    assert catalog_of(path) == Catalog()
    assert opened.failures == ()
    memory = contents.retriever(tiny_encoder)
    for question in QUESTIONS:
        assert opened.retriever.search(question, 9) == memory.search(question, 9)


def test_near_copies_are_those_of_the_disk_too(
    tmp_path: Path, tiny_encoder: OnnxEncoder, fast_build: None
) -> None:
    world = write_world(tmp_path / "world")
    (world / "mirror.txt").write_text(f"{HARBOUR}\nKept by the sailing club of Brell.\n")
    library.update([world], tmp_path / "index")
    opened = store.open_index(tmp_path / "index").retriever
    made = build.encode_documents(load_folder(world).documents, tiny_encoder)
    memory = made.retriever(tiny_encoder)
    for question in ("How tall is the lighthouse?", "Who kept this? The sailing club?"):
        found = opened.search(question, 99)
        assert found == memory.search(question, 99)
        said = [h.passage.text for h in found if h.passage.document.source == "mirror.txt"]
        assert said == ["Kept by the sailing club of Brell."]


def test_what_could_not_be_read_is_remembered(
    world: Path, tmp_path: Path, fast_build: None
) -> None:
    (world / "bad.txt").write_bytes(b"\x00\x01\x02")
    report = library.update([world], tmp_path / "index")
    (failure,) = report.failures
    assert failure.source == "bad.txt"
    assert store.open_index(tmp_path / "index").failures == (Failure(*failure),)
    assert report.documents == 3


def test_a_lone_surrogate_survives(tmp_path: Path, fast_build: None) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / name).write_text("The eel is a fish.\n")
    library.update([tmp_path / "docs"], tmp_path / "index")
    (found,) = store.open_index(tmp_path / "index").documents
    assert found.source == name


INDEX_FILES = [
    "CURRENT",
    "encoder/*/encoder.json",
    "encoder/*/model.onnx",
    "encoder/*/tokenizer.json",
    "gen-00000001/MANIFEST.json",
    "gen-00000001/bm25/data.csc.index.npy",
    "gen-00000001/bm25/indices.csc.index.npy",
    "gen-00000001/bm25/indptr.csc.index.npy",
    "gen-00000001/bm25/params.index.json",
    "gen-00000001/bm25/sparse.json",
    "gen-00000001/bm25/vocab.index.json",
    "gen-00000001/copies.npy",
    "gen-00000001/documents.jsonl",
    "gen-00000001/files.jsonl",
    "gen-00000001/headings.json",
    "gen-00000001/passages.npy",
    "gen-00000001/sentence_digests.npy",
    "gen-00000001/sentence_vectors.npy",
    "gen-00000001/sentences.npy",
    "gen-00000001/terms/ids.npy",
    "gen-00000001/terms/lengths.npy",
    "gen-00000001/terms/starts.npy",
    "gen-00000001/terms/vocabulary.json",
    "gen-00000001/vectors.npy",
]


def test_the_list_of_files_is_complete(index_path: Path) -> None:
    listed = {p.relative_to(index_path).as_posix() for g in INDEX_FILES for p in index_path.glob(g)}
    assert sorted(listed) == files_of(index_path)
    assert len(listed) == len(INDEX_FILES)


def flip(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]


@pytest.mark.parametrize("name", INDEX_FILES)
@pytest.mark.parametrize(
    "harm",
    [flip, lambda data: data[:-1], lambda data: data + b"\n", lambda data: b"", lambda data: None],
    ids=["one bit", "cut short", "longer", "empty", "missing"],
)
def test_a_damaged_file_is_found_and_the_remedy_named(
    name: str, harm: Callable[[bytes], bytes | None], index_path: Path
) -> None:
    (file,) = index_path.glob(name)
    harmed = harm(file.read_bytes())
    file.unlink()  # the encoder's files are links: the cache keeps its own
    if harmed is not None:
        file.write_bytes(harmed)
    if name == "CURRENT" and harmed is None:
        with pytest.raises(MissingPath, match="ibid index"):
            store.open_index(index_path)
    elif name == "CURRENT" and harmed and harmed.endswith(b"\n"):
        store.open_index(index_path)  # a line end more is the same JSON
    else:
        with pytest.raises(DamagedIndex, match="build it again") as caught:
            store.open_index(index_path)
        assert "\n" not in str(caught.value)
        assert str(index_path) in str(caught.value)


def test_every_bit_of_current_matters(index_path: Path) -> None:
    good = (index_path / "CURRENT").read_bytes()
    for i in range(len(good)):
        for bit in (1, 4, 64):
            harmed = good[:i] + bytes([good[i] ^ bit]) + good[i + 1 :]
            if harmed.split() == good.split():
                continue  # another white space
            (index_path / "CURRENT").write_bytes(harmed)
            with pytest.raises((DamagedIndex, ForeignIndex)):
                store.open_index(index_path)


@pytest.mark.parametrize("pointer", ["[]", "null", "3", '"gen"', "{}", '{"generation": 1}', "\\"])
def test_a_current_that_is_something_else_is_damage(pointer: str, index_path: Path) -> None:
    (index_path / "CURRENT").write_text(pointer)
    with pytest.raises(DamagedIndex):
        store.open_index(index_path)
    with pytest.raises(DamagedIndex):
        store.summary_of(index_path)


def reseal(index: Path, change: Callable[[dict[str, Any]], Any]) -> None:
    """Change the manifest and make CURRENT agree, as another version would have written it."""
    pointer = json.loads((index / "CURRENT").read_text())
    manifest = index / pointer["generation"] / store.MANIFEST
    content = json.loads(manifest.read_text())
    change(content)
    manifest.write_text(json.dumps(content))
    pointer["manifest"] = store.sha256(manifest)
    (index / "CURRENT").write_text(json.dumps(pointer))


def test_another_format_is_foreign_and_the_remedy_named(index_path: Path) -> None:
    reseal(index_path, lambda manifest: manifest.update(format=store.FORMAT + 1))
    with pytest.raises(ForeignIndex, match="build it again with: ibid index") as caught:
        store.open_index(index_path)
    assert f"format {store.FORMAT + 1}" in str(caught.value)


@pytest.mark.parametrize("key", ["format", "files", "encoder", "settings", "failures"])
def test_a_manifest_without_its_parts_is_damage(key: str, index_path: Path) -> None:
    reseal(index_path, lambda manifest: manifest.pop(key))
    with pytest.raises((DamagedIndex, EncoderError)):
        store.open_index(index_path)


def test_no_index_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(MissingPath, match="ibid index PATH --into"):
        store.open_index(tmp_path)


def test_a_second_generation_replaces_the_first(
    world: Path, index_path: Path, fast_build: None
) -> None:
    (world / "more.txt").write_text("Herons wait at the weir for eels.\n")
    library.update([world], index_path)
    opened = store.open_index(index_path)
    assert len(opened.documents) == 4
    assert [p.name for p in index_path.glob("gen-*")] == ["gen-00000002"]
    assert not list(index_path.rglob("tmp-*"))


def test_the_index_is_nobody_elses_business(index_path: Path) -> None:
    assert index_path.stat().st_mode & 0o777 == 0o700
    (generation,) = index_path.glob("gen-*")
    assert generation.stat().st_mode & 0o777 == 0o700


FAULTS: dict[str, tuple[str, Any]] = {
    "fsync": ("index.store.os.fsync", None),
    "replace": ("index.store.os.replace", None),
    "rename": ("pathlib.Path.rename", None),
    "mkdtemp": ("index.store.tempfile.mkdtemp", None),
    "write arrays": ("index.contents.np.save", None),
    "write the files": ("index.catalog.Catalog.save", None),
    "keep an original": ("index.originals.os.replace", None),
    "keep vectors": ("index.remember.os.replace", None),
    "write bm25": ("index.sparse.Sparse.save", None),
    "write the manifest": ("index.store.write_synced", None),
}


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
        patch.setattr(FAULTS[fault][0], refuse)
        with pytest.raises(StorageError) as caught:
            library.update([world], index_path)
    assert str(index_path) in str(caught.value)
    assert "\n" not in str(caught.value)
    after = snapshot(index_path)
    assert {name: after.get(name) for name in before} == before
    assert len(store.open_index(index_path).documents) == 3
    library.update([world], index_path)  # and when the disk is well again, it works
    assert len(store.open_index(index_path).documents) == 4
    assert not list(index_path.glob("tmp-*"))


def test_wherever_a_flush_fails_an_index_is_whole(
    world: Path, index_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (world / "more.txt").write_text("Herons wait at the weir for eels.\n")
    real = os.fsync
    until_failure = 0
    failed = True

    def fail_in_time(handle: int) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(handle)

    monkeypatch.setattr(store.os, "fsync", fail_in_time)
    while failed:
        left = until_failure
        try:
            library.update([world], index_path)
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
        library.update([world], tmp_path / "file" / "index")


HOLD = """
import sys, time
from pathlib import Path
from index import store
with store.writer_lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.readline()
"""


def holder(index: Path) -> subprocess.Popen[str]:
    """Another process that holds the writer's place until it is told to end."""
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(index)],
        cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert other.stdout is not None
    assert other.stdout.readline() == "held\n"
    return other


def release(other: subprocess.Popen[str]) -> None:
    other.communicate("\n", timeout=60)
    assert other.returncode == 0


def test_a_second_writer_says_that_it_waits_and_then_builds(
    world: Path, index_path: Path, fast_build: None
) -> None:
    other = holder(index_path)
    stages: list[str] = []

    def hear(stage: str, done: int, total: int) -> None:
        if "waiting" in stage:
            release(other)
        stages.append(stage)

    library.update([world], index_path, progress=hear)
    assert stages[0] == "waiting for another process to finish this index"
    assert len(stages) > 1


def test_a_second_writer_that_waits_too_long_says_so(
    world: Path, index_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "WAIT_SECONDS", 0.1)
    other = holder(index_path)
    try:
        with pytest.raises(IndexBusy, match="another process is building"):
            library.update([world], index_path)
        assert len(store.open_index(index_path).documents) == 3  # readers are never blocked
    finally:
        release(other)


def test_a_writer_that_died_leaves_no_lock(world: Path, index_path: Path, fast_build: None) -> None:
    other = holder(index_path)
    other.kill()
    other.communicate()
    library.update([world], index_path)


def test_an_index_can_be_moved(index_path: Path, tmp_path: Path) -> None:
    moved = Path(shutil.move(index_path, tmp_path / "elsewhere"))
    assert len(store.open_index(moved).documents) == 3


def test_the_same_documents_give_the_same_bytes(tmp_path: Path, fast_build: None) -> None:
    made = []
    for name in ("one", "two"):
        world = write_world(tmp_path / name / "world")
        library.update([world], tmp_path / name / "index")
        content = snapshot(tmp_path / name / "index")
        own = ("MANIFEST.json", "CURRENT", "files.jsonl")  # paths and times are in them
        made.append({n: b for n, b in content.items() if not n.endswith(own)})
    assert made[0] == made[1]


def test_vectors_of_the_index_are_unit_rows(opened: store.Generation) -> None:
    dense = opened.retriever.dense
    for rows in (dense._passages, dense._sentences):
        np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
