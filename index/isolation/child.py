"""The process that reads people's files: it limits itself first, and then imports the parsers.

It answers one file after the other on its standard output. A file that needs more than it may take
ends it; whoever started it starts another.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from contextlib import suppress
from functools import cache, partial
from importlib import import_module
from math import ceil
from typing import BinaryIO

from index.forks import OUT_OF_MEMORY, allow_helpers
from index.limits import Limits

_MAPPED = 128 * 2**20  # bytes of libraries, which are resident and no data
_COLLECT = (50_000, 5, 5)  # a file's blocks are many objects, few of them in a cycle
_GRACE = 5  # seconds after the wall time, should nobody be left to end this process


def main(parser: str, memory: int, cpu: int, wall: float) -> None:
    """Answer requests until there are no more.

    `parser` is a module that has a `parse_file`, and a `ready` that loads what every file needs.
    """
    limits = Limits(memory, cpu, wall)
    _confine(limits)
    requests, answers = _streams()
    try:
        _serve(parser, limits, requests, answers)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)


def _serve(parser: str, limits: Limits, requests: BinaryIO, answers: BinaryIO) -> None:
    from index.isolation.frames import answer, helpers, packed, received  # which import parsers

    module = import_module(parser)
    module.ready()  # which may need a temporary file
    gc.freeze()
    gc.set_threshold(*_COLLECT)
    _limit("RLIMIT_FSIZE", 0)
    parse = module.parse_file
    answers.write(packed({"ready": True}))
    answers.flush()
    while requests.peek(1):  # type: ignore[attr-defined]
        _allow(limits)
        allow_helpers(cache(partial(helpers, requests, answers)))
        answers.writelines(answer(parse, received(requests.read, sys.maxsize)))
        answers.flush()
        signal.alarm(0)


def _streams() -> tuple[BinaryIO, BinaryIO]:
    """Requests and answers; what a library prints goes nowhere."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb", 2**16)
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return sys.stdin.buffer, answers


def _confine(limits: Limits) -> None:
    """Where the system has no such limits, the wall time still holds."""
    sys.dont_write_bytecode = True
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who started it ends it
    _limit("RLIMIT_DATA", limits.memory - _MAPPED)
    _limit("RLIMIT_CORE", 0)


def _limit(name: str, most: int) -> None:
    with suppress(ImportError, AttributeError, ValueError, OSError):
        import resource

        resource.setrlimit(getattr(resource, name), (most, most))


def _allow(limits: Limits) -> None:
    """Time for one more file, beside what the files before it took."""
    signal.alarm(ceil(limits.wall) + _GRACE)
    with suppress(ImportError, ValueError, OSError):
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        soft = ceil(used.ru_utime + used.ru_stime) + limits.cpu
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))
