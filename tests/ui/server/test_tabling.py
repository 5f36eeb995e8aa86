"""The table of a tab: filled row by row, stopped, opened and taken along."""

from __future__ import annotations

import html
import io
import json
import re
import threading
from base64 import b64decode
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest

from rag.answers import Answer
from tests.ui.served import CannedEngine
from ui.server import limits, tabling
from ui.server.chat import Chat

TOKEN = "a" * 32
NOTHING = "Did zebras gallop to the lamp?"


class Event:
    """What the browser sent."""

    def __init__(self, **data: object) -> None:
        self.__dict__ |= data


@pytest.fixture
def engine(answer: Answer, abstained: Answer) -> CannedEngine:
    documents = dict.fromkeys(c.document for c in answer.citations)
    return CannedEngine(tuple(documents), [answer, abstained])


@pytest.fixture
def act(engine: CannedEngine) -> Callable[..., dict[str, Any]]:
    chat = Chat(engine)
    return lambda **data: chat.act(TOKEN, Event(**data))


def filled(act: Callable[..., dict[str, Any]], questions: str) -> str:
    """The panel when all is filled."""
    panel = act(do="fill", questions=questions)["table"]
    while "data-working" in panel:
        panel = act(do="table")["table"]
    return str(panel)


def test_the_panel_begins_empty(act: Callable[..., dict[str, Any]]) -> None:
    panel = act(do="table")["table"]
    assert "<textarea" in panel
    assert "<table" not in panel


def test_each_ticked_document_is_asked(
    act: Callable[..., dict[str, Any]], engine: CannedEngine, answer: Answer
) -> None:
    panel = filled(act, f"{answer.question}\n[yes/no] {NOTHING}")
    assert panel.count("<tr>") == 3
    assert "not found" in panel
    assert [asked for asked, _ in engine.asked] == [answer.question, NOTHING] * 2
    act(do="tick", document=engine.documents[0].id, checked=False)
    assert filled(act, answer.question).count("<tr>") == 2


def test_a_cell_opens_its_source(act: Callable[..., dict[str, Any]], answer: Answer) -> None:
    filled(act, answer.question)
    reader = act(do="cell", row="1", column="0", number="1")["reader"]
    assert re.search(r'<mark id="cite-1"[^>]*class="active"', reader)
    assert 'class="steps"' not in reader
    for wrong in ({"row": "9"}, {"column": "9"}, {"row": "-1"}, {"number": "x"}, {}):
        assert "reader" not in act(**{"do": "cell", "row": "0", "column": "0", **wrong})


def test_it_is_taken_along(act: Callable[..., dict[str, Any]], answer: Answer) -> None:
    assert act(do="download", form="csv") == {}
    filled(act, answer.question)

    def saved(form: str) -> str:
        (text,) = re.findall(r"(?s)>(.*)</textarea>", act(do="download", form=form)["parcel"])
        return html.unescape(text)

    assert "colza oil" in saved("csv")
    assert "<table" in saved("html")
    assert len(json.loads(saved("json"))["rows"]) == 2
    book = openpyxl.load_workbook(io.BytesIO(b64decode(saved("xlsx"))))
    assert book.sheetnames == ["Table", "About"]
    assert "data-encoded" in act(do="download", form="xlsx")["parcel"]


@pytest.mark.parametrize(
    ("questions", "said"),
    [
        ("", "The table: there is no question"),
        ("[colour] Which?", "The table, line 1: [colour] is no kind of column"),
    ],
)
def test_what_is_wrong_is_said(
    act: Callable[..., dict[str, Any]], questions: str, said: str
) -> None:
    views = act(do="fill", questions=questions)
    assert said in html.unescape(re.sub("<[^>]+>", "", views["notice"]))
    assert html.escape(questions) in html.unescape(views["table"])


def test_too_many_cells_are_refused(
    act: Callable[..., dict[str, Any]], answer: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "TABLE_CELLS", 1)
    assert "more than 1 cells" in act(do="fill", questions=answer.question)["notice"]


def test_what_fails_is_said_and_the_questions_stay(
    act: Callable[..., dict[str, Any]], engine: CannedEngine
) -> None:
    engine.errors["Why?"] = RuntimeError("unforeseen")
    views = act(do="fill", questions="Why?")
    while "data-working" in views["table"]:
        views = act(do="table")
    assert "refused" in views["notice"]
    assert "Why?" in views["table"]


@pytest.mark.slow
def test_it_is_stopped_and_lets_others_ask(
    act: Callable[..., dict[str, Any]],
    engine: CannedEngine,
    answer: Answer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """While a row is filled another question is answered; a stop leaves the rows that are there."""
    monkeypatch.setattr(tabling, "EVERY_SECONDS", 0.01)
    entered, go_on = threading.Event(), threading.Event()
    plain = CannedEngine.ask

    def slow(self: CannedEngine, question: str, **how: Any) -> Answer:
        if self.analysed and self.asked:  # a row of the table, not the first
            entered.set()
            assert go_on.wait(60)
        return plain(self, question, **how)

    monkeypatch.setattr(CannedEngine, "ask", slow)
    panel = act(do="fill", questions=answer.question)["table"]
    assert entered.wait(60)
    assert "data-working" in panel
    assert answer.question in html.unescape(act(do="ask", question=answer.question)["talk"])
    threading.Timer(0.05, go_on.set).start()
    assert "data-working" not in act(do="unfill")["table"]
