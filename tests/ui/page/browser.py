"""Driving the chat page in a browser, and the answers made by hand that it shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from index.load.loading import load_text
from rag.answers import Answer
from rag.kinds import CitationGroup, CitationPair, PairKind, QuestionKind
from tests.ui.handmade import cite

# Gradio counts its own events with what pandas 3 no longer wants.
MARKS = [
    pytest.mark.browser,
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


Open = Callable[..., Page]

COMPARED = "compare the older and the newer one"

# what Gradio's own script says when a page with an open connection is left
OF_GRADIO = ("AbortError: signal is aborted without reason", "Connection errored out.")


def deep() -> Answer:
    document = load_text(DEEP.encode(), "log.txt")
    return Answer(DEEP_QUESTION, (cite(document, "The lamp failed at last.", 1),), (), 0.9)


def compared(answer: Answer) -> Answer:
    """An answer as a comparison of two sides, of which two quotations differ."""
    groups = (CitationGroup("Older", (1, 2)), CitationGroup("Newer", (3,)))
    pairs = (CitationPair(PairKind.DIFFER, 1, 3),)
    kind = QuestionKind.COMPARISON
    return replace(answer, question=COMPARED, kind=kind, groups=groups, pairs=pairs)


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
