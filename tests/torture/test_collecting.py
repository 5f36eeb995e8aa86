"""What is read is not deleted, and what nobody reads is."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from index.generation import store
from index.language import Query
from index.library.index import Index
from tests.doubles import EELS
from tests.torture.test_kill import looked, reading, start, text
from tests.torture.worlds import FILES, HERON, seen, write


@pytest.fixture
def folder(ground: Path) -> Path:
    folder = write(ground / "world", FILES)
    Index(ground / "index").update(folder)
    return folder


def publish(folder: Path, version: int) -> None:
    """One generation more."""
    write(folder, {"keel.txt": text("keel.txt", version)})
    Index(folder.parent / "index").update(folder)


def generations(index: Path) -> list[str]:
    return sorted(p.name for p in index.glob("gen-*"))


def all_of(opened: store.SavedGeneration) -> list[object]:
    """What an opened generation answers, and the bytes of each of its files."""
    opened.saved.files.check()
    opened.saved.encoder_files.check()
    return [opened.retriever.search(Query("eels at the weir"), 9), opened.documents]


def test_a_generation_that_is_read_stays(folder: Path) -> None:
    index = folder.parent / "index"
    opened = store.open_index(index)
    before = all_of(opened)
    for version in range(4):
        publish(folder, version)
    assert all_of(opened) == before
    assert generations(index) == ["gen-00000001", "gen-00000004", "gen-00000005"]
    del opened
    gc.collect()
    publish(folder, 5)
    assert generations(index) == ["gen-00000005", "gen-00000006"]


@contextmanager
def other_reader(index: Path) -> Iterator[None]:
    """Another process that has the index open, until it is killed."""
    told, tell = os.pipe()
    child = os.fork()
    if not child:
        opened = store.open_index(index)
        os.write(tell, b"x")
        signal.pause()
        os._exit(bool(opened.notice))
    os.close(tell)
    try:
        assert os.read(told, 1) == b"x"
        yield
    finally:
        os.close(told)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def test_a_generation_that_another_process_reads_stays_until_that_dies(folder: Path) -> None:
    index = folder.parent / "index"
    with other_reader(index):
        for version in range(3):
            publish(folder, version)
        assert generations(index) == ["gen-00000001", "gen-00000003", "gen-00000004"]
    publish(folder, 9)
    assert generations(index) == ["gen-00000004", "gen-00000005"]


def test_a_reader_keeps_nobody_waiting_and_no_reader_waits(folder: Path) -> None:
    index = folder.parent / "index"
    with other_reader(index), store.writer_lock(index):
        assert seen(index)[1] == ""


def test_what_is_taken_out_is_nowhere_in_the_index(folder: Path) -> None:
    index = folder.parent / "index"
    publish(folder, 1)
    Index(index).remove("eels.md")
    assert len(generations(index)) == 1
    for file in index.rglob("*"):
        assert not file.is_file() or b"glass eels in spring" not in file.read_bytes()
    assert "glass eels in spring" in EELS


def test_what_is_taken_out_while_it_is_read_goes_with_the_next_update(folder: Path) -> None:
    index = folder.parent / "index"
    with other_reader(index):
        Index(index).remove("eels.md")
        assert len(generations(index)) == 2
    write(folder, {"heron.txt": HERON})
    Index(index).update(folder)
    assert "gen-00000001" not in generations(index)
    for file in index.rglob("*"):
        assert not file.is_file() or b"glass eels in spring" not in file.read_bytes()


def test_a_reader_never_fails_while_a_writer_publishes_and_collects(ground: Path) -> None:
    folder = write(ground / "w0", {"w0-0.txt": text("w0-0.txt", 0)})
    Index(ground / "index").update(folder)
    child = start(ground, reading, 0)
    try:
        for version in range(1, 60):
            write(folder, {"w0-0.txt": text("w0-0.txt", version)})
            Index(ground / "index").update(folder)
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    assert not (ground / "wrong").exists(), (ground / "wrong").read_text()
    assert looked(ground, 0) > 3
