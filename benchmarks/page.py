"""How quick the page is: python -m benchmarks.page

From asking for the page to its first paint and to the box for the question, once the server is
up; and a question asked on the page, from Enter to the answer drawn, over the same question through
`Engine.ask` in this process, in turn; and through `Chat.ask` of the server, which makes what the
page shows. In chromium, over the bundled articles. Prints a Markdown table.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from functools import partial

import numpy as np
from playwright.sync_api import Page, sync_playwright

from benchmarks.kit.timing import golden_questions
from benchmarks.screenshots import chat_page, chromium
from rag.engine import Engine
from ui.server import Chat

OPENED = 5  # times
SETTLED = 1.5  # seconds, in which what is offered after the question before is made
# window.drawn becomes the milliseconds from the key to the frame after the answer is there: a
# browser that is steered from outside takes some more to say so
_WATCH = """() => {
  let pressed
  addEventListener('keydown', () => { pressed = performance.now() }, {capture: true, once: true})
  window.drawn = new Promise(resolve => new MutationObserver((_, observer) => {
    if (!document.querySelector('.turn')) return
    observer.disconnect()
    requestAnimationFrame(() => resolve(performance.now() - pressed))
  }).observe(document.body, {childList: true, subtree: true}))
}"""


def main() -> None:
    """Measure and print."""
    engine = Engine.open()
    chat = Chat(engine)
    questions = golden_questions()
    with chat_page() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        opened = [_opened(browser.new_context().new_page(), address) for _ in range(OPENED)]
        page = browser.new_page()
        _opened(page, address)
        times = [
            (_drawn(page, q), _seconds(partial(_made, chat, q)), _seconds(partial(engine.ask, q)))
            for q in (questions[0], *questions)
        ]
        browser.close()
    drawn, made, asked = np.median(times[1:], axis=0)  # the first warms both up
    paint, ready = np.median(opened, axis=0)
    print("| figure | value |\n|---|---|")
    print(f"| first paint, seconds | {paint:.3f} |")
    print(f"| the box can be typed in, seconds | {ready:.3f} |")
    print(f"| an answer made for the page over Engine.ask | {made / asked:.2f} |")
    print(f"| an answer drawn on the page over Engine.ask | {drawn / asked:.2f} |")
    print(f"| what the page adds, milliseconds | {1000 * (drawn - asked):.0f} |")


def _opened(page: Page, address: str) -> tuple[float, float]:
    """Seconds to the first paint, and until a question can be typed."""
    start = time.perf_counter()
    page.goto(address)
    page.get_by_role("textbox", name="Your question").wait_for()
    ready = time.perf_counter() - start
    paints = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
    return float(page.evaluate(paints)) / 1000, ready


def _drawn(page: Page, question: str) -> float:
    """Seconds from Enter to the answer drawn, in a new conversation, by the page's own clock."""
    view = page.locator("#library .sheet").get_attribute("data-view")
    page.evaluate("document.querySelector('.menu [data-do=new]').click()")
    page.locator(f'#library .sheet:not([data-view="{view}"])').wait_for()
    time.sleep(SETTLED)
    box = page.get_by_role("textbox", name="Your question")
    box.fill(question)
    page.evaluate(_WATCH)
    box.press("Enter")
    return float(page.evaluate("window.drawn")) / 1000


def _made(chat: Chat, question: str) -> None:
    """An answer in a new conversation, as the page is sent it."""
    chat.ask(secrets.token_urlsafe(32), question)


def _seconds(call: Callable[[], object]) -> float:
    time.sleep(SETTLED)
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
