"""Source guides of the documents that are served: made in a thread, while nobody asks anything."""

from __future__ import annotations

from contextlib import suppress
from threading import Lock, Thread
from typing import TYPE_CHECKING

from index import IbidError
from ui.server.waiting_line import WaitingLine

if TYPE_CHECKING:
    from index import Generation

PATIENCE = 10.0  # seconds that a question is waited for, before the next document


class Ended(Exception):
    """The page is being ended."""


class GuideMaker:
    """Makes what is not kept yet of each state of an index; questions in `line` go first."""

    def __init__(self, line: WaitingLine) -> None:
        self._line = line
        self._seen = b""
        self._lock = Lock()
        self._thread: Thread | None = None

    def look(self, generation: Generation | None) -> None:
        """Begin, where this state was not looked at before and no other one is at work."""
        with self._lock:
            at_work = self._thread is not None and self._thread.is_alive()
            if generation is None or at_work or generation.revision == self._seen:
                return
            self._seen = generation.revision
            self._thread = Thread(target=self._run, args=[generation], name="guides", daemon=True)
            self._thread.start()

    @property
    def begun(self) -> bool:
        """Whether any state was looked at."""
        return self._thread is not None

    def join(self) -> None:
        """Wait until what was begun has ended."""
        if self._thread is not None:
            self._thread.join()

    def _run(self, generation: Generation) -> None:
        from rag.annotators import keep_annotations

        # what cannot be kept, as in a folder without rights, is made whenever somebody looks at it
        with suppress(Ended, IbidError):
            keep_annotations(generation, self._let_pass)

    def _let_pass(self, *_: object) -> None:
        if not self._line.rest(PATIENCE):
            raise Ended
