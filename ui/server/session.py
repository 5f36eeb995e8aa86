"""What the server remembers of one browser tab: its conversation, its documents, its switches."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from itertools import count as counting
from math import inf
from threading import Lock, RLock
from typing import TYPE_CHECKING, NamedTuple

from index import DamagedIndex, IbidError, Index
from rag.proof import Status, verify
from ui.page import ShownTurn
from ui.server.dropped import Dropped
from ui.server.offers import Offer, Suggests

if TYPE_CHECKING:
    from index import Failure, Progress
    from rag import Answer, Engine, QuestionKind
    from rag.following import Following
    from ui.server.building import Working
    from ui.server.saved import OpenedAnswer
    from ui.server.tabling import Tabling


class Undo(NamedTuple):
    """How the last thing that was taken from a person comes back; `words` say what it was.

    `files` says whether dropped files are kept aside for it.
    """

    words: str
    back: Callable[[], None]
    files: bool = False


class Session:
    """One tab's conversation over the documents that the page serves, or over its own files.

    `left_out` are the ids of documents that are not asked; with `completes` follow-ups are
    completed; `editing` is the turn that the next question replaces; `maker` makes questions to
    offer, with the engine it makes them for; `drawn` says of which engine the tab shows the
    documents; `undo` how the last loss is undone, None where there was none; `working` builds the
    index of its files; `tabling` fills its table; `gathered` is what was shown last as a brief, by
    dates and by names, by the name of the view, and what is related to quotations; `saved` is the
    saved answer that it opened.
    """

    def __init__(self, token: str, served: Following) -> None:
        self.token = token
        self._served = served
        self._own: Engine | None = None
        self.drawn: object = None
        self.files = Dropped(token)
        self.turns: list[ShownTurn] = []
        self.left_out: frozenset[str] = frozenset()
        self.completes = True
        self.editing: int | None = None
        self.offer = Offer()
        self.maker: tuple[Engine, Suggests] | None = None
        self.undo: Undo | None = None
        self._narrowed: tuple[Engine, frozenset[str], Engine] | None = None
        self.working: Working | None = None
        self.tabling: Tabling | None = None
        self.gathered: dict[str, Answer] = {}
        self.saved: OpenedAnswer | None = None
        self.lock = RLock()
        self.suggesting = Lock()
        self._numbers = counting()
        self._began = self._stopped = 0
        self._begun = b""  # the revision of the index of its files when it was last taken up

    @property
    def engine(self) -> Engine:
        """The engine over all documents of the tab, ticked or not."""
        return self._served.engine if self._own is None else self._own

    @property
    def dropped(self) -> bool:
        """Whether the tab's own files are asked."""
        return self._own is not None

    @property
    def refused(self) -> tuple[Failure, ...]:
        """What the tab sent and was not taken; nothing while it asks what is served."""
        return tuple(self.files.refused.values()) if self.dropped else ()

    def asking(self) -> Engine:
        """The engine over the documents that are ticked; the same one while they are."""
        engine, left_out = self.engine, self.left_out
        if not left_out:
            return engine
        narrowed = self._narrowed
        if narrowed is None or narrowed[:2] != (engine, left_out):
            ids = frozenset(d.id for d in engine.documents)
            own = engine.within(ids - left_out) if ids & left_out else engine
            narrowed = self._narrowed = engine, left_out, own
        return narrowed[2]

    def let_go(self) -> None:
        """Keep no engine that is no longer asked: the files of its index could not be deleted."""
        self._own = self._narrowed = self.maker = self.drawn = None

    def ask(
        self,
        question: str,
        *,
        at: int | None = None,
        as_typed: bool = False,
        everywhere: bool = False,
        kind: QuestionKind | None = None,
        count: float = inf,
    ) -> ShownTurn | None:
        """Answer what the tab sent as number `count`; None when it was stopped meanwhile, or the
        conversation forgotten.

        With `at` it takes the place of that turn, as an edited question does of the one it was.
        What follows stays: its answers were given, and each says as what it was asked. Other turns
        stand in the order in which they were asked. `kind` and what is raised are those of
        `Engine.ask`.
        """
        number = next(self._numbers)
        place, turns = self.editing if at is None else at, self.turns
        own = number if place is None else turns[place].number
        completes = self.completes and not as_typed
        history = [turn.answer for turn in turns[:place]] if completes else []

        def asked() -> Answer:
            engine = self.asking()
            return engine.ask(question, history=history, everywhere=everywhere, kind=kind)

        started = time.perf_counter()
        try:
            answer = asked()
        except DamagedIndex:  # found where it was used, in a large file
            if self._own is not None:
                raise
            self._served.reopen()
            answer = asked()
        seconds = time.perf_counter() - started
        is_verified = all(verdict.status is Status.HOLDS for verdict in verify(answer))
        with self.lock:
            if count <= self._stopped or number < self._began:
                return None
            turn = ShownTurn(answer, seconds, is_verified, own)
            self._put(turn)
            self.editing = None
        return turn

    def include_all(self, at: int, count: float = inf) -> ShownTurn | None:
        """Tick every document and ask all of them a turn's question; as `ask` otherwise."""
        left_out, self.left_out = self.left_out, frozenset()
        turn = None
        try:
            question = self.turns[at].answer.question
            turn = self.ask(question, at=at, everywhere=True, count=count)
        finally:
            if turn is None:
                self.left_out = left_out
        if turn is not None and self.undo is not None:
            replaced = self.undo.back

            def back() -> None:
                self.left_out = left_out
                replaced()

            self._undoable(Undo("All documents are asked again.", back))
        return turn

    def _put(self, turn: ShownTurn) -> None:
        """A turn in its place; what stood there can be had again."""
        with self.lock:
            old = next((t for t in self.turns if t.number == turn.number), None)
            others = (t for t in self.turns if t is not old)
            self.turns = sorted([*others, turn], key=lambda t: t.number)
            self.offer = self.offer.of_no_turn()
            if old is not None:
                words = f"Another answer stands in the place of: {old.answer.question}"
                self._undoable(Undo(words, lambda: self._put(old)))

    def _undoable(self, undo: Undo | None) -> None:
        """Only the last loss can be undone: files that were put aside before are deleted."""
        if self.undo is not None and self.undo.files and not (undo and undo.files):
            self.files.drop_aside()
        self.undo = undo

    def take_back(self) -> None:
        """Undo the last loss, if there was one. Raises what `take` raises."""
        with self.lock:
            undo, self.undo = self.undo, None
        if undo is not None:
            undo.back()

    def settle_loss(self) -> None:
        """What was lost last is lost for good."""
        self._undoable(None)

    def withdraw(self) -> bool:
        """Offer nothing that was asked of other documents; whether a turn changed by it."""
        with self.lock:
            if self.offer.is_of(self.asking()):
                return False
            self.offer, old = Offer(), self.turns
            self.turns = [replace(t, rephrasings=()) if t.rephrasings else t for t in old]
            return any(t.rephrasings for t in old)

    def stop(self, count: int) -> None:
        """The answers to what the tab asked up to number `count` are thrown away."""
        self._stopped = max(self._stopped, count)

    def new(self) -> None:
        """Put the conversation away, and what is being answered in it."""
        with self.lock:
            turns, began = self.turns, self._began
            self._began = next(self._numbers)
            self.turns, self.editing, self.offer = [], None, self.offer.of_no_turn()

            def back() -> None:
                with self.lock:
                    self.turns, self._began = [*turns, *self.turns], began
                    self.editing, self.offer = None, self.offer.of_no_turn()

            if turns:
                self._undoable(Undo("The conversation was put away.", back))

    def take(self, progress: Progress | None = None) -> None:
        """Ask the dropped files as they are now; without any, the documents that are served.

        Raises IbidError as `Engine.open` does.
        """
        from rag import Engine

        if not self.files:
            self.files.fresh = False
            self.let_go()
            return
        self._begun = Index(self.files.index).revision
        opened = Engine.open(self.files.refresh(progress))
        with self.lock:
            self.let_go()
            self._own = opened
        self.files.settle()

    def take_words(self) -> None:
        """Ask the dropped files by their words while `take` has their vectors made."""
        from rag import Engine

        index = Index(self.files.index)
        held = self._own.generation if self._own is not None else None
        if index.revision in (b"", self._begun, held.revision if held is not None else b""):
            return
        with suppress(IbidError):
            opened = index.open()
            with self.lock:
                # else `take` has come to its end meanwhile
                if opened.settings.unencoded and opened.revision == index.revision:
                    self.let_go()
                    self._own = Engine.over(opened)

    def again(self) -> None:
        """The dropped files of a tab that the server had forgotten, where they are still there."""
        from rag import Engine

        self.files.drop_aside()  # nobody knows any more how to bring it back
        if self.files and self.files.index.is_dir():
            # where it cannot be opened they stay: with the next file it is built again
            with suppress(IbidError):
                self._own = Engine.open(self.files.index)

    def remove(self, source: str) -> None:
        """Ask a dropped file no more; it is kept aside. Raises what `take` raises."""
        gone = self.files.put_aside(source)
        self.take()
        if gone:
            self._undoable(Undo(f"{', '.join(gone)} was removed.", self._bring_back, files=True))

    def home(self) -> None:
        """Back to the documents that the page serves; the dropped files are kept aside."""
        self.files.put_aside()
        self.let_go()
        self._undoable(Undo("The dropped files were put away.", self._bring_back, files=True))

    def _bring_back(self) -> None:
        self.files.bring_back()
        self.take()

    def passages(self) -> Counter[str]:
        """How many passages each document has, by id."""
        return self.engine.passage_counts
