"""What is related to a quotation is opened under it, and leads to its places."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from index import CitationError
from rag.answers import Answer
from rag.citations import Citation
from rag.kinds import CitationGroup, QuestionKind
from tests.ui.served import CannedEngine
from ui.server.chat import Chat

Act = Callable[..., dict[str, Any]]


class Event:
    """What the browser sent."""

    def __init__(self, **data: object) -> None:
        self.__dict__ |= data


class Relating(CannedEngine):
    """An engine that knows of each quotation what is related; `told` is what was asked of it."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(tuple(dict.fromkeys(c.document for c in answer.citations)), [answer])
        self.known = answer
        self.told: list[int] = []

    def related(self, quotation: Citation | str) -> Answer:
        assert isinstance(quotation, Citation)
        self.told.append(quotation.number)
        if quotation.number > 1:
            raise CitationError("no sentence of these documents stands there")
        own = self.known.citations[1:]
        groups = (CitationGroup("Adds to it", tuple(c.number for c in own)),)
        return Answer("Related: x", own, (), 1.0, kind=QuestionKind.RELATED, groups=groups)


@pytest.fixture
def engine(answer: Answer) -> Relating:
    return Relating(answer)


@pytest.fixture
def act(engine: Relating) -> Act:
    chat = Chat(engine)
    token = "a" * 32
    chat.ask(token, engine.known.question, 1)
    return lambda **data: chat.act(token, Event(**data))


def test_it_is_shown_under_its_quotation_and_leads_to_its_places(
    act: Act, engine: Relating
) -> None:
    panel = act(do="related", turn="0", number="1")["aside"]
    assert engine.told == [1]
    assert 'data-of="0"' in panel
    assert "Adds to it" in panel
    second = engine.known.citations[1].number
    reader = act(do="cite", turn="related-0-1", number=str(second))["reader"]
    assert f'data-number="{second}"' in reader


@pytest.mark.parametrize("data", [{"turn": "7", "number": "1"}, {"turn": "0", "number": "99"}, {}])
def test_what_is_not_shown_has_nothing_related(act: Act, data: dict[str, str]) -> None:
    assert act(do="related", **data) == {}


def test_what_goes_wrong_is_told(act: Act) -> None:
    assert "No sentence of these documents" in act(do="related", turn="0", number="2")["notice"]
