"""Guides of what is served are made in the background, and questions go first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import pytest

from index import Index
from rag import Engine
from tests.doubles import opener_of, usual, write_encoder, write_world
from ui.server.chat import Chat
from ui.server.guiding import GuideMaker
from ui.server.waiting_line import WaitingLine


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    compiled = write_encoder(tmp_path / "encoder")
    with usual(open_encoder=opener_of(compiled)):
        own = Index(tmp_path / "index")
        own.update(write_world(tmp_path / "world"))
        yield own


def guides(index: Index) -> int:
    return index.status().annotated.get("guide", 0)


def test_each_state_is_looked_at_once(index: Index, tmp_path: Path) -> None:
    maker = GuideMaker(WaitingLine(1, 1))
    assert not maker.begun
    maker.look(None)
    assert not maker.begun
    maker.look(index.open())
    maker.join()
    assert guides(index) == 3
    maker.look(index.open())
    (tmp_path / "world/heron.txt").write_text("Herons wait at the weir for eels.\n")
    index.update()
    assert guides(index) == 3
    maker.look(index.open())
    maker.join()
    assert guides(index) == 4


def test_it_waits_while_somebody_asks_and_ends_with_the_line(index: Index) -> None:
    line = WaitingLine(1, 1)
    maker, asking, done = GuideMaker(line), Event(), Event()

    def ask() -> None:
        with line.place("tab"):
            asking.set()
            done.wait()

    person = Thread(target=ask)
    person.start()
    asking.wait()
    maker.look(index.open())
    assert guides(index) == 0
    line.close()
    maker.join()
    assert guides(index) == 0
    done.set()
    person.join()


def test_the_page_takes_up_what_came_since(index: Index, tmp_path: Path) -> None:
    chat = Chat(Engine.open(index.path))
    chat.suggest("t" * 32)
    assert guides(index) == 0  # nothing is written for who only opens a page in a program
    chat.make_guides()
    chat._guides.join()
    assert guides(index) == 3
    (tmp_path / "world/heron.txt").write_text("Herons wait at the weir for eels.\n")
    index.update()
    chat.suggest("t" * 32)
    chat._guides.join()
    assert guides(index) == 4
