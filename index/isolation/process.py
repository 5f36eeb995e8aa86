"""A process that reads files, as the one that started it sees it: nothing it says is believed."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from time import monotonic
from typing import Any

from index.errors import ParserError, UnreadableDocument
from index.failures import (
    Failure,
    Why,
    error_of,
    printable,
)
from index.forks import OUT_OF_MEMORY
from index.isolation.frames import BadFrame, packed, parsed, received
from index.limits import MAX_PIECES, Limits
from index.load import Parsed

_STARTING = 60.0  # seconds until it has to be ready
_MAX_ANSWER = 256 * 2**20  # bytes
_EACH = 256  # bytes that a text counts for, beside its own
_GROWN = 384 * 2**20  # bytes in memory: it is not used again
_CHUNK = 2**20
_START = "import sys; sys.path[:] = {}; from index.isolation.child import main; main(*{})"
_ENVIRONMENT = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "LC_ALL": "C.UTF-8"}
# where a system keeps its libraries elsewhere, and a person temporary files
_NEEDED = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "TMPDIR")
_ANEW = "split it, or save it anew with another program"


class _Late(Exception):
    """The time is up."""


class _Gone(Exception):
    """The other end is closed."""


class Starved(UnreadableDocument):
    """A limit ended the reading, when others had their share of it: alone it may suffice."""


class Process:
    """Reads files, one at a time; raises ParserError when it cannot be started.

    `parser` names the module that does it.
    """

    def __init__(self, parser: str, limits: Limits) -> None:
        self._limits = limits
        try:
            self._running = subprocess.Popen(
                [sys.executable, "-I", "-c", _START.format(sys.path, (parser, *limits))],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
                env=_environment(),
                start_new_session=True,  # in which its forks are too
            )
        except OSError as exc:
            raise _no_process(exc.strerror or str(exc)) from exc
        assert self._running.stdin is not None
        assert self._running.stdout is not None
        self._to, self._from = self._running.stdin.fileno(), self._running.stdout.fileno()
        os.set_blocking(self._to, False)
        self._until, self._taken = monotonic() + _STARTING, 0
        self.usable, self._helped = True, False
        try:
            received(self._read, _EACH)
        except (_Late, _Gone, BadFrame) as exc:
            self.end()
            raise _no_process("it ended before it was ready") from exc

    @property
    def pid(self) -> int:
        """Its number, for those who measure it."""
        return self._running.pid

    def read(
        self,
        data: bytes,
        source: str,
        known: Mapping[str, str],
        lend: Callable[[], int],
    ) -> list[Parsed | Failure]:
        """What is found in the bytes of a file; raises UnreadableDocument, Starved among them.

        `lend` says how many processes may help with a large file, which is asked once at most.
        Afterwards `usable` says whether it can read another.
        """
        try:
            return self._asked(data, source, known, lend)
        except (_Late, _Gone):
            why = self._death()
        except BadFrame:
            why = f"the parser gave no proper answer; {_ANEW}"
        self.usable = False
        limited = self._running.returncode in (OUT_OF_MEMORY, -signal.SIGXCPU)
        error = Starved if limited and self._helped else UnreadableDocument
        raise error(f"{source}: {why}")

    def kill(self) -> None:
        """End it and its forks, whatever they do; `end` is still to be called."""
        self.usable = False
        if self._running.poll() is None:
            with suppress(ProcessLookupError, PermissionError):  # it has just ended
                os.killpg(self._running.pid, signal.SIGKILL)

    def end(self) -> None:
        """End it and wait until it is gone."""
        self.kill()
        self._running.wait()
        for pipe in (self._running.stdin, self._running.stdout):
            if pipe is not None:
                pipe.close()

    def _asked(
        self, data: bytes, source: str, known: Mapping[str, str], lend: Callable[[], int] | None
    ) -> list[Parsed | Failure]:
        self._until, self._helped = monotonic() + self._limits.wall, False
        self._write(packed({"source": source, "known": dict(known)}, data))
        self._write(data)
        found: list[Parsed | Failure] = []
        self._taken = pieces = 0
        while True:
            frame = received(self._read, _MAX_ANSWER - self._taken)
            if not isinstance(frame.head, dict):
                raise BadFrame("no object")
            if "helpers" in frame.head and lend is not None:
                helpers, lend = lend(), None  # once a file
                self._helped = helpers > 0
                self._write(packed({"helpers": helpers}))
                continue
            if "characters" not in frame.head:
                return [*found, *self._ending(frame.head, source)]
            text = parsed(frame)
            pieces += len(text.pieces)
            if pieces > MAX_PIECES:
                raise BadFrame("too many pieces")
            found.append(text)
            self._taken += _EACH

    def _ending(self, head: Mapping[str, Any], source: str) -> list[Failure]:
        """What cannot be read of a file."""
        self.usable = _resident(self._running.pid) < _GROWN
        if "refused" in head:
            said = [source, head["refused"], False, head.get("why", Why.BROKEN)]
            raise error_of(_failures([said], source)[0])
        if "broken" in head:
            name = printable(str(head["broken"]))[:80]
            raise UnreadableDocument(f"{source}: the parser failed on it ({name}); {_ANEW}")
        return _failures(head.get("failures"), source)

    def _death(self) -> str:
        """Why it ended, and what to do."""
        try:
            status = self._running.wait(max(0, self._until - monotonic()))
        except subprocess.TimeoutExpired:
            return f"it took over {self._limits.wall:g} seconds to read; {_ANEW}"
        if status == OUT_OF_MEMORY:
            return f"it needed over {self._limits.memory / 2**30:g} GB of memory; {_ANEW}"
        if status == -signal.SIGXCPU:
            return f"it took over {self._limits.cpu} seconds of processor time to read; {_ANEW}"
        return f"the parser crashed on it; {_ANEW}"

    def _write(self, data: bytes) -> None:
        rest = memoryview(data)
        while rest:
            self._wait(self._to, select.POLLOUT)
            try:
                rest = rest[os.write(self._to, rest[:_CHUNK]) :]
            except BrokenPipeError as exc:
                raise _Gone from exc

    def _read(self, size: int) -> bytes:
        """Bytes of its answer: so many, or it is gone."""
        parts: list[bytes] = []
        while size:
            self._wait(self._from, select.POLLIN)
            part = os.read(self._from, min(size, _CHUNK))
            if not part:
                raise _Gone
            parts.append(part)
            size -= len(part)
            self._taken += len(part)
        return b"".join(parts)

    def _wait(self, pipe: int, event: int) -> None:
        poll = select.poll()
        poll.register(pipe, event)
        left = self._until - monotonic()
        if left <= 0 or not poll.poll(left * 1000):
            raise _Late


def _failures(given: Any, source: str) -> list[Failure]:
    """Failures of a file; raises BadFrame where they are none, or of another file."""
    try:
        found = [Failure(name, why, partly is True, Why(kind)) for name, why, partly, kind in given]
        if all(text.startswith(source) for one in found for text in one[:2]):
            return found
    except (TypeError, ValueError, AttributeError) as exc:
        raise BadFrame("no failures") from exc
    raise BadFrame("of another file")


def _environment() -> dict[str, str]:
    """Nothing of this process's own but where libraries are, and temporary files go."""
    return _ENVIRONMENT | {key: os.environ[key] for key in _NEEDED if key in os.environ}


def _no_process(why: str) -> ParserError:
    return ParserError(f"no process to read files in could be started ({why}); free some memory")


def _resident(pid: int) -> int:
    """Bytes that a process has in memory; 0 where the system does not say."""
    try:
        with open(f"/proc/{pid}/statm", "rb") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError, ValueError):
        return 0
