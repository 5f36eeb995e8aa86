"""Saved answers that a tab opens: what is one, what becomes of it, and what is too much."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from index.errors import CitationError
from index.types import Document
from rag.answers import Answer
from tests.ui.served import CannedEngine
from ui.server import limits, saved
from ui.server.chat import Chat

TOKEN = "t" * 32


@pytest.fixture
def chat(answer: Answer, lighthouse: Document, harbour: Document) -> Chat:
    return Chat(CannedEngine((lighthouse, harbour), [answer]))


def opened(chat: Chat, data: Any, name: str = "a.json") -> dict[str, Any]:
    chat.sessions.of(TOKEN).saved = saved.required(name, json.dumps(data).encode())
    return act(chat, do="saved")


class Event:
    def __init__(self, **data: str) -> None:
        self.__dict__.update(data)


def act(chat: Chat, **data: str) -> dict[str, Any]:
    return chat.act(TOKEN, Event(**data))


def test_only_answers_are_recognized(answer: Answer) -> None:
    data = json.dumps(answer.to_dict()).encode()
    assert saved.recognized("a.JSON", data)
    for name, given in (
        ("a.txt", data),
        ("a.json", b"[" * 10**5),
        ("a.json", b"\xff"),
        ("a.json", b'{"format": 1, "counts": {}, "answers": []}'),
        ("a.json", data + b" " * limits.SAVED_BYTES),
    ):
        assert saved.recognized(name, given) is None
        with pytest.raises(CitationError, match="is no saved answer"):
            saved.required(name, given)


def test_it_is_shown_opened_at_a_place_and_kept(chat: Chat, answer: Answer) -> None:
    shown = opened(chat, answer.to_dict())["table"]
    assert shown.count('class="became holds"') == 3
    reader = act(chat, do="state", number="2")["reader"]
    assert 'class="active"' in reader
    assert act(chat, do="state", number="3") == {}
    for form, name in (("json", "renewed.json"), ("html", "checked.html"), ("md", "checked.md")):
        assert f'data-name="{name}"' in act(chat, do="keep", form=form)["parcel"]


def test_nothing_is_opened_where_nothing_was_sent(chat: Chat) -> None:
    assert act(chat, do="saved") == act(chat, do="keep") == act(chat, do="state") == {}
    assert "&lt;b" in act(chat, do="unopened", reason="<b>").get("notice", "").replace(
        "&#60;", "&lt;"
    )


def test_what_is_hostile_is_words_or_refused(chat: Chat, answer: Answer) -> None:
    image = '<img src=x onerror="owned=1">{{x}}'
    data = answer.to_dict()
    entry = {**data["citations"][0], "source": image, "quote": image, "text_sha256": image}
    shown = opened(chat, {**data, "question": image, "citations": [entry]}, f"{image}.json")
    assert "<img" not in shown["table"]
    assert "{{" not in shown["table"]
    refused = opened(chat, {**data, "citations": [{"number": image}]})
    assert "<img" not in refused["notice"]
    assert refused["table"] == ""
    assert chat.sessions.of(TOKEN).saved is None


def test_too_many_quotations_are_refused(chat: Chat, answer: Answer) -> None:
    one = answer.to_dict()["citations"][0]
    many = {**answer.to_dict(), "citations": [one] * (limits.SAVED_QUOTATIONS + 1)}
    assert "over 500 quotations" in opened(chat, many)["notice"]


def test_a_conversation_is_exported_and_opened(chat: Chat, answer: Answer) -> None:
    chat.ask(TOKEN, answer.question)
    chat.ask(TOKEN, answer.question)
    parcel = act(chat, do="export", form="json")["parcel"]
    assert 'data-name="conversation.json"' in parcel
    both = {"format": 1, "answers": [replace(answer).to_dict()] * 2}
    assert opened(chat, both)["table"].count('class="became holds"') == 6
