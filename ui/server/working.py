"""A long task in a thread of its own, which tells how far it is when it is asked."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread

from index import Progress

EVERY_SECONDS = 0.5


class Working:
    """Does `work` meanwhile."""

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
