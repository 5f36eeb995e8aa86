"""Boxes in an index: kept by updates, proved like all else, and read by nobody who only asks."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, strategies as st

from index.boxes import NOWHERE, Boxes, PageBox
from index.errors import DamagedIndex
from index.generation import store
from index.generation.boxed import BoxTable
from index.generation.generations import generation_names
from index.isolation import Parsers
from index.language import Query
from index.library.index import Index
from index.load.loading import load_file
from tests.doubles import HARBOUR, document
from tests.index.load.pdfs import lines, pdf

SAID = {
    "gate.pdf": ("The gate of the weir is shut at night.", "Nobody opens it."),
    "ladder.pdf": ("The eels climb the ladder.", "The keeper counts them."),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two PDFs, and a text that has no pages."""
    path = tmp_path / "folder"
    path.mkdir()
    for name, said in SAID.items():
        (path / name).write_bytes(pdf([lines(*said)]))
    (path / "harbour.txt").write_text(HARBOUR)
    return path


@pytest.fixture
def index(folder: Path, tmp_path: Path, fast_build: None) -> Path:
    Index(tmp_path / "index").update(folder)
    return tmp_path / "index"


def kept(index: Path) -> Mapping[str, list[PageBox]]:
    """The boxes of all of each document, by its source."""
    opened = store.open_index(index)
    return {d.source: opened.boxes_of(d, 0, len(d.text)) for d in opened.documents}


def read(folder: Path) -> Mapping[str, list[PageBox]]:
    """The same as the files are read, without an index."""
    loaded = [load_file(f.read_bytes(), f.name).documents[0] for f in sorted(folder.iterdir())]
    return {d.source: d.boxes.within(d.text, 0, len(d.text)) for d in loaded}


def file_of(index: Path, name: str = "boxes") -> Path:
    return index / generation_names(index)[0] / name


def test_an_index_keeps_the_boxes_of_its_documents(folder: Path, index: Path) -> None:
    assert kept(index) == read(folder)
    assert {source: len(boxes) > 0 for source, boxes in kept(index).items()} == {
        "gate.pdf": True, "harbour.txt": False, "ladder.pdf": True,
    }  # fmt: skip
    opened = store.open_index(index)
    gate = next(d for d in opened.documents if d.source == "gate.pdf")
    start = gate.text.index("Nobody")
    (found,) = opened.boxes_of(gate, start, start + len("Nobody opens"))
    assert gate.cut((found.start, found.end)) == "Nobody opens"
    assert len(gate.boxes) == 0


def test_an_update_keeps_them_and_reads_no_file_for_it(
    folder: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "gate.pdf").rename(folder / "sluice.pdf")
    (folder / "herons.txt").write_text("Herons wait at the weir.\n")
    Index(index).update()
    assert kept(index) == read(folder)
    begun: list[str] = []
    begin = Parsers.begin

    def noted(parsers: Parsers, data: bytes, source: str, known: Mapping[str, str]) -> Any:
        begun.append(source)
        return begin(parsers, data, source, known)

    monkeypatch.setattr(Parsers, "begin", noted)
    (folder / "harbour.txt").unlink()
    (folder / "a.txt").write_text("Before all others stands the heron.\n")
    Index(index).update()
    assert begun == ["a.txt"]
    assert kept(index) == read(folder)
    Index(index).remove("ladder.pdf")
    assert kept(index).keys() == {"a.txt", "herons.txt", "sluice.pdf"}
    assert kept(index)["sluice.pdf"] == read(folder)["sluice.pdf"]


def test_without_pages_nothing_is_written(tmp_path: Path, world: Path, fast_build: None) -> None:
    Index(tmp_path / "index").update(world)
    assert not file_of(tmp_path / "index").exists()
    assert not any(kept(tmp_path / "index").values())


def test_who_opens_an_index_and_asks_it_reads_none(index: Path) -> None:
    before = store.open_index(index).retriever.search(Query("Who counts the eels?"), 9)
    for name in ("boxes", "box_starts"):
        file_of(index, name).unlink()
    opened = store.open_index(index)
    assert opened.notice == ""
    assert opened.retriever.search(Query("Who counts the eels?"), 9) == before != []


@pytest.mark.parametrize("name", ["boxes", "box_starts"])
@pytest.mark.parametrize("harm", ["flipped", "cut", "lost"])
def test_damage_is_found_before_a_box_is_shown_and_mended(
    folder: Path, index: Path, name: str, harm: str
) -> None:
    file = file_of(index, name)
    data = file.read_bytes()
    if harm == "lost":
        file.unlink()
    else:
        file.write_bytes(data[:-1] if harm == "cut" else bytes([data[0] ^ 1]) + data[1:])
    opened = store.open_index(index)
    with pytest.raises(DamagedIndex, match=f"{name} .*; mend it with"):
        opened.boxes_of(opened.documents[0], 0, 3)
    with pytest.raises(DamagedIndex):
        store.open_index(index, thorough=True)
    Index(index).update(check=True)
    assert kept(index) == read(folder)


def test_an_index_that_has_none_answers_and_an_update_makes_them(
    folder: Path, index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(index)
    with monkeypatch.context() as without:
        without.setattr(BoxTable, "save", lambda table, draft: None)
        Index(index, replace(Index.usual, version=Index.usual.version - 1)).update(folder)
    assert kept(index).keys() == read(folder).keys()
    assert not any(kept(index).values())
    Index(index).update()
    assert kept(index) == read(folder)


def test_what_is_asked_for_lies_in_a_document_of_the_index(index: Path) -> None:
    opened = store.open_index(index)
    gate = opened.documents[0]
    for span in ((0, len(gate.text) + 1), (5, 5), (-1, 3)):
        with pytest.raises(ValueError, match="does not lie in"):
            opened.boxes_of(gate, *span)
    with pytest.raises(ValueError, match=r"made\.txt is no document of the index in"):
        opened.boxes_of(document("The pier was closed."), 0, 3)


def made(length: int) -> Boxes:
    """Boxes of a text of so many characters, one for each."""
    edges = np.tile([(0.1, 0.1, 0.2, 0.2)], (length, 1))
    spans = np.stack([np.arange(length), np.arange(1, length + 1)], axis=1)
    zeros, sizes = np.zeros(length, int), np.array([(400, 400)], np.float32)
    return Boxes.of(spans, zeros, zeros, edges, sizes) if length else NOWHERE


@given(st.lists(st.lists(st.integers(0, 9), max_size=5), min_size=1, max_size=4), st.data())
def test_tables_of_boxes_are_taken_and_joined_like_lists(
    parts: list[list[int]], data: st.DataObject
) -> None:
    documents = [
        [replace(document("a" * (n + 1)), boxes=made(n)) for n in lengths] for lengths in parts
    ]
    table = BoxTable.join([BoxTable.of(part) for part in documents])
    whole = [d.boxes.to_bytes() for part in documents for d in part]
    numbers = data.draw(st.lists(st.integers(0, len(whole) - 1)) if whole else st.just([]))
    for found, expected in ((table, whole), (table.take(numbers), [whole[i] for i in numbers])):
        edges = found.starts.tolist()
        assert len(edges) == len(expected) + 1
        for i, own in enumerate(expected):
            assert found.data[edges[i] : edges[i + 1]].tobytes() == own
