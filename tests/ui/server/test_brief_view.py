"""What a tab looks at without a question: a brief, its form, its files and its places."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from rag.answers import Answer
from rag.kinds import Counted, QuestionKind, Tally
from tests.ui.served import CannedEngine
from ui.server.chat import Chat

Act = Callable[..., dict[str, Any]]


class Event:
    """What the browser sent."""

    def __init__(self, **data: object) -> None:
        self.__dict__ |= data


class Briefing(CannedEngine):
    """An engine whose brief is known; `told` is what was asked of it."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(tuple(dict.fromkeys(c.document for c in answer.citations)), [answer])
        tally = Tally(161, Counted.STATEMENTS)
        self.known = replace(answer, question="Brief", kind=QuestionKind.BRIEF, tally=tally)
        self.told: list[tuple[str, int, str]] = []

    def brief(self, topic: str = "", *, top: int = 10, since: str = "") -> Answer:
        self.told.append((topic, top, since))
        return self.known


@pytest.fixture
def engine(answer: Answer) -> Briefing:
    return Briefing(answer)


@pytest.fixture
def act(engine: Briefing) -> Act:
    chat = Chat(engine)
    return lambda **data: chat.act("a" * 32, Event(**data))


def test_a_brief_is_asked_for_as_it_was_typed(act: Act, engine: Briefing) -> None:
    panel = act(do="brief")["table"]
    assert engine.told == [("", 10, "")]
    assert "of 161 statements." in panel
    assert "The next" not in panel  # a brief is no list to go through
    panel = act(do="brief", topic=" <the lamp> ", top="3", since="Last")["table"]
    assert engine.told[1] == ("<the lamp>", 3, "last")
    assert "&#60;the lamp&#62;" in panel


@pytest.mark.parametrize("top", ["0", "51", "many", "-1", "1.5", "²"])
def test_how_many_is_a_number(act: Act, engine: Briefing, top: str) -> None:
    views = act(do="brief", top=top)
    assert "A brief has 1 to 50 statements" in views["notice"]
    assert 'class="gather"' in views["table"]
    assert engine.told == []


def test_it_is_taken_along_and_leads_to_its_places(act: Act, engine: Briefing) -> None:
    assert not act(do="gathered", view="brief", form="md")
    act(do="brief")
    for form in ("md", "html", "json", "docx", "eml"):
        assert f"brief.{form}" in act(do="gathered", view="brief", form=form)["parcel"]
    assert not act(do="gathered", view="brief", form="exe")
    first = engine.known.citations[0]
    reader = act(do="cite", turn="brief", number=str(first.number))["reader"]
    assert f'data-number="{first.number}"' in reader
