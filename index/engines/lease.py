"""The place of a collection's only writer: a row that says whose it is, and for how long.

Nobody's clock is believed but one's own. Who waits takes the place over when the row has not
changed for as long as it is given; who holds it changes the row three times as often, and where it
could not do so in time, writes nothing more. An engine has no way to change a row only if nobody
else has: a claim is therefore made quickly or not at all, and counts when it still stands after a
while.
"""

from __future__ import annotations

import json
import math
import os
import secrets
import socket
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread
from typing import NamedTuple, Protocol

from index.engines.connection import EngineConnection
from index.errors import IbidError, IndexBusy, LeaseLost, storage_errors
from index.storage import disk
from index.types import Progress

SECONDS = 60.0  # for which a lease is given
SETTLES = 1.0  # seconds after which a claim counts; it is made in half of that
SETTLES_HERE = 0.0  # of an engine in a folder, which one process has open: no other can claim
WAITS = 900.0  # seconds that a writer waits for another
BEATS = 3  # renewals of a lease in its time
KEY, FILE, LOCK = "lease", "lease", "lease.lock"


class LeaseClaim(NamedTuple):
    """Whose the place is: `holder` is another for each process, "" where it is nobody's.

    `term` counts the holders, `beat` the renewals; it is given for `seconds` after each.
    """

    holder: str
    term: int
    beat: int
    seconds: float

    def to_json(self) -> str:
        """As one line."""
        return json.dumps(self._asdict())

    @classmethod
    def from_json(cls, line: str) -> LeaseClaim:
        """What `to_json` gave; raises ValueError, KeyError or TypeError."""
        given = json.loads(line)
        return cls(
            str(given["holder"]), int(given["term"]), int(given["beat"]), float(given["seconds"])
        )


class LeaseRow(Protocol):
    """Where the claim is kept: read and written by all writers."""

    def read(self) -> LeaseClaim | None:
        """That of now; None where there is none."""

    def write(self, claim: LeaseClaim) -> None:
        """Put another in its place."""


class Lease:
    """A claim that counts; `require` says whether it still does. Renewed by a thread of its own."""

    def __init__(
        self,
        row: LeaseRow,
        where: str,
        *,
        seconds: float = SECONDS,
        settles: float = SETTLES,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._row, self._where, self._seconds, self._settles = row, where, seconds, settles
        self._clock, self._sleep = clock, sleep
        self.holder = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
        self._claim = LeaseClaim(self.holder, 0, 0, seconds)
        self._until = -math.inf
        self._over = Event()

    def take(self, dead: Collection[str] = (), waiting: Callable[[], None] | None = None) -> None:
        """Take the place when it is nobody's, is one of `dead`'s, or its holder is heard no more.

        Raises IndexBusy where it is another's for 15 minutes. A claim that was made too slowly is
        waited out as another's is: it may have come over one that counts already.
        """
        seen, since, begun = None, 0.0, self._clock()
        while self._clock() - begun <= max(WAITS, 2 * self._seconds):
            now = self._row.read()
            if now != seen:
                seen, since = now, self._clock()
            is_free = now is None or now.holder in ("", *dead)
            if is_free or (now is not None and self._clock() - since > now.seconds):
                if self._claims(now.term + 1 if now is not None else 1):
                    return
                continue
            if waiting is not None:
                waiting()
            self._sleep(min(1.0, self._seconds / BEATS / 2))
        held = seen.holder if seen is not None else "nobody"
        raise IndexBusy(f"{self._where} is being written by {held}; wait for it, or end it")

    def require(self, least: float = 0.0) -> None:
        """Raise LeaseLost unless the place is held for so many seconds more."""
        if self._over.is_set() or self._clock() + least > self._until:
            raise self.lost()

    def lost(self) -> LeaseLost:
        """What to raise where it is another's."""
        return LeaseLost(
            f"another writer may have taken over {self._where} (this one was not heard of for "
            f"{self._seconds:g} s, or what it writes was changed); nothing more is written: index "
            "again"
        )

    def renew(self) -> None:
        """Hold it for longer; raises LeaseLost where it is another's."""
        if self._row.read() != self._claim:
            self._over.set()
        self.require()
        begun, renewed = self._clock(), self._claim._replace(beat=self._claim.beat + 1)
        self._row.write(renewed)
        self._claim, self._until = renewed, begun + self._seconds

    def give_up(self) -> None:
        """Leave the place to others, where it is still held."""
        if not self._over.is_set() and self._row.read() == self._claim:
            self._row.write(self._claim._replace(holder=""))
        self._over.set()

    def keep(self, ended: Event) -> None:
        """Renew until it is ended or lost; what fails is tried again while it is held."""
        while not ended.wait(self._seconds / BEATS):
            with suppress(IbidError):
                self.renew()
            if self._over.is_set():
                return

    def _claims(self, term: int) -> bool:
        """Whether a claim counts: another's may have come at the same time."""
        begun = self._clock()
        claim = LeaseClaim(self.holder, term, 0, self._seconds)
        self._row.write(claim)
        if self._settles:
            if self._clock() - begun > self._settles / 2:  # another may count already
                return False
            self._sleep(self._settles)
        if self._row.read() != claim:
            return False
        self._claim, self._until = claim, begun + self._seconds
        return True


class EngineLeaseRow:
    """A `LeaseRow` beside the state of a collection; raises what `EngineConnection.call` does."""

    def __init__(self, connection: EngineConnection) -> None:
        self._connection = connection

    def read(self) -> LeaseClaim | None:
        """As `LeaseRow.read`; what cannot be understood is none."""
        own = self._connection
        found = own.call("get", own.states, [KEY], output_fields=["state"])
        with suppress(ValueError, KeyError, TypeError, IndexError):
            return LeaseClaim.from_json(str(found[0]["state"]))
        return None

    def write(self, claim: LeaseClaim) -> None:
        """As `LeaseRow.write`."""
        own = self._connection
        row = {"key": KEY, "vector": [0.0, 1.0], "state": claim.to_json()}
        own.call("upsert", own.states, [row])


@contextmanager
def leased(lease: Lease, folder: Path, tell: Progress) -> Iterator[Lease]:
    """Hold the place of the writer; `folder` is this machine's, and remembers who held it last.

    Of a process of this machine that died nobody waits until its lease ends. Raises IndexBusy, and
    LeaseLost from `Lease.require`.
    """
    from filelock import FileLock, Timeout

    def waiting() -> None:
        tell("waiting for another writer of this collection", 0, 0)

    with storage_errors("write into", folder):
        disk.make_folder(folder)
        lock = FileLock(folder / LOCK)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            waiting()
            try:
                lock.acquire(timeout=WAITS)
            except Timeout as exc:
                raise IndexBusy(
                    f"another process writes from {folder}; wait for it, or end it"
                ) from exc
    ended = Event()
    keeping = Thread(target=lease.keep, args=(ended,), name="lease", daemon=True)
    try:
        note = folder / FILE
        with storage_errors("write into", folder):
            dead = note.read_text("utf-8").split() if note.is_file() else []
            disk.replace(note, " ".join([*dead, lease.holder]))
            lease.take(dead, waiting)
            disk.replace(note, lease.holder)
        keeping.start()
        yield lease
    finally:
        ended.set()
        if keeping.is_alive():
            keeping.join()
        with suppress(IbidError):  # it ends by itself
            lease.give_up()
        lock.release()
