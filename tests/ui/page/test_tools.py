"""What can be done with an answer, in a real browser: edit, ask again, judge, copy, export."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from rag.answers import Answer
from rag.evaluation.feedback import feedback_file
from rag.evaluation.questions import read_questions
from tests.ui.page.browser import DEEP_QUESTION, MARKS, Open, ask
from tests.ui.served import CannedEngine

pytestmark = MARKS


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IBID_HOME", str(tmp_path / "home"))


def test_a_question_is_edited_in_its_place_and_comes_back(
    open_page: Open, engine: CannedEngine, answer: Answer, abstained: Answer
) -> None:
    page = open_page(1280, 500)
    for question in (answer.question, abstained.question, DEEP_QUESTION):
        ask(page, question)
    box = page.get_by_role("textbox", name="Your question")
    box.fill("What I had begun")
    page.get_by_role("button", name="Edit this question").nth(1).click()
    expect(box).to_have_value(abstained.question)
    page.get_by_role("button", name="Leave it as it was").click()
    expect(box).to_have_value("What I had begun")
    page.get_by_role("button", name="Edit this question").nth(1).click()
    expect(box).to_have_value(abstained.question)
    box.fill("Did the lamp gallop?")
    page.get_by_role("button", name="Ask", exact=True).click()
    questions = page.locator(".turn .question")
    expect(questions).to_have_text([answer.question, "Did the lamp gallop?", DEEP_QUESTION])
    assert engine.asked[-1] == ("Did the lamp gallop?", (answer,))
    expect(box).to_have_value("What I had begun")
    expect(questions.nth(1)).to_be_in_viewport()
    page.get_by_role("button", name="Undo").click()
    expect(questions).to_have_text([answer.question, abstained.question, DEEP_QUESTION])


def test_a_question_is_asked_again_and_as_it_was_typed(
    open_page: Open, engine: CannedEngine, answer: Answer
) -> None:
    completed = replace(engine.replies[DEEP_QUESTION], asked_as="When did the lamp at Brell fail?")
    engine.replies[DEEP_QUESTION] = completed
    page = open_page()
    ask(page, answer.question)
    ask(page, DEEP_QUESTION)
    expect(page.locator(".asked-as")).to_contain_text("When did the lamp at Brell fail?")
    page.get_by_role("button", name="Ask it as typed").click()
    expect(page.locator(".turn")).to_have_count(2)
    page.wait_for_function("() => !document.body.matches('.asking')")
    page.locator(".turn").evaluate_all("turns => turns.forEach((t) => t.classList.add('earlier'))")
    page.get_by_role("button", name="Ask again").nth(1).click()
    expect(page.locator(".turn:not(.earlier)")).to_have_count(2)
    with page.expect_response(lambda response: response.request.method == "POST"):
        page.get_by_label("Complete follow-up questions").uncheck()
    ask(page, "And then?")
    expect(page.locator(".turn")).to_have_count(3)
    histories = [len(history) for _, history in engine.asked]
    assert histories == [0, 1, 0, 1, 0]


def test_on_a_telephone_the_undo_is_in_sight(open_page: Open, answer: Answer) -> None:
    page = open_page(390, 500)
    ask(page, answer.question)
    ask(page, DEEP_QUESTION)
    page.get_by_role("button", name="Ask again").first.click()
    undo = page.get_by_role("button", name="Undo")
    expect(undo).to_be_in_viewport(ratio=1)
    expect(page.locator(".question").first).to_be_in_viewport()
    undo.click()
    expect(page.locator("#notice")).to_contain_text("Another answer stands in the place of")
    edges = [
        f"document.querySelector('{part}').getBoundingClientRect()"
        for part in ("#notice .note", "#question")
    ]
    page.wait_for_function(f"{edges[0]}.bottom <= {edges[1]}.top + 1")


def slowed(engine: CannedEngine, monkeypatch: pytest.MonkeyPatch) -> Event:
    """From now on the engine answers when the event is set."""
    go_on, canned = Event(), engine.ask

    def slow(question: str, **rest: object) -> Answer:
        go_on.wait(30)
        return canned(question)

    monkeypatch.setattr(engine, "ask", slow)
    return go_on


def test_a_slow_question_can_be_stopped(
    open_page: Open, engine: CannedEngine, answer: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, canned = open_page(), engine.ask
    go_on = slowed(engine, monkeypatch)
    page.get_by_role("textbox", name="Your question").fill(answer.question)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("#notice")).to_contain_text("Stopped")
    go_on.set()
    monkeypatch.setattr(engine, "ask", canned)
    ask(page, DEEP_QUESTION)
    expect(page.locator(".turn")).to_have_count(1)


def test_what_is_typed_while_an_answer_is_on_its_way_stays(
    open_page: Open, engine: CannedEngine, answer: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page()
    box = page.get_by_role("textbox", name="Your question")
    ask(page, answer.question)
    expect(box).to_have_value("")
    go_on = slowed(engine, monkeypatch)
    page.get_by_role("button", name="Ask again").click()
    box.fill("And then?")
    page.locator(".turn").evaluate("turn => turn.classList.add('earlier')")
    go_on.set()
    expect(page.locator(".turn:not(.earlier)")).to_have_count(1)
    expect(box).to_have_value("And then?")


def test_a_judgement_with_a_word_becomes_an_evaluation_case(
    open_page: Open, answer: Answer
) -> None:
    page = open_page()
    ask(page, answer.question)
    page.get_by_role("button", name="Wrong").click()
    note = page.get_by_role("textbox", name="A word about it")
    expect(note).to_be_focused()
    note.fill("It burned paraffin")
    note.press("Enter")
    expect(page.locator("#notice")).to_contain_text("feedback.jsonl")
    (case,) = read_questions(feedback_file())
    assert case.text == answer.question
    ask(page, DEEP_QUESTION)
    expect(page.get_by_role("button", name="Wrong").first).to_have_attribute("aria-pressed", "true")


def test_the_answer_and_a_link_to_the_question_are_copied(open_page: Open, answer: Answer) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    ask(page, answer.question)
    page.get_by_role("button", name="Copy the answer").click()
    expect(page.get_by_text("Copied", exact=True)).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "[3]" in copied
    assert "notes/lighthouse.txt:10" in copied
    page.get_by_role("button", name="Copy a link to this question").click()
    expect(page.get_by_text("Copied", exact=True)).to_have_count(2)
    link = page.evaluate("navigator.clipboard.readText()")
    page.evaluate("sessionStorage.clear()")
    page.goto(link)
    expect(page.locator(".question")).to_have_text(answer.question)


@pytest.mark.parametrize(("form", "name"), [("Markdown", ".md"), ("HTML", ".html")])
def test_a_conversation_is_saved_as_a_file(
    open_page: Open, answer: Answer, abstained: Answer, form: str, name: str, tmp_path: Path
) -> None:
    page = open_page(accept_downloads=True)
    ask(page, answer.question)
    ask(page, abstained.question)
    page.get_by_text("Conversation", exact=True).click()
    with page.expect_download() as saved:
        page.get_by_role("button", name=f"Export as {form}").click()
    assert saved.value.suggested_filename == f"conversation{name}"
    file = tmp_path / f"saved{name}"
    saved.value.save_as(file)
    text = file.read_text("utf-8")
    assert answer.question in text
    if form == "HTML":
        page.goto(file.as_uri())
        page.get_by_role("button", name="Show quotation 2 in its document").click()
        expect(page.locator("mark:target")).to_have_text(answer.citations[1].quote)
        expect(page.locator("mark:target")).to_be_in_viewport()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_has_no_serious_finding(
    open_page: Open, answer: Answer, abstained: Answer, scheme: str, width: int
) -> None:
    page = open_page(width, color_scheme=scheme, bypass_csp=True)
    ask(page, answer.question)
    ask(page, abstained.question)
    page.get_by_text("Conversation", exact=True).click()
    page.get_by_role("button", name="Right").first.click()
    for opened in (".cite", ".masthead .shelf"):
        page.locator(opened).first.click()
        if opened == ".masthead .shelf":
            page.get_by_role("checkbox").first.uncheck()  # a document that is left out, too
        page.wait_for_function("() => document.getAnimations().length === 0")
        found = Axe().run(page).response["violations"]
        serious = [v for v in found if v["impact"] in ("serious", "critical")]
        nodes = [(v["id"], n["html"][:200]) for v in serious for n in v["nodes"]]
        assert nodes == []
        page.keyboard.press("Escape")
