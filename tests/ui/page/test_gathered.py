"""The timeline and the names in a real browser: shown, narrowed, opened at a place, saved."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from index.generation.build import encode_documents
from rag import Engine
from tests.doubles import FakeEncoder, document
from tests.scripted import Scripted
from tests.ui.page.browser import MARKS
from tests.ui.served import served
from ui.server import web
from ui.server.chat import Chat

pytestmark = MARKS
YEARS = "".join(
    f"\n\nThe keeper of the lock saw {y - 1900} eels in {y}." for y in range(1900, 1960)
)
OWN = document(f"# The lock\n\nDr Ida Holm is the keeper of the lock at Brell.{YEARS}\n", "lock.md")


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    retriever = encode_documents([OWN], FakeEncoder()).retriever(FakeEncoder())
    with served(web.build_app(Chat(Engine(retriever, Scripted({}), [OWN])))) as address:
        page = chromium.new_context(viewport={"width": 1280, "height": 800}).new_page()
        page.goto(address)
        yield page
        page.context.close()


def shown(page: Page, view: str) -> None:
    page.get_by_role("button", name=view).click()
    expect(page.locator("#table .group").first).to_be_visible()


def test_a_timeline_is_shown_in_parts_narrowed_and_opened(page: Page) -> None:
    shown(page, "What is dated, in order")
    labels = page.locator("#table .label")
    expect(labels).to_have_count(50)
    page.get_by_role("button", name="The next 10").click()
    expect(labels).to_have_count(10)
    page.get_by_role("button", name="The 50 before").click()
    expect(labels).to_have_count(50)
    page.get_by_role("textbox", name="From").fill("1955")
    page.get_by_role("textbox", name="Until").fill("1956")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(labels).to_have_text(["1955", "1956"])
    expect(page.get_by_role("textbox", name="From")).to_have_value("1955")
    page.locator("#table .cite").last.click()
    expect(page.locator("#reader mark.active")).to_have_text(
        "The keeper of the lock saw 56 eels in 1956."
    )
    expect(page.locator("#table .cite[aria-current]")).to_have_text("[2]")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.get_by_role("textbox", name="From").fill("soon")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator("#notice .refused")).to_contain_text("no date")
    page.get_by_role("button", name="Back to the conversation").click()
    expect(page.locator("#table")).to_be_hidden()


def test_names_are_shown_and_saved(page: Page, tmp_path: Path) -> None:
    shown(page, "Who and what is named")
    expect(page.locator("#table .label").first).to_have_text("People: Dr Ida Holm")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download as .json").click()
    waiting.value.save_as(tmp_path / "who.json")
    assert json.loads((tmp_path / "who.json").read_text("utf-8"))["kind"] == "names"
    for form in ("docx", "html", "md"):
        with page.expect_download() as waiting:
            page.get_by_role("button", name=f"Download as .{form}").click()
        assert waiting.value.suggested_filename == f"who.{form}"
