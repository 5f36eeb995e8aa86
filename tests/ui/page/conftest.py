"""The page, served over answers made by hand and opened in chromium."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from index.errors import DamagedIndex
from rag.answers import Answer
from tests.ui.handmade import hostile
from tests.ui.page.browser import (
    BROKEN,
    FORGED,
    IMAGE,
    OF_GRADIO,
    TITLE,
    UNFORESEEN,
    Open,
    compared,
    deep,
)
from tests.ui.served import BROWSER, BROWSERS, MUST_RUN, CannedEngine, app_of, served


@pytest.fixture
def engine(answer: Answer, abstained: Answer) -> CannedEngine:
    replies = [answer, abstained, compared(answer), deep(), *map(hostile, (TITLE, IMAGE, FORGED))]
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
    expect.set_options(timeout=20_000)  # a busy machine is no failure
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def open_page(engine: CannedEngine, chromium: Browser) -> Iterator[Open]:
    """Opens the page in a session of its own; what the browser complains of fails the test."""
    complaints: list[str] = []
    with served(app_of(engine)) as address:

        def new(width: int = 1280, height: int = 800, q: str = "", **options: Any) -> Page:
            viewport: ViewportSize = {"width": width, "height": height}
            page = chromium.new_context(viewport=viewport, **options).new_page()
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
            page.goto(f"{address}/?q={quote(q)}" if q else address)
            expect(page.get_by_role("textbox", name="Your question")).to_be_visible()
            return page

        yield new
        for context in chromium.contexts:
            context.close()
    assert [c for c in complaints if not any(words in c for words in OF_GRADIO)] == []
