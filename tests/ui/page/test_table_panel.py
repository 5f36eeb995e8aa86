"""The table in a real browser: filled, sorted, opened at its places, saved."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from rag.answers import Answer
from tests.ui.page.browser import DEEP_QUESTION, MARKS, Open, ask

pytestmark = MARKS


def fill(page: Page, questions: str) -> None:
    page.get_by_role("button", name="A table of the same questions").click()
    page.get_by_role("textbox", name="One question a line").fill(questions)
    page.get_by_role("button", name="Fill the table").click()
    expect(page.locator("#table table")).to_be_visible()


def test_it_is_filled_sorted_and_opened_at_a_place(open_page: Open, answer: Answer) -> None:
    page = open_page(1440, 900)
    fill(page, f"{answer.question}\n{DEEP_QUESTION}")
    rows = page.locator("#table tbody tr")
    names = rows.locator("th bdi")
    head = page.locator("#table thead th").first
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    upwards = names.all_text_contents()
    assert {"harbour.txt", "log.txt"} < set(upwards)
    assert upwards.index("harbour.txt") < upwards.index("log.txt")
    head.get_by_role("button").click()
    expect(names).to_have_text(upwards[::-1])
    page.locator("#table .at button").first.click()
    expect(page.locator("#reader mark.active")).to_be_in_viewport()
    page.get_by_role("button", name="Back to the conversation").click()
    expect(page.locator("#table")).to_be_hidden()
    ask(page, answer.question)


def test_it_is_saved(open_page: Open, answer: Answer, tmp_path: Path) -> None:
    page = open_page()
    fill(page, answer.question)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download as .xlsx").click()
    waiting.value.save_as(tmp_path / "table.xlsx")
    assert openpyxl.load_workbook(tmp_path / "table.xlsx").sheetnames == ["Table", "About"]
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download as .csv").click()
    waiting.value.save_as(tmp_path / "table.csv")
    assert answer.question in (tmp_path / "table.csv").read_text("utf-8-sig")


def test_what_is_wrong_is_said_and_what_was_typed_stays(open_page: Open) -> None:
    page = open_page()
    page.get_by_role("button", name="A table of the same questions").click()
    box = page.get_by_role("textbox", name="One question a line")
    box.fill("[colour] Which?")
    page.get_by_role("button", name="Fill the table").click()
    expect(page.get_by_role("alert")).to_contain_text("[colour] is no kind of column")
    expect(box).to_have_value("[colour] Which?")


@pytest.mark.parametrize("width", [390, 1000, 1440])
def test_all_can_use_it_at_any_width(open_page: Open, answer: Answer, width: int) -> None:
    page = open_page(width, 800)
    fill(page, answer.question)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert Axe().run(page).response["violations"] == []
