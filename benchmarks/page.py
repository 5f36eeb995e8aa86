"""How quick the page is: python -m benchmarks.page

From asking for the page to its first paint and to the box for the question, once the server is
up; and a question asked on the page, from Enter to the answer drawn, over the same question through
`Engine.ask` in this process, in turn. In chromium, over the bundled articles. Prints a Markdown
table.
"""

from __future__ import annotations

import time

import numpy as np
from playwright.sync_api import Page, sync_playwright

from benchmarks.screenshots import chat_page, chromium
from benchmarks.timing import golden_questions
from rag.engine import Engine

OPENED = 5  # times


def main() -> None:
    """Measure and print."""
    engine = Engine.open()
    questions = golden_questions()
    with chat_page(None) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        opened = [_opened(browser.new_context().new_page(), address) for _ in range(OPENED)]
        page = browser.new_page()
        _opened(page, address)
        times = [(_drawn(page, q), _asked(engine, q)) for q in (questions[0], *questions)]
        browser.close()
    drawn, asked = np.median(times[1:], axis=0)  # the first warms both up
    paint, ready = np.median(opened, axis=0)
    print("| figure | value |\n|---|---|")
    print(f"| first paint, seconds | {paint:.3f} |")
    print(f"| the box can be typed in, seconds | {ready:.3f} |")
    print(f"| an answer on the page over Engine.ask | {drawn / asked:.2f} |")
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
    """Seconds from Enter to the answer drawn, in a new conversation."""
    view = page.locator("#library .sheet").get_attribute("data-view")
    page.evaluate("document.querySelector('.menu [data-do=new]').click()")
    page.locator(f'#library .sheet:not([data-view="{view}"])').wait_for()
    page.wait_for_timeout(1500)  # what is offered after the question before is made by then
    box = page.get_by_role("textbox", name="Your question")
    box.fill(question)
    start = time.perf_counter()
    box.press("Enter")
    page.locator(".turn").wait_for()
    return time.perf_counter() - start


def _asked(engine: Engine, question: str) -> float:
    """Seconds that the engine takes."""
    start = time.perf_counter()
    engine.ask(question)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
