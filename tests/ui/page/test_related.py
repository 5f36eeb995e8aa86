"""What is related to a quotation, in a real browser: opened, followed, closed; on a phone, too."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from rag.answers import Answer
from tests.ui.page.browser import MARKS, ask
from tests.ui.served import served
from tests.ui.server.test_related_view import Relating
from ui.server import web
from ui.server.chat import Chat

pytestmark = MARKS


@pytest.fixture(params=[1280, 390], ids=["wide", "phone"])
def page(chromium: Browser, answer: Answer, request: pytest.FixtureRequest) -> Iterator[Page]:
    with served(web.build_app(Chat(Relating(answer)))) as address:
        page = chromium.new_context(viewport={"width": request.param, "height": 800}).new_page()
        page.goto(address)
        ask(page, answer.question)
        yield page
        page.context.close()


def test_it_is_opened_by_key_followed_and_closed(page: Page) -> None:
    button = page.get_by_role("button", name="Related to quotation 1")
    expect(button).to_have_attribute("aria-expanded", "false")
    button.focus()
    page.keyboard.press("Enter")
    panel = page.get_by_role("region", name="Related to quotation 1")
    expect(panel.locator(".label")).to_have_text("Adds to it")
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(button).to_be_focused()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    widest = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert widest <= 0
    panel.get_by_role("button", name="related, in its document").first.click()
    expect(page.locator("#reader mark.active").first).to_be_visible()
    if page.evaluate("document.body.classList.contains('reading')"):
        page.keyboard.press("Escape")
    expect(panel.locator(".cite[aria-current]")).to_have_count(1)
    expect(page.locator(".turn > .answer .source > figure .cite[aria-current]")).to_have_count(0)
    button.click()
    expect(panel).to_have_count(0)
    expect(button).to_have_attribute("aria-expanded", "false")


def test_what_goes_wrong_is_told_and_nothing_opens(page: Page) -> None:
    page.get_by_role("button", name="Related to quotation 2").click()
    expect(page.locator("#notice .refused")).to_contain_text("No sentence of these documents")
    expect(page.locator("#conversation .related")).to_have_count(0)
