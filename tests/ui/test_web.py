"""The chat page in a real browser, most of it over answers made by hand."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

from index.errors import DamagedIndex, IbidError
from index.load import load_text
from index.types import Document, text_id
from rag.types import Answer
from tests.ui.handmade import LIGHTHOUSE, cite
from tests.ui.served import BROWSER, BROWSERS, MUST_RUN, CannedEngine, app_of, served
from ui import web
from ui.chat import Chat

browser_test = pytest.mark.browser
# Gradio counts its own events with what pandas 3 no longer wants.
pytestmark = [
    pytest.mark.filterwarnings("ignore:'future.no_silent_downcasting' is deprecated"),
    pytest.mark.filterwarnings("ignore:The copy keyword is deprecated"),
]

LONG = "".join(f"Line {i} of the log says nothing.\n\n" for i in range(300))
DEEP = f"The Long Log\n\n{LONG}The lamp failed at last.\n\n{LONG}"
DEEP_QUESTION = "When did the lamp fail?"
TITLE = "${document.title='x'} ${window.owned=1}"
IMAGE = "<img src=x onerror=\"document.title='x';window.owned=1\">"
UNFORESEEN = "What did nobody think of?"
BROKEN = "Is the index whole?"
FORGED = "{{#with window}}{{owned}}{{/with}} `${window.owned=1}` <script>window.owned=1</script>"

# what Gradio's own script says when a page with an open connection is left
OF_GRADIO = ("AbortError: signal is aborted without reason", "Connection errored out.")

Open = Callable[..., Page]


def hostile(payload: str) -> Answer:
    """The question, and the title, file name, author and text of what it quotes."""
    document = Document(text_id(payload), payload, payload, payload, {"author": payload})
    return Answer(payload, (cite(document, payload, 1, headings=(f"§ {payload}",)),), (), 0.9)


def deep() -> Answer:
    document = load_text(DEEP.encode(), "log.txt")
    return Answer(DEEP_QUESTION, (cite(document, "The lamp failed at last.", 1),), (), 0.9)


@pytest.fixture
def engine(answer: Answer, abstained: Answer) -> CannedEngine:
    replies = [answer, abstained, deep(), *map(hostile, (TITLE, IMAGE, FORGED))]
    documents = {c.document: None for r in replies for c in (*r.citations, *r.closest)}
    errors = {
        BROKEN: DamagedIndex(f"{IMAGE} is cut short; build the index again"),
        UNFORESEEN: KeyError(IMAGE),
    }
    return CannedEngine(tuple(documents), replies, errors)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if BROWSER is None:
        missing = f"the page was not tried: none of {', '.join(BROWSERS)} is installed"
        pytest.fail(missing) if MUST_RUN else pytest.skip(missing)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def open_page(engine: CannedEngine, chromium: Browser) -> Iterator[Open]:
    """Opens the page in a session of its own; what the browser complains of fails the test."""
    complaints: list[str] = []
    with served(app_of(engine)) as address:

        def new(width: int = 1280, height: int = 800, q: str = "", **options: object) -> Page:
            viewport = {"width": width, "height": height}
            page = chromium.new_context(viewport=viewport, **options).new_page()  # type: ignore[arg-type]
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
            page.goto(f"{address}/?q={quote(q)}" if q else address)
            expect(page.get_by_role("textbox", name="Your question")).to_be_visible()
            return page

        yield new
        for context in chromium.contexts:
            context.close()
    assert [c for c in complaints if not any(words in c for words in OF_GRADIO)] == []


def ask(page: Page, question: str) -> None:
    page.get_by_role("textbox", name="Your question").fill(question)
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator(".turn").last.locator(".question")).to_have_text(question)


def number(page: Page, n: int) -> None:
    """Click a number, and wait until the reader was drawn anew."""
    sheet = page.locator("#reader .sheet")
    view = sheet.get_attribute("data-view")
    page.get_by_role("button", name=f"Show quotation {n} in its document").last.click()
    expect(sheet).not_to_have_attribute("data-view", view or "")


def is_inside(page: Page, inner: str, outer: str) -> bool:
    """Whether `inner` can be seen in the part of `outer` that is scrolled into view."""
    a, b = page.locator(inner).bounding_box(), page.locator(outer).bounding_box()
    assert a is not None
    assert b is not None
    return b["y"] <= a["y"] and a["y"] + a["height"] <= b["y"] + b["height"]


@browser_test
def test_an_answer_stands_beside_its_source(open_page: Open, answer: Answer) -> None:
    page = open_page()
    ask(page, answer.question)
    expect(page.locator(".count")).to_contain_text("3 quotations from 2 sources, verified")
    for citation in answer.citations:
        expect(page.locator("#conversation")).to_contain_text(citation.quote, use_inner_text=True)
    assert answer.best is not None
    expect(page.locator("#reader h2")).to_have_text(answer.best.document.title)
    expect(page.locator("mark.active")).to_have_text(answer.best.quote)


@browser_test
def test_a_number_leads_to_its_place(open_page: Open, answer: Answer) -> None:
    page = open_page()
    ask(page, answer.question)
    for citation in reversed(answer.citations):
        number(page, citation.number)
        expect(page.locator("mark.active")).to_have_text(citation.quote)
        expect(page.locator("#reader h2")).to_have_text(citation.document.title)
        expect(page.locator(".cite[aria-current]")).to_have_text(f"[{citation.number}]")
    assert page.locator("#reader .text").inner_text().split() == LIGHTHOUSE.split()


@browser_test
def test_the_source_scrolls_to_the_quotation_and_back_to_it(open_page: Open) -> None:
    page = open_page()
    ask(page, DEEP_QUESTION)
    for _ in range(2):
        number(page, 1)
        expect(page.locator("mark.active")).to_be_in_viewport()
        assert is_inside(page, "mark.active", "#reader .text")
        page.locator("#reader .text").evaluate("text => text.scrollTo(0, 0)")
        expect(page.locator("mark.active")).not_to_be_in_viewport()


@browser_test
def test_earlier_answers_stay_and_still_lead_to_their_sources(
    open_page: Open, answer: Answer
) -> None:
    page = open_page()
    ask(page, answer.question)
    ask(page, DEEP_QUESTION)
    expect(page.locator(".turn")).to_have_count(2)
    page.get_by_role("button", name="Show quotation 2 in its document").first.click()
    expect(page.locator("mark.active")).to_have_text(answer.citations[1].quote)


@browser_test
def test_an_abstention_is_said_calmly(open_page: Open, abstained: Answer) -> None:
    page = open_page()
    ask(page, abstained.question)
    card = page.locator(".abstained")
    expect(card).to_contain_text("The documents do not answer this")
    expect(card).to_contain_text("zebras, gallop")
    expect(card).to_contain_text("not an answer")
    expect(page.locator(".count")).not_to_contain_text("quotation")
    number(page, 1)
    expect(page.locator("mark.active")).to_have_text(abstained.closest[0].quote)


@browser_test
@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("???", "has no word in it"),
        (BROKEN, "build the index again"),
        (UNFORESEEN, "This question failed; the terminal that runs Ibid says why"),
    ],
)
def test_an_error_is_one_line_and_the_question_stays(
    open_page: Open, question: str, said: str
) -> None:
    page = open_page(390, 500)
    box = page.get_by_role("textbox", name="Your question")
    box.fill(question)
    box.press("Enter")
    alert = page.get_by_role("alert").filter(has_text=said)
    expect(alert).to_be_in_viewport()
    assert "Traceback" not in page.locator("body").inner_text()
    expect(page.locator(".turn")).to_have_count(0)
    expect(box).to_have_value(question)
    assert page.locator("#notice img").count() == 0


@browser_test
def test_after_an_error_the_next_question_is_answered(open_page: Open, answer: Answer) -> None:
    page = open_page()
    box = page.get_by_role("textbox", name="Your question")
    box.fill("???")
    box.press("Enter")
    expect(page.locator(".refused")).to_be_visible()
    ask(page, answer.question)
    expect(page.locator(".refused")).to_have_count(0)
    expect(box).to_have_value("")


@browser_test
def test_everything_can_be_done_with_the_keyboard(open_page: Open, answer: Answer) -> None:
    page = open_page()
    expect(page.get_by_role("textbox", name="Your question")).to_be_focused()
    page.keyboard.type(answer.question)
    page.keyboard.press("Enter")
    expect(page.locator(".turn")).to_have_count(1)
    for key, n in (("Enter", 2), ("Space", 3)):
        link = page.get_by_role("button", name=f"Show quotation {n} in its document")
        for _ in range(30):
            if link.evaluate("link => link === document.activeElement"):
                break
            page.keyboard.press("Shift+Tab" if n == 2 else "Tab")
        expect(link).to_be_focused()
        page.keyboard.press(key)
        expect(page.locator("mark.active")).to_have_text(answer.citations[n - 1].quote)
        expect(link).to_be_focused()


@browser_test
def test_on_a_telephone_the_source_is_a_sheet(open_page: Open, answer: Answer) -> None:
    page = open_page(390, 844, has_touch=True)
    ask(page, answer.question)
    expect(page.locator("#reader .sheet")).not_to_be_visible()
    number(page, 2)
    expect(page.locator("mark.active")).to_be_in_viewport()
    close = page.get_by_role("button", name="Back to the conversation")
    expect(close).to_be_focused()
    close.click()
    expect(page.locator("#reader .sheet")).not_to_be_visible()
    opener = page.get_by_role("button", name="Show quotation 2 in its document")
    expect(opener).to_be_focused()
    opener.press("Enter")
    expect(page.locator("mark.active")).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(page.locator("#reader .sheet")).not_to_be_visible()


@browser_test
@pytest.mark.parametrize("width", [320, 390, 768, 960, 1920])
def test_nothing_sticks_out_at_any_width(open_page: Open, answer: Answer, width: int) -> None:
    page = open_page(width, 700)
    for question in (answer.question, DEEP_QUESTION, IMAGE):
        ask(page, question)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        box = page.locator("#question textarea").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        expect(page.locator("#question textarea")).to_be_in_viewport()


@browser_test
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_in_light_and_dark(open_page: Open, answer: Answer, scheme: str) -> None:
    page = open_page(color_scheme=scheme)
    ask(page, answer.question)
    number(page, 2)
    expect(page.locator("mark.active")).to_be_visible()
    assert (_luminance(page, "gradio-app", "backgroundColor") < 0.2) == (scheme == "dark")
    pairs = [
        (".question", "gradio-app", 7), (".citation blockquote", "gradio-app", 7),
        (".citation figcaption", "gradio-app", 4.5),
        (".cite:not([aria-current])", ".cite:not([aria-current])", 4.5),
        (".cite[aria-current]", ".cite[aria-current]", 4.5), ("mark.active", "mark.active", 4.5),
        ("mark:not(.active)", "mark:not(.active)", 7), ("#reader .about", "gradio-app", 4.5),
        ("#question button", "#question button", 4.5), (".masthead p", "gradio-app", 4.5),
        (".tools button", "gradio-app", 4.5), (".documents .about", "gradio-app", 4.5),
    ]  # fmt: skip
    for words, ground, least in pairs:
        light, dark = sorted(
            (_luminance(page, words, "color"), _luminance(page, ground, "backgroundColor")),
            reverse=True,
        )
        assert (light + 0.05) / (dark + 0.05) >= least, f"{words} on {ground}"


def _luminance(page: Page, selector: str, style: str) -> float:
    """Relative luminance as WCAG 2 defines it, of an opaque colour."""
    code = f"element => getComputedStyle(element).{style}"
    colour = page.locator(selector).first.evaluate(code)
    assert re.fullmatch(r"rgb\(.*\)", colour), f"{selector}: {colour} is not opaque"
    channels = [int(c) / 255 for c in re.findall(r"\d+", colour)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@browser_test
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


@browser_test
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


@browser_test
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


@browser_test
def test_the_conversation_survives_a_reload(
    open_page: Open, engine: CannedEngine, answer: Answer, abstained: Answer
) -> None:
    page = open_page()
    ask(page, answer.question)
    page.reload()
    expect(page.locator(".turn")).to_have_count(1)
    ask(page, abstained.question)
    assert engine.asked[-1][1] == (answer,)
    page.get_by_text("Conversation", exact=True).click()
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator(".welcome")).to_be_visible()
    page.reload()
    expect(page.locator(".welcome")).to_be_visible()
    ask(page, answer.question)
    assert engine.asked[-1][1] == ()


@browser_test
def test_an_address_can_hold_the_first_question(
    open_page: Open, engine: CannedEngine, answer: Answer
) -> None:
    page = open_page(q=answer.question)
    expect(page.locator(".question")).to_have_text(answer.question)
    expect(page.locator("mark.active")).to_be_visible()
    page.reload()
    expect(page.locator(".turn")).to_have_count(1)
    assert len(engine.asked) == 1


@browser_test
def test_an_example_is_asked_by_one_click(open_page: Open, engine: CannedEngine) -> None:
    page = open_page()
    examples = page.locator("#offers button")
    expect(examples).to_have_text(list(web.EXAMPLES))
    examples.nth(2).click()
    expect(page.locator(".question")).to_have_text(web.EXAMPLES[2])
    assert engine.asked == [(web.EXAMPLES[2], ())]
    expect(examples).to_have_count(0)


@browser_test
@pytest.mark.slow
def test_the_bundled_articles_answer(chromium: Browser) -> None:
    from rag import Engine

    real = Engine.open()
    with served(web.build_app(Chat(real))) as address:
        page = chromium.new_page()
        page.goto(address)
        ask(page, "What does ENFORCE stand for in the ENFORCE Act?")
        expect(page.locator("#conversation")).to_contain_text(
            "Enhancing National Frameworks for Overseas Critical Exports"
        )
        number(page, 1)
        expect(page.locator("mark.active")).to_be_in_viewport()
        page.context.close()


def test_the_page_is_served_and_no_more_of_gradio(engine: CannedEngine) -> None:
    with (
        served(app_of(engine)) as address,
        httpx.Client(base_url=address, trust_env=False) as client,
    ):
        assert "gradio-app" in client.get("/").text
        assert client.get("/favicon.ico").headers["content-type"].startswith("image/svg")
        for path in ("/gradio_api/info", "/gradio_api/file=pyproject.toml", "/docs", "/monitoring"):
            assert client.get(path).status_code == 404
        upload = client.post("/gradio_api/upload", files={"files": b"x"})
        assert upload.status_code == 404
        assert client.get("/", headers={"host": "rebound.example"}).status_code == 400


def test_a_busy_port_gives_way_to_the_next() -> None:
    with web._listen("127.0.0.1", 0) as first:
        port = first.getsockname()[1]
        with web._listen("127.0.0.1", port) as second:
            assert second.getsockname()[1] > port


@pytest.mark.parametrize("host", ["192.0.2.1", "no such host"])
def test_an_address_that_is_not_ours_is_an_error_that_says_so(host: str) -> None:
    with pytest.raises(IbidError, match=r"cannot listen on .*choose another --host"):
        web._listen(host, 0)


def test_no_port_left_is_an_error_that_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "PORTS_TRIED", 1)
    with (
        web._listen("127.0.0.1", 0) as taken,
        pytest.raises(IbidError, match=r"no free port .*--port"),
    ):
        web._listen("127.0.0.1", taken.getsockname()[1])


@pytest.mark.parametrize(
    ("platform", "environment", "has"),
    [
        ("linux", {}, False), ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True), ("darwin", {}, True),
    ],
)  # fmt: skip
def test_a_browser_is_opened_only_with_a_display(
    monkeypatch: pytest.MonkeyPatch, platform: str, environment: dict[str, str], has: bool
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", platform)
    assert web._has_display() == has


@pytest.mark.slow
def test_python_m_ui_serves_the_page_and_ends_on_ctrl_c(tmp_path: Path) -> None:
    (tmp_path / "lamp.txt").write_text(LIGHTHOUSE, "utf-8")
    environment = {k: v for k, v in os.environ.items() if "DISPLAY" not in k}
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        command = ["-m", "ui", "--documents", str(tmp_path), "--port", str(port)]
        with subprocess.Popen(
            [sys.executable, *command], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            text=True, env=environment, cwd=Path(__file__).parents[2],
        ) as process:  # fmt: skip
            assert process.stdout is not None
            line = process.stdout.readline()
            address = re.search(r"http://127\.0\.0\.1:(\d+)", line)
            if address is None:
                pytest.fail(f"no address in {line!r}: {process.communicate()[1]}")
            assert int(address[1]) > port
            page = httpx.get(address[0], trust_env=False)
            assert page.status_code == 200
            # an open page keeps a connection: it must not keep the program from ending
            heartbeat = f"{address[0]}/gradio_api/heartbeat/abc"
            with httpx.stream("GET", heartbeat, trust_env=False) as open_stream:
                assert open_stream.status_code == 200
                process.send_signal(signal.SIGINT)
                _, complaints = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "Traceback" not in complaints
