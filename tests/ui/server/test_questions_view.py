"""What all documents say, as a panel in the place of the conversation."""

from __future__ import annotations

import pytest

from index.encoder.encode import OnnxEncoder
from rag import Engine
from tests.ui.server.test_session import TOKEN, Event
from ui.server.chat import Chat
from ui.server.gathering import ASKED


@pytest.mark.slow
def test_the_questions_of_all_documents_and_of_a_topic(default_encoder: OnnxEncoder) -> None:
    chat = Chat(Engine.open())
    chat.open(TOKEN, "")
    every = chat.act(TOKEN, Event(do="questions"))["table"]
    assert "People also ask" in every
    assert "Can the government stop China from using AI?" in every
    assert f"{ASKED} quotations" in every
    topical = chat.act(TOKEN, Event(do="questions", topic="export controls"))["table"]
    assert "export controls" in topical
    assert "stop China from using AI?" not in topical
