"""What an index that follows its folder tells, when a file comes into that."""

from __future__ import annotations

from collections.abc import Set
from pathlib import Path
from threading import Event, Thread

from index.failures import Failure
from index.library.index import Index
from index.library.report import UpdateReport
from ui.commands.watch import keep_up


def reports(index: Index, world: Path) -> list[UpdateReport]:
    """What is told from the coming of `herons.txt` on."""
    heard: list[UpdateReport] = []
    stop, told = Event(), Event()

    def tell(report: UpdateReport, _: Set[Failure]) -> None:
        heard.append(report)
        told.set()

    follower = Thread(target=keep_up, args=(index, tell, stop))
    follower.start()
    try:
        for attempt in range(60):  # until the watcher is awake
            (world / "herons.txt").write_text(f"Herons wait at the weir {attempt}.\n")
            if told.wait(1):
                break
    finally:
        stop.set()
        follower.join(30)
    return heard
