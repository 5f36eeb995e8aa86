"""The reader in a real browser: stepping through quotations, finding, copying, previews."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from rag.answers import Answer
from tests.ui.page.browser import DEEP_QUESTION, MARKS, Open, ask, number

pytestmark = MARKS


def at(page: Page, n: int, answer: Answer) -> None:
    """The reader stands at quotation `n`."""
    citation = answer.citations[n - 1]
    expect(page.locator("mark.active")).to_have_text(citation.quote)
    expect(page.locator("#reader h2")).to_have_text(citation.document.title)
    expect(page.locator(".steps span")).to_have_text(f"Quotation {n} of 3")
    expect(page.locator(".cite[aria-current]")).to_have_text(f"[{n}]")


def test_buttons_and_keys_lead_from_quotation_to_quotation(open_page: Open, answer: Answer) -> None:
    page = open_page()
    ask(page, answer.question)
    at(page, 1, answer)
    page.get_by_role("button", name="Next quotation").click()
    at(page, 2, answer)
    page.locator("#reader .text").focus()
    page.keyboard.press("n")
    at(page, 3, answer)
    page.keyboard.press("n")
    at(page, 1, answer)
    page.keyboard.press("p")
    at(page, 3, answer)
    page.get_by_role("textbox", name="Your question").press("n")
    expect(page.get_by_role("textbox", name="Your question")).to_have_value("n")
    at(page, 3, answer)


def test_all_places_are_marked_and_the_edge_shows_where(open_page: Open, answer: Answer) -> None:
    page = open_page()
    ask(page, answer.question)
    expect(page.locator("#reader mark")).to_have_count(2)  # the third is in another document
    expect(page.locator("#reader .edge button")).to_have_count(2)
    first, second = page.locator("#reader mark").all()
    colour = "mark => getComputedStyle(mark).backgroundColor"
    assert first.evaluate(colour) != second.evaluate(colour)
    assert page.locator(".cite").nth(1).evaluate(colour) == second.evaluate(colour)


def test_a_tick_at_the_edge_leads_to_its_place(open_page: Open) -> None:
    page = open_page()
    ask(page, DEEP_QUESTION)
    expect(page.locator("mark.active")).to_be_in_viewport()
    page.locator("#reader .text").evaluate("text => text.scrollTo(0, 0)")
    expect(page.locator("mark.active")).not_to_be_in_viewport()
    page.locator("#reader .edge button").click()
    expect(page.locator("mark.active")).to_be_in_viewport()


def test_words_are_found_in_the_document(open_page: Open) -> None:
    page = open_page()
    ask(page, DEEP_QUESTION)
    box = page.get_by_role("searchbox", name="Find in this document")
    found = page.locator(".found")
    box.fill("line 7 of")
    expect(found).to_have_text("1 of 2")
    box.press("Enter")
    expect(found).to_have_text("2 of 2")
    box.press("Shift+Enter")
    expect(found).to_have_text("1 of 2")
    box.fill("LAMP FAILED")  # across the edge of a mark too
    expect(found).to_have_text("1 of 1")
    box.fill("zebra")
    expect(found).to_have_text("not here")
    box.press("Escape")
    expect(box).to_have_value("")


def test_a_number_previews_its_place(open_page: Open, answer: Answer) -> None:
    page = open_page()
    ask(page, answer.question)
    link = page.get_by_role("button", name="Show quotation 2 in its document")
    link.hover()
    bubble = page.locator(".bubble")
    expect(bubble.locator("b")).to_have_text(answer.citations[1].quote)
    expect(bubble).to_contain_text("Three strokes")
    page.mouse.move(0, 0)
    expect(bubble).to_have_count(0)
    assert link.get_attribute("aria-describedby") == "preview-0-2"


def test_a_quotation_is_copied_with_its_reference(open_page: Open, answer: Answer) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    ask(page, answer.question)
    number(page, 2)
    page.get_by_role("button", name="Copy quotation with reference").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == (
        '“Two strokes mean "keep away".” (The Keeper\'s Notebook; notes/lighthouse.txt:10)'
    )


@pytest.mark.parametrize("width", [390, 1000, 1280])
def test_a_document_is_opened_from_the_list(open_page: Open, width: int) -> None:
    page = open_page(width)
    page.locator(".masthead .shelf").click()
    row = page.locator("#library .documents li").filter(has_text="harbour.txt")
    row.get_by_role("button").first.click()
    expect(page.locator("#reader h2")).to_have_text("Harbour dues")
    expect(page.locator("#reader .text")).to_be_in_viewport()
    expect(page.locator("#reader footer")).to_contain_text("characters")
