"""The sessions of all browser tabs, and how long they are remembered."""

from __future__ import annotations

import re
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING

from ui.server import limits
from ui.server.dropped import sweep
from ui.server.session import Session

if TYPE_CHECKING:
    from rag.following import Following

_TOKEN = re.compile(r"[A-Za-z0-9_-]{20,64}")


def is_token(token: str) -> bool:
    """Whether it looks like what a tab makes as its secret."""
    return _TOKEN.fullmatch(token) is not None


class Sessions:
    """The sessions of all tabs, by the token that each tab keeps; thread-safe."""

    def __init__(
        self,
        served: Following,
        *,
        kept_seconds: float = limits.KEPT_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._served, self._kept_seconds, self._clock = served, kept_seconds, clock
        self._sessions: OrderedDict[str, tuple[float, Session]] = OrderedDict()
        self._lock = Lock()

    def of(self, token: str) -> Session:
        """The session of a token; a new one for a token that is no such."""
        if not is_token(token):
            token = secrets.token_urlsafe(24)
        now = self._clock()
        with self._lock:
            found = self._sessions.pop(token, None)
            if found is not None and found[0] <= now - self._kept_seconds:
                found = None
            self._forget(now)
            session = found[1] if found else Session(token, self._served)
            self._sessions[token] = now, session
        if found is None:
            sweep(self._kept_seconds)
            session.again()
        elif session.dropped and not session.files.folder.is_dir():
            session.let_go()  # its files had to go, for room
        session.files.touch()
        return session

    def let_go(self) -> None:
        """No session keeps an engine over the documents that were served before."""
        with self._lock:
            sessions = [session for _, session in self._sessions.values()]
        for session in sessions:
            if not session.dropped:
                session.let_go()

    def _forget(self, now: float) -> None:
        """Drop what was not used for a day, and when there are too many the oldest, one in which
        nothing was asked before others: whoever only opens many pages ends nobody's conversation.
        """
        limit = now - self._kept_seconds
        while self._sessions and next(iter(self._sessions.values()))[0] <= limit:
            self._sessions.popitem(last=False)
        while len(self._sessions) >= limits.TABS:
            unused = (t for t, (_, one) in self._sessions.items() if not (one.turns or one.dropped))
            del self._sessions[next(unused, next(iter(self._sessions)))]
