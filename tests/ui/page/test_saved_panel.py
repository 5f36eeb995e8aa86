"""A saved answer in a real browser: opened, told what became of it, renewed."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from rag.answers import Answer
from tests.ui.page.browser import IMAGE, MARKS, Open, ask

pytestmark = MARKS


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IBID_HOME", str(tmp_path / "home"))


def saved(answer: Answer) -> dict[str, Any]:
    """Saved when the second was said in other words, and the file of the third was there."""
    from index.types import text_id

    data = answer.to_dict()
    second, third = data["citations"][1], data["citations"][2]
    second["quote"] = second["quote"].replace(second["quote"].split()[0], "Sometimes", 1)
    second["quote_sha256"] = text_id(second["quote"])
    third |= {"source": f"{IMAGE}.txt", "text_sha256": "0" * 64, "title": IMAGE, "quote": IMAGE}
    third["quote_sha256"] = text_id(IMAGE)
    return {**data, "question": IMAGE}


def open_saved(page: Page, file: Path) -> None:
    page.get_by_text("Conversation", exact=True).click()
    with page.expect_file_chooser() as choosing:
        page.get_by_text("Open a saved answer").click()
    choosing.value.set_files(file)


def test_it_is_opened_and_each_quotation_has_its_state(
    open_page: Open, answer: Answer, tmp_path: Path
) -> None:
    file = tmp_path / "answer.json"
    file.write_text(json.dumps(saved(answer)))
    page = open_page(1440, 900)
    open_saved(page, file)
    states = page.locator("#table .state")
    expect(states).to_have_text(["holds", "changed", "document missing"])
    expect(page.locator("#table ins")).not_to_be_empty()
    expect(page.locator("#table del")).to_have_text("Sometimes")
    assert page.locator("#table img").count() == 0
    assert page.evaluate("window.owned") is None
    page.get_by_role("button", name="Show quotation 1").click()
    expect(page.locator("#reader mark.active")).to_be_in_viewport()
    assert Axe().run(page).violations_count == 0
    page.get_by_role("button", name="Back to the conversation").click()
    expect(page.locator("#table")).to_be_hidden()
    ask(page, answer.question)


def test_what_stands_is_renewed(open_page: Open, answer: Answer, tmp_path: Path) -> None:
    file = tmp_path / "answer.json"
    file.write_text(json.dumps(saved(answer)))
    page = open_page()
    open_saved(page, file)
    expect(page.locator("#table .state").first).to_be_visible()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download what still stands").click()
    waiting.value.save_as(tmp_path / "renewed.json")
    renewed = json.loads((tmp_path / "renewed.json").read_text("utf-8"))
    documents = [c.document for c in answer.citations]
    (first,) = Answer.from_dict(renewed, documents).citations
    assert first.quote == answer.citations[0].quote
    assert replace(first, score=0, headings=()).place == answer.citations[0].place


def test_a_conversation_is_saved_dropped_and_opened(
    open_page: Open, answer: Answer, tmp_path: Path
) -> None:
    page = open_page()
    ask(page, answer.question)
    page.get_by_text("Conversation", exact=True).click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Export as JSON").click()
    waiting.value.save_as(tmp_path / "conversation.json")
    page.locator(".drop input[type=file]").first.set_input_files(tmp_path / "conversation.json")
    expect(page.locator("#table h3")).to_have_text(answer.question)
    expect(page.locator("#table .state")).to_have_text(["holds"] * 3)
    expect(page.locator("#library .arriving")).to_contain_text("opened")
