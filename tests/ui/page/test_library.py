"""The documents' pane in a real browser: leaving out, searching, dropping files, going back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from index.failures import Failure, Why
from rag.answers import Answer
from rag.engine import Engine
from tests.ui.page.browser import IMAGE, MARKS, Open, ask
from tests.ui.served import CannedEngine, served
from tests.ui.server.test_offers import OfDocuments
from ui.server import limits, web
from ui.server.chat import Chat

pytestmark = MARKS

PIE = "The pie is baked for forty minutes. It is eaten warm."


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("IBID_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def real_page(index_path: Path, chromium: Browser) -> Iterator[Page]:
    """The page over a real, small index."""
    with served(web.build_app(Chat(Engine.open(index_path)))) as address:
        page = chromium.new_context().new_page()
        page.goto(address)
        expect(page.locator("#library .documents li")).to_have_count(3)
        yield page
        page.context.close()


def test_a_document_without_a_tick_is_not_asked(
    open_page: Open, engine: CannedEngine, answer: Answer
) -> None:
    page = open_page()
    page.get_by_role("checkbox", name="Ask Harbour dues").uncheck()
    count = len(engine.documents)
    expect(page.locator(".masthead .shelf")).to_have_text(f"{count - 1} of {count}")
    ask(page, answer.question)
    page.reload()
    expect(page.get_by_role("checkbox", name="Ask Harbour dues")).not_to_be_checked()
    page.get_by_role("checkbox", name="Ask Harbour dues").check()
    expect(page.locator(".masthead .shelf")).to_have_text(f"{count} documents")


def test_an_abstention_offers_to_ask_what_has_no_tick(open_page: Open) -> None:
    page = open_page()
    boxes = page.get_by_role("checkbox", name="Ask ")
    boxes.first.uncheck()
    ask(page, "Who asked?")
    card = page.locator(".abstained")
    expect(card).to_contain_text("1 document was left out")
    page.get_by_role("button", name="Ask all documents").click()
    expect(card).not_to_contain_text("left out")
    expect(page.locator(".turn")).to_have_count(1)
    expect(boxes.first).to_be_checked()
    page.get_by_role("button", name="Undo").click()
    expect(boxes.first).not_to_be_checked()
    expect(card).to_contain_text("1 document was left out")


def test_what_is_offered_goes_with_the_ticks(
    engine: CannedEngine, chromium: Browser, answer: Answer
) -> None:
    with served(web.build_app(Chat(engine, suggests=OfDocuments))) as address:
        page = chromium.new_context().new_page()
        page.goto(address)
        offered = page.locator("#offers button")
        expect(offered).to_contain_text("log.txt")
        page.get_by_role("checkbox", name="Ask The Long Log").uncheck()
        expect(offered).to_contain_text("open ")
        expect(offered).not_to_contain_text("log.txt")
        page.context.close()


def test_what_is_offered_goes_with_the_files_that_are_dropped(
    index_path: Path, chromium: Browser
) -> None:
    chat = Chat(Engine.open(index_path), suggests=OfDocuments)
    with served(web.build_app(chat)) as address:
        page = chromium.new_context().new_page()
        page.goto(address)
        offered = page.locator("#offers button")
        expect(offered).to_contain_text("harbour.txt")
        file: FilePayload = {"name": "pie.txt", "mimeType": "text/plain", "buffer": PIE.encode()}
        page.locator(".drop input").first.set_input_files([file])
        expect(offered).to_have_text("open pie.txt?")
        page.get_by_role("button", name="Back to the bundled articles").click()
        expect(offered).to_contain_text("harbour.txt")
        page.context.close()


def test_the_list_is_searched(open_page: Open) -> None:
    page = open_page()
    rows = page.locator("#library .documents li:visible")
    page.get_by_role("searchbox", name="Search in the list of documents").fill("harb")
    expect(rows).to_have_count(1)
    page.get_by_role("searchbox", name="Search in the list of documents").fill("")
    assert rows.count() > 1


def test_dropped_files_are_asked_until_one_goes_back(real_page: Page, own_home: Path) -> None:
    page = real_page
    dropped: list[FilePayload] = [
        {"name": "pie.txt", "mimeType": "text/plain", "buffer": PIE.encode()},
        {"name": "tea.md", "mimeType": "text/plain", "buffer": b"# Tea\n\nMilk comes last."},
        {"name": "empty.txt", "mimeType": "text/plain", "buffer": b""},
        {"name": "photo.png", "mimeType": "image/png", "buffer": b"\x89PNG"},
    ]
    page.locator(".drop input").first.set_input_files(dropped)
    titles = page.locator("#library .documents button[data-do=open]")
    expect(titles).to_have_text(["pie", "Tea"])
    arriving = page.locator(".arriving li")
    expect(arriving.nth(0)).to_contain_text("taken")
    expect(arriving.nth(2)).to_contain_text("there is no text in it")
    expect(arriving.nth(3)).to_contain_text("Ibid reads")
    page.reload()
    expect(titles).to_have_text(["pie", "Tea"])
    page.get_by_role("button", name="Remove Tea").click()
    expect(titles).to_have_text(["pie"])
    expect(page.locator("#notice")).to_contain_text("tea.md was removed.")
    page.get_by_role("button", name="Undo").click()
    expect(titles).to_have_text(["pie", "Tea"])
    page.get_by_role("button", name="Back to the bundled articles").click()
    expect(page.locator("#library .documents li")).to_have_count(3)
    page.get_by_role("button", name="Undo").click()
    expect(titles).to_have_text(["pie", "Tea"])
    page.get_by_role("button", name="Back to the bundled articles").click()
    page.get_by_role("button", name="Delete now").click()
    expect(page.locator("#notice")).to_be_empty()
    assert not list((own_home / "dropped").glob("*"))


def test_another_tab_has_not_got_the_files(real_page: Page, chromium: Browser) -> None:
    file: FilePayload = {"name": "pie.txt", "mimeType": "text/plain", "buffer": PIE.encode()}
    real_page.locator(".drop input").first.set_input_files([file])
    expect(real_page.locator("#library .documents li")).to_have_count(1)
    other = chromium.new_context().new_page()
    other.goto(real_page.url)
    expect(other.locator("#library .documents li")).to_have_count(3)
    other.context.close()


def test_a_page_elsewhere_cannot_send_files(real_page: Page, own_home: Path) -> None:
    """Without the tab's secret nothing is taken, and no other origin may send that header."""
    request = real_page.request
    address = f"{real_page.url}dropped?name=pie.txt"
    assert request.post(address, data=PIE).status == 403
    token = {"x-ibid-tab": "t" * 32}
    asked = request.fetch(
        address,
        method="OPTIONS",
        headers={
            **token,
            "origin": "http://elsewhere.example",
            "access-control-request-method": "POST",
            "access-control-request-headers": "x-ibid-tab",
        },
    )
    assert "access-control-allow-origin" not in asked.headers
    assert not list((own_home / "dropped").glob("*"))


def test_a_file_that_is_too_large_is_refused_before_it_is_read(
    real_page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "FILE_BYTES", 30)
    address = f"{real_page.url}dropped?name=pie.txt"
    refused = real_page.request.post(address, data=PIE, headers={"x-ibid-tab": "t" * 32})
    assert refused.status == 413
    assert "split the file" in refused.text()


def test_what_was_not_taken_is_told_by_kind_with_what_to_do(real_page: Page) -> None:
    dropped: list[FilePayload] = [
        {"name": "pie.txt", "mimeType": "text/plain", "buffer": PIE.encode()},
        {"name": "empty.txt", "mimeType": "text/plain", "buffer": b""},
        *(
            FilePayload(name=f"<{n}>.png", mimeType="image/png", buffer=b"\x89PNG")
            for n in range(3)
        ),
    ]
    real_page.locator(".drop input").first.set_input_files(dropped)
    report = real_page.locator("details.report")
    expect(report.locator("> summary")).to_have_text("1 read, 4 not read")
    expect(report).to_contain_text("there is no text in it; remove it or fill it")
    kind = report.locator("li summary")
    expect(kind).to_contain_text("3 .png not of a format that Ibid reads; save it as")
    kind.focus()
    real_page.keyboard.press("Enter")
    expect(report.get_by_text("_2_.png")).to_be_visible()
    real_page.get_by_role("button", name="Back to the bundled articles").click()
    expect(report.locator("> summary")).to_have_text("3 read")


@pytest.mark.parametrize("width", [390, 1280])
def test_the_report_fits_is_worked_by_keys_and_runs_nothing(
    open_page: Open, engine: CannedEngine, width: int
) -> None:
    wrong = [Failure(f"{IMAGE}{n}", f"{IMAGE}{n}: {'a' * 300}; save it") for n in range(2)]
    rule = [Failure(f"{n}/{IMAGE}.doc", "save it as .docx", why=Why.FORMAT) for n in range(2)]
    engine.failures, engine.passed_over = tuple(wrong), tuple(rule)
    page = open_page(width)
    if width < 1200:
        page.locator(".masthead .shelf").click()
    report = page.locator("details.report")
    expect(report.locator("> summary")).to_have_text("4 not read")
    expect(report).to_have_attribute("open", "")
    group = report.locator("li summary").last
    group.press("Enter")
    expect(report.get_by_text(f"1/{IMAGE}.doc")).to_be_visible()
    group.press("Enter")
    expect(report.get_by_text(f"1/{IMAGE}.doc")).not_to_be_visible()
    pane = page.locator("#library .text")
    assert pane.evaluate("pane => pane.scrollWidth <= pane.clientWidth")
    assert page.evaluate("document.title !== 'x' && !window.owned")
    assert page.locator("#library img").count() == 0


def test_what_was_opened_or_shut_stays_so_when_the_list_is_drawn_anew(
    open_page: Open, engine: CannedEngine
) -> None:
    rule = [Failure(f"{n}.doc", f"{n}.doc: save it as .docx", why=Why.FORMAT) for n in range(2)]
    engine.failures, engine.passed_over = (Failure("a.txt", "a.txt: no text"),), tuple(rule)
    page = open_page()
    report = page.locator("details.report")
    group = report.locator("li details")
    group.locator("summary").press("Enter")
    expect(group).to_have_attribute("open", "")
    engine.passed_over += (Failure("2.doc", "2.doc: save it as .docx", why=Why.FORMAT),)
    view = page.locator("#library .shelf").get_attribute("data-view") or ""
    page.evaluate("ibid.built()")
    expect(page.locator("#library .shelf")).not_to_have_attribute("data-view", view)
    expect(group.locator("summary")).to_contain_text("3 .doc")
    expect(group).to_have_attribute("open", "")
    expect(group.locator("summary")).to_be_focused()
    report.locator("> summary").click()
    engine.failures += (Failure("b.txt", "b.txt: no text"),)
    view = page.locator("#library .shelf").get_attribute("data-view") or ""
    page.evaluate("ibid.built()")
    expect(page.locator("#library .shelf")).not_to_have_attribute("data-view", view)
    expect(report.locator("> summary")).to_have_text("5 not read")
    expect(report).not_to_have_attribute("open", "")
