"""The indexes of dropped files: each is built in a thread of its own, some at once, others wait."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from threading import Thread

from index import Progress
from ui.page import EMPTY
from ui.server import limits
from ui.server.session import Session
from ui.server.views import Drawn, Views, refused
from ui.server.waiting_line import WaitingLine, busy

EVERY_SECONDS = 0.5


class Builds:
    """Builds what tabs ask for; thread-safe."""

    def __init__(self, views: Drawn) -> None:
        self._views = views
        self.line = WaitingLine(limits.BUILDS, limits.UPLOADS)

    def place(self, session: Session, address: str = "") -> AbstractContextManager[None]:
        """A place to build the index of a tab's files: one of a tab, not all of an address."""
        of_address = limits.BUILDS - 1 if address else limits.BUILDS
        shares = {("tab", session.token): 1, ("address", address): of_address}
        return self.line.place(session.token, shares)

    def take(self, session: Session, address: str = "") -> Views:
        """What `Chat.take` says, of a session."""

        def work(progress: Progress) -> None:
            with self.place(session, address):
                session.take(progress)

        with session.lock:
            if session.working is None:
                session.working = Working(work)
            working = session.working
        failure = None
        try:
            stage = working.stage()
        except Exception as error:
            stage, failure = None, error
        if stage is not None:
            waits = busy(self.line.number(session.token))
            session.take_words()
            changed = self._views.changed(session)
            return {**changed, "library": self._views.library(session, waits or stage)}
        with session.lock:
            if session.working is working:
                session.working = None
        if session.files.fresh:  # more came meanwhile
            return self.take(session, address)
        if failure is not None:
            return {"library": self._views.library(session), **refused(failure)}
        return {**self._views.everything(session), "reader": EMPTY}


class Working:
    """Does `work` meanwhile, and tells how far it is when it is asked."""

    def __init__(self, work: Callable[[Progress], None]) -> None:
        self._stage = "reading files …"
        self._failed: BaseException | None = None
        self._thread = Thread(target=self._run, args=[work], name="working", daemon=True)
        self._thread.start()

    def stage(self, seconds: float = EVERY_SECONDS) -> str | None:
        """How far it is by then, or None when it has ended; raises what it raised."""
        self._thread.join(seconds)
        if self._thread.is_alive():
            return self._stage
        if self._failed is not None:
            raise self._failed
        return None

    def _run(self, work: Callable[[Progress], None]) -> None:
        try:
            work(self._tell)
        except BaseException as error:  # raised again where it is asked for
            self._failed = error

    def _tell(self, stage: str, done: int, total: int) -> None:
        self._stage = f"{stage}: {done:,} of {total:,}" if total else f"{stage} …"
