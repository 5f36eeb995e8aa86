"""An engine that follows its index: a page stays open while the index is brought up to date."""

from __future__ import annotations

import time
from threading import Lock
from typing import TYPE_CHECKING

from index import IbidError

if TYPE_CHECKING:
    from rag.engine import Engine

PATIENCE = 5.0  # seconds


class Following:
    """The engine over the newest generation of an index; thread-safe.

    When a writer has published another one, the first to ask for the engine opens it, while all
    others go on with the one there is. An engine that is over no index stays what it is.
    """

    def __init__(self, engine: Engine, *, patience: float = PATIENCE) -> None:
        """What could not be opened is tried again after `patience` seconds."""
        self._engine, self._patience = engine, patience
        self._seen = engine.generation.revision if engine.generation is not None else b""
        self._again = 0.0  # when it is next tried, after it could not be opened
        self._opening = Lock()

    @property
    def engine(self) -> Engine:
        """The engine as of now. Where the newest index cannot be opened, the one before."""
        generation = self._engine.generation
        if generation is not None:
            from index import index_at

            now = index_at(generation.path).revision  # b"" where nobody can be asked now
            if now not in (b"", self._seen) and time.monotonic() >= self._again:
                self._open()
        return self._engine

    def reopen(self) -> None:
        """Open the index again, all of it checked: the newest state that is whole."""
        self._open(thorough=True)

    def _open(self, *, thorough: bool = False) -> None:
        generation = self._engine.generation
        if generation is None or not self._opening.acquire(blocking=False):
            return
        try:
            from index import index_at

            found = index_at(generation.path).open(thorough=thorough)
            self._engine, self._seen = type(self._engine).over(found), found.revision
        except IbidError:
            self._again = time.monotonic() + self._patience
        finally:
            self._opening.release()
