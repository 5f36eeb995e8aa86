"""Work that several processes share: the one that reads a file, and forks of it.

A fork holds the file as the process does that it was made of, has no right that this has not, and
lives for one piece of work. So what it finds comes back pickled: who could forge that could as
well have harmed the process itself, with the same file. Together they may take what one may.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import struct
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from math import ceil
from typing import NamedTuple, NoReturn, TypeVar

with suppress(ImportError):  # where a system has no such limits it has no forks either
    import resource

OUT_OF_MEMORY = 77  # exit status
_PARENT_DEATH_SIGNAL = 1  # of Linux's prctl
_NUMBER = struct.Struct("<H")  # of a part
_FEW = 4  # parts: what makes fewer is one
_MOST = 2**11  # parts: a pipe of one page of memory, the smallest, holds the numbers of all

T = TypeVar("T")
R = TypeVar("R")

_helpers: Callable[[], int] = int


class _Fork(NamedTuple):
    """A process that helps, and the pipe that its answer comes from."""

    pid: int
    answer: int


def allow_helpers(ask: Callable[[], int]) -> None:
    """Let `ask` say, whenever work is shared, how many processes may help."""
    global _helpers
    _helpers = ask


def shared(work: Callable[[T], R], parts: Sequence[T]) -> list[R]:
    """`[work(part) for part in parts]`, done together with as many processes as may help.

    Raises what `work` does, for the first part over which it does: that, and what no fork can
    hand over, is done again here. Where a fork comes to an end that is none of its own, as by a
    limit, this process ends in the same way.
    """
    may = 1 < len(parts) <= _MOST and hasattr(os, "fork")
    helpers = min(_helpers(), len(parts) - 1) if may else 0
    if helpers < 1:
        return [work(part) for part in parts]
    answers: list[bytes] = []
    with _queue(len(parts)) as numbers, _divided(helpers + 1) as seconds, _killed() as forks:
        with suppress(OSError):  # where no process can be made, fewer help
            forks += (_fork(work, parts, numbers, seconds) for _ in range(helpers))
        own = dict(_done(work, parts, numbers))
        while forks:
            answers.append(_answer(forks[-1]))
            if status := os.waitstatus_to_exitcode(_waited(forks.pop())):
                _end(status)
    told: dict[int, bytes] = dict(pair for answer in answers for pair in pickle.loads(answer))
    found: list[R] = []
    for number, part in enumerate(parts):
        if number in own:
            found.append(own.pop(number))
        else:
            found.append(pickle.loads(told.pop(number)) if number in told else work(part))
    return found


def shared_ranges(work: Callable[[range], list[R]], count: int, step: int) -> list[R]:
    """What `work` finds for each of so many things; `step` of them are a part, or all, if few."""
    if count < _FEW * step:
        return work(range(count))
    parts = [range(at, min(at + step, count)) for at in range(0, count, step)]
    return [one for found in shared(work, parts) for one in found]


@contextmanager
def _queue(count: int) -> Iterator[int]:
    """A pipe that the numbers of so many parts are read from, each by one process."""
    numbers, filled = os.pipe()
    try:
        os.write(filled, b"".join(map(_NUMBER.pack, range(count))))
        os.close(filled)
        yield numbers
    finally:
        os.close(numbers)


@contextmanager
def _killed() -> Iterator[list[_Fork]]:
    """A list of forks; those that are still in it at the end are killed."""
    forks: list[_Fork] = []
    try:
        yield forks
    finally:
        for fork in forks:
            os.kill(fork.pid, signal.SIGKILL)
            _waited(fork)


def _done(
    work: Callable[[T], R], parts: Sequence[T], numbers: int, parent: int | None = None
) -> Iterator[tuple[int, R]]:
    """What work gives for the parts that are left, until it raises, or `parent` is gone."""
    while parent in (None, os.getppid()) and (packed := os.read(numbers, _NUMBER.size)):
        (number,) = _NUMBER.unpack(packed)
        try:
            found = work(parts[number])
        except MemoryError:
            raise
        except Exception:
            return
        yield number, found


def _fork(work: Callable[[T], R], parts: Sequence[T], numbers: int, seconds: int | None) -> _Fork:
    answer, out = os.pipe()
    parent, left = os.getpid(), signal.getitimer(signal.ITIMER_REAL)[0]
    try:
        pid = os.fork()
    except OSError:
        os.close(answer)
        os.close(out)
        raise
    if pid:
        os.close(out)
        return _Fork(pid, answer)
    status = 1
    try:
        _end_with_parent()
        _close_others(numbers, out)
        if seconds is not None:
            _limit(resource.RLIMIT_CPU, seconds)
        signal.alarm(ceil(left))
        gc.disable()
        found = list(_done(lambda part: pickle.dumps(work(part)), parts, numbers, parent))
        with open(out, "wb") as file:
            pickle.dump(found, file)
        status = 0
    except MemoryError:
        status = OUT_OF_MEMORY
    finally:
        os._exit(status)


def _end_with_parent() -> None:
    """Have the system end this process with its parent, where it can; else a part ends it."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, signal.SIGKILL)


def _close_others(*kept: int) -> None:
    """Close what the parent has open, so that its end is seen by who reads from it."""
    first = 0
    for one in (*sorted(kept), os.sysconf("SC_OPEN_MAX")):
        os.closerange(first, one)
        first = one + 1


def _answer(fork: _Fork) -> bytes:
    """What a fork answers, to its end."""
    parts: list[bytes] = []
    while part := os.read(fork.answer, 2**20):
        parts.append(part)
    return b"".join(parts)


def _waited(fork: _Fork) -> int:
    """The status, as `waitpid` gives it, of a fork that ends."""
    os.close(fork.answer)
    return os.waitpid(fork.pid, 0)[1]


def _end(status: int) -> NoReturn:
    if status < 0:
        os.kill(os.getpid(), -status)
    os._exit(max(status, 1))


@contextmanager
def _divided(processes: int) -> Iterator[int | None]:
    """This process with its part of what it has left of its limits; the seconds of each other."""
    cpu, data = _limited(resource.RLIMIT_CPU), _limited(resource.RLIMIT_DATA)
    seconds = None
    if cpu is not None:
        used = ceil(_used(resource.RUSAGE_SELF))
        seconds = max(1, (cpu - used) // processes)
        _limit(resource.RLIMIT_CPU, used + seconds)
    if data is not None and (held := _held()):
        _limit(resource.RLIMIT_DATA, held + (data - held) // processes)
    theirs = _used(resource.RUSAGE_CHILDREN)
    try:
        yield seconds
    finally:
        if cpu is not None:
            _limit(resource.RLIMIT_CPU, cpu - ceil(_used(resource.RUSAGE_CHILDREN) - theirs))
        if data is not None:
            _limit(resource.RLIMIT_DATA, data)


def _limited(kind: int) -> int | None:
    """A limit of this process; None where there is none."""
    soft = resource.getrlimit(kind)[0]
    return None if soft == resource.RLIM_INFINITY else soft


def _limit(kind: int, most: int) -> None:
    resource.setrlimit(kind, (most, resource.getrlimit(kind)[1]))


def _used(who: int) -> float:
    """Seconds of processor time."""
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def _held() -> int:
    """Bytes of data that this process has; 0 where the system does not say."""
    try:
        with open("/proc/self/statm", "rb") as file:
            return int(file.read().split()[5]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError, ValueError):
        return 0
