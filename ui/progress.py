"""What a long task tells on stderr: nothing in its first second, then a bar."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import Lock, Timer
from typing import TYPE_CHECKING

from ui import terminal
from ui.show import so_far

if TYPE_CHECKING:
    from pathlib import Path

    from rich.progress import Progress as RichProgress

    from rag import Engine

PATIENCE = 1.0  # seconds

INTRO = """Building the index of these documents; later questions are answered at once.
A few articles take some seconds, a thousand pages a few minutes."""


@contextmanager
def progress(
    patience: float = PATIENCE, intro: str = INTRO
) -> Iterator[Callable[[str, int, int], None]]:
    """A callback (stage, done, total) that shows the work once it has taken `patience` seconds.

    `intro` is printed first. On a terminal it is a bar that goes away; elsewhere one line for
    each stage. Nothing is shown before the first call, and rich is loaded only for a bar.
    """
    teller = _Bar(intro) if sys.stderr.isatty() else _Lines(intro)
    timer = Timer(patience, teller.show)
    timer.daemon = True
    timer.start()
    try:
        yield teller.tell
    finally:
        timer.cancel()
        teller.close()


def open_engine(
    documents: Sequence[Path] | None, indexed: Callable[[Engine], object] | None = None
) -> Engine:
    """An engine for a command: progress, what could not be read and what waits go to stderr.

    What could not be read is named where something was read now, else counted in one line;
    `indexed` hears of the engine where it was. Raises what `Engine.open` raises.
    """
    from rag import Engine

    stages: set[str] = set()
    with progress() as tell:

        def hear(stage: str, done: int, total: int) -> None:
            stages.add(stage)
            tell(stage, done, total)

        engine = Engine.open(documents, progress=hear)
    said_of = terminal.tell_failures if stages else terminal.tell_failures_again
    said_of(engine.failures)
    for said in (engine.notice, so_far(engine.unencoded)):
        if said:
            terminal.tell(said)
    if stages and indexed is not None:
        indexed(engine)
    return engine


class _Lines:
    """One line for each stage."""

    def __init__(self, intro: str = INTRO) -> None:
        self._intro = intro
        self._lock = Lock()  # the timer's thread shows, the worker's tells
        self._latest: tuple[str, int, int] | None = None
        self._due = self._introduced = False
        self._stage = ""

    def tell(self, stage: str, done: int, total: int) -> None:
        with self._lock:
            self._latest = stage, done, total
            self._draw()

    def show(self) -> None:
        with self._lock:
            self._due = True
            self._draw()

    def close(self) -> None:
        with self._lock:
            self._due = False
            self.clear()

    def _draw(self) -> None:
        if not self._due or self._latest is None:
            return
        if not self._introduced:
            self._introduced = True
            print(self._intro, file=sys.stderr, flush=True)
        self.draw(*self._latest)

    def draw(self, stage: str, done: int, total: int) -> None:
        if stage != self._stage:
            print(f"  {stage} …", file=sys.stderr, flush=True)
            self._stage = stage

    def clear(self) -> None:
        pass


class _Bar(_Lines):
    """A bar for the stage at work; a total of 0 is not known, and shown as such."""

    _bar: RichProgress | None = None

    def draw(self, stage: str, done: int, total: int) -> None:
        if self._bar is None:
            self._bar = _new_bar()
            self._task = self._bar.add_task(stage, total=None, rate="")
        if stage != self._stage:
            self._bar.reset(self._task, description=stage, total=total or None)
            self._stage = stage
        rate = _rate(done, total, self._bar.tasks[0].speed)
        self._bar.update(self._task, completed=done, total=total or None, rate=rate)

    def clear(self) -> None:
        if self._bar is not None:
            self._bar.stop()


def _rate(done: int, total: int, speed: float | None) -> str:
    """How many of how many are done, and how many a second."""
    if not total:
        return ""
    return f"{done:,} of {total:,}" + (f", {speed:,.0f}/s" if speed else "")


def _new_bar() -> RichProgress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

    bar = Progress(
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.fields[rate]}", markup=False),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    bar.start()
    return bar
