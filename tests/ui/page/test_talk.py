"""The conversation in a real browser: asking, reading, going on."""

from __future__ import annotations

from dataclasses import replace
from threading import Event
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, expect

from rag.answers import Answer
from tests.ui.handmade import LIGHTHOUSE
from tests.ui.page.browser import (
    BROKEN,
    DEEP_QUESTION,
    MARKS,
    UNFORESEEN,
    Open,
    ask,
    is_inside,
    number,
)
from tests.ui.served import CannedEngine, Parrot, app_of, served
from ui.server import web
from ui.server.chat import Chat

if TYPE_CHECKING:
    pass

pytestmark = MARKS


def test_an_answer_stands_beside_its_source(open_page: Open, answer: Answer) -> None:
    page = open_page()
    ask(page, answer.question)
    expect(page.locator(".count")).to_contain_text("3 quotations from 2 sources, verified")
    for citation in answer.citations:
        expect(page.locator("#conversation")).to_contain_text(citation.quote, use_inner_text=True)
    assert answer.best is not None
    expect(page.locator("#reader h2")).to_have_text(answer.best.document.title)
    expect(page.locator("mark.active")).to_have_text(answer.best.quote)


def test_a_number_leads_to_its_place(open_page: Open, answer: Answer) -> None:
    page = open_page()
    ask(page, answer.question)
    for citation in reversed(answer.citations):
        number(page, citation.number)
        expect(page.locator("mark.active")).to_have_text(citation.quote)
        expect(page.locator("#reader h2")).to_have_text(citation.document.title)
        expect(page.locator(".cite[aria-current]")).to_have_text(f"[{citation.number}]")
    assert page.locator("#reader .text").inner_text().split() == LIGHTHOUSE.split()


def test_the_source_scrolls_to_the_quotation_and_back_to_it(open_page: Open) -> None:
    page = open_page()
    ask(page, DEEP_QUESTION)
    for _ in range(2):
        number(page, 1)
        expect(page.locator("mark.active")).to_be_in_viewport()
        assert is_inside(page, "mark.active", "#reader .text")
        page.locator("#reader .text").evaluate("text => text.scrollTo(0, 0)")
        expect(page.locator("mark.active")).not_to_be_in_viewport()


def test_earlier_answers_stay_and_still_lead_to_their_sources(
    open_page: Open, answer: Answer
) -> None:
    page = open_page()
    ask(page, answer.question)
    ask(page, DEEP_QUESTION)
    expect(page.locator(".turn")).to_have_count(2)
    page.get_by_role("button", name="Show quotation 2 in its document").first.click()
    expect(page.locator("mark.active")).to_have_text(answer.citations[1].quote)


def test_an_abstention_is_said_calmly(open_page: Open, abstained: Answer) -> None:
    page = open_page()
    ask(page, abstained.question)
    card = page.locator(".abstained")
    expect(card).to_contain_text("I found no sentence that answers this")
    expect(card).to_contain_text("zebras, gallop")
    expect(card).to_contain_text("not an answer")
    expect(page.locator(".count")).not_to_contain_text("quotation")
    number(page, 1)
    expect(page.locator("mark.active")).to_have_text(abstained.closest[0].quote)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("???", "has no word in it"),
        (BROKEN, "build the index again"),
        (UNFORESEEN, "This question failed; the terminal that runs Ibid says why"),
    ],
)
def test_an_error_is_one_line_and_the_question_stays(
    open_page: Open, question: str, said: str
) -> None:
    page = open_page(390, 500)
    box = page.get_by_role("textbox", name="Your question")
    box.fill(question)
    box.press("Enter")
    alert = page.get_by_role("alert").filter(has_text=said)
    expect(alert).to_be_in_viewport()
    assert "Traceback" not in page.locator("body").inner_text()
    expect(page.locator(".turn")).to_have_count(0)
    expect(box).to_have_value(question)
    assert page.locator("#notice img").count() == 0


def test_what_is_refused_again_is_said_again(open_page: Open) -> None:
    page = open_page()
    box = page.get_by_role("textbox", name="Your question")
    box.fill("???")
    box.press("Enter")
    page.locator(".refused").evaluate("line => line.classList.add('earlier')")
    box.press("Enter")
    expect(page.locator(".refused:not(.earlier)")).to_be_visible()
    page.wait_for_timeout(600)  # by when "Stop" would be offered
    expect(page.get_by_role("button", name="Stop")).to_be_hidden()


def test_after_an_error_the_next_question_is_answered(open_page: Open, answer: Answer) -> None:
    page = open_page()
    box = page.get_by_role("textbox", name="Your question")
    box.fill("???")
    box.press("Enter")
    expect(page.locator(".refused")).to_be_visible()
    ask(page, answer.question)
    expect(page.locator(".refused")).to_have_count(0)
    expect(box).to_have_value("")


def test_the_conversation_survives_a_reload(
    open_page: Open, engine: CannedEngine, answer: Answer, abstained: Answer
) -> None:
    page = open_page()
    ask(page, answer.question)
    page.reload()
    expect(page.locator(".turn")).to_have_count(1)
    ask(page, abstained.question)
    assert engine.asked[-1][1] == (answer,)
    page.get_by_text("Conversation", exact=True).click()
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator(".welcome")).to_be_visible()
    page.reload()
    expect(page.locator(".welcome")).to_be_visible()
    ask(page, answer.question)
    assert not engine.asked[-1][1]
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".turn")).to_have_count(3)
    expect(page.get_by_role("button", name="Undo")).to_have_count(0)


def test_an_address_can_hold_the_first_question(
    open_page: Open, engine: CannedEngine, answer: Answer
) -> None:
    page = open_page(q=answer.question)
    expect(page.locator(".question")).to_have_text(answer.question)
    expect(page.locator("mark.active")).to_be_visible()
    page.reload()
    expect(page.locator(".turn")).to_have_count(1)
    assert len(engine.asked) == 1


def test_a_link_asks_in_a_tab_that_has_a_conversation_too_and_once(
    open_page: Open, engine: CannedEngine, answer: Answer
) -> None:
    page = open_page()
    home = page.url
    ask(page, answer.question)
    for _ in range(2):  # the same link asks again
        page.goto(f"{home}?q={quote(DEEP_QUESTION)}")
        expect(page.locator(".question").last).to_have_text(DEEP_QUESTION)
        expect(page).to_have_url(home)
        page.reload()
    expect(page.locator(".question")).to_have_text([answer.question, *[DEEP_QUESTION] * 2])
    assert [question for question, _ in engine.asked] == [answer.question, *[DEEP_QUESTION] * 2]


def test_an_example_that_is_answered_is_asked_by_one_click(
    chromium: Browser, engine: CannedEngine, answer: Answer
) -> None:
    held = web.EXAMPLES[1:3]
    engine.replies |= {q: replace(answer, question=q) for q in held}
    with served(app_of(engine, web.EXAMPLES)) as address:
        page = chromium.new_page()
        page.goto(address)
        examples = page.locator("#offers button")
        expect(examples).to_have_text(list(held))
        examples.nth(1).click()
        expect(page.locator(".question")).to_have_text(held[1])
        assert engine.asked == [*((q, ()) for q in web.EXAMPLES), (held[1], ())]
        expect(examples).to_have_count(0)
        page.context.close()


@pytest.mark.parametrize("scrolled", [False, True])
def test_what_is_offered_leaves_the_last_question_in_sight(
    chromium: Browser, engine: CannedEngine, answer: Answer, scrolled: bool
) -> None:
    parrot, may = Parrot(engine), Event()
    parrot.meanwhile = lambda: may.wait(30)
    chat = Chat(engine, suggests=lambda _: parrot)
    with served(web.build_app(chat)) as address:
        page = chromium.new_page(viewport={"width": 1280, "height": 800})
        page.goto(address)
        ask(page, answer.question)
        ask(page, DEEP_QUESTION)
        pane = page.locator("#conversation")
        if scrolled:
            pane.evaluate("pane => pane.scrollTo(0, 0)")
        may.set()
        expect(page.locator("#offers button")).to_have_count(3)
        left = "document.querySelector('#conversation')"
        left = f"{left}.scrollHeight - {left}.clientHeight - {left}.scrollTop"
        page.wait_for_function(f"{left} > 2" if scrolled else f"{left} <= 2")
        assert (pane.evaluate("pane => pane.scrollTop") == 0) == scrolled
        page.context.close()


@pytest.mark.slow
def test_the_bundled_articles_answer(chromium: Browser) -> None:
    from rag import Engine

    real = Engine.open()
    with served(web.build_app(Chat(real))) as address:
        page = chromium.new_page()
        page.goto(address)
        ask(page, "What does ENFORCE stand for in the ENFORCE Act?")
        expect(page.locator("#conversation")).to_contain_text(
            "Enhancing National Frameworks for Overseas Critical Exports"
        )
        number(page, 1)
        expect(page.locator("mark.active")).to_be_in_viewport()
        page.context.close()
