"""A document's guide in a real browser: shown, followed, taken away, by keys and on a telephone."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from index.load.loading import load_text
from rag.answers import Answer
from rag.kinds import CitationGroup
from tests.ui.handmade import cite
from tests.ui.page.browser import MARKS, Open
from ui.page import guided_html
from ui.page.guide import NOTHING

pytestmark = MARKS

LOG = load_text(b"The Long Log\n\nThe lamp failed at last. It was <b>night</b>.\n", "log.txt")


def told(*quotes: str) -> Answer:
    cited = tuple(cite(LOG, quote, n) for n, quote in enumerate(quotes, 1))
    groups = (CitationGroup("Key points", tuple(range(1, len(quotes) + 1))),) if quotes else ()
    return Answer("What is this about?", cited, (), 1.0, groups=groups)


def test_each_line_leads_to_its_place_and_only_that_is_marked() -> None:
    guide = told("The lamp failed at last.", "It was <b>night</b>.")
    closed = guided_html(LOG, guide, None)
    assert "<mark" not in closed
    assert closed.count('data-do="guide"') == 2
    assert "<b>" not in closed
    opened = guided_html(LOG, guide, 2)
    assert opened.count("<mark") == 1
    assert 'class="active"' in opened
    assert guided_html(LOG, guide, 9).count("<mark") == 0


def test_of_nothing_it_says_so() -> None:
    assert NOTHING in guided_html(LOG, told(), None)


def guide_of(page: Page, title: str) -> None:
    page.get_by_role("button", name=f"Guide to {title}").click()
    expect(page.get_by_role("region", name="Guide")).to_be_visible()


def test_it_is_opened_at_its_row_and_followed(open_page: Open) -> None:
    page = open_page()
    guide_of(page, "Harbour dues")
    expect(page.locator("#reader h2")).to_have_text("Harbour dues")
    disclosure = page.locator("#reader .disclose")
    expect(disclosure).to_have_attribute("aria-expanded", "true")
    line = page.locator("#reader .guide li button").last
    words = line.inner_text()
    line.click()
    expect(page.locator("#reader mark.active")).to_contain_text(words)
    expect(page.locator("#reader .guide .active button")).to_be_focused()
    disclosure.click()
    expect(page.locator("#reader .guide")).to_have_count(0)
    expect(disclosure).to_have_attribute("aria-expanded", "false")
    disclosure.press("Enter")
    expect(page.locator("#reader .guide")).to_be_visible()


def test_a_document_opens_without_it(open_page: Open) -> None:
    page = open_page()
    page.locator("#library [data-do=open]").first.click()
    expect(page.locator("#reader .disclose")).to_have_attribute("aria-expanded", "false")
    expect(page.locator("#reader .guide")).to_have_count(0)


def test_on_a_telephone_it_lies_over_the_conversation(open_page: Open) -> None:
    page = open_page(width=390, height=844)
    page.locator(".masthead .shelf").click()
    guide_of(page, "Harbour dues")
    expect(page.locator("body")).to_have_class("reading")
    page.locator("#reader .guide li button").first.click()
    expect(page.locator("#reader mark.active")).to_be_visible()


def test_what_are_these_about_is_asked(open_page: Open) -> None:
    page = open_page()
    page.get_by_role("button", name="What are these about?").click()
    expect(page.locator(".turn .question")).to_have_text("What are these documents about?")
