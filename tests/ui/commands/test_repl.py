"""A conversation in the terminal."""

from __future__ import annotations

import builtins
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from index.errors import QuestionError
from index.types import Hit, Passage, Sentence
from rag.answers import Answer
from rag.kinds import QuestionKind
from tests.ui.served import CannedEngine
from ui.commands import repl


class Alike(CannedEngine):
    """Answers everything alike, and remembers what it was asked after what."""

    def __init__(self, answer: Answer) -> None:
        super().__init__((), ())
        self.answer = answer
        self.after: list[tuple[str, int]] = []
        self.as_kinds: list[QuestionKind | None] = []

    def ask(
        self,
        question: str,
        *,
        history: Sequence[Answer] = (),
        kind: QuestionKind | None = None,
        **_: Any,
    ) -> Answer:
        self.after.append((question, len(history)))
        self.as_kinds.append(kind)
        if question == "?":
            raise QuestionError("the question has no word in it; write what you want to know")
        if question == "stop":
            raise KeyboardInterrupt
        return replace(self.answer, question=question)


@pytest.fixture
def engine(answer: Answer) -> Alike:
    return Alike(answer)


def talk(engine: Alike, monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    typed = iter(lines)

    def read(prompt: str) -> str:
        line = next(typed, None)
        if line is None:
            raise EOFError
        if line == "^C":
            raise KeyboardInterrupt
        return line

    monkeypatch.setattr(builtins, "input", read)
    repl.converse(engine)


def test_questions_are_asked_after_one_another(
    engine: Alike, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    talk(engine, monkeypatch, "How tall is it?", "", "^C", "  Why?  ", ":alone Why?", "And?")
    assert engine.after == [("How tall is it?", 0), ("Why?", 1), ("Why?", 0), ("And?", 3)]
    quote = " ".join(engine.answer.citations[0].quote.split())
    assert capsys.readouterr().out.count(quote) == 4


def test_a_conversation_can_be_forgotten_and_ended(
    engine: Alike, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    talk(engine, monkeypatch, "One?", ":new", "Two?", ":quit", "Three?")
    assert engine.after == [("One?", 0), ("Two?", 0)]
    assert "a new conversation" in capsys.readouterr().err


def test_what_cannot_be_asked_leaves_the_conversation_as_it_was(
    engine: Alike, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    talk(engine, monkeypatch, "One?", "?", "stop", ":nonsense", "Two?")
    assert engine.after[-1] == ("Two?", 1)
    told = capsys.readouterr().err
    assert "no word in it" in told
    assert "stopped" in told
    assert "there is no :nonsense" in told


def test_a_number_shows_the_quotation_in_its_passage(
    engine: Alike, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    cited = engine.answer.citations[0]
    document = cited.document
    passage = Passage(document, 0, len(document.text), (Sentence(0, len(document.text)),))
    engine.answer = replace(engine.answer, hits=(Hit(passage, 1.0, {}),))
    talk(engine, monkeypatch, "1", "One?", "1", "77")
    shown = capsys.readouterr()
    assert f"»{' '.join(cited.quote.split())}«" in shown.out
    assert document.id[:16] in shown.out
    assert " ".join(document.text.split())[:40] in shown.out.replace("»", "").replace("«", "")
    assert shown.err.count("has no quotation") == 2


def test_the_last_question_is_read_as_another_kind(
    engine: Alike, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    talk(
        engine, monkeypatch, ":as list", "How tall is it?", "Why?", ":as riddle", ":as list", "And?"
    )
    assert engine.after == [("How tall is it?", 0), ("Why?", 1), ("Why?", 1), ("And?", 2)]
    assert engine.as_kinds == [None, None, QuestionKind.LIST, None]
    said = capsys.readouterr().err
    assert "nothing was asked yet" in said
    assert "choose one of: fact, list, count" in said


def test_help_names_every_command(
    engine: Alike, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    talk(engine, monkeypatch, ":help")
    said = capsys.readouterr().out
    assert all(command in said for command in (":alone", ":as", ":new", ":help", ":quit", "Ctrl-D"))
