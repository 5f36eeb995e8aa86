"""Nothing that a person has is deleted without an undo: answers, conversations, files, ticks."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.answers import Answer
from rag.engine import Engine
from rag.following import Following
from tests.ui.served import CannedEngine
from tests.ui.server.test_session import (
    OTHER,
    TOKEN,
    Event,
    own_home,
    session,
    while_it_is_answered,
)
from ui.server.chat import Chat
from ui.server.session import Session
from ui.server.sessions import Sessions

__all__ = ["own_home"]  # a fixture


@pytest.fixture
def engine(answer: Answer, abstained: Answer) -> CannedEngine:
    documents = dict.fromkeys(c.document for c in answer.citations)
    return CannedEngine(tuple(documents), [answer, abstained])


def questions(mine: Session) -> list[str]:
    return [turn.answer.question for turn in mine.turns]


THREE = ["What is first?", "What is second?", "What is third?"]


@pytest.fixture
def talked(engine: CannedEngine) -> Session:
    mine = session(engine)
    for question in THREE:
        mine.ask(question)
    return mine


def test_an_answer_is_replaced_in_its_place_and_can_be_had_again(
    talked: Session, engine: CannedEngine, answer: Answer
) -> None:
    first, old, last = talked.turns
    engine.replies[THREE[1]] = Answer(THREE[1], answer.citations, (), 0.9)
    new = talked.ask(THREE[1], at=1)
    assert talked.turns == [first, new, last]
    talked.take_back()
    assert talked.turns == [first, old, last]
    talked.take_back()  # nor is the new one lost by it
    assert talked.turns == [first, new, last]


def test_of_a_question_that_is_edited_what_follows_stays(talked: Session) -> None:
    talked.editing = 0
    talked.ask("What is before?")
    assert questions(talked) == ["What is before?", *THREE[1:]]
    talked.take_back()
    assert questions(talked) == THREE


def test_an_answer_that_is_replaced_twice_at_once_stands_there_once(
    talked: Session, engine: CannedEngine
) -> None:
    while_it_is_answered(engine, lambda: talked.ask("Another?", at=1))
    talked.ask("A third one?", at=1)
    assert questions(talked) == [THREE[0], "A third one?", THREE[2]]
    talked.take_back()
    assert questions(talked) == [THREE[0], "Another?", THREE[2]]


def test_a_conversation_that_was_put_away_comes_back_before_the_new_one(talked: Session) -> None:
    old = list(talked.turns)
    talked.new()
    assert talked.turns == []
    talked.ask("What is new?")
    talked.take_back()
    assert talked.turns[:3] == old
    assert questions(talked) == [*THREE, "What is new?"]
    assert talked.undo is None


def test_what_was_being_answered_comes_back_with_its_conversation(
    talked: Session, engine: CannedEngine
) -> None:
    def put_away_and_back() -> None:
        talked.new()
        talked.take_back()

    while_it_is_answered(engine, put_away_and_back)
    assert talked.ask("What is fourth?")
    assert questions(talked) == [*THREE, "What is fourth?"]


def test_an_empty_conversation_is_no_loss(engine: CannedEngine) -> None:
    mine = session(engine)
    mine.new()
    assert mine.undo is None
    mine.take_back()
    assert mine.turns == []


def test_the_page_offers_the_undo_also_after_a_reload(engine: CannedEngine, answer: Answer) -> None:
    chat = Chat(engine)
    chat.ask(TOKEN, answer.question)
    for views in (chat.act(TOKEN, Event(do="new")), chat.open(TOKEN, "")):
        assert "was put away" in views["notice"]
        assert 'data-do="undo"' in views["notice"]
    assert "was put away" in chat.ask(TOKEN, "Is it kept meanwhile?")["notice"]
    views = chat.act(TOKEN, Event(do="undo"))
    assert answer.question in views["talk"]
    assert views["notice"] == ""
    assert "undo" not in chat.ask(OTHER, answer.question)["notice"]


@pytest.fixture
def dropped(index_path: Path) -> Session:
    mine = Sessions(Following(Engine.open(index_path))).of(TOKEN)
    mine.files.add("herons.txt", b"Herons wait at the weir for eels.\n")
    mine.files.add("salt.txt", b"Salt was sold at the eastern gate.\n")
    mine.take()
    return mine


def sources(mine: Session) -> set[str]:
    return {d.source for d in mine.engine.documents}


def test_a_removed_file_comes_back(dropped: Session) -> None:
    dropped.remove("salt.txt")
    assert sources(dropped) == {"herons.txt"}
    dropped.take_back()
    assert sources(dropped) == {"herons.txt", "salt.txt"}
    assert dropped.asking().ask("Where was salt sold?").hits


def test_dropped_files_come_back_beside_those_that_were_dropped_since(dropped: Session) -> None:
    dropped.home()
    assert not dropped.dropped
    dropped.files.add("salt.txt", b"Salt is another thing now.\n")
    dropped.take()
    assert sources(dropped) == {"salt.txt"}
    dropped.take_back()
    assert sources(dropped) == {"herons.txt", "salt.txt", "salt (earlier).txt"}


def test_the_next_loss_deletes_what_was_kept_aside(dropped: Session, own_home: Path) -> None:
    dropped.remove("salt.txt")
    dropped.remove("herons.txt")
    dropped.take_back()
    assert sources(dropped) == {"herons.txt"}
    dropped.home()
    dropped.ask("Where do herons wait?")
    dropped.new()
    assert not list((own_home / "dropped").glob("*"))


def test_what_is_kept_aside_is_deleted_at_once_when_one_says_so(
    dropped: Session, own_home: Path
) -> None:
    dropped.home()
    assert list((own_home / "dropped").rglob("salt.txt"))
    dropped.settle_loss()
    assert dropped.undo is None
    assert not list((own_home / "dropped").glob("*"))


def test_of_an_archive_that_holds_a_document_the_whole_file_is_removed(dropped: Session) -> None:
    dropped.files.add("notes.csv", b"name,town\nAda,Brell\nBo,Tarn\nCy,Lund\n")
    dropped.take()
    (source,) = sources(dropped) - {"herons.txt", "salt.txt"}
    dropped.remove(f"{source.partition('#')[0]}#1")
    assert sources(dropped) == {"herons.txt", "salt.txt"}
    assert dropped.undo is not None
    assert dropped.undo.words == "notes.csv was removed."


def test_files_whose_index_cannot_be_opened_stay_and_are_indexed_again(
    dropped: Session, index_path: Path
) -> None:
    for file in dropped.files.index.rglob("MANIFEST.json"):
        file.write_bytes(b"{}")
    again = Sessions(Following(Engine.open(index_path))).of(TOKEN)
    assert not again.dropped
    assert again.files
    again.take()
    assert sources(again) == {"herons.txt", "salt.txt"}


def test_ticks_outlast_the_files_that_are_dropped_meanwhile(dropped: Session) -> None:
    dropped.home()
    served = dropped.engine.documents
    dropped.left_out = frozenset({served[0].id})
    dropped.take_back()
    assert dropped.asking() is dropped.engine
    dropped.home()
    assert dropped.asking().documents == served[1:]


def test_ticking_all_to_ask_again_can_be_undone(engine: CannedEngine) -> None:
    mine = session(engine)
    mine.left_out = frozenset({engine.documents[0].id})
    asked = mine.ask("Who asked?")
    assert asked is not None
    assert asked.answer.scope == (1, 1)
    again = mine.include_all(0)
    assert again is not None
    assert again.answer.scope == (2, 0)
    assert mine.left_out == frozenset()
    mine.take_back()
    assert mine.left_out == {engine.documents[0].id}
    assert mine.turns == [asked]
