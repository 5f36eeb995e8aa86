"""The body of a request: all of it, and never more than is allowed."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from starlette.datastructures import Headers
from starlette.types import Message, Receive

from ui.server import limits
from ui.server.gate.body import announced, whole
from ui.server.gate.refusal import TOO_LARGE, TOO_SLOW, Gone, Refusal


def received(*messages: Message) -> Receive:
    """What a server hands on, message by message; then nothing comes for ever."""
    waiting = iter(messages)

    async def receive() -> Message:
        for message in waiting:
            return message
        return await asyncio.Future()

    return receive


def read(body: Coroutine[Any, Any, bytes]) -> bytes:
    """In a thread of its own: where a browser was driven before, this one has a loop already."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, body).result()


def part(data: bytes, *, more: bool = True) -> Message:
    return {"type": "http.request", "body": data, "more_body": more}


def test_the_parts_are_put_together() -> None:
    body = received(part(b"Eels "), part(b""), part(b"are fish.", more=False))
    assert read(whole(body, 14)) == b"Eels are fish."


def test_more_than_is_allowed_is_refused_while_it_comes() -> None:
    with pytest.raises(Refusal, match="over 1 KB; send less") as refused:
        read(whole(received(part(b"x" * 1000), part(b"x" * 25)), 1024))
    assert refused.value.status == TOO_LARGE


def test_who_has_gone_is_not_waited_for() -> None:
    with pytest.raises(Gone):
        read(whole(received(part(b"x"), {"type": "http.disconnect"}), 1024))


def test_what_stops_coming_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "GRACE_SECONDS", 0.0)
    with pytest.raises(Refusal, match="too slowly") as refused:
        read(whole(received(), 1024))
    assert refused.value.status == TOO_SLOW


@pytest.mark.parametrize(
    ("said", "size"), [("12", 12), ("", 0), ("-1", 0), ("x", 0), ("9" * 40, int("9" * 16))]
)
def test_how_much_is_said_to_come(said: str, size: int) -> None:
    assert announced(Headers({"content-length": said} if said else {})) == size
