"""Sessions: what a tab keeps, what it forgets, and the files that were dropped on it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

from index.errors import UnreadableDocument
from rag.answers import Answer
from rag.engine import Engine
from rag.following import Following
from rag.kinds import QuestionKind
from tests.ui.served import CannedEngine, Parrot
from ui.server import limits
from ui.server.chat import Chat
from ui.server.dropped import Dropped, safe_name, sweep
from ui.server.session import Session
from ui.server.sessions import Sessions

TOKEN, OTHER = "a" * 32, "b" * 32


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("IBID_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def engine(answer: Answer, abstained: Answer) -> CannedEngine:
    documents = dict.fromkeys(c.document for c in answer.citations)
    return CannedEngine(tuple(documents), [answer, abstained])


def session(engine: CannedEngine) -> Session:
    return Sessions(Following(engine)).of(TOKEN)


class Event:
    """What the browser sent."""

    def __init__(self, **data: object) -> None:
        self.__dict__ |= data


def test_a_token_finds_its_session_again_and_no_other(engine: CannedEngine) -> None:
    sessions = Sessions(Following(engine))
    assert sessions.of(TOKEN) is sessions.of(TOKEN)
    assert sessions.of(TOKEN) is not sessions.of(OTHER)
    for forged in ("", "x", "../" * 10, "a b" * 10, "a" * 65):
        assert sessions.of(forged) is not sessions.of(forged)


def test_sessions_end_after_a_day_and_the_oldest_goes_first(engine: CannedEngine) -> None:
    now = 0.0
    sessions = Sessions(Following(engine), kept_seconds=10, clock=lambda: now)
    first = sessions.of(TOKEN)
    now = 9.0
    assert sessions.of(TOKEN) is first
    now = 19.5
    assert sessions.of(TOKEN) is not first
    latest = sessions.of(TOKEN)
    for i in range(limits.TABS):
        sessions.of(f"{i:032d}")
    assert sessions.of(TOKEN) is not latest


def test_who_opens_many_pages_ends_nobody_s_conversation(
    engine: CannedEngine, answer: Answer
) -> None:
    sessions = Sessions(Following(engine))
    asked = sessions.of(TOKEN)
    asked.ask(answer.question)
    for i in range(2 * limits.TABS):
        sessions.of(f"{i:032d}")
    assert sessions.of(TOKEN) is asked


def test_a_follow_up_knows_the_conversation_unless_it_is_switched_off(
    engine: CannedEngine, answer: Answer, abstained: Answer
) -> None:
    mine = session(engine)
    mine.ask(answer.question)
    mine.ask(abstained.question)
    mine.ask(answer.question, as_typed=True)
    mine.completes = False
    mine.ask(answer.question)
    assert [len(history) for _, history in engine.asked] == [0, 1, 0, 0]
    assert len(mine.turns) == 4
    assert all(turn.verified for turn in mine.turns)


def test_an_edited_question_takes_the_place_of_its_turn(
    engine: CannedEngine, answer: Answer, abstained: Answer
) -> None:
    mine = session(engine)
    for question in (answer.question, abstained.question, answer.question):
        mine.ask(question)
    mine.editing = 1
    mine.ask("Something else?")
    questions = [turn.answer.question for turn in mine.turns]
    assert questions == [answer.question, "Something else?", answer.question]
    assert mine.editing is None
    assert engine.asked[-1][1] == (answer,)


def test_a_stopped_question_leaves_no_turn(engine: CannedEngine, answer: Answer) -> None:
    mine = session(engine)
    ask = engine.ask

    def stopped_meanwhile(question: str, **rest: Any) -> Answer:
        mine.stop(2)
        return ask(question)

    engine.ask = stopped_meanwhile  # type: ignore[method-assign]  # a double
    assert not mine.ask(answer.question, count=2)
    assert not mine.ask(answer.question, count=1)  # overtaken by the stop
    assert mine.turns == []
    assert mine.ask(answer.question, count=3)


def while_it_is_answered(engine: CannedEngine, act: Callable[[], object]) -> None:
    """Do something while the next question is being answered."""
    ask = engine.ask

    def overtaken(question: str, **rest: object) -> Answer:
        engine.ask = ask  # type: ignore[method-assign]  # as it was
        act()
        return ask(question)

    engine.ask = overtaken  # type: ignore[method-assign]  # a double


def test_two_questions_at_once_are_both_kept_in_their_order(
    engine: CannedEngine, answer: Answer, abstained: Answer
) -> None:
    mine = session(engine)
    while_it_is_answered(engine, lambda: mine.ask(abstained.question))
    mine.ask(answer.question)
    assert [turn.answer for turn in mine.turns] == [answer, abstained]


def test_what_is_asked_while_an_earlier_question_is_asked_again_is_kept(
    engine: CannedEngine, answer: Answer, abstained: Answer
) -> None:
    mine = session(engine)
    for question in (answer.question, abstained.question, answer.question):
        mine.ask(question)
    while_it_is_answered(engine, lambda: mine.ask("And then?"))
    mine.ask(abstained.question, at=1)
    questions = [turn.answer.question for turn in mine.turns]
    assert questions == [answer.question, abstained.question, answer.question, "And then?"]


def test_an_answer_to_what_was_asked_before_a_new_conversation_is_not_in_it(
    engine: CannedEngine, answer: Answer
) -> None:
    mine = session(engine)
    mine.ask(answer.question)
    while_it_is_answered(engine, mine.new)
    assert not mine.ask(answer.question)
    assert mine.turns == []
    assert mine.ask(answer.question)


def test_documents_that_are_left_out_are_not_asked(engine: CannedEngine, answer: Answer) -> None:
    chat = Chat(engine)
    views = chat.act(TOKEN, Event(do="tick", document=engine.documents[1].id, checked=False))
    assert "1 of 2" in views["masthead"]
    assert chat.sessions.of(TOKEN).asking().documents == engine.documents[:1]
    chat.act(TOKEN, Event(do="tick", document=engine.documents[1].id, checked=True))
    assert chat.sessions.of(TOKEN).asking() is engine


def test_a_question_is_read_as_another_kind_in_its_place(
    engine: CannedEngine, answer: Answer
) -> None:
    chat = Chat(engine)
    chat.ask(TOKEN, answer.question)
    views = chat.act(TOKEN, Event(do="read", turn="0", kind="count"))
    assert answer.question in views["talk"]
    assert engine.kinds == [None, QuestionKind.COUNT]
    assert len(chat.sessions.of(TOKEN).turns) == 1


@pytest.mark.parametrize(
    "sent",
    [
        {"do": "read", "turn": "0", "kind": "riddle"}, {"do": "read", "turn": "7", "kind": "fact"},
        {}, {"do": "nothing"}, {"do": "__init__"}, {"do": ""}, {"do": None}, {"do": "cite"},
        {"do": "cite", "turn": "1", "number": "1"}, {"do": "cite", "turn": "-1", "number": "1"},
        {"do": "cite", "turn": "0", "number": "99"}, {"do": "cite", "turn": 0, "number": 1},
        {"do": "cite", "turn": "0", "number": None}, {"do": "open", "document": "2"},
        {"do": "open", "document": "٢"}, {"do": "open", "document": [0]}, {"do": "edit"},
        {"do": "retry", "turn": "9" * 30}, {"do": "judge", "turn": "0", "verdict": "so-so"},
        {"do": "tick", "document": "7", "checked": True}, {"do": "remove", "document": "0"},
    ],
)  # fmt: skip
def test_what_names_nothing_changes_nothing(
    engine: CannedEngine, answer: Answer, sent: dict[str, object]
) -> None:
    chat = Chat(engine)
    chat.ask(TOKEN, answer.question)
    assert chat.act(TOKEN, Event(**sent)) == {}
    assert len(chat.sessions.of(TOKEN).turns) == 1


def test_a_judgement_is_kept_as_a_question_for_ibid_eval(
    engine: CannedEngine, answer: Answer, own_home: Path
) -> None:
    from rag.evaluation.questions import read_questions

    chat = Chat(engine)
    chat.ask(TOKEN, answer.question)
    views = chat.act(TOKEN, Event(do="judge", turn="0", verdict="right", note="exactly"))
    assert "feedback.jsonl" in views["notice"]
    (kept,) = read_questions(own_home / "feedback.jsonl")
    assert kept.text == answer.question
    assert chat.sessions.of(TOKEN).turns[0].judged == "right"


@given(st.text(max_size=300))
def test_a_name_stays_in_its_folder(name: str) -> None:
    try:
        safe = safe_name(name)
    except UnreadableDocument:
        return
    parts = safe.split("/")
    assert 1 <= len(parts) <= 4
    for part in parts:
        assert part not in ("", ".", "..")
        assert part.isprintable()
        assert len(part.encode()) <= 255
        assert not set(part) & set('\\:*?"<>|')


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("a.txt", "a.txt"), ("notes/2021/a.md", "notes/2021/a.md"), ("/etc/passwd", "etc/passwd"),
        ("../../a.txt", "a.txt"), ("a\nb.txt", "a_b.txt"), ("C:\\a.txt", "C__a.txt"),
    ],
)  # fmt: skip
def test_names_are_kept_where_they_can_be(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.exe", b"words", "of a format that Ibid reads; save it as"),
        ("a.txt", b"", "no text in it"), ("a.txt", b"\0" * 100, "a.txt"),
        ("", b"words", "without a name"), ("///", b"words", "without a name"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_taken_says_why(name: str, data: bytes, why: str) -> None:
    files = Dropped(TOKEN)
    with pytest.raises(UnreadableDocument, match=why):
        files.add(name, data)
    assert not files


@pytest.mark.slow
def test_there_is_an_end_to_what_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    files = Dropped(TOKEN)
    for i in range(limits.FILES):
        files.add(f"{i}.txt", b"words")
    files.add("0.txt", b"other words")  # in the place of the first
    with pytest.raises(UnreadableDocument, match="there are 20 files; remove one first"):
        files.add("one-more.txt", b"words")
    monkeypatch.setattr(limits, "FILE_BYTES", 10)
    with pytest.raises(UnreadableDocument, match="split the file"):
        files.add("1.txt", b"more than ten bytes")


def test_files_that_nobody_used_for_a_day_are_deleted() -> None:
    old, new = Dropped(TOKEN), Dropped(OTHER)
    for files in (old, new):
        files.add("a.txt", b"words")
    yesterday = time.time() - 25 * 3600
    os.utime(old.folder, (yesterday, yesterday))
    sweep()
    assert not old.folder.exists()
    assert new


def test_dropped_files_are_asked_instead_and_again_after_a_restart(
    index_path: Path, own_home: Path
) -> None:
    served = Engine.open(index_path)
    mine = Sessions(Following(served)).of(TOKEN)
    mine.files.add("notes/pie.txt", b"The pie is baked for forty minutes. It is eaten warm.")
    mine.files.add("tea.txt", b"The tea is poured before the milk. Nobody knows why.")
    mine.take()
    assert mine.dropped
    assert {d.source for d in mine.engine.documents} == {"notes/pie.txt", "tea.txt"}
    assert mine.passages().total() == 2
    again = Sessions(Following(served)).of(TOKEN)
    assert {d.source for d in again.engine.documents} == {"notes/pie.txt", "tea.txt"}
    assert not Sessions(Following(served)).of(OTHER).dropped
    again.remove("tea.txt")
    assert {d.source for d in again.engine.documents} == {"notes/pie.txt"}
    again.remove("notes/pie.txt")
    assert again.engine is served
    again.settle_loss()
    assert not list((own_home / "dropped").glob("*"))


def test_questions_are_offered_once_and_again_after_a_reload(
    engine: CannedEngine, answer: Answer
) -> None:
    chat = Chat(engine, suggests=Parrot)
    assert "Where does it begin?" in chat.suggest(TOKEN)["offers"]
    chat.ask(TOKEN, answer.question)
    assert "And where does it go on?" in chat.suggest(TOKEN)["offers"]
    assert chat.suggest(TOKEN) == {}
    assert "And where does it go on?" in chat.open(TOKEN, "")["offers"]
    assert "go on" not in chat.ask(TOKEN, answer.question)["offers"]


def test_after_an_abstention_the_card_says_what_would_be_answered(
    engine: CannedEngine, abstained: Answer
) -> None:
    chat = Chat(engine, suggests=Parrot)
    chat.ask(TOKEN, abstained.question)
    assert "What else is there?" in chat.suggest(TOKEN)["talk"]
    assert "What else is there?" in chat.open(TOKEN, "")["talk"]


def test_what_was_asked_meanwhile_is_not_undone(
    engine: CannedEngine, answer: Answer, abstained: Answer
) -> None:
    parrot = Parrot(engine)
    chat = Chat(engine, suggests=lambda _: parrot)
    chat.ask(TOKEN, answer.question)
    parrot.meanwhile = lambda: chat.ask(TOKEN, abstained.question)
    assert chat.suggest(TOKEN) == {}
    assert len(chat.sessions.of(TOKEN).turns) == 2


def test_a_question_in_the_address_is_asked_even_after_a_stop(
    engine: CannedEngine, answer: Answer
) -> None:
    chat = Chat(engine)
    chat.stop(TOKEN, 7)
    chat.open(TOKEN, answer.question)
    assert len(chat.sessions.of(TOKEN).turns) == 1


def test_what_is_removed_from_the_page_leaves_the_disk(index_path: Path, own_home: Path) -> None:
    mine = Sessions(Following(Engine.open(index_path))).of(TOKEN)
    mine.files.add("herons.txt", b"Herons wait at the weir for eels.\n")
    mine.files.add("salt.txt", b"Salt was sold at the eastern gate.\n")
    mine.take()
    mine.asking().ask("Where was salt sold?")
    mine.remove("salt.txt")
    mine.settle_loss()
    for file in mine.files.folder.rglob("*"):
        assert not file.is_file() or b"Salt was sold" not in file.read_bytes()
