"""Files to documents, read in processes of their own: no file can harm the one that asks."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from itertools import islice
from threading import Condition, Lock
from time import perf_counter
from typing import TypeVar

from index.cores import cores
from index.errors import ParserError, UnreadableDocument
from index.failures import Failure
from index.isolation.expected import Expected
from index.isolation.process import Process, Starved
from index.limits import Limits
from index.load import NOTHING, Loaded, Parsed, documents_of, failed
from index.types import Progress

CHILDREN = 2  # one reads while the answer of the other is looked at
LIMITS = Limits()

T = TypeVar("T")


class Parsers:
    """Processes that read files, started when they are needed; leaving the context ends them.

    A process reads many files, one after the other, and is replaced when one of them ends it.
    A large file is read with the help of forks in the places of processes that have nothing to do,
    of which so many as `spare` are kept for the files of others: never more than `children` work.
    Where its share of the limits is too little, it is read once more, alone.
    Safe in threads. `parser` names the module that reads: it has a `parse_file`.
    """

    def __init__(
        self,
        limits: Limits = LIMITS,
        *,
        children: int = CHILDREN,
        spare: int = 0,
        parser: str = "index.load",
    ) -> None:
        self._limits, self._parser, self._spare = limits, parser, spare
        self._cores = cores()
        self._threads = ThreadPoolExecutor(children, thread_name_prefix="parsers")
        self._running: set[Process] = set()
        self.seconds: dict[str, float] = {}  # by source: what a file took
        self._closed, self._changing = False, Lock()
        self._free: deque[Process | None] = deque([None] * children)  # None: to be started
        self._returned = Condition()  # to `_free`

    def __enter__(self) -> Parsers:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def running(self) -> frozenset[Process]:
        """The processes that were started and not ended."""
        return frozenset(self._running)

    def close(self) -> None:
        """End the processes, those that are reading too; no other is started."""
        with self._changing:
            self._closed = True
        self._threads.shutdown(wait=False, cancel_futures=True)
        for process in list(self._running):
            process.kill()
        self._threads.shutdown()
        while self._running:
            self._running.pop().end()

    def expect(self, files: Sequence[Expected], tell: Progress) -> None:
        """Be told which files are asked for next; here each is read when it is asked for."""

    def load(self, data: bytes, source: str, known: Mapping[str, str] = NOTHING) -> Loaded:
        """The documents in the bytes of a file; parameters and errors as of `read`."""
        return documents_of(self.read(data, source, known), data, source, known)

    def read(
        self, data: bytes, source: str, known: Mapping[str, str]
    ) -> Sequence[Parsed | Failure]:
        """The texts in the bytes of a file; what cannot be read is one of the failures.

        Raises ParserError when no process can be started, after `close` too.
        """
        with self._returned:
            self._returned.wait_for(lambda: self._free)
            process = self._free.popleft()
        begun = 0.0
        lent: list[Process | None] = []
        try:
            if process is None or not process.usable:
                process = self._start()
            begun = perf_counter()
            try:
                return process.read(data, source, known, partial(self._lend, lent))
            except Starved:
                self._give_back(lent)
                lent.clear()
                process = self._kept(process) or self._start()
                return process.read(data, source, known, int)  # nobody helps
        except UnreadableDocument as exc:
            return failed(source, exc).failures
        finally:
            if begun:
                self.seconds[source] = perf_counter() - begun
            self._give_back([self._kept(process), *lent])

    def begin(self, data: bytes, source: str, known: Mapping[str, str]) -> Future[Loaded]:
        """`load`, while the caller does something else."""
        return self._threads.submit(self.load, data, source, known)

    def _start(self) -> Process:
        process = Process(self._parser, self._limits)
        with self._changing:
            if not self._closed:
                self._running.add(process)
                return process
        process.end()
        raise ParserError("files are no longer read, for the program ends; start it again")

    def _lend(self, lent: list[Process | None]) -> int:
        """Put places of processes that are not at work, all but `spare`, into `lent`: how many."""
        with self._returned:
            while len(lent) < self._cores - 1 and len(self._free) > self._spare:
                lent.append(self._free.popleft())
        return len(lent)

    def _give_back(self, places: Iterable[Process | None]) -> None:
        with self._returned:
            self._free.extend(places)
            self._returned.notify_all()

    def _kept(self, process: Process | None) -> Process | None:
        if process is None or process.usable:
            return process
        self._running.discard(process)
        process.end()
        return None


def ahead(items: Iterator[T], most: int = 2 * CHILDREN) -> Iterator[T]:
    """The same items; `most` of them are taken before the first is given."""
    taken = deque(islice(items, most))
    while taken:
        yield taken.popleft()
        taken.extend(islice(items, 1))
