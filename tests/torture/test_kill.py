"""Writers and readers are killed at any moment: nothing acknowledged is lost, nothing is torn."""

from __future__ import annotations

import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import NoReturn

import pytest

from index.generation import store
from index.generation.generations import catalog_of
from index.language import Query
from index.library.index import Index
from index.library.writer import MANY
from index.types import text_id
from tests.torture.scale import amount
from tests.torture.worlds import assert_tidy

DOCUMENTS = 4  # of each writer, written again and again
CHECK_EVERY = 8  # looks of a reader that read all an update builds on, too


def text(name: str, version: int) -> str:
    """What a document says in one of its versions."""
    said = " ".join(f"Keel {name} was laid in {1500 + version} by crew {n}." for n in range(3))
    return f"The ship {name}\n\n{said}\n"


def source(writer: int, number: int) -> str:
    return f"w{writer}-{number}.txt"


def writing(ground: Path, writer: int) -> None:
    """Write documents and bring the index up to date, and say so when it is done, for ever."""
    folder, said = ground / f"w{writer}", ground / f"said{writer}"
    version = 1 + max(acknowledged(said).values(), default=0)
    parent = os.getppid()
    while os.getppid() == parent:  # else nobody is left to kill this
        for number in range(DOCUMENTS):
            name = source(writer, number)
            draft = folder / f".{name}"
            draft.write_text(text(name, version), "utf-8")
            draft.replace(folder / name)
            Index(ground / "index").update(folder)
            with said.open("a") as file:
                print(name, version, file=file, flush=True)
            time.sleep(0.001)
        version += 1


def acknowledged(said: Path) -> dict[str, int]:
    """The last version of each document that an update was said to hold."""
    lines = said.read_text("utf-8").split("\n")[:-1] if said.exists() else []
    return {name: int(version) for name, version in map(str.split, lines)}


def versions(index: Path, *, all_of_it: bool) -> dict[str, int]:
    """The version of each document that is seen; AssertionError where what is seen is torn."""
    opened = store.open_index(index)
    assert opened.notice == "", opened.notice
    found = {}
    for document in opened.documents:
        name = document.source.split("/")[-1]
        version = int(document.text.split("laid in ")[1].split()[0]) - 1500
        assert document.text == text(name, version)
        assert document.id == text_id(document.text)
        found[name] = version
    table, manifest = opened.retriever.passages, opened.saved.manifest
    counts = len(opened.documents), len(table), len(table.sentences)
    assert counts == manifest.counts
    for passage in table:
        assert passage.document in opened.documents
        assert all(passage.document.cut(s.span).strip() for s in passage.sentences)
    hits = opened.retriever.search(Query(f"Who laid keel {next(iter(found))}?"), 5)
    assert {hit.passage.document for hit in hits} <= set(opened.documents)
    assert hits
    if all_of_it:
        base = store.base_of(index)
        held = len(base.contents.vectors) + len(base.contents.unencoded)
        assert held == base.saved.manifest.counts.passages
        assert {row.sha256 for row in base.saved.catalog.rows} == {
            d.id for d in base.contents.documents
        }
        assert catalog_of(index).rows
    return found


def reading(ground: Path, reader: int) -> None:
    """Open the index and look at all of it, for ever: no document ever becomes older."""
    last: dict[str, int] = {}
    looks, parent = 0, os.getppid()
    while os.getppid() == parent:
        found = versions(ground / "index", all_of_it=looks % CHECK_EVERY == 0)
        assert all(found[name] >= version for name, version in last.items())
        last, looks = found, looks + 1
        with (ground / f"looks{reader}").open("a") as file:
            file.write(".")  # added, since a kill may come between emptying a file and filling it


def looked(ground: Path, reader: int) -> int:
    """How often a reader has looked, over all its lives."""
    return (ground / f"looks{reader}").stat().st_size


def start(ground: Path, act: Callable[[Path, int], None], number: int) -> int:
    """Another process that does this until it is killed; what goes wrong there is written down."""
    child = os.fork()
    if child:
        return child
    _be(ground, act, number)


def _be(ground: Path, act: Callable[[Path, int], None], number: int) -> NoReturn:
    try:
        act(ground, number)
    except BaseException:
        with (ground / "wrong").open("a") as file:
            traceback.print_exc(file=file)
    finally:
        os._exit(1)


def kill(child: int) -> None:
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


@pytest.fixture
def prepared(ground: Path) -> Path:
    """An index with the first version of every document."""
    for writer in (0, 1):
        folder = ground / f"w{writer}"
        folder.mkdir()
        for number in range(DOCUMENTS):
            name = source(writer, number)
            (folder / name).write_text(text(name, 0), "utf-8")
        Index(ground / "index").update(folder)
    return ground


def check_acknowledged(ground: Path) -> int:
    """Every version that was acknowledged is there, or the next one; returns how many were."""
    said = [acknowledged(ground / f"said{writer}") for writer in (0, 1)]
    found = versions(ground / "index", all_of_it=True)
    assert len(found) == 2 * DOCUMENTS
    for one in said:
        for name, version in one.items():
            assert found[name] >= version, f"{name} is lost"
    return sum(map(sum, (one.values() for one in said)))


@pytest.mark.skipif(sys.platform != "linux", reason="processes are forked and killed")
@pytest.mark.parametrize("many", [MANY, 1])
def test_killed_at_any_moment_nothing_is_torn_and_nothing_lost(
    many: int, prepared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.library.writer.MANY", many)  # with 1 words are published first
    random = Random(0)
    roles = [(writing, 0), (writing, 1), (reading, 0), (reading, 1)]
    children = [start(prepared, *role) for role in roles]
    try:
        for _ in range(amount("kills")):
            time.sleep(random.random() * 0.12)
            which = random.choice([0, 0, 1, 1, 2])  # a reader now and then: it holds a generation
            kill(children[which])
            done = check_acknowledged(prepared)
            assert not (prepared / "wrong").exists(), (prepared / "wrong").read_text()
            children[which] = start(prepared, *roles[which])
    finally:
        for child in children:
            kill(child)
    assert done > 0
    assert all(looked(prepared, reader) for reader in (0, 1))
    end_well(prepared)


def end_well(ground: Path) -> None:
    """With nobody at it, an update or two leave all as it should be."""
    for writer in (0, 1):
        name = source(writer, 0)
        (ground / f"w{writer}" / name).write_text(text(name, 9999), "utf-8")
        Index(ground / "index").update(ground / f"w{writer}")
    assert store.damage_of(ground / "index") == ""
    assert_tidy(ground / "index")
    assert versions(ground / "index", all_of_it=True)[source(0, 0)] == 9999
