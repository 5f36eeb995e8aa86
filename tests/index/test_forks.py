"""Work that is shared gives what it gives alone, and takes no more than that may."""

from __future__ import annotations

import mmap
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from index import forks
from index.forks import OUT_OF_MEMORY, allow_helpers, shared, shared_ranges

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _alone() -> Iterator[None]:
    """Nobody helps but in the test that says so, and no process is left."""
    yield
    allow_helpers(int)
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def told(number: int) -> tuple[int, str]:
    return number, f"\ud800 {number}"


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(), max_size=30), st.integers(0, 3))
def test_whoever_helps_the_result_is_the_same(parts: list[int], helpers: int) -> None:
    allow_helpers(lambda: helpers)
    assert shared(told, parts) == [told(part) for part in parts]


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 70), st.integers(1, 9), st.integers(0, 2))
def test_ranges_are_done_in_order(count: int, step: int, helpers: int) -> None:
    allow_helpers(lambda: helpers)
    found = shared_ranges(lambda part: [(i, len(part)) for i in part], count, step)
    assert [i for i, _ in found] == list(range(count))
    assert all(size <= step for _, size in found) or count < 4 * step


def test_forks_do_what_this_process_does_not_come_to() -> None:
    allow_helpers(lambda: 1)
    own, helped = os.getpid(), mmap.mmap(-1, 1)  # which forks have in common

    def work(part: int) -> int:
        if os.getpid() != own:
            helped[0] = 1
        while not helped[0]:
            time.sleep(0.001)
        return os.getpid()

    assert len(set(shared(work, range(6)))) == 2


def test_where_no_process_can_be_made_nobody_helps(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails() -> int:
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", fails)
    allow_helpers(lambda: 2)
    assert shared(told, range(9)) == [told(part) for part in range(9)]


@pytest.mark.parametrize("helpers", [0, 1, 3])
def test_the_error_of_the_first_part_is_raised(helpers: int) -> None:
    allow_helpers(lambda: helpers)

    def fails(part: int) -> int:
        if part % 5 == 3:
            raise KeyError(part)
        return part

    with pytest.raises(KeyError, match=r"^3$"):
        shared(fails, range(40))


def test_limits_are_divided_among_those_who_work() -> None:
    script = """
import os, resource
from index.forks import allow_helpers, shared
resource.setrlimit(resource.RLIMIT_CPU, (100, resource.RLIM_INFINITY))
resource.setrlimit(resource.RLIMIT_DATA, (2**30, resource.RLIM_INFINITY))
def told(part):
    return os.getpid(), resource.getrlimit(resource.RLIMIT_CPU)[0], \\
        resource.getrlimit(resource.RLIMIT_DATA)[0]
allow_helpers(lambda: 3)
said = dict((pid, limits) for pid, *limits in shared(told, range(4000)))
own = said.pop(os.getpid(), [100 // 4, 2**30 // 2])
print(all(cpu <= 25 for cpu, _ in (own, *said.values())),
      all(data <= 2**29 for _, data in (own, *said.values())),
      resource.getrlimit(resource.RLIMIT_CPU)[0] in range(90, 101),
      resource.getrlimit(resource.RLIMIT_DATA)[0] == 2**30)
"""
    assert run(script) == (0, "True True True True")


@pytest.mark.parametrize(
    ("ends", "status"),
    [
        ("os.kill(os.getpid(), signal.SIGXCPU)", -signal.SIGXCPU),
        ("os.kill(os.getpid(), signal.SIGKILL)", -signal.SIGKILL),
        ("raise MemoryError", OUT_OF_MEMORY),
        ("os._exit(3)", 3),
    ],
)
def test_a_process_ends_as_one_that_helps_it(ends: str, status: int) -> None:
    script = f"""
import os, signal, time
from index.forks import allow_helpers, shared
first = os.getpid()
def told(part):
    if os.getpid() != first:
        {ends}
    time.sleep(0.01)
allow_helpers(lambda: 1)
shared(told, range(1000))
"""
    assert run(script)[0] == status


def test_nobody_works_for_a_process_that_is_gone() -> None:
    numbers = forks._queue(3)
    assert list(forks._done(told, range(3), numbers, parent=-1)) == []
    os.close(numbers)


def run(script: str) -> tuple[int, str]:
    """How a program ends, and what it says."""
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout.strip()
