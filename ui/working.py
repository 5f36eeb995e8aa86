"""A long task in a thread of its own, told stage by stage to whoever waits for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

from index.build import Progress

EVERY_SECONDS = 0.5


def told(work: Callable[[Progress], None]) -> Iterator[str]:
    """Do `work`, yielding how far it is at most twice a second; raises what it raises."""
    news: SimpleQueue[str] = SimpleQueue()
    failed: list[BaseException] = []

    def run() -> None:
        try:
            work(lambda stage, done, total: news.put(_line(stage, done, total)))
        except BaseException as error:  # raised again where it is waited for
            failed.append(error)

    thread = Thread(target=run, name="working", daemon=True)
    thread.start()
    while thread.is_alive():
        thread.join(EVERY_SECONDS)
        latest = _latest(news)
        if latest and thread.is_alive():
            yield latest
    if failed:
        raise failed[0]


def _latest(news: SimpleQueue[Any]) -> str:
    line = ""
    while True:
        try:
            line = news.get_nowait()
        except Empty:
            return line


def _line(stage: str, done: int, total: int) -> str:
    return f"{stage}: {done:,} of {total:,}" if total else f"{stage} …"
