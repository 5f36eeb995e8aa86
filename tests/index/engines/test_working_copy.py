"""Whichever machine writes a collection, its working copy holds what the others wrote."""

from __future__ import annotations

import shutil
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index.annotations import annotate
from index.encoder import OnnxEncoder
from index.engines import connection
from index.engines.collection import Collection
from index.engines.milvus_writer import MilvusWriter
from index.engines.objects import Objects
from index.engines.state import FORMAT
from index.engines.working_copy import WorkingCopy
from index.errors import DamagedIndex, ForeignIndex, MissingPath
from index.generation import base_of
from index.types import Document
from tests.doubles import HARBOUR

pytestmark = pytest.mark.slow


class Lengths:
    """The number of characters of each document."""

    name, version = "lengths", 1

    def annotate(self, retriever: object, document: Document) -> int:
        """That number."""
        return len(document.text)


@pytest.fixture
def elsewhere(collection: Collection, tmp_path: Path) -> Collection:
    """The same collection on a machine that has not written it yet."""
    return on_machine(collection, tmp_path / "elsewhere")


def on_machine(collection: Collection, folder: Path) -> Collection:
    found = Collection(collection.path)
    found._copy = WorkingCopy(folder, None)
    return found


def sources(collection: Collection) -> list[str]:
    return [document.source for document in collection.documents]


def held(path: Path) -> dict[str, Any]:
    """All that an index holds, as plain values."""
    contents = base_of(path).contents

    def plain(value: Any) -> Any:
        if isinstance(value, np.ndarray):
            return value.dtype.str, value.tolist()
        if hasattr(value, "__dataclass_fields__"):
            return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
        return value

    found = {f.name: plain(getattr(contents, f.name)) for f in fields(contents)}
    table = contents.passages
    known = [(d.id, d.text, d.title, d.meta, d.pages, d.copies) for d in table.documents]
    found["passages"] = (known, table.rows.tolist(), table.sentences.tolist(), table.headings)
    return found


def test_it_is_restored_to_the_bit_and_nothing_is_encoded(
    collection: Collection, elsewhere: Collection, world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (world / "mirror.txt").write_text(HARBOUR + "\nPrinted for the members alone.\n")
    (world / "picture.png").write_bytes(b"\x89PNG")
    collection.update()
    before = collection.revision

    def encodes(*_: object) -> None:
        raise AssertionError("a vector was made again")

    monkeypatch.setattr(OnnxEncoder, "encode_passages", encodes)
    report = elsewhere.update()
    assert (report.unchanged, report.added, report.changed) == (4, 0, 0)
    here, there = collection.working_copy, elsewhere.working_copy
    assert held(there.path) == held(here.path)
    assert there.open().catalog == here.open().catalog
    assert there.passed_over == here.passed_over != ()
    assert [f.name for f in sorted((there.path / "objects").iterdir())] == [
        f.name for f in sorted((here.path / "objects").iterdir())
    ]
    assert collection.revision == before  # nothing is written again


def test_what_others_wrote_stays(
    collection: Collection, elsewhere: Collection, tmp_path: Path
) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "herons.txt").write_text("Herons wait at the weir every morning.\n")
    assert elsewhere.update(tmp_path / "more").added == 1
    everything = ["harbour.txt", "more/herons.txt", "nested/bread.txt"]
    assert collection.remove("eels.md").removed == 1
    assert sorted(sources(collection)) == everything
    assert elsewhere.update().added == 0
    assert sorted(sources(elsewhere)) == everything
    assert elsewhere.status().waiting == 0


def test_who_has_written_nothing_yet_may_take_out(elsewhere: Collection) -> None:
    assert elsewhere.status().unreachable
    assert elsewhere.remove("eels.md").removed == 1
    assert sources(elsewhere) == ["harbour.txt", "nested/bread.txt"]
    assert not elsewhere.status().unreachable


def test_who_is_behind_does_not_say_what_waits(
    collection: Collection, elsewhere: Collection
) -> None:
    elsewhere.remove("eels.md")
    assert "written last" in collection.status().unreachable


def test_what_is_kept_of_documents_comes_along(
    collection: Collection, elsewhere: Collection
) -> None:
    own = Lengths()
    with collection.annotating() as opened:
        assert annotate(opened, own) == 3
    with elsewhere.annotating() as opened:
        assert annotate(opened, own) == 0


def test_where_there_is_nothing_nothing_is_begun(place: Path, fast_build: None) -> None:
    with pytest.raises(MissingPath, match="make one with"):
        Collection(place).remove("eels.md")
    assert not Path(str(place).removeprefix("milvus+lite:")).exists()


def test_an_original_that_is_missing_is_told_when_it_is_needed(
    collection: Collection, elsewhere: Collection, world: Path
) -> None:
    (world / "seals.html").write_text("<p>Seals sleep on the sandbank at noon.</p>")
    collection.update()  # of the others text and file are the same object
    row = next(row for row in collection.open().catalog.rows if row.source == "seals.html")
    file = Path(collection.address.objects) / row.sha256[:2] / row.sha256
    file.unlink()
    with pytest.raises(DamagedIndex, match=r"is missing; .* --check"):
        collection.open(thorough=True)
    seals = (world / "seals.html").read_bytes()
    (world / "seals.html").unlink()
    assert elsewhere.remove("eels.md").removed == 1
    with pytest.raises(DamagedIndex, match="is missing") as told:
        elsewhere.rebuild()
    assert f"ibid index PATH --into {elsewhere.address.given} --check" in str(told.value)
    (world / "seals.html").write_bytes(seals)
    elsewhere.update(world, check=True)  # the remedy that is told
    assert elsewhere.rebuild().documents == 3  # what was taken out stays out
    assert collection.open(thorough=True)


def test_without_originals(place: Path, world: Path, fast_build: None, tmp_path: Path) -> None:
    made = Collection(place)
    made.update(world, originals=False)
    assert made.open(thorough=True)
    other = on_machine(made, tmp_path / "elsewhere")
    other.update()
    assert not (other.working_copy.path / "objects").exists()


def test_what_is_lost_is_told_and_made_again_of_its_folder(
    collection: Collection, elsewhere: Collection, world: Path
) -> None:
    own = collection.documents[0].id
    (Path(collection.address.objects) / own[:2] / own).unlink()
    with pytest.raises(DamagedIndex, match="is missing"):
        elsewhere.update()
    with pytest.raises(DamagedIndex, match="is missing"):
        elsewhere.update(check=True)  # of nothing
    assert elsewhere.update(world, check=True).documents == 3
    assert Objects(collection.address.objects).get(own)


def test_a_row_that_says_something_else_is_not_restored(
    collection: Collection, elsewhere: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, fetch = collection.open(), type(collection.open()).fetch

    def exchanged(self: Any, numbers: Any) -> Any:
        return fetch(self, numbers)[::-1]

    assert len(opened.passages) > 1
    monkeypatch.setattr(type(opened), "fetch", exchanged)
    with pytest.raises(DamagedIndex):
        elsewhere.update()


def test_what_was_half_restored_is_restored_again(
    collection: Collection, elsewhere: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(WorkingCopy, "note", killed)
        with pytest.raises(KeyboardInterrupt):
            elsewhere.update()
    assert elsewhere.update().unchanged == 3
    assert held(elsewhere.working_copy.path) == held(collection.working_copy.path)
    shutil.rmtree(elsewhere.working_copy.path)
    assert elsewhere.update().unchanged == 3


def test_one_of_another_version_of_ours_is_made_again(
    collection: Collection, elsewhere: Collection, world: Path
) -> None:
    writer = MilvusWriter(connection.connected(collection.address), lambda seconds: None)
    foreign = collection.open().state._replace(format=FORMAT + 1)
    writer.set_state(foreign)
    for own in (elsewhere, collection):
        with pytest.raises(ForeignIndex, match=r"another version of Ibid.* --check"):
            own.update()
    assert elsewhere.update(world, check=True).documents == 3
    assert len(sources(elsewhere)) == 3
    writer.set_state(foreign)
    assert elsewhere.rebuild().documents == 3
    assert len(sources(elsewhere)) == 3
