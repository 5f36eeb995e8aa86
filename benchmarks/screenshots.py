"""The README's pictures of the chat page, as it is: python -m benchmarks.screenshots [FOLDER]

Into docs/ when no folder is given. Needs chromium and the `test` extra (playwright).
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[1]


# short texts that tell the same stories otherwise
DIFFERING = tuple(sorted((ROOT / "tests/golden/differing").glob("*.txt")))


class Shot(NamedTuple):
    """One picture: the questions asked before it is taken, then the last number clicked.

    `documents` are the bundled articles where there are none.
    """

    name: str
    width: int
    height: int
    questions: tuple[str, ...]
    clicked: int | None = None
    dark: bool = False
    guide: str = ""  # the title of a document whose guide is opened, and its first line followed
    documents: tuple[Path, ...] = ()
    view: str = ""  # what is opened at the top, and its number that is clicked


SHOTS = (
    Shot(
        "screenshot.png",
        1440,
        900,
        ("How do I bake sourdough bread?", "What is the real bottleneck for Chinese AI?"),
        2,
    ),
    Shot("screenshot-narrow.png", 390, 844, ("What does the ENFORCE Act do?",), 1),
    Shot(
        "screenshot-dark.png",
        1440,
        900,
        ("Which companies is China's espionage apparatus targeting?",),
        1,
        dark=True,
    ),
    Shot("screenshot-abstaining.png", 1440, 900, ("What is NVIDIA's market value?",), 1),
    Shot(
        "screenshot-perhaps.png",
        1440,
        900,
        ("Who made Gemma 4?", "and DeepSeek?", "What does the government plan to do?"),
        1,
    ),
    Shot("screenshot-guide.png", 1440, 900, (), guide="China’s AI Heist"),
    Shot(
        "screenshot-differing.png",
        1440,
        900,
        ("What does the Velm bridge cost?",),
        1,
        documents=DIFFERING,
    ),
    Shot("screenshot-brief.png", 1440, 900, (), 2, view="Brief"),
    Shot("screenshot-brief-narrow.png", 390, 844, (), view="Brief"),
    Shot("screenshot-timeline.png", 1440, 900, (), 4, view="Timeline"),
    Shot("screenshot-names.png", 1440, 900, (), 3, dark=True, view="Names"),
    Shot("screenshot-questions.png", 1440, 900, (), 2, view="Questions"),
)


@contextmanager
def chat_page(documents: tuple[Path, ...] = ()) -> Iterator[str]:
    """The address of the page, served meanwhile."""
    command = [sys.executable, "-m", "ui", "--no-open", "--port", "0"]
    command += [part for file in documents for part in ("--documents", str(file))]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = re.search(r"http://\S+", process.stdout.readline())
        try:
            if address is None:
                raise SystemExit("the page was not served; what was wrong stands above")
            yield address[0]
        finally:
            process.terminate()


def take(browser: Browser, address: str, shot: Shot, folder: Path) -> None:
    """Ask, click, and write the picture into `folder`; the narrow one, shown small, is finer."""
    page = browser.new_page(
        viewport={"width": shot.width, "height": shot.height},
        color_scheme="dark" if shot.dark else "light",
        device_scale_factor=1 if shot.width > 1000 else 2,
    )
    page.goto(address)
    for count, question in enumerate(shot.questions, 1):
        _ask(page, question, count)
    if shot.view:
        page.locator(".masthead button", has_text=re.compile(f"^{shot.view}$")).click()
        page.locator("#table .group").first.wait_for(timeout=120_000)
    if shot.view and shot.clicked is not None:
        page.locator(f'#table .cite[data-number="{shot.clicked}"]').first.click()
        page.locator("mark.active").wait_for()
    elif shot.clicked is not None:
        page.locator(f'.turn:last-child .cite[data-number="{shot.clicked}"]').first.click()
        page.locator("mark.active").wait_for()
    if shot.guide:
        page.get_by_role("button", name=f"Guide to {shot.guide}").click()
        page.locator("#reader .guide li button").first.click()
        page.locator("mark.active").wait_for()
    page.mouse.move(0, 0)
    page.wait_for_timeout(3000)  # for the scrolling, and the questions that are offered
    for part, edge in ((".turn", "end"), (".turn h2", "nearest")):  # all of it, or its beginning
        if shot.questions:
            page.locator(part).last.evaluate(f"part => part.scrollIntoView({{block: '{edge}'}})")
    page.wait_for_timeout(500)
    page.screenshot(path=folder / shot.name)
    page.close()


def _ask(page: Page, question: str, count: int) -> None:
    page.get_by_role("textbox", name="Your question").fill(question)
    page.get_by_role("button", name="Ask", exact=True).click()
    page.locator(f".turn:nth-child({count})").wait_for()


def chromium() -> str | None:
    """The browser that is installed, as Debian or Google call it."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next(filter(None, map(shutil.which, names)), None)


def main() -> None:
    """Take them all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT / "docs")
    folder: Path = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        for documents in dict.fromkeys(shot.documents for shot in SHOTS):
            with chat_page(documents) as address:
                for shot in (s for s in SHOTS if s.documents == documents):
                    take(browser, address, shot, folder)
                    print(folder / shot.name)
        browser.close()


if __name__ == "__main__":
    main()
