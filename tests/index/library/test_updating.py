"""Keeping up: whatever was done to a folder, its index answers as one built afresh."""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from index.encoder import remember
from index.encoder.encode import OnnxEncoder
from index.encoder.remember import Remembering
from index.errors import (
    DamagedIndex,
    EncoderError,
    ForeignIndex,
    MissingPath,
    NoDocuments,
    UnreadableDocument,
)
from index.files.reading import read_bytes
from index.files.roots import Root
from index.files.walk import find_files
from index.generation import generations, store
from index.generation.generations import MANIFEST, catalog_of, is_index
from index.isolation.process import Process
from index.language import Query
from index.library import reading, writer
from index.library.index import Index
from index.library.recipe import VERSION, Recipe
from index.library.report import UpdateReport
from index.passages.texts import sentence_stems
from index.storage.manifest import FORMAT, seal, unseal
from tests.doubles import BREAD, EELS, HARBOUR, opener_of, write_encoder

QUESTIONS = ["How tall is the lighthouse?", "eels at the weir", "rye bread of Brell", "mud zzz"]
TEXTS = [HARBOUR, EELS, BREAD, "Herons wait at the weir for eels.\n", "The mole is long.\n"]
NAMES = ["a.txt", "b.md", "deep/c.txt", "deep/d.md", "e.txt"]


def answers(index: Path) -> list[Any]:
    """What a person would see of an index."""
    opened = store.open_index(index)
    seen: list[Any] = [
        (d.source, d.title, d.text, dict(d.meta), d.copies, d.pages) for d in opened.documents
    ]
    for question in QUESTIONS:
        seen += [
            (
                h.passage.document.source,
                h.passage.start,
                h.passage.end,
                h.passage.headings,
                dict(h.ranks),
                h.evidence.lexical if h.evidence else None,
            )
            for h in opened.retriever.search(Query(question), 20)
        ]
        seen.append(opened.retriever.missing(Query(question)))
    return seen


def same_as_fresh(index: Path, folder: Path, again: Path) -> None:
    """Compare with an index built afresh, in `again`, of the same folder."""
    shutil.rmtree(again, ignore_errors=True)
    Index(again).update(folder)
    assert answers(index) == answers(again)
    retriever = store.open_index(index).retriever
    stems = [sentence_stems(p.document, s) for p in retriever.passages for s in p.sentences]
    assert [retriever.sparse.sentence(i) for i in range(len(stems))] == stems
    for name in ("vectors", "sentence_vectors"):
        mine, fresh = (getattr(store.base_of(i).contents, name) for i in (index, again))
        np.testing.assert_allclose(mine, fresh, atol=1e-6)


CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["write", "remove", "rename", "touch"]),
        st.sampled_from(NAMES),
        st.sampled_from(NAMES),
        st.integers(0, len(TEXTS) - 1),
    ),
    min_size=1,
    max_size=5,
)


def change(folder: Path, what: str, name: str, other: str, text: int) -> None:
    file, target = folder / name, folder / other
    target.parent.mkdir(parents=True, exist_ok=True)
    if what == "write":
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(TEXTS[text])
    elif what == "remove":
        file.unlink(missing_ok=True)
    elif what == "rename" and file.exists():
        file.rename(target)
    elif file.exists():
        os.utime(file, ns=(1, file.stat().st_mtime_ns + 1))


@pytest.mark.slow
@given(st.lists(CHANGES, min_size=1, max_size=3))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
def test_after_any_changes_it_is_as_built_afresh(
    tmp_path: Path, fast_build: None, rounds: list[list[tuple[str, str, str, int]]]
) -> None:
    folder, index = tmp_path / "docs", tmp_path / "index"
    for path in (folder, index):
        shutil.rmtree(path, ignore_errors=True)
    folder.mkdir()
    (folder / "always.txt").write_text("Storks nest on the chimney of the brewery.\n")
    Index(index).update(folder)
    for changes in rounds:
        for one in changes:
            change(folder, *one)
        Index(index).update(folder)
        same_as_fresh(index, folder, tmp_path / "again")


@pytest.fixture
def index(world: Path, tmp_path: Path, fast_build: None) -> Path:
    """An index of the three documents of the world."""
    Index(tmp_path / "index").update(world)
    return tmp_path / "index"


def counts(report: UpdateReport) -> dict[str, int]:
    names = ("added", "changed", "renamed", "removed", "unchanged")
    return {name: getattr(report, name) for name in names if getattr(report, name)}


def test_nothing_changed_is_nothing_done(world: Path, index: Path, encoded: list[str]) -> None:
    generation = (index / "CURRENT").read_bytes()
    report = Index(index).update(world)
    assert counts(report) == {"unchanged": 3}
    assert (report.documents, encoded) == (3, [])
    assert (index / "CURRENT").read_bytes() == generation


def test_only_what_is_new_is_encoded(world: Path, index: Path, encoded: list[str]) -> None:
    (world / "harbour.txt").write_text(HARBOUR.replace("eleven months", "a year"))
    (world / "herons.txt").write_text("Herons wait at the weir.\n")
    assert counts(Index(index).update(world)) == {"added": 1, "changed": 1, "unchanged": 2}
    assert all("a year" in text or "Herons" in text for text in encoded)
    assert encoded


def test_a_renamed_file_keeps_its_vectors(world: Path, index: Path, encoded: list[str]) -> None:
    (world / "eels.md").rename(world / "nested" / "fish.md")
    assert counts(Index(index).update(world)) == {"renamed": 1, "unchanged": 2}
    assert encoded == []
    assert {d.source for d in store.open_index(index).documents} == {
        "harbour.txt",
        "nested/bread.txt",
        "nested/fish.md",
    }


def test_a_file_that_was_only_touched_is_not_read_twice(
    world: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.utime(world / "eels.md", ns=(1, 1))
    assert counts(Index(index).update(world)) == {"unchanged": 3}
    read: list[Path] = []
    monkeypatch.setattr(reading, "read_bytes", lambda file, _: read.append(file.path))
    Index(index).update(world)
    assert read == []


def test_a_change_behind_the_stamp_is_found_by_checking(world: Path, index: Path) -> None:
    file = world / "harbour.txt"
    stamp = file.stat()
    with file.open("r+") as stream:
        stream.write("Thy")
    os.utime(file, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    assert counts(Index(index).update(world)) == {"unchanged": 3}
    assert counts(Index(index).update(world, check=True)) == {"changed": 1, "unchanged": 2}
    same_as_fresh(index, world, index.parent / "again")


def test_what_the_owner_says_of_a_file_is_read_again(world: Path, index: Path) -> None:
    (world / "sources.toml").write_text('["eels.md"]\nauthor = "Ida Holm"\n')
    Index(index).update(world)
    (eels,) = (d for d in store.open_index(index).documents if d.source == "eels.md")
    assert eels.meta["author"] == "Ida Holm"
    (world / "sources.toml").unlink()
    Index(index).update(world)
    same_as_fresh(index, world, index.parent / "again")


def test_one_text_under_two_names_is_one_document_with_both(world: Path, index: Path) -> None:
    (world / "copy.md").write_text(EELS)
    Index(index).update(world)
    (eels,) = (d for d in store.open_index(index).documents if d.text == EELS)
    assert (eels.source, eels.copies) == ("copy.md", ("eels.md",))
    same_as_fresh(index, world, index.parent / "again")
    (world / "copy.md").unlink()
    Index(index).update(world)
    same_as_fresh(index, world, index.parent / "again")


def test_a_file_that_cannot_be_read_any_more_is_a_failure(world: Path, index: Path) -> None:
    (world / "eels.md").write_bytes(b"\x00\x01\x02")
    report = Index(index).update(world)
    assert [f.source for f in report.failures] == ["eels.md"]
    assert report.documents == 2
    assert counts(Index(index).update(world)) == {"unchanged": 3}  # not tried again
    assert store.open_index(index).failures == report.failures


def test_a_file_that_was_given_up_is_tried_again_by_checking(
    world: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: Any) -> Any:
        raise UnreadableDocument("herons.txt: it took over 30 seconds to read")

    (world / "herons.txt").write_text("Herons wait at the weir.\n")
    with monkeypatch.context() as patch:
        patch.setattr(Process, "read", busy)
        assert len(Index(index).update(world).failures) == 1
    assert len(Index(index).update(world).failures) == 1
    report = Index(index).update(world, check=True)
    assert (report.documents, report.failures) == (4, ())
    same_as_fresh(index, world, index.parent / "again")


def test_a_second_folder_is_added(world: Path, index: Path, tmp_path: Path) -> None:
    other = tmp_path / "birds"
    other.mkdir()
    (other / "herons.txt").write_text("Herons wait at the weir.\n")
    Index(index).update(other)
    sources = [d.source for d in store.open_index(index).documents]
    assert sources == ["eels.md", "harbour.txt", "nested/bread.txt", "birds/herons.txt"]
    (world / "eels.md").unlink()
    Index(index).update(other)
    assert len(store.open_index(index).documents) == 4  # the other folder was not looked at
    assert counts(Index(index).update()) == {"removed": 1, "unchanged": 3}
    assert counts(Index(index).remove(str(other))) == {"removed": 1, "unchanged": 2}
    same_as_fresh(index, world, tmp_path / "again")


def test_a_folder_around_an_indexed_one_takes_its_place(
    world: Path, index: Path, tmp_path: Path
) -> None:
    outer = tmp_path / "outer"
    outer.mkdir()
    shutil.move(world, outer / "world")
    Index(tmp_path / "own").update(outer / "world")
    (outer / "herons.txt").write_text("Herons wait at the weir.\n")
    Index(tmp_path / "own").update(outer)
    assert len(catalog_of(tmp_path / "own").roots) == 1
    assert len(store.open_index(tmp_path / "own").documents) == 4


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("eels.md", {"harbour.txt", "nested/bread.txt"}),
        ("nested", {"harbour.txt", "eels.md"}),
        ("*.md", {"harbour.txt", "nested/bread.txt"}),
        ("WORLD/eels.md", {"harbour.txt", "nested/bread.txt"}),
    ],
)
def test_what_is_removed_stays_away_until_it_is_named(
    name: str, left: set[str], world: Path, index: Path
) -> None:
    Index(index).remove(name.replace("WORLD", str(world)))
    Index(index).update()
    assert {d.source for d in store.open_index(index).documents} == left
    Index(index).update([world / "eels.md", world / "nested"])
    assert len(store.open_index(index).documents) == 3


def test_nothing_is_removed_by_a_wrong_name_nor_all_by_any(world: Path, index: Path) -> None:
    with pytest.raises(MissingPath, match="ibid status"):
        Index(index).remove("nothing.txt")
    with pytest.raises(NoDocuments):
        Index(index).remove("*")
    assert len(store.open_index(index).documents) == 3


def test_rules_say_what_of_a_folder_is_read_and_are_remembered(world: Path, index: Path) -> None:
    Index(index).update(world, include=("*.md", "*.txt"), exclude=("nested/",))
    assert {d.source for d in store.open_index(index).documents} == {"eels.md", "harbour.txt"}
    (world / "nested" / "more.txt").write_text("Herons wait at the weir.\n")
    Index(index).update()
    assert len(store.open_index(index).documents) == 2
    Index(index).update(world, include=(), exclude=())
    assert len(store.open_index(index).documents) == 4


def test_ignore_files_are_respected_the_nearest_first(world: Path, index: Path) -> None:
    (world / ".gitignore").write_text("*.txt\n")
    (world / "nested" / ".ibidignore").write_text("!bread.txt\n")
    Index(index).update()
    assert {d.source for d in store.open_index(index).documents} == {"eels.md", "nested/bread.txt"}


@pytest.fixture
def other(tmp_path: Path) -> Recipe:
    """Indexes are made with an encoder of another kind, which has a model of its own."""
    folder = write_encoder(tmp_path / "other", max_tokens=128, seed=8)
    return replace(Index.usual, open_encoder=opener_of(folder))


def test_another_encoder_is_refused_and_the_index_made_again_of_what_it_keeps(
    world: Path, index: Path, other: Recipe
) -> None:
    before = store.open_index(index)
    with pytest.raises(ForeignIndex, match="--model other --rebuild"):
        Index(index, other).update(world, model="other")
    shutil.rmtree(world)
    Index(index, other).rebuild(model="other")
    after = store.open_index(index)
    assert after.retriever.encoder.digest != before.retriever.encoder.digest
    assert [d.source for d in after.documents] == [d.source for d in before.documents]
    assert store.summary_of(index).settings.model == "other"


def test_harm_to_its_encoder_is_its_own_and_is_mended(
    index: Path, tiny_compiled: Path, tmp_path: Path, world: Path
) -> None:
    """Not that of the encoder it was made with, nor that of another index."""
    Index(tmp_path / "beside").update(world)
    before = answers(index)
    (model,) = index.glob("encoder/*/model.onnx")
    good = model.read_bytes()
    with model.open("r+b") as stream:  # in place, as a disk does
        stream.seek(len(good) // 2)
        stream.write(bytes([good[len(good) // 2] ^ 1]))
    assert (tiny_compiled / "model.onnx").read_bytes() == good
    assert answers(tmp_path / "beside") == before
    with pytest.raises(DamagedIndex, match="--check"):
        store.open_index(index)
    Index(index).update(check=True)
    assert answers(index) == before
    assert model.read_bytes() == good


def test_until_it_is_made_again_the_old_index_answers(index: Path, other: Recipe) -> None:
    before = answers(index)
    seen: list[bool] = []
    Index(index, other).rebuild(
        model="other", progress=lambda *_: seen.append(answers(index) == before)
    )
    assert all(seen)
    assert seen
    assert len(store.open_index(index).documents) == 3


def test_an_index_without_originals_is_made_again_of_the_folder(
    world: Path, tmp_path: Path, fast_build: None
) -> None:
    Index(tmp_path / "index").update(world, originals=False)
    assert not (tmp_path / "index" / "objects").exists()
    Index(tmp_path / "index").rebuild()
    assert len(store.open_index(tmp_path / "index").documents) == 3


def test_originals_are_the_files_and_go_with_them(world: Path, index: Path) -> None:
    kept = {file.read_bytes() for file in (index / "objects").iterdir()}
    assert kept == {p.read_bytes() for p in world.rglob("*") if p.is_file()}
    (world / "eels.md").unlink()
    Index(index).update()
    left = {file.read_bytes() for file in (index / "objects").iterdir()}
    assert left == kept  # the generation before holds it, to fall back to
    (world / "more.txt").write_text("Herons wait at the weir.\n")
    Index(index).update()
    left = {file.read_bytes() for file in (index / "objects").iterdir()}
    assert left == {p.read_bytes() for p in world.rglob("*") if p.is_file()}


def test_an_original_that_is_missing_is_read_where_it_was_or_told(world: Path, index: Path) -> None:
    eels = (world / "eels.md").read_bytes()
    (index / "objects" / hashlib.sha256(eels).hexdigest()).unlink()
    assert Index(index).rebuild().documents == 3
    (world / "eels.md").unlink()
    (index / "objects" / hashlib.sha256(eels).hexdigest()).unlink(missing_ok=True)
    with pytest.raises(DamagedIndex, match=r"is missing; .* --check"):
        Index(index).rebuild()
    assert len(store.open_index(index).documents) == 3  # what is there answers
    (world / "eels.md").write_bytes(eels)
    Index(index).update(world, check=True)  # the remedy that is told
    (world / "eels.md").unlink()
    assert Index(index).rebuild().documents == 3


def test_what_a_person_removes_leaves_the_disk_at_once(world: Path, index: Path) -> None:
    title = (world / "eels.md").read_bytes().splitlines()[0].removeprefix(b"# ")

    def holding() -> list[str]:
        files = (file for file in index.rglob("*") if file.is_file())
        return [file.name for file in files if title in file.read_bytes()]

    assert len(holding()) == 2  # the original, and the documents
    Index(index).remove("eels.md")
    assert holding() == []


def test_another_version_of_ours_reads_all_again_and_encodes_nothing(
    world: Path, index: Path, encoded: list[str]
) -> None:
    before = answers(index)
    assert Index(index, replace(Index.usual, version=VERSION + 1)).update().documents == 3
    assert encoded == []
    assert answers(index) == before
    assert store.summary_of(index).settings.version == VERSION + 1


def test_another_version_of_ours_keeps_the_encoder(index: Path, other: Recipe) -> None:
    Index(index).rebuild(model="mine")
    before = store.summary_of(index)
    Index(index, replace(other, version=VERSION + 1)).update()
    assert store.summary_of(index).encoder == before.encoder


def of_another_format(index: Path, **changes: object) -> None:
    """The index as another version of ours would have left it."""
    (folder,) = index.glob("gen-*")
    content = json.loads(unseal((folder / MANIFEST).read_bytes()))
    (folder / MANIFEST).write_text(seal(json.dumps({**content, **changes})))
    (folder / "documents").write_bytes(b"as they were stored then")
    generations.point(index, folder)


def test_a_model_that_is_not_there_is_told_before_anything_is_read(
    world: Path, index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def opens(*_: object) -> tuple[OnnxEncoder, Path]:
        raise EncoderError("there is no such model")

    def read(*_: object, **__: object) -> None:
        raise AssertionError("a file was read")

    monkeypatch.setattr(reading.PlanReader, "read", read)
    recipe = Recipe(open_encoder=opens)
    with pytest.raises(EncoderError, match="no such model"):
        Index(tmp_path / "new", recipe).update(world, model="nowhere")
    with pytest.raises(EncoderError, match="no such model"):
        Index(index, recipe).rebuild(model="nowhere")


@pytest.mark.parametrize("named", [False, True])
def test_an_index_of_another_format_keeps_its_rules_its_model_and_what_was_taken_out(
    named: bool, world: Path, index: Path, other: Recipe
) -> None:
    (world / "draft.txt").write_text("The ferry is late.\n")
    Index(index).rebuild(model="mine")
    Index(index).update(world, exclude=["draft.*"])
    Index(index).remove("eels.md")
    of_another_format(index, format=FORMAT - 1, encoder="gone")
    with pytest.raises(ForeignIndex, match=f"build it again with: ibid index --into {index}"):
        Index(index, other).update()
    Index(index, other).update([world] if named else (), check=True)
    kept = {d.source for d in store.open_index(index).documents}
    assert kept == {"harbour.txt", "nested/bread.txt"}
    (root,) = Index(index).roots
    assert (root.exclude, root.removed) == (("draft.*",), ("eels.md",))
    assert store.summary_of(index).settings.model == "mine"
    # what nobody can answer from is no state to fall back to
    assert len(list(index.glob("gen-*"))) == len(list((index / "encoder").iterdir())) == 1
    assert len(list((index / "objects").iterdir())) == 2


def test_what_is_lost_of_an_index_whose_files_are_not_known_is_said(
    world: Path, index: Path
) -> None:
    Index(index).remove("eels.md")
    of_another_format(index, format=FORMAT + 1)
    next(index.glob("gen-*/files.jsonl")).write_text("another way to say it")
    told = r"ibid index PATH --into .* --check \(its folders, rules and model are to be named again"
    for check in (False, True):
        with pytest.raises(ForeignIndex, match=told):
            Index(index).update(check=check)
    Index(index).update(world, check=True)
    assert len(store.open_index(index).documents) == 3


class Stopped(BaseException):
    """What a person's Ctrl-C or a killer raises."""


@pytest.mark.slow
@pytest.mark.parametrize("after", range(1, 6))
def test_an_update_that_was_cut_off_goes_on_where_it_was(
    after: int,
    world: Path,
    tmp_path: Path,
    fast_build: None,
    encoded: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(remember, "CHUNK", 2)
    real, calls = OnnxEncoder.encode_passages, 0

    def cut_off(self: OnnxEncoder, texts: Sequence[str], *rest: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls > after:
            raise Stopped
        return real(self, texts, *rest)

    with monkeypatch.context() as patch:
        patch.setattr(OnnxEncoder, "encode_passages", cut_off)
        with pytest.raises(Stopped):
            Index(tmp_path / "index").update(world)
    assert not is_index(tmp_path / "index")
    done = list(encoded)
    assert done
    Index(tmp_path / "index").update(world)
    assert not set(done) & set(encoded[len(done) :])
    assert not (tmp_path / "index" / "work").exists()
    same_as_fresh(tmp_path / "index", world, tmp_path / "again")


def test_vectors_that_were_cut_short_are_not_believed(
    tmp_path: Path, tiny_encoder: OnnxEncoder
) -> None:
    first = Remembering(tiny_encoder, tmp_path)
    vectors = first.encode_passages(["eels", "weir"])
    (chunk,) = tmp_path.rglob("*.npy")
    chunk.write_bytes(chunk.read_bytes()[:-8])
    again = Remembering(tiny_encoder, tmp_path)
    np.testing.assert_array_equal(again.encode_passages(["eels", "weir"]), vectors)


@given(st.lists(st.sampled_from(["eel", "weir", "mud", "", "\ud800", "mole \x00"]), max_size=12))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_remembered_vectors_are_the_encoders(
    tmp_path: Path, tiny_encoder: OnnxEncoder, texts: list[str]
) -> None:
    heard: list[int] = []
    found = Remembering(tiny_encoder, tmp_path).encode_passages(texts, heard.append)
    np.testing.assert_allclose(found, tiny_encoder.encode_passages(texts), atol=1e-6)
    assert heard == sorted(heard)
    assert heard[-1:] in ([], [len(texts)])


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_the_order_in_which_files_came_leaves_no_trace(
    seed: int, tmp_path: Path, fast_build: None
) -> None:
    folder, index = tmp_path / "docs", tmp_path / "index"
    (folder / "deep").mkdir(parents=True)
    names = list(NAMES)
    random.Random(seed).shuffle(names)
    for name, text in zip(names, TEXTS, strict=True):
        (folder / name).write_text(text)
        Index(index).update(folder)
    same_as_fresh(index, folder, tmp_path / "again")


def test_an_index_in_its_own_folder_does_not_read_itself(world: Path, fast_build: None) -> None:
    own = world / "my.ibid"
    first = Index(own).update(world)
    (world / "more.txt").write_text("Herons wait at the weir.\n")
    assert Index(own).update().documents == first.documents + 1 == 4
    assert Index(own).update().unchanged == 4


def test_a_list_of_another_generation_is_not_taken_for_the_newest(
    world: Path, index: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "herons.txt").write_text("Herons wait at the weir.\n")
    Index(index).update(other)
    old, new = sorted(index.glob("gen-*"))
    (new / "files.jsonl").write_bytes((old / "files.jsonl").read_bytes())
    (world / "more.txt").write_text("The weir is old.\n")
    with pytest.raises(DamagedIndex, match="--check"):
        Index(index).update(world)
    Index(index).update([world, other], check=True)
    assert len(store.open_index(index).documents) == 5


BAD_RULES = ["!", "\\", "a\\", "[z-a]", "*a" * 12 + "b"]


@pytest.mark.parametrize("rule", BAD_RULES)
def test_a_rule_that_cannot_be_read_stops_nothing(
    rule: str, world: Path, tmp_path: Path, fast_build: None
) -> None:
    (world / ".gitignore").write_text(f"{rule}\neels.md\n")
    (world / f"{'a' * 60}.txt").write_text("The weir is old.\n")
    report = Index(tmp_path / "own").update(world)
    assert {d.source for d in store.open_index(report.path).documents} == {
        "harbour.txt",
        "nested/bread.txt",
        f"{'a' * 60}.txt",
    }


@pytest.mark.parametrize("value", ["1" * 5000, "0x" + "f" * 5000, f"{{ {'a.' * 200_000}a = 1 }}"])
def test_a_list_of_sources_without_end_is_one_failure(
    value: str, world: Path, tmp_path: Path, fast_build: None
) -> None:
    (world / "sources.toml").write_text(f'["eels.md"]\ntitle = {value}\n')
    report = Index(tmp_path / "own").update(world)
    assert report.documents == 3
    (failure,) = report.failures
    assert failure.source == "sources.toml"


def test_a_link_above_a_file_does_not_lead_out(
    world: Path, tmp_path: Path, fast_build: None
) -> None:
    root = Root(world)
    (file,) = (f for f in find_files(root).files if f.source == "nested/bread.txt")
    outside = tmp_path / "outside"
    (world / "nested").rename(outside)
    (world / "nested").symlink_to(outside)
    with pytest.raises(UnreadableDocument, match="leads out of the folder"):
        read_bytes(file, root)


def test_a_removal_that_died_over_the_originals_is_ended(
    world: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(writer, "delete_generations", killed)
        with pytest.raises(Stopped):
            Index(index).remove("eels.md")
    Index(index).update()
    assert len(list(index.glob("gen-*"))) == 1
    kept = {file.read_bytes() for file in (index / "objects").iterdir()}
    assert (world / "eels.md").read_bytes() not in kept


def killed(*_: object) -> None:
    raise Stopped


def test_what_took_long_to_read_is_remembered_until_it_changes(
    world: Path, tmp_path: Path, fast_build: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = Index(tmp_path / "own.ibid")
    with monkeypatch.context() as slow:
        slow.setattr(reading, "SLOW", -1.0)
        report = index.update(world)
    known = {row.source for row in catalog_of(index.path).rows if row.seconds}
    assert {source for source, _ in report.slowest} == known
    (world / "new.txt").write_text("Herons wait at the weir.\n")
    later = index.update(world)
    assert later.slowest == report.slowest == index.status().files.slowest == index.files.slowest
    assert later.files.read == index.files.read == {".txt": 3, ".md": 1}
