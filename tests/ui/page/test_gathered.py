"""Brief, timeline, names and questions in a real browser: shown, narrowed, opened, saved."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from email import message_from_bytes
from pathlib import Path
from typing import Literal

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


class Eels(dict[str, list[tuple[str, float]]]):
    """What is read of whichever question is made of the document."""

    def __missing__(self, question: str) -> list[tuple[str, float]]:
        eels = re.search(r"\d+ eels", question)
        words = f"saw {eels[0]} in" if eels else "is the keeper" if "Holm" in question else ""
        return [(words, 0.9)] if words else []


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    retriever = encode_documents([OWN], FakeEncoder()).retriever(FakeEncoder())
    with served(web.build_app(Chat(Engine(retriever, Scripted(Eels()), [OWN])))) as address:
        yield address


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Page]:
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


BRIEFED = ("brief", "timeline", "who", "questions")


def opened(page: Page, view: str) -> None:
    """By the keyboard alone."""
    button = page.locator(f'.masthead [data-do="{view}"]')
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#table .gather")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_each_panel_is_in_order_wide_narrow_and_in_the_dark(
    address: str, chromium: Browser, width: int, scheme: Literal["light", "dark"]
) -> None:
    context = chromium.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, has_touch=width < 500
    )
    page = context.new_page()
    page.goto(address)
    for view in BRIEFED:
        opened(page, view)
        expect(page.locator("#table .group").first).to_be_visible()
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth"), view
        if width > 1000:  # it scrolls by itself: what stands above stays
            page.locator("#table .cite").last.click()
            expect(page.locator("#reader mark.active")).to_be_visible()
            assert page.evaluate("scrollY") == 0, view
    context.close()


def test_a_panel_is_used_with_the_keyboard(page: Page) -> None:
    opened(page, "brief")
    topic = page.get_by_role("textbox", name="About")
    topic.focus()
    page.keyboard.type("eels at the lock")
    page.keyboard.press("Tab")
    page.keyboard.type("2")
    page.keyboard.press("Enter")
    expect(page.locator("#table .cite")).to_have_count(2)
    expect(page.get_by_role("textbox", name="At most")).to_have_value("2")
    page.locator("#table .cite").last.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#reader mark.active")).to_be_visible()
    page.get_by_role("button", name="Back to the conversation").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#table")).to_be_hidden()


@pytest.mark.parametrize(
    ("view", "field", "asked", "told"),
    [
        ("timeline", "From", "2150", "I found nothing that is dated: from 2150."),
        ("who", "Called", "Zorro <b>", "I found nobody and nothing called “Zorro <b>”."),
        ("brief", "About", "volcanic glass", "I found no statement about “volcanic glass”."),
        ("questions", "About", "volcanic glass", "I found no question about “volcanic glass”"),
    ],
)
def test_an_empty_panel_says_what_was_not_found(
    page: Page, view: str, field: str, asked: str, told: str
) -> None:
    opened(page, view)
    page.get_by_role("textbox", name=field, exact=True).fill(asked)
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator("#table .not-answered")).to_contain_text(told)
    expect(page.locator("#table .downloads")).to_have_count(0)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize(
    ("view", "field", "asked", "told"),
    [
        ("timeline", "Until", "soon", "'soon' is no date"),
        ("who", "Kind", "dragons", "here are these kinds"),
        ("brief", "New since", "soon", "'soon' is no day"),
        ("brief", "At most", "none", "1 to 50 statements"),
    ],
)
def test_what_cannot_be_asked_is_told_and_stays(
    page: Page, view: str, field: str, asked: str, told: str
) -> None:
    opened(page, view)
    page.get_by_role("textbox", name=field).fill(asked)
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator("#notice .refused")).to_contain_text(told)
    expect(page.get_by_role("textbox", name=field)).to_have_value(asked)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_a_brief_is_saved_as_a_mail_and_names_are_not(page: Page, tmp_path: Path) -> None:
    shown(page, "The strongest statements")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download as .eml").click()
    waiting.value.save_as(tmp_path / "brief.eml")
    mail = message_from_bytes((tmp_path / "brief.eml").read_bytes())
    assert mail["Subject"] == "Brief"
    shown(page, "Who and what is named")
    expect(page.get_by_role("button", name="Download as .md")).to_be_visible()
    expect(page.get_by_role("button", name="Download as .eml")).to_have_count(0)
