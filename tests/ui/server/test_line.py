"""The waiting line: so many at once, in order, and nobody's share is another's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event
from time import sleep

import pytest

from ui.server.line import Busy, Line, busy


def until(happened: Callable[[], bool]) -> None:
    for _ in range(6000):
        if happened():
            return
        sleep(0.01)
    pytest.fail("it did not happen")


class People:
    """Who waits for a place and holds it until he may leave; `inside` are those who hold one."""

    def __init__(self, threads: ThreadPoolExecutor) -> None:
        self._threads, self.inside = threads, set[str]()
        self.may_leave: dict[str, Event] = {}

    def come(self, line: Line, who: str, share: str = "", most: int = 9) -> Future[None]:
        """Somebody stands in line, or is inside, when this returns."""
        self.may_leave[who] = Event()
        future = self._threads.submit(self._stay, line, who, {share: most})
        until(lambda: who in self.inside or line.number(who) > 0)
        return future

    def _stay(self, line: Line, who: str, shares: dict[str, int]) -> None:
        with line.place(who, shares):
            self.inside.add(who)
            self.may_leave[who].wait(60)
            self.inside.remove(who)


@pytest.fixture
def people() -> Iterator[People]:
    with ThreadPoolExecutor(9) as threads:
        found = People(threads)
        yield found
        for event in found.may_leave.values():
            event.set()


def test_the_others_wait_and_know_their_number(people: People) -> None:
    line = Line(1, 9)
    for who in ("ann", "bob", "cat"):
        people.come(line, who)
    assert people.inside == {"ann"}
    assert [line.number(who) for who in ("ann", "bob", "cat")] == [0, 1, 2]
    assert busy(line.number("cat")) == "Busy: you are number 2."
    assert busy(line.number("ann")) == ""
    people.may_leave["ann"].set()
    until(lambda: people.inside == {"bob"})
    assert line.number("cat") == 1


def test_who_holds_a_share_is_passed_over(people: People) -> None:
    """One person's large files do not stop another's small one."""
    line = Line(2, 9)
    people.come(line, "large", "ann", 1)
    people.come(line, "larger", "ann", 1)
    people.come(line, "small", "bob", 1)
    until(lambda: people.inside == {"large", "small"})
    people.may_leave["small"].set()
    until(lambda: people.inside == {"large"})
    people.may_leave["large"].set()
    until(lambda: people.inside == {"larger"})


def test_there_is_an_end_to_waiting(people: People) -> None:
    line = Line(1, 1)
    people.come(line, "ann")
    people.come(line, "bob")
    with pytest.raises(Busy, match="busy: 1 wait already; try again"), line.place("cat"):
        pass
    assert line.number("cat") == 0
    for who in ("ann", "bob"):
        people.may_leave[who].set()
    until(lambda: not people.inside)
    with line.place("cat"):
        pass


def test_at_the_end_nobody_waits(people: People) -> None:
    line = Line(1, 9)
    people.come(line, "ann")
    bob = people.come(line, "bob")
    line.close()
    with pytest.raises(Busy, match="being ended"):
        bob.result(60)
