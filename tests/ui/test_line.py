"""The waiting line: so many at once, in order, and nobody's share is another's."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event

import pytest

from ui.line import Busy, Line, busy


@contextmanager
def in_line(line: Line, who: str, share: str = "", most: int = 9) -> Iterator[Future[None]]:
    """Somebody who waits for a place meanwhile, and holds it to the end."""
    leave = Event()

    def stay() -> None:
        with line.place(who, {share: most} if share else None):
            holding.append(who)
            leave.wait(60)

    holding = HOLDING
    with ThreadPoolExecutor(1) as threads:
        future = threads.submit(stay)
        try:
            yield future
        finally:
            leave.set()


HOLDING: list[str] = []


def until(found: list[str]) -> None:
    """Wait until these hold a place, or have held one."""
    for _ in range(2000):
        if sorted(HOLDING) == sorted(found):
            return
        Event().wait(0.005)
    pytest.fail(f"{HOLDING} instead of {found}")


@pytest.fixture(autouse=True)
def nobody() -> None:
    HOLDING.clear()


def test_the_others_wait_and_know_their_number() -> None:
    line = Line(1, 9)
    with in_line(line, "ann"):
        until(["ann"])
        with in_line(line, "bob"):
            while not line.number("bob"):
                Event().wait(0.005)
            with in_line(line, "cat"):
                while not line.number("cat"):
                    Event().wait(0.005)
                assert (line.number("ann"), line.number("bob"), line.number("cat")) == (0, 1, 2)
                assert HOLDING == ["ann"]
                assert busy(line.number("cat")) == "Busy: you are number 2."
                assert busy(line.number("ann")) == ""


def test_who_holds_a_share_is_passed_over() -> None:
    """One person's large files do not stop another's small one."""
    line = Line(2, 9)
    with in_line(line, "large", "ann", 1), in_line(line, "larger", "ann", 1):
        with in_line(line, "small", "bob", 1) as small:
            while "small" not in HOLDING:
                Event().wait(0.005)
            assert len(HOLDING) == 2  # one of Ann's, and Bob's
        small.result()
        assert "larger" not in HOLDING or "large" not in HOLDING


def test_there_is_an_end_to_waiting() -> None:
    line = Line(1, 1)
    with in_line(line, "ann"):
        until(["ann"])
        with in_line(line, "bob"):
            while not line.number("bob"):
                Event().wait(0.005)
            with pytest.raises(Busy, match="busy: 1 wait already; try again"), line.place("cat"):
                pass
            assert line.number("cat") == 0
    with line.place("cat"):
        pass


def test_at_the_end_nobody_waits() -> None:
    line = Line(1, 9)
    with in_line(line, "ann"):
        until(["ann"])
        with in_line(line, "bob") as bob:
            while not line.number("bob"):
                Event().wait(0.005)
            line.close()
            with pytest.raises(Busy, match="being ended"):
                bob.result(60)
