"""A long task in a thread: how far it is, its end, and what it raised."""

from __future__ import annotations

from threading import Event

import pytest

from index.types import Progress
from ui.server.building import Working


def test_it_tells_how_far_it_is_until_it_ends() -> None:
    told, may_end = Event(), Event()

    def work(tell: Progress) -> None:
        tell("encoding", 1_000, 2_000)
        told.set()
        may_end.wait(60)

    working = Working(work)
    told.wait(60)
    assert working.stage(0) == "encoding: 1,000 of 2,000"
    may_end.set()
    assert working.stage(60) is None
    assert working.stage(0) is None


def test_a_stage_without_a_number_and_what_is_told_before_any() -> None:
    told, may_begin, may_end = Event(), Event(), Event()

    def work(tell: Progress) -> None:
        may_begin.wait(60)
        tell("writing the index", 0, 0)
        told.set()
        may_end.wait(60)

    working = Working(work)
    assert working.stage(0) == "reading files …"
    may_begin.set()
    told.wait(60)
    assert working.stage(0) == "writing the index …"
    may_end.set()
    assert working.stage(60) is None


def test_what_it_raised_is_raised_where_it_is_asked() -> None:
    def work(tell: Progress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Working(work).stage(60)
