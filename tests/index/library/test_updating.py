"""Keeping up: whatever was done to a folder, its index answers as one built afresh."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from index.encoder.encode import OnnxEncoder
from index.encoder.remember import Remembering
from index.errors import DamagedIndex, ForeignIndex, MissingPath, NoDocuments, UnreadableDocument
from index.files.reading import read_bytes
from index.files.roots import Root, Rules
from index.files.walk import find_files
from index.generation import store
from index.generation.generations import catalog_of, is_index
from index.isolation.process import Process
from index.library import library
from tests.doubles import BREAD, EELS, HARBOUR

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
            (h.passage.document.source, h.passage.start, h.passage.end, h.passage.headings,
             dict(h.ranks), h.evidence.lexical if h.evidence else None)
            for h in opened.retriever.search(question, 20)
        ]  # fmt: skip
        seen.append(opened.retriever.missing(question))
    return seen


def same_as_fresh(index: Path, folder: Path, again: Path) -> None:
    """Compare with an index built afresh, in `again`, of the same folder."""
    shutil.rmtree(again, ignore_errors=True)
    library.update([folder], again)
    assert answers(index) == answers(again)
    for name in ("vectors", "sentence_vectors"):
        mine, fresh = (getattr(store.base_of(i).contents, name) for i in (index, again))
        np.testing.assert_allclose(mine, fresh, atol=1e-6)


CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["write", "remove", "rename", "touch"]),
        st.sampled_from(NAMES), st.sampled_from(NAMES), st.integers(0, len(TEXTS) - 1),
    ),
    min_size=1, max_size=5,
)  # fmt: skip


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
    library.update([folder], index)
    for changes in rounds:
        for one in changes:
            change(folder, *one)
        library.update([folder], index)
        same_as_fresh(index, folder, tmp_path / "again")


@pytest.fixture
def encoded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that were encoded."""
    texts: list[str] = []
    real = OnnxEncoder.encode_passages

    def counted(self: OnnxEncoder, given: Sequence[str], *rest: Any) -> Any:
        texts.extend(given)
        return real(self, given, *rest)

    monkeypatch.setattr(OnnxEncoder, "encode_passages", counted)
    return texts


@pytest.fixture
def index(world: Path, tmp_path: Path, fast_build: None) -> Path:
    """An index of the three documents of the world."""
    library.update([world], tmp_path / "index")
    return tmp_path / "index"


def counts(report: library.Report) -> dict[str, int]:
    names = ("added", "changed", "renamed", "removed", "unchanged")
    return {name: getattr(report, name) for name in names if getattr(report, name)}


def test_nothing_changed_is_nothing_done(world: Path, index: Path, encoded: list[str]) -> None:
    generation = (index / "CURRENT").read_bytes()
    report = library.update([world], index)
    assert counts(report) == {"unchanged": 3}
    assert (report.documents, encoded) == (3, [])
    assert (index / "CURRENT").read_bytes() == generation


def test_only_what_is_new_is_encoded(world: Path, index: Path, encoded: list[str]) -> None:
    (world / "harbour.txt").write_text(HARBOUR.replace("eleven months", "a year"))
    (world / "herons.txt").write_text("Herons wait at the weir.\n")
    assert counts(library.update([world], index)) == {"added": 1, "changed": 1, "unchanged": 2}
    assert all("a year" in text or "Herons" in text for text in encoded)
    assert encoded


def test_a_renamed_file_keeps_its_vectors(world: Path, index: Path, encoded: list[str]) -> None:
    (world / "eels.md").rename(world / "nested" / "fish.md")
    assert counts(library.update([world], index)) == {"renamed": 1, "unchanged": 2}
    assert encoded == []
    assert {d.source for d in store.open_index(index).documents} == {
        "harbour.txt", "nested/bread.txt", "nested/fish.md",
    }  # fmt: skip


def test_a_file_that_was_only_touched_is_not_read_twice(
    world: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.utime(world / "eels.md", ns=(1, 1))
    assert counts(library.update([world], index)) == {"unchanged": 3}
    read: list[Path] = []
    monkeypatch.setattr("index.library.updating.read_bytes", lambda file, _: read.append(file.path))
    library.update([world], index)
    assert read == []


def test_a_change_behind_the_stamp_is_found_by_checking(world: Path, index: Path) -> None:
    file = world / "harbour.txt"
    stamp = file.stat()
    with file.open("r+") as stream:
        stream.write("Thy")
    os.utime(file, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    assert counts(library.update([world], index)) == {"unchanged": 3}
    assert counts(library.update([world], index, check=True)) == {"changed": 1, "unchanged": 2}
    same_as_fresh(index, world, index.parent / "again")


def test_what_the_owner_says_of_a_file_is_read_again(world: Path, index: Path) -> None:
    (world / "sources.toml").write_text('["eels.md"]\nauthor = "Ida Holm"\n')
    library.update([world], index)
    (eels,) = (d for d in store.open_index(index).documents if d.source == "eels.md")
    assert eels.meta["author"] == "Ida Holm"
    (world / "sources.toml").unlink()
    library.update([world], index)
    same_as_fresh(index, world, index.parent / "again")


def test_one_text_under_two_names_is_one_document_with_both(world: Path, index: Path) -> None:
    (world / "copy.md").write_text(EELS)
    library.update([world], index)
    (eels,) = (d for d in store.open_index(index).documents if d.text == EELS)
    assert (eels.source, eels.copies) == ("copy.md", ("eels.md",))
    same_as_fresh(index, world, index.parent / "again")
    (world / "copy.md").unlink()
    library.update([world], index)
    same_as_fresh(index, world, index.parent / "again")


def test_a_file_that_cannot_be_read_any_more_is_a_failure(world: Path, index: Path) -> None:
    (world / "eels.md").write_bytes(b"\x00\x01\x02")
    report = library.update([world], index)
    assert [f.source for f in report.failures] == ["eels.md"]
    assert report.documents == 2
    assert counts(library.update([world], index)) == {"unchanged": 3}  # not tried again
    assert store.open_index(index).failures == report.failures


def test_a_file_that_was_given_up_is_tried_again_by_checking(
    world: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: Any) -> Any:
        raise UnreadableDocument("herons.txt: it took over 30 seconds to read")

    (world / "herons.txt").write_text("Herons wait at the weir.\n")
    with monkeypatch.context() as patch:
        patch.setattr(Process, "read", busy)
        assert len(library.update([world], index).failures) == 1
    assert len(library.update([world], index).failures) == 1
    report = library.update([world], index, check=True)
    assert (report.documents, report.failures) == (4, ())
    same_as_fresh(index, world, index.parent / "again")


def test_a_second_folder_is_added(world: Path, index: Path, tmp_path: Path) -> None:
    other = tmp_path / "birds"
    other.mkdir()
    (other / "herons.txt").write_text("Herons wait at the weir.\n")
    library.update([other], index)
    sources = [d.source for d in store.open_index(index).documents]
    assert sources == ["eels.md", "harbour.txt", "nested/bread.txt", "birds/herons.txt"]
    (world / "eels.md").unlink()
    library.update([other], index)
    assert len(store.open_index(index).documents) == 4  # the other folder was not looked at
    assert counts(library.update([], index)) == {"removed": 1, "unchanged": 3}
    assert counts(library.remove([str(other)], index)) == {"removed": 1, "unchanged": 2}
    same_as_fresh(index, world, tmp_path / "again")


def test_a_folder_around_an_indexed_one_takes_its_place(
    world: Path, index: Path, tmp_path: Path
) -> None:
    outer = tmp_path / "outer"
    outer.mkdir()
    shutil.move(world, outer / "world")
    library.update([outer / "world"], tmp_path / "own")
    (outer / "herons.txt").write_text("Herons wait at the weir.\n")
    library.update([outer], tmp_path / "own")
    assert len(catalog_of(tmp_path / "own").roots) == 1
    assert len(store.open_index(tmp_path / "own").documents) == 4


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
    library.remove([name.replace("WORLD", str(world))], index)
    library.update([], index)
    assert {d.source for d in store.open_index(index).documents} == left
    library.update([world / "eels.md", world / "nested"], index)
    assert len(store.open_index(index).documents) == 3


def test_nothing_is_removed_by_a_wrong_name_nor_all_by_any(world: Path, index: Path) -> None:
    with pytest.raises(MissingPath, match="ibid status"):
        library.remove(["nothing.txt"], index)
    with pytest.raises(NoDocuments):
        library.remove(["*"], index)
    assert len(store.open_index(index).documents) == 3


def test_rules_say_what_of_a_folder_is_read_and_are_remembered(world: Path, index: Path) -> None:
    library.update([world], index, rules=Rules(include=("*.md", "*.txt"), exclude=("nested/",)))
    assert {d.source for d in store.open_index(index).documents} == {"eels.md", "harbour.txt"}
    (world / "nested" / "more.txt").write_text("Herons wait at the weir.\n")
    library.update([], index)
    assert len(store.open_index(index).documents) == 2
    library.update([world], index, rules=Rules(include=(), exclude=()))
    assert len(store.open_index(index).documents) == 4


def test_ignore_files_are_respected_the_nearest_first(world: Path, index: Path) -> None:
    (world / ".gitignore").write_text("*.txt\n")
    (world / "nested" / ".ibidignore").write_text("!bread.txt\n")
    library.update([], index)
    assert {d.source for d in store.open_index(index).documents} == {"eels.md", "nested/bread.txt"}


def other_encoder(tmp_path: Path, patch: pytest.MonkeyPatch) -> str:
    from tests.doubles import write_encoder

    folder = write_encoder(tmp_path / "other", max_tokens=128, seed=8)
    patch.setattr("index.encoder.cached.open_encoder", lambda *_: (OnnxEncoder(folder), folder))
    return "other"


def test_another_encoder_is_refused_and_the_index_made_again_of_what_it_keeps(
    world: Path, index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = other_encoder(tmp_path, monkeypatch)
    before = store.open_index(index)
    with pytest.raises(ForeignIndex, match="--model other --rebuild"):
        library.update([world], index, model=model)
    shutil.rmtree(world)
    library.rebuild(index, model=model)
    after = store.open_index(index)
    assert after.retriever.encoder.digest != before.retriever.encoder.digest
    assert [d.source for d in after.documents] == [d.source for d in before.documents]
    assert store.summary_of(index).settings["model"] == "other"


def test_until_it_is_made_again_the_old_index_answers(
    index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model, before = other_encoder(tmp_path, monkeypatch), answers(index)
    seen: list[bool] = []
    library.rebuild(index, model=model, progress=lambda *_: seen.append(answers(index) == before))
    assert all(seen)
    assert seen
    assert len(store.open_index(index).documents) == 3


def test_an_index_without_originals_is_made_again_of_the_folder(
    world: Path, tmp_path: Path, fast_build: None
) -> None:
    library.update([world], tmp_path / "index", originals=False)
    assert not (tmp_path / "index" / "objects").exists()
    library.rebuild(tmp_path / "index")
    assert len(store.open_index(tmp_path / "index").documents) == 3


def test_originals_are_the_files_and_go_with_them(world: Path, index: Path) -> None:
    kept = {file.read_bytes() for file in (index / "objects").iterdir()}
    assert kept == {p.read_bytes() for p in world.rglob("*") if p.is_file()}
    (world / "eels.md").unlink()
    library.update([], index)
    left = {file.read_bytes() for file in (index / "objects").iterdir()}
    assert left == kept  # the generation before holds it, to fall back to
    (world / "more.txt").write_text("Herons wait at the weir.\n")
    library.update([], index)
    left = {file.read_bytes() for file in (index / "objects").iterdir()}
    assert left == {p.read_bytes() for p in world.rglob("*") if p.is_file()}


def test_what_a_person_removes_leaves_the_disk_at_once(world: Path, index: Path) -> None:
    title = (world / "eels.md").read_bytes().splitlines()[0].removeprefix(b"# ")

    def holding() -> list[str]:
        files = (file for file in index.rglob("*") if file.is_file())
        return [file.name for file in files if title in file.read_bytes()]

    assert len(holding()) == 2  # the original, and the documents
    library.remove(["eels.md"], index)
    assert holding() == []


def test_another_version_of_ours_reads_all_again_and_encodes_nothing(
    world: Path, index: Path, encoded: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = answers(index)
    monkeypatch.setattr(library, "VERSION", library.VERSION + 1)
    assert library.update([], index).documents == 3
    assert encoded == []
    assert answers(index) == before
    assert store.summary_of(index).settings["version"] == library.VERSION


class Stopped(BaseException):
    """What a person's Ctrl-C or a killer raises."""


@pytest.mark.parametrize("after", range(1, 6))
def test_an_update_that_was_cut_off_goes_on_where_it_was(
    after: int, world: Path, tmp_path: Path, fast_build: None, encoded: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("index.encoder.remember.CHUNK", 2)
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
            library.update([world], tmp_path / "index")
    assert not is_index(tmp_path / "index")
    done = list(encoded)
    assert done
    library.update([world], tmp_path / "index")
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
        library.update([folder], index)
    same_as_fresh(index, folder, tmp_path / "again")


def test_an_index_in_its_own_folder_does_not_read_itself(world: Path, fast_build: None) -> None:
    own = world / "my.ibid"
    first = library.update([world], own)
    (world / "more.txt").write_text("Herons wait at the weir.\n")
    assert library.update([], own).documents == first.documents + 1 == 4
    assert library.update([], own).unchanged == 4


def test_a_list_of_another_generation_is_not_taken_for_the_newest(
    world: Path, index: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "herons.txt").write_text("Herons wait at the weir.\n")
    library.update([other], index)
    old, new = sorted(index.glob("gen-*"))
    (new / "files.jsonl").write_bytes((old / "files.jsonl").read_bytes())
    (world / "more.txt").write_text("The weir is old.\n")
    with pytest.raises(DamagedIndex, match="--check"):
        library.update([world], index)
    library.update([world, other], index, check=True)
    assert len(store.open_index(index).documents) == 5


BAD_RULES = ["!", "\\", "a\\", "[z-a]", "*a" * 12 + "b"]


@pytest.mark.parametrize("rule", BAD_RULES)
def test_a_rule_that_cannot_be_read_stops_nothing(
    rule: str, world: Path, tmp_path: Path, fast_build: None
) -> None:
    (world / ".gitignore").write_text(f"{rule}\neels.md\n")
    (world / f"{'a' * 60}.txt").write_text("The weir is old.\n")
    report = library.update([world], tmp_path / "own")
    assert {d.source for d in store.open_index(report.path).documents} == {
        "harbour.txt", "nested/bread.txt", f"{'a' * 60}.txt",
    }  # fmt: skip


@pytest.mark.parametrize("value", ["1" * 5000, "0x" + "f" * 5000, f"{{ {'a.' * 200_000}a = 1 }}"])
def test_a_list_of_sources_without_end_is_one_failure(
    value: str, world: Path, tmp_path: Path, fast_build: None
) -> None:
    (world / "sources.toml").write_text(f'["eels.md"]\ntitle = {value}\n')
    report = library.update([world], tmp_path / "own")
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
        patch.setattr("index.library.library.collect", killed)
        with pytest.raises(Stopped):
            library.remove(["eels.md"], index)
    library.update([], index)
    assert len(list(index.glob("gen-*"))) == 1
    kept = {file.read_bytes() for file in (index / "objects").iterdir()}
    assert (world / "eels.md").read_bytes() not in kept


def killed(*_: object) -> None:
    raise Stopped
