"""Work that is shared gives what it gives alone, and takes no more than that may."""

from __future__ import annotations

import mmap
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from index import forks
from index.forks import OUT_OF_MEMORY, allow_helpers, shared, shared_ranges

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _alone() -> Iterator[None]:
    """Nobody helps but in the test that says so, and no process is left that was not there."""
    before = children()
    yield
    allow_helpers(int)
    assert children() <= before


def children() -> set[str]:
    """The numbers of this process's children, those of other tests with them."""
    return {
        number
        for task in Path("/proc/self/task").iterdir()
        for number in (task / "children").read_text("ascii").split()
    }


def told(number: int) -> tuple[int, str]:
    return number, f"\ud800 {number}"


@pytest.mark.slow
@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(), max_size=30), st.integers(0, 3))
def test_whoever_helps_the_result_is_the_same(parts: list[int], helpers: int) -> None:
    allow_helpers(lambda: helpers)
    assert shared(told, parts) == [told(part) for part in parts]


@pytest.mark.slow
@settings(max_examples=20, deadline=None)
@given(st.integers(0, 70), st.integers(1, 9), st.integers(0, 2))
def test_ranges_are_done_in_order(count: int, step: int, helpers: int) -> None:
    allow_helpers(lambda: helpers)
    found = shared_ranges(lambda part: [(i, len(part)) for i in part], count, step)
    assert [i for i, _ in found] == list(range(count))
    assert all(size <= step for _, size in found) or count < 4 * step


def test_forks_do_what_this_process_does_not_come_to() -> None:
    allow_helpers(lambda: 1)
    own, begun = os.getpid(), mmap.mmap(-1, 2)  # which forks have in common

    def work(part: int) -> int:
        begun[os.getpid() == own] = 1
        while not all(begun[:]):  # until both have a part
            time.sleep(0.001)
        return os.getpid()

    assert len(set(shared(work, range(6)))) == 2


def test_where_no_process_can_be_made_nobody_helps(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails() -> int:
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", fails)
    allow_helpers(lambda: 2)
    opened = os.listdir("/dev/fd")
    for _ in range(3):
        assert shared(told, range(9)) == [told(part) for part in range(9)]
    assert os.listdir("/dev/fd") == opened


@pytest.mark.parametrize("helpers", [0, 1, 3])
def test_the_error_of_the_first_part_is_raised(helpers: int) -> None:
    allow_helpers(lambda: helpers)

    def fails(part: int) -> int:
        if part % 5 == 3:
            raise KeyError(part)
        return part

    with pytest.raises(KeyError, match=r"^3$"):
        shared(fails, range(40))


class Needs(Exception):
    """Cannot be made of what it says, as pickle would."""

    def __init__(self, part: int, why: str) -> None:
        super().__init__(f"{why} {part}")


@pytest.mark.parametrize("helpers", [0, 1, 3])
def test_what_pickle_cannot_rebuild_is_raised_all_the_same(helpers: int) -> None:
    allow_helpers(lambda: helpers)

    def fails(part: int) -> int:
        time.sleep(0.001)
        raise Needs(part, "no")

    with pytest.raises(Needs, match=r"^no 0$"):
        shared(fails, range(40))


def test_what_cannot_be_pickled_is_done_here() -> None:
    allow_helpers(lambda: 1)

    def given(part: int) -> Callable[[], int]:
        time.sleep(0.001)
        return lambda: part

    assert [one() for one in shared(given, range(40))] == list(range(40))


def test_parts_that_a_pipe_may_not_hold_are_done_alone() -> None:
    allow_helpers(lambda: 1)
    assert set(shared(lambda _: os.getpid(), range(2**11 + 1))) == {os.getpid()}


def test_a_fork_whose_answer_cannot_be_read_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """The fixture looks whether a process is left."""
    allow_helpers(lambda: 1)

    def fails(fork: forks._Fork) -> bytes:
        raise OSError

    monkeypatch.setattr(forks, "_answer", fails)
    with pytest.raises(OSError, match=r"^$"):
        shared(told, range(9))


def test_what_a_killed_fork_used_counts() -> None:
    script = """
import resource, time
from index import forks
resource.setrlimit(resource.RLIMIT_CPU, (100, resource.RLIM_INFINITY))
def told(part):
    until = time.process_time() + 0.2
    while time.process_time() < until:
        pass
def fails(fork):
    raise OSError
forks._answer = fails
forks.allow_helpers(lambda: 1)
try:
    forks.shared(told, range(2))
except OSError:
    print(resource.getrlimit(resource.RLIMIT_CPU)[0] <= 99)
"""
    assert run(script) == (0, "True")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere it ends after its part")
def test_forks_end_with_the_process_that_they_help(tmp_path: Path) -> None:
    file = tmp_path / "pid"
    script = f"""
import os, signal, time
from pathlib import Path
from index.forks import allow_helpers, shared
first = os.getpid()
def told(part):
    if os.getpid() != first:
        Path({str(file)!r}).write_text(str(os.getpid()))
        os.kill(first, signal.SIGKILL)
        time.sleep(600)
    time.sleep(0.01)
allow_helpers(lambda: 1)
shared(told, range(1000))
"""
    assert run(script)[0] == -signal.SIGKILL
    state = Path("/proc", file.read_text(), "stat")
    for _ in range(1_000):
        if not state.exists() or state.read_text().rpartition(")")[2].split()[0] == "Z":
            break
        time.sleep(0.01)
    else:
        pytest.fail("it goes on")


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
said = dict((pid, limits) for pid, *limits in shared(told, range(2000)))
own = said.pop(os.getpid(), [100 // 4, 2**30 // 2])
print(all(cpu <= 25 for cpu, _ in (own, *said.values())),
      all(data <= 2**29 for _, data in (own, *said.values())),
      resource.getrlimit(resource.RLIMIT_CPU)[0] in range(90, 101),
      resource.getrlimit(resource.RLIMIT_DATA)[0] == 2**30)
"""
    assert run(script) == (0, "True True True True")


@pytest.mark.slow
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
shared(told, range(300))
"""
    assert run(script)[0] == status


def test_nobody_works_for_a_process_that_is_gone() -> None:
    with forks._queue(3) as numbers:
        assert list(forks._done(told, range(3), numbers, parent=-1)) == []


def run(script: str) -> tuple[int, str]:
    """How a program ends, and what it says."""
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout.strip()
