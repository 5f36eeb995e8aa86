"""Questions that are offered to a tab: the documents it asks now were found to answer them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol
from weakref import WeakKeyDictionary, ref

from rag.answers import Answer
from ui.page import ShownTurn

if TYPE_CHECKING:
    from rag import Engine
    from rag.following import Following
    from ui.server.session import Session
    from ui.server.sessions import Sessions


class Suggests(Protocol):
    """Questions that an engine's documents answer."""

    def openers(self, count: int = 5) -> tuple[str, ...]:
        """To begin with."""

    def follow_ups(self, history: Sequence[Answer], count: int = 3) -> tuple[str, ...]:
        """After the last answer."""

    def rephrasings(self, answer: Answer, count: int = 2) -> tuple[str, ...]:
        """Near a question that was not answered."""


@dataclass(frozen=True)
class Offer:
    """Questions offered after a turn (None: before any), and the engine that answers them.

    `questions` is None where none were made yet; the engine is not kept by it.
    """

    engine: ref[Engine] | None = None
    turn: ShownTurn | None = None
    questions: tuple[str, ...] | None = None

    def is_of(self, engine: Engine) -> bool:
        """Whether they were asked of this engine."""
        return self.engine is not None and self.engine() is engine

    def is_after(self, turn: ShownTurn | None) -> bool:
        """Whether they were made to follow this turn."""
        return self.questions is not None and self.turn is turn

    def of_no_turn(self) -> Offer:
        """The same engine, no questions: others must be made."""
        return Offer(self.engine)


class OfferMaker:
    """Makes what is offered, and keeps what was tried of each engine; thread-safe."""

    def __init__(
        self,
        served: Following,
        sessions: Sessions,
        examples: Sequence[str],
        suggests: Callable[[Engine], Suggests] | None,
    ) -> None:
        """`examples` are of the documents served; without `suggests` there are no others."""
        self._following, self._sessions, self._suggests = served, sessions, suggests
        self._examples = examples
        self._held: WeakKeyDictionary[Engine, Mapping[str, object]] = WeakKeyDictionary()
        # for all tabs over the documents that are served; keeps what it tried
        engine = served.engine
        self._served = (engine, suggests(engine)) if suggests else None

    def after(self, session: Session, engine: Engine) -> tuple[str, ...]:
        """Questions to go on with; before any, the examples or what the documents answer."""
        turns = session.turns
        held = () if turns or session.dropped else self._examples_of(engine)
        if held or self._suggests is None:
            return held
        maker = self._maker(session, engine)
        return maker.follow_ups([turn.answer for turn in turns]) if turns else maker.openers()

    def instead(self, session: Session, engine: Engine) -> tuple[str, ...]:
        """Questions near the last one, where that was not answered."""
        last = session.turns[-1].answer if session.turns else None
        if self._suggests is None or last is None or last or last.reply:
            return ()
        return self._maker(session, engine).rephrasings(last)

    def _examples_of(self, engine: Engine) -> tuple[str, ...]:
        """The examples that an engine answers by the sentence that answers them in all documents.

        Without their document others may answer after a fashion.
        """
        if not self._examples:
            return ()
        own, all_of_them = self._places(engine), self._places(self._following.engine)
        return tuple(q for q in own if own[q] == all_of_them.get(q))

    def _places(self, engine: Engine) -> Mapping[str, object]:
        """The examples that an engine answers, and the place of the sentence that does."""
        if engine not in self._held:
            found = {question: engine.ask(question).best for question in self._examples}
            self._held[engine] = {q: (c.document.id, c.top) for q, c in found.items() if c}
        return self._held[engine]

    def _maker(self, session: Session, engine: Engine) -> Suggests:
        """The maker of questions for what a session asks, kept while it asks that."""
        assert self._suggests is not None
        assert self._served is not None
        if engine is self._following.engine:
            if engine is not self._served[0]:
                self._served = engine, self._suggests(engine)
                self._sessions.let_go()
            return self._served[1]
        if session.maker is None or session.maker[0] is not engine:
            session.maker = engine, self._suggests(engine)
        return session.maker[1]
