"""What the server remembers of one browser tab: its conversation, its documents, its switches."""

from __future__ import annotations

import re
import secrets
import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Sequence
from itertools import count as counting
from math import inf
from threading import Lock, RLock
from typing import TYPE_CHECKING, Protocol

from index.errors import DamagedIndex, IbidError
from rag.proof import Status, verify
from rag.types import Answer
from ui.dropped import Dropped, sweep
from ui.limits import KEPT_SECONDS
from ui.page.turns import Turn

if TYPE_CHECKING:
    from index.build import Progress
    from rag import Engine
    from rag.following import Following
    from ui.working import Working

KEPT_SESSIONS = 500
_TOKEN = re.compile(r"[A-Za-z0-9_-]{20,64}")


class Suggests(Protocol):
    """Questions that an engine's documents answer."""

    def openers(self, count: int = 5) -> tuple[str, ...]:
        """To begin with."""

    def follow_ups(self, history: Sequence[Answer], count: int = 3) -> tuple[str, ...]:
        """After the last answer."""

    def rephrasings(self, answer: Answer, count: int = 2) -> tuple[str, ...]:
        """Near a question that was not answered."""


class Session:
    """One tab's conversation over the documents that the page serves, or over its own files.

    `left_out` are the ids of documents that are not asked; with `completes` follow-ups are
    completed; `editing` is the turn that the next question replaces, `suggested` the turn after
    which questions were `offered`, `maker` what made them, with the engine it made them for;
    `drawn` says of which engine the tab shows the documents; `working` builds the index of its
    files.
    """

    def __init__(self, token: str, served: Following) -> None:
        self.token = token
        self._served = served
        self._own: Engine | None = None
        self.drawn: object = None
        self.files = Dropped(token)
        self.turns: list[Turn] = []
        self.left_out: frozenset[str] = frozenset()
        self.completes = True
        self.editing: int | None = None
        self.suggested: Turn | None = None
        self.offered: tuple[str, ...] = ()
        self.maker: tuple[Engine, Suggests] | None = None
        self._narrowed: tuple[Engine, frozenset[str], Engine] | None = None
        self.working: Working | None = None
        self.lock = RLock()
        self._numbers = counting()
        self._began = self._stopped = 0

    @property
    def engine(self) -> Engine:
        """The engine over all documents of the tab, ticked or not."""
        return self._served.engine if self._own is None else self._own

    @property
    def dropped(self) -> bool:
        """Whether the tab's own files are asked."""
        return self._own is not None

    def asking(self) -> Engine:
        """The engine over the documents that are ticked; the same one while they are."""
        engine, left_out = self.engine, self.left_out
        if not left_out:
            return engine
        narrowed = self._narrowed
        if narrowed is None or narrowed[:2] != (engine, left_out):
            chosen = frozenset(d.id for d in engine.documents) - left_out
            narrowed = self._narrowed = engine, left_out, engine.within(chosen)
        return narrowed[2]

    def let_go(self) -> None:
        """Keep no engine that is no longer asked: the files of its index could not be deleted."""
        self._own = self._narrowed = self.maker = self.drawn = None

    def ask(
        self, question: str, *, at: int | None = None, as_typed: bool = False, count: float = inf
    ) -> bool:
        """Answer what the tab sent as number `count`; False when it was stopped meanwhile, or the
        conversation forgotten.

        With `at` it takes the place of that turn and of all that followed when it was asked; a
        question that is being edited takes the place of the one it was. The turns stand in the
        order in which they were asked. Raises what `Engine.ask` raises.
        """
        number = next(self._numbers)
        place = self.editing if at is None else at
        completes = self.completes and not as_typed
        history = [turn.answer for turn in self.turns[:place]] if completes else []
        started = time.perf_counter()
        try:
            answer = self.asking().ask(question, history=history)
        except DamagedIndex:  # found where it was used, in a large file
            if self._own is not None:
                raise
            self._served.reopen()
            answer = self.asking().ask(question, history=history)
        seconds = time.perf_counter() - started
        with self.lock:
            if count <= self._stopped or number < self._began:
                return False
            # the turns as they are by now: another question may have been answered meanwhile
            before = [turn for turn in self.turns[:place] if turn.number < number]
            after = [turn for turn in self.turns if turn.number > number]
            self.turns = [*before, Turn(answer, seconds, _verified(answer), number), *after]
            self.editing, self.offered = None, ()
        return True

    def stop(self, count: int) -> None:
        """The answers to what the tab asked up to number `count` are thrown away."""
        self._stopped = max(self._stopped, count)

    def new(self) -> None:
        """Forget the conversation, and what is being answered in it."""
        with self.lock:
            self._began = next(self._numbers)
            self.turns, self.editing, self.offered = [], None, ()

    def take(self, progress: Progress | None = None) -> None:
        """Ask the dropped files as they are now; without any, the documents that are served.

        Raises IbidError as `Engine.open` does.
        """
        from rag import Engine

        if not self.files:
            self.home()
            return
        opened = Engine.open(self.files.refresh(progress))
        self.let_go()
        self._own, self.left_out = opened, frozenset()
        self.files.settle()

    def again(self) -> None:
        """The dropped files of a tab that the server had forgotten, where they are still there."""
        from rag import Engine

        if self.files and self.files.index.is_dir():
            try:
                self._own = Engine.open(self.files.index)
            except IbidError:
                self.files.clear()

    def home(self) -> None:
        """Back to the documents that the page serves; the dropped files are deleted."""
        self.files.clear()
        self._own, self.left_out = None, frozenset()

    def passages(self) -> Counter[str]:
        """How many passages each document has, by id."""
        counted = getattr(getattr(self.engine, "retriever", None), "passages", None)
        return Counter() if counted is None else counted.counts()


def _verified(answer: Answer) -> bool:
    """Whether every quotation was cut again from its document and found the same."""
    return all(verdict.status is Status.HOLDS for verdict in verify(answer))


def is_token(token: str) -> bool:
    """Whether it looks like what a tab makes as its secret."""
    return _TOKEN.fullmatch(token) is not None


class Sessions:
    """The sessions of all tabs, by the token that each tab keeps; thread-safe."""

    def __init__(
        self,
        served: Following,
        *,
        kept_seconds: float = KEPT_SECONDS,
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
            session.home()  # its files had to go, for room
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
        while len(self._sessions) >= KEPT_SESSIONS:
            unused = (t for t, (_, one) in self._sessions.items() if not (one.turns or one.dropped))
            del self._sessions[next(unused, next(iter(self._sessions)))]
