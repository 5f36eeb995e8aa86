"""What the page does when something is typed or clicked. Every session's state is in `Session`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from math import inf
from typing import TYPE_CHECKING, Any
from weakref import ref

from rag.following import Following
from ui.page import (
    EMPTY,
    Turn,
    conversation,
    conversation_html,
    conversation_markdown,
    frame,
    reader_html,
)
from ui.server import limits
from ui.server.dropped import stop_reading
from ui.server.event import Sent
from ui.server.line import Line, busy
from ui.server.offers import Offer, Suggests
from ui.server.questions import Questions
from ui.server.refused import reason
from ui.server.session import Session, Sessions
from ui.server.views import (
    Drawn,
    Views,
    cited,
    masthead,
    offers,
    undoable,
)
from ui.server.working import Working

if TYPE_CHECKING:
    from index import Document
    from rag import Engine


class Chat:
    """The page's answers to its events; thread-safe.

    Each method takes the tab's token and gives the parts of the page that change.
    """

    def __init__(
        self,
        engine: Engine,
        examples: Sequence[str] = (),
        home: str = "the bundled articles",
        suggests: Callable[[Engine], Suggests] | None = None,
    ) -> None:
        """`examples` are offered until something is asked, those that are answered; `home` names
        the engine's documents. Dropped files are read in the line `reading`.

        Without `suggests` no questions are made from the documents.
        """
        following = Following(engine)
        self.sessions = Sessions(following)
        self._questions = Questions(following, self.sessions, examples, suggests)
        self._views = Drawn(home)
        self._asking = Line(limits.QUESTIONS, limits.QUESTIONS_WAITING)
        self._builds = Line(limits.BUILDS, limits.UPLOADS)
        self.reading = Line(limits.PARSERS, limits.UPLOADS)

    def open(self, token: str, question: str) -> Views:
        """The page as it was in this tab; the `question` of a link is asked next in it."""
        session = self.sessions.of(token)
        session.editing = None  # the box is empty
        if not question.strip():
            return self._views.everything(session)
        before = session.turns
        asked = self._ask(session, question)
        kept = {} if session.turns is not before else {"box": question}  # it was refused
        return {**self._views.everything(session), **asked, **kept}

    def ask(self, token: str, question: str, count: float = inf) -> Views:
        """Answer what was typed; of what is refused a line says why.

        `count` numbers what the tab sends, so that `stop` knows which question it is about even
        where it overtakes it.
        """
        return self._ask(self.sessions.of(token), question, count=count)

    def stop(self, token: str, count: int) -> Views:
        """Throw away the answers to what the tab asked up to number `count`."""
        self.sessions.of(token).stop(count)
        return {"notice": frame.note("Stopped.")}

    def suggest(self, token: str) -> Views:
        """What to ask next; after an abstention, what would have been answered.

        All of it was asked of what the tab asks now. Called after every event, since trying
        questions takes longer than answering one; of several at once the last one counts.
        """
        session = self.sessions.of(token)
        with session.suggesting:
            withdrawn = session.withdraw()
            turns, engine = session.turns, session.asking()
            last = turns[-1] if turns else None
            if session.offer.is_after(last):
                return {"talk": conversation(turns)} if withdrawn else {}
            questions = self._questions.after(session, engine)
            rephrasings = self._questions.instead(session, engine)
            with session.lock:
                if session.turns is not turns or session.asking() is not engine:
                    return {}  # something else was asked meanwhile, or of other documents
                if last is not None and rephrasings:
                    last = replace(last, rephrasings=rephrasings)
                    session.turns = [*turns[:-1], last]
                session.offer = Offer(ref(engine), last, questions)
        talk = {"talk": conversation(session.turns)} if rephrasings or withdrawn else {}
        return {"offers": offers(session), **talk}

    def take(self, token: str, address: str = "") -> Views:
        """Build the index of the dropped files; says how far it is, and is asked again until it
        is done. `address` is whose they are.
        """
        return self._take(self.sessions.of(token), address)

    def close(self) -> None:
        """What waits is given up, and files are no longer read."""
        for line in (self._asking, self._builds, self.reading):
            line.close()
        stop_reading()

    def waiting(self, token: str) -> str:
        """What is said to a tab whose question waits for its turn; "" where none does."""
        return busy(self._asking.number(token))

    def act(self, token: str, event: Any) -> Views:
        """What was clicked or changed: `do` names it. What names nothing changes nothing."""
        session = self.sessions.of(token)
        sent = Sent(event)
        action = getattr(self, f"_do_{sent.text('do')}", None)
        if action is None:
            return {}
        try:
            views: Views = action(session, sent)
        except Exception as error:  # whatever happens, the page stays and says so
            return {"notice": _refusal(error)}
        return views

    def _do_ask(self, session: Session, sent: Sent) -> Views:
        return self._ask(session, sent.text("question"), count=sent.count())

    def _do_retry(self, session: Session, sent: Sent) -> Views:
        return self._again(session, sent)

    def _do_typed(self, session: Session, sent: Sent) -> Views:
        return self._again(session, sent, as_typed=True)

    def _again(self, session: Session, sent: Sent, as_typed: bool = False) -> Views:
        at = sent.number("turn", len(session.turns))
        if at is None:
            return {}
        question = session.turns[at].answer.question
        return self._ask(session, question, at=at, as_typed=as_typed, count=sent.count())

    def _do_include(self, session: Session, sent: Sent) -> Views:
        at = sent.number("turn", len(session.turns))
        if at is None:
            return {}
        with self._asking.place(session.token):
            turn = session.include_all(at, sent.count())
        return {**self._views.everything(session), **self._answered(session, turn)} if turn else {}

    def _do_edit(self, session: Session, sent: Sent) -> Views:
        session.editing = sent.number("turn", len(session.turns))
        if session.editing is None:
            return {}
        words = "The question is edited: its answer is replaced, and what follows stays."
        notice = frame.note(words, ("unedit", "Leave it as it was"))
        return {"box": session.turns[session.editing].answer.question, "notice": notice}

    def _do_unedit(self, session: Session, sent: Sent) -> Views:
        session.editing = None
        return {"notice": undoable(session)}  # the script gives back what was in the box

    def _do_undo(self, session: Session, sent: Sent) -> Views:
        with self._building(session):
            session.take_back()
        return {**self._views.everything(session), "reader": EMPTY}

    def _do_settle(self, session: Session, sent: Sent) -> Views:
        session.settle_loss()
        return {"notice": ""}

    def _do_new(self, session: Session, sent: Sent) -> Views:
        session.new()
        return {**self._views.everything(session), "reader": EMPTY}

    def _do_complete(self, session: Session, sent: Sent) -> Views:
        session.completes = sent.checked()
        return {}

    def _do_cite(self, session: Session, sent: Sent) -> Views:
        at = sent.number("turn", len(session.turns))
        return {} if at is None else cited(session, at, sent.number("number"))

    def _do_open(self, session: Session, sent: Sent) -> Views:
        document = _document(session, sent)
        return {} if document is None else {"reader": reader_html(document, None, None)}

    def _do_tick(self, session: Session, sent: Sent) -> Views:
        document = _document(session, sent)
        if document is None:
            return {}
        ticked = sent.checked()
        left_out = session.left_out - {document.id} if ticked else session.left_out | {document.id}
        session.left_out = left_out
        talk = {"talk": conversation(session.turns)} if session.withdraw() else {}
        return {"masthead": masthead(session), "offers": "", **talk}

    def _do_remove(self, session: Session, sent: Sent) -> Views:
        document = _document(session, sent)
        if document is None or not session.dropped:
            return {}
        with self._building(session):
            session.remove(document.source)
        return self._views.everything(session)

    def _do_home(self, session: Session, sent: Sent) -> Views:
        session.home()
        return {**self._views.everything(session), "reader": EMPTY}

    def _do_judge(self, session: Session, sent: Sent) -> Views:
        from rag.evaluation import feedback_file, record

        at, verdict = sent.number("turn", len(session.turns)), sent.text("verdict")
        if at is None or verdict not in ("right", "wrong"):
            return {}
        judged = replace(session.turns[at], judged=verdict)
        session.turns = [*session.turns[:at], judged, *session.turns[at + 1 :]]
        answer = judged.answer
        file, note = feedback_file(), sent.text("note")
        record(answer, verdict == "right", note, file, session.engine.documents)
        return {"notice": frame.note(f"Noted in {file.name}, which ibid eval can run.")}

    def _do_export(self, session: Session, sent: Sent) -> Views:
        answers = [turn.answer for turn in session.turns]
        if not answers:
            return {"notice": frame.note("There is nothing to export yet: ask something first.")}
        if sent.text("form") == "md":
            return {"parcel": frame.parcel("conversation.md", conversation_markdown(answers))}
        return {"parcel": frame.parcel("conversation.html", conversation_html(answers))}

    def _ask(self, session: Session, question: str, **how: Any) -> Views:
        try:
            with self._asking.place(session.token):
                turn = session.ask(question, **how)
        except Exception as error:  # as in `act`
            return {"notice": _refusal(error)}
        return {} if turn is None else self._answered(session, turn)

    def _answered(self, session: Session, turn: Turn) -> Views:
        """The conversation at a turn, with its best quotation."""
        numbers = [t.number for t in session.turns]
        if turn.number not in numbers:
            return {}
        at, best = numbers.index(turn.number), turn.answer.best
        return {
            "talk": conversation(session.turns, at), "offers": "", "notice": undoable(session),
            **({} if best is None else cited(session, at, best.number)),
            **self._views.changed(session),
        }  # fmt: skip

    def _building(self, session: Session, address: str = "") -> AbstractContextManager[None]:
        """A place to build the index of a tab's files: one of a tab, not all of an address."""
        shares = {("tab", session.token): 1, ("address", address): limits.BUILDS - bool(address)}
        return self._builds.place(session.token, shares)

    def _take(self, session: Session, address: str = "") -> Views:
        def work(progress: Any) -> None:
            with self._building(session, address):
                session.take(progress)

        with session.lock:
            working = session.working = session.working or Working(work)
        failure = None
        try:
            stage = working.stage()
        except Exception as error:
            stage, failure = None, error
        if stage is not None:
            waits = busy(self._builds.number(session.token))
            return {"library": self._views.library(session, waits or stage)}
        with session.lock:
            if session.working is working:
                session.working = None
        if session.files.fresh:  # more came meanwhile
            return self._take(session, address)
        if failure is not None:
            return {"library": self._views.library(session), "notice": _refusal(failure)}
        return {**self._views.everything(session), "reader": EMPTY}


def _document(session: Session, sent: Sent) -> Document | None:
    wanted = sent.text("document")
    return next((d for d in session.engine.documents if d.id == wanted), None)


def _refusal(error: Exception) -> str:
    return frame.refusal(reason(error))
