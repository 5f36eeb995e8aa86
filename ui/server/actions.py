"""What each click or change on the page does, by the name it has there (`data-do`)."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rag.kinds import QuestionKind
from ui.page import (
    EMPTY,
    conversation,
    conversation_docx,
    conversation_html,
    conversation_json,
    conversation_markdown,
    frame,
    guided_html,
    reader_html,
)
from ui.server import gathering, saved, tabling
from ui.server.answering import Answering
from ui.server.building import Builds
from ui.server.event import Sent
from ui.server.session import Session
from ui.server.views import Drawn, Views, cited, masthead, refused, undoable

if TYPE_CHECKING:
    from index import Document


class Actions:
    """A method `_do_…` for each name; it gives the parts of the page that change."""

    def __init__(self, answering: Answering, builds: Builds, views: Drawn) -> None:
        self._answering, self._builds, self._views = answering, builds, views

    def act(self, session: Session, event: Any) -> Views:
        """Do what `do` names with the event's other data; what names nothing changes nothing."""
        sent = Sent(event)
        action = getattr(self, f"_do_{sent.text('do')}", None)
        if action is None:
            return {}
        try:
            views: Views = action(session, sent)
        except Exception as error:  # whatever happens, the page stays and says so
            return refused(error)
        return views

    def _do_ask(self, session: Session, sent: Sent) -> Views:
        return self._answering.ask(session, sent.text("question"), count=sent.count())

    def _do_retry(self, session: Session, sent: Sent) -> Views:
        return self._again(session, sent)

    def _do_typed(self, session: Session, sent: Sent) -> Views:
        return self._again(session, sent, as_typed=True)

    def _do_read(self, session: Session, sent: Sent) -> Views:
        named = sent.text("kind").upper()
        kind = QuestionKind.__members__.get(named)
        return {} if kind is None else self._again(session, sent, kind=kind)

    def _again(self, session: Session, sent: Sent, **how: Any) -> Views:
        at = sent.number("turn", len(session.turns))
        if at is None:
            return {}
        question = session.turns[at].answer.question
        return self._answering.ask(session, question, at=at, count=sent.count(), **how)

    def _do_include(self, session: Session, sent: Sent) -> Views:
        at = sent.number("turn", len(session.turns))
        return {} if at is None else self._answering.include_all(session, at, sent.count())

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
        with self._builds.place(session):
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
        if (name := sent.text("turn")) in session.gathered:
            return gathering.opened(session, name, sent.number("number"))
        at = sent.number("turn", len(session.turns))
        return {} if at is None else cited(session, at, sent.number("number"))

    def _do_open(self, session: Session, sent: Sent) -> Views:
        document = _document(session, sent)
        return {} if document is None else {"reader": reader_html(document, None, None)}

    def _do_guide(self, session: Session, sent: Sent) -> Views:
        document = _document(session, sent)
        if document is None:
            return {}
        told = session.engine.guide(document.id)
        return {"reader": guided_html(document, told, sent.number("number"))}

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
        with self._builds.place(session):
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

    def _do_table(self, session: Session, sent: Sent) -> Views:
        return tabling.look(session)

    def _do_brief(self, session: Session, sent: Sent) -> Views:
        return gathering.look(session, "brief", sent, self._answering.line)

    def _do_timeline(self, session: Session, sent: Sent) -> Views:
        return gathering.look(session, "timeline", sent, self._answering.line)

    def _do_who(self, session: Session, sent: Sent) -> Views:
        return gathering.look(session, "who", sent, self._answering.line)

    def _do_questions(self, session: Session, sent: Sent) -> Views:
        return gathering.look(session, "questions", sent, self._answering.line)

    def _do_related(self, session: Session, sent: Sent) -> Views:
        return gathering.related(session, sent, self._answering.line)

    def _do_gathered(self, session: Session, sent: Sent) -> Views:
        return gathering.parcel(session, sent.text("view"), sent.text("form"))

    def _do_fill(self, session: Session, sent: Sent) -> Views:
        return tabling.begin(session, sent.text("questions"), self._answering.line)

    def _do_unfill(self, session: Session, sent: Sent) -> Views:
        tabling.end(session)
        return tabling.look(session)

    def _do_cell(self, session: Session, sent: Sent) -> Views:
        return tabling.opened(session, *map(sent.number, ("row", "column", "number")))

    def _do_download(self, session: Session, sent: Sent) -> Views:
        return tabling.parcel(session, sent.text("form"))

    def _do_saved(self, session: Session, sent: Sent) -> Views:
        return saved.shown(session, self._answering.line)

    def _do_unopened(self, session: Session, sent: Sent) -> Views:
        return {"notice": frame.refusal(sent.text("reason") or "it could not be opened")}

    def _do_state(self, session: Session, sent: Sent) -> Views:
        return saved.place(session, sent.number("number"))

    def _do_keep(self, session: Session, sent: Sent) -> Views:
        return saved.parcel(session, sent.text("form"))

    def _do_export(self, session: Session, sent: Sent) -> Views:
        answers = [turn.answer for turn in session.turns]
        if not answers:
            return {"notice": frame.note("There is nothing to export yet: ask something first.")}
        form = sent.text("form")
        if form == "docx":
            data = b64encode(conversation_docx(answers)).decode()
            return {"parcel": frame.parcel("conversation.docx", data, encoded=True)}
        if form == "md":
            return {"parcel": frame.parcel("conversation.md", conversation_markdown(answers))}
        if sent.text("form") == "json":
            return {"parcel": frame.parcel("conversation.json", conversation_json(answers))}
        return {"parcel": frame.parcel("conversation.html", conversation_html(answers))}


def _document(session: Session, sent: Sent) -> Document | None:
    return session.engine.document(sent.text("document"))
