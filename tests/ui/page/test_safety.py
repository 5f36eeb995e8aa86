"""What no document and no other page can do to the page, in a real browser."""

from __future__ import annotations

import socket
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Route, expect

from rag.types import Answer
from tests.ui.page.browser import (
    DEEP_QUESTION,
    FORGED,
    IMAGE,
    MARKS,
    TITLE,
    Open,
    ask,
    number,
)
from tests.ui.served import CannedEngine, app_of, served

pytestmark = MARKS


@pytest.mark.parametrize("payload", [TITLE, IMAGE, FORGED])
def test_a_hostile_document_stays_words(open_page: Open, payload: str) -> None:
    """Without the Content-Security-Policy too: escaping alone has to hold."""
    page = open_page(bypass_csp=True)
    ask(page, payload)
    number(page, 1)
    expect(page.locator("mark.active")).to_have_text(payload)
    expect(page.locator("#reader h2")).to_have_text(payload)
    expect(page.locator("#reader .about")).to_contain_text(payload)
    expect(page.locator("#conversation blockquote")).to_contain_text(payload)
    page.wait_for_timeout(300)  # an onerror would come by itself, later
    assert page.title() == "Ibid"
    assert page.evaluate("window.owned") is None
    assert page.locator("gradio-app :is(img, script)").count() == 0


def test_nothing_is_loaded_from_outside(
    engine: CannedEngine, chromium: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither by the browser nor by the server, which runs in this process."""
    outside: list[str] = []
    look_up = socket.getaddrinfo

    def watched(host: str | bytes | None, *rest: Any, **options: Any) -> Any:
        if host not in (None, "127.0.0.1", "localhost"):
            outside.append(str(host))
        return look_up(host, *rest, **options)

    monkeypatch.setattr(socket, "getaddrinfo", watched)

    def guard(route: Route) -> None:
        if httpx.URL(route.request.url).host in ("127.0.0.1", "localhost"):
            route.continue_()
        else:
            outside.append(route.request.url)
            route.abort()

    with served(app_of(engine)) as address:
        # without the page's own policy, which would stop such a request before it is counted
        context = chromium.new_context(service_workers="block", bypass_csp=True)
        context.route("**/*", guard)
        page = context.new_page()
        page.on("websocket", lambda socket: outside.append(socket.url))
        page.goto(address)
        for question in engine.replies:
            ask(page, question)
        page.wait_for_timeout(500)  # for what might be loaded late
        context.close()
    assert outside == []


def test_sessions_do_not_see_each_other(
    open_page: Open, engine: CannedEngine, answer: Answer, abstained: Answer
) -> None:
    mine, yours = open_page(), open_page()
    ask(mine, answer.question)
    ask(yours, abstained.question)
    ask(mine, DEEP_QUESTION)
    expect(yours.locator(".turn")).to_have_count(1)
    assert answer.question not in yours.content()
    assert [[a.question for a in history] for _, history in engine.asked] == [
        [], [], [answer.question],
    ]  # fmt: skip
