"""Small screens, keyboards, light and dark, in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from index.failures import Failure
from rag.answers import Answer
from tests.ui.page.browser import (
    COMPARED,
    DEEP_QUESTION,
    IMAGE,
    MARKS,
    Open,
    ask,
    number,
)
from tests.ui.served import CannedEngine

pytestmark = MARKS


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


def test_a_long_list_scrolls_and_the_page_does_not(
    open_page: Open, engine: CannedEngine, answer: Answer
) -> None:
    engine.failures = tuple(
        Failure(f"{n}.pdf", f"{n}.pdf: it is damaged; save it anew") for n in range(40)
    )
    page = open_page()
    ask(page, answer.question)
    expect(page.locator("mark.active")).to_be_in_viewport()
    root = "document.scrollingElement"
    assert page.evaluate(f"{root}.scrollHeight - {root}.clientHeight") == 0
    assert page.evaluate(f"{root}.scrollTop") == 0


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


@pytest.mark.parametrize(("width", "beside"), [(1400, True), (400, False)])
def test_sides_stand_beside_each_other_where_there_is_room(
    open_page: Open, width: int, beside: bool
) -> None:
    page = open_page(width, 900, q=COMPARED)
    expect(page.locator(".pairs")).to_have_text("They differ: [1] and [3].")
    one, other = (page.locator(".sides > .group").nth(n).bounding_box() for n in (0, 1))
    assert one is not None
    assert other is not None
    assert (one["y"] == other["y"]) is beside
    page.locator(".beside .cite").first.click()
    expect(page.locator("mark.active")).to_have_text("Coal ships paid nothing <1870.")
