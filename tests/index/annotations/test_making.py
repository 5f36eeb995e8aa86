"""Annotations are made of what has none, kept with the index, and go with their documents."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from index import Document, DocumentAnnotations, Index, Storing, annotate
from index.annotations import FOLDER, KeptAnnotations, counts, delete_half_written
from index.annotations.making import LEAST
from index.generation import writer_lock
from tests.doubles import opener_of, usual, write_encoder, write_world


class Lengths:
    """Of each document how long its text is."""

    name = "length"

    def __init__(self, version: int = 1, fails_at: int = -1) -> None:
        self.version, self.fails_at = version, fails_at
        self.seen: list[str] = []

    def annotate(self, retriever: Storing, document: Document) -> Any:
        if len(self.seen) == self.fails_at:
            raise KeyboardInterrupt
        self.seen.append(document.source)
        return [len(document.text)]


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    compiled = write_encoder(tmp_path / "encoder")
    with usual(open_encoder=opener_of(compiled)):
        own = Index(tmp_path / "index")
        own.update(write_world(tmp_path / "world"))
        yield own


def kept(index: Index) -> list[Any]:
    opened = index.open()
    return DocumentAnnotations(opened).of(Lengths(), [d.id for d in opened.documents])


def test_each_document_once(index: Index) -> None:
    told: list[tuple[str, int, int]] = []
    first = Lengths()
    assert annotate(index.open(), first, lambda *one: told.append(one)) == 3
    assert told == [("keeping length", n, 3) for n in range(3)]
    assert kept(index) == [[len(d.text)] for d in index.documents]
    again = Lengths()
    assert annotate(index.open(), again) == 0
    assert again.seen == []
    assert counts(index.path, {d.id for d in index.documents}) == {"length": 3}
    assert index.status().annotated == {"length": 3}


def test_only_what_is_new_is_made_and_what_is_gone_goes(index: Index, tmp_path: Path) -> None:
    annotate(index.open(), Lengths())
    (tmp_path / "world/heron.txt").write_text("Herons wait at the weir for eels.\n")
    (tmp_path / "world/eels.md").rename(tmp_path / "world/renamed.md")
    index.update()
    assert index.status().annotated == {"length": 3}
    more = Lengths()
    assert annotate(index.open(), more) == 1
    assert more.seen == ["heron.txt"]
    index.remove("heron.txt")
    assert len(KeptAnnotations(index.path, "length", 1)) == 3


def test_another_version_makes_all_of_them_again(index: Index) -> None:
    annotate(index.open(), Lengths())
    assert annotate(index.open(), Lengths(version=2)) == 3
    assert annotate(index.open(), Lengths(version=2)) == 0


def test_what_ends_it_leaves_what_was_made(index: Index) -> None:
    with pytest.raises(KeyboardInterrupt):
        annotate(index.open(), Lengths(fails_at=2))
    assert index.status().annotated == {"length": 2}
    rest = Lengths()
    assert annotate(index.open(), rest) == 1
    assert kept(index) == [[len(d.text)] for d in index.documents]


def test_a_damaged_file_is_made_anew(index: Index) -> None:
    annotate(index.open(), Lengths())
    file = index.path / FOLDER / "length"
    file.write_bytes(file.read_bytes()[:-9])
    assert kept(index) == [None, None, None]
    assert index.status().annotated == {"length": 0}
    assert annotate(index.open(), Lengths()) == 3
    assert None not in kept(index)


def test_of_documents_that_went_meanwhile_nothing_is_kept(index: Index) -> None:
    opened = index.open()
    index.remove("eels.md")
    annotate(opened, Lengths())
    assert len(KeptAnnotations(index.path, "length", 1)) == 2


def test_they_are_made_while_somebody_writes_and_kept_after(index: Index) -> None:
    """The writer's place is taken only to keep them."""
    made = Lengths()

    class Looking(Lengths):
        def annotate(self, retriever: Storing, document: Document) -> Any:
            with writer_lock(index.path, patient=False):
                return made.annotate(retriever, document)

    assert annotate(index.open(), Looking()) == 3
    assert len(made.seen) == 3 < LEAST


def test_what_a_writer_that_died_left_goes(index: Index) -> None:
    annotate(index.open(), Lengths())
    half = index.path / FOLDER / "length.tmp"
    half.write_bytes(b"half")
    assert index.status().annotated == {"length": 3}
    delete_half_written(index.path)
    assert not half.exists()
    half.write_bytes(b"half")
    index.settle()
    assert not half.exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="a superuser may write anywhere")
def test_an_index_that_cannot_be_written_says_so(index: Index) -> None:
    from index import StorageError

    opened = index.open()
    index.path.chmod(0o500)
    try:
        with pytest.raises(StorageError):
            annotate(opened, Lengths())
    finally:
        index.path.chmod(0o700)
