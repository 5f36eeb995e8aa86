"""Answers to what is asked: each question waits for its turn, and what it changes is drawn."""

from __future__ import annotations

from typing import Any

from ui.page import ShownTurn, conversation
from ui.server import limits
from ui.server.session import Session
from ui.server.views import Drawn, Views, cited, refused, undoable
from ui.server.waiting_line import WaitingLine


class Answering:
    """Asks for tabs; thread-safe."""

    def __init__(self, views: Drawn) -> None:
        self._views = views
        self.line = WaitingLine(limits.QUESTIONS, limits.QUESTIONS_WAITING)

    def ask(self, session: Session, question: str, **how: Any) -> Views:
        """Answer it, `how` being as `Session.ask` takes it; of what is refused a line says why."""
        try:
            with self.line.place(session.token):
                turn = session.ask(question, **how)
        except Exception as error:  # whatever happens, the page stays and says so
            return refused(error)
        return {} if turn is None else self._drawn(session, turn)

    def include_all(self, session: Session, at: int, count: float) -> Views:
        """Ask the question of turn `at` again, of every document."""
        with self.line.place(session.token):
            turn = session.include_all(at, count)
        if turn is None:
            return {}
        return {**self._views.everything(session), **self._drawn(session, turn)}

    def _drawn(self, session: Session, turn: ShownTurn) -> Views:
        """The conversation at a turn, with its best quotation."""
        numbers = [t.number for t in session.turns]
        if turn.number not in numbers:
            return {}
        at, best = numbers.index(turn.number), turn.answer.best
        return {
            "talk": conversation(session.turns, at),
            "offers": "",
            "notice": undoable(session),
            **({} if best is None else cited(session, at, best.number)),
            **self._views.changed(session),
        }
