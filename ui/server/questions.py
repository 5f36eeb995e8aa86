"""What is offered to a tab: questions that the documents it asks now were found to answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from ui.server.offers import Suggests
from ui.server.session import Session, Sessions

if TYPE_CHECKING:
    from rag import Engine
    from rag.following import Following


class Questions:
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
        if self._suggests is None or last is None or last:
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
