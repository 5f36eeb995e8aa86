"""An engine that follows its index: a page stays open while the index is brought up to date."""

from __future__ import annotations

from contextlib import suppress
from threading import Lock
from typing import TYPE_CHECKING

from index.errors import IbidError

if TYPE_CHECKING:
    from rag.engine import Engine


class Following:
    """The engine over the newest generation of an index; thread-safe.

    When a writer has published another one, the first to ask for the engine opens it, while all
    others go on with the one there is. An engine that is over no index stays what it is.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._seen = engine.generation.state if engine.generation is not None else b""
        self._opening = Lock()

    @property
    def engine(self) -> Engine:
        """The engine as of now. Where the newest index cannot be opened, the one before."""
        generation = self._engine.generation
        if generation is not None:
            from index.storage.generations import state_of

            state = state_of(generation.path)
            if state != self._seen:
                self._open(state)
        return self._engine

    def reopen(self) -> None:
        """Open the index again, all of it checked: the newest state that is whole."""
        self._open(self._seen, thorough=True)

    def _open(self, state: bytes, *, thorough: bool = False) -> None:
        generation = self._engine.generation
        if generation is None or not self._opening.acquire(blocking=False):
            return
        try:
            self._seen = state
            with suppress(IbidError):
                self._engine = type(self._engine).open(generation.path, thorough=thorough)
        finally:
            self._opening.release()
