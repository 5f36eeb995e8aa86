"""What no document and no other page can do to the page, in a real browser."""

from __future__ import annotations

import socket
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, Route, expect
from starlette.responses import HTMLResponse

from rag.answers import Answer
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
from ui.server import limits, web
from ui.server.chat import Chat
from ui.server.gate.calls import PATH

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
        [],
        [],
        [answer.question],
    ]


TRIES = """async (address) => {
  const call = JSON.stringify({ fn_index: 2, data: ["t".repeat(32), "What did the lamp burn?"] });
  const json = { "content-type": "application/json" }, tab = { "x-ibid-tab": "t".repeat(32) };
  const tries = [
    ["/"], ["/theme.css"], ["/waiting"], ["/config"], ["/gradio_api/info"],
    ["PATH", { method: "POST", body: call }],
    ["PATH", { method: "POST", body: call, headers: json }],
    ["/dropped?name=a.txt", { method: "POST", body: "words" }],
    ["/dropped?name=a.txt", { method: "POST", body: "words", headers: tab }],
  ];
  const read = [];
  for (const [path, options] of tries) {
    for (const mode of ["cors", "no-cors"]) {
      for (const credentials of ["omit", "include"]) {
        try {
          const reply = await fetch(address + path, { ...options, mode, credentials });
          if (reply.status || (await reply.text())) read.push([path, mode]);
        } catch { /* as it should be */ }
      }
    }
  }
  const loaded = (element) => new Promise((done) => {
    element.onload = () => done(true);
    element.onerror = () => done(false);
    document.body.append(element);
  });
  const script = document.createElement("script");
  script.src = `${address}/static/js/iframeResizer.contentWindow.min.js`;
  if (await loaded(script)) read.push(["a script"]);
  const frame = document.createElement("iframe");
  frame.src = address;
  await loaded(frame);
  try {
    if (frame.contentDocument?.body.innerText) read.push(["a frame"]);
  } catch { /* as it should be */ }
  return read;
}""".replace("PATH", PATH)


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1"])
def test_another_origin_reads_nothing_and_does_nothing(
    engine: CannedEngine,
    chromium: Browser,
    answer: Answer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    """Another port of this machine is another origin."""
    monkeypatch.setenv("IBID_HOME", str(tmp_path))
    elsewhere = FastAPI(openapi_url=None)
    with served(app_of(engine)) as address, served(elsewhere) as other:
        address, other = (one.replace("127.0.0.1", name) for one in (address, other))
        link = f'<a href="{address}/?q={answer.question}">ask</a>'
        elsewhere.add_route("/", lambda request: HTMLResponse(link))
        page = chromium.new_context().new_page()
        page.goto(other)
        assert page.evaluate(TRIES, address) == []
        assert engine.asked == []
        assert list(tmp_path.iterdir()) == []
        page.get_by_role("link", name="ask").click()  # a link is followed, as any is
        expect(page.locator(".turn .question")).to_have_text(answer.question)
        page.context.close()


def test_what_is_refused_is_said_in_words(
    engine: CannedEngine, chromium: Browser, answer: Answer
) -> None:
    with served(app_of(engine)) as address:
        page = chromium.new_context().new_page()
        page.goto(address)
        box = page.get_by_role("textbox", name="Your question")
        expect(page.locator("#switch input")).to_be_visible()
        refused = {"error": "Too many."}
        page.route(f"**{PATH}", lambda route: route.fulfill(status=429, json=refused))
        box.fill("Why?")
        box.press("Enter")
        expect(page.get_by_role("alert").filter(has_text="Too many.")).to_be_visible()
        expect(page.get_by_text("Error", exact=True)).to_have_count(0)
        page.unroute(f"**{PATH}")
        ask(page, answer.question)
        expect(page.get_by_text("Too many.")).to_have_count(0)
        page.context.close()


def test_who_waits_sees_the_number(
    engine: CannedEngine, chromium: Browser, answer: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "QUESTIONS", 1)
    may, reply = Event(), engine.ask

    def slowly(question: str, **how: Any) -> Answer:
        may.wait(60)
        return reply(question, **how)

    monkeypatch.setattr(engine, "ask", slowly)
    chat = Chat(engine)
    with ThreadPoolExecutor(1) as threads, served(web.build_app(chat)) as address:
        threads.submit(chat.ask, "a" * 32, "When?", 1)
        page = chromium.new_context().new_page()
        page.goto(address)
        box = page.get_by_role("textbox", name="Your question")
        box.fill(answer.question)
        box.press("Enter")
        number = page.get_by_role("status").filter(has_text="Busy: you are number 1.")
        expect(number).to_be_visible()
        may.set()
        expect(page.locator(".turn .question")).to_have_text(answer.question)
        expect(number).to_have_count(0)
        page.context.close()
