"""A session drawn: the parts of the page, by name, as they are now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ui.page import conversation, frame, library_html, numbered, reader_html
from ui.server.refused import reason, unplaced, without_paths
from ui.server.session import Session

if TYPE_CHECKING:
    from index import FilesReport
    from rag import Engine

Views = dict[str, Any]  # of the parts of the page that change, by name


class Drawn:
    """How the page shows a session; `home` names the documents that are served."""

    def __init__(self, home: str) -> None:
        self._home = home

    def everything(self, session: Session) -> Views:
        """Every part but the reader and the box."""
        session.withdraw()
        return {
            "masthead": masthead(session),
            "library": self.library(session),
            "talk": conversation(session.turns),
            "switch": frame.switch(session.completes),
            "offers": offers(session),
            "notice": undoable(session),
            **_warned(session),
        }

    def changed(self, session: Session) -> Views:
        """What there is of other documents, where the index was brought up to date meanwhile."""
        if session.drawn == _mark(session.engine):
            return {}
        session.withdraw()
        library = self.library(session)
        return {"library": library, "masthead": masthead(session), **_warned(session)}

    def library(self, session: Session, work: str = "") -> str:
        """The documents; `work` is what is being done with them."""
        if not work and session.working is not None:
            work = "reading files …"
        engine = session.engine
        session.drawn = _mark(engine)
        return library_html(
            engine.documents,
            session.passages(),
            session.left_out,
            _files(session),
            dropped=session.dropped,
            home=self._home,
            work=work,
            unencoded=engine.unencoded,
        )


def _files(session: Session) -> FilesReport:
    """What was read of the tab's files, and what not; what it sent and was refused is not either.

    Where they lie on this machine is not said.
    """
    report = session.engine.files
    return report._replace(unread=unplaced((*session.refused, *report.unread)))


def offers(session: Session) -> str:
    """Questions to ask with one click."""
    lead = "People also ask" if session.turns else "Questions that are answered"
    return frame.offers(lead, session.offer.questions or ())


def undoable(session: Session) -> str:
    """What was lost last, and how it comes back; "" where nothing was."""
    undo = session.undo
    if undo is None:
        return ""
    kept = [("settle", "Delete now")] if undo.files else []
    return frame.note(undo.words, ("undo", "Undo"), *kept)


def masthead(session: Session) -> str:
    """The top line, with how many documents are asked."""
    documents = [d.id for d in session.engine.documents]
    return frame.masthead(len(documents), len(documents) - len(session.left_out & {*documents}))


def _mark(engine: Engine) -> object:
    """What tells an engine from another one, and does not keep it."""
    own = engine.generation
    return (own.path, own.revision) if own is not None else id(engine)


def _warned(session: Session) -> Views:
    """What is wrong with the index, where something is."""
    notice = without_paths(session.engine.notice)
    return {"notice": frame.note(notice)} if notice else {}


def refused(error: Exception) -> Views:
    """Why something was not done."""
    return {"notice": frame.refusal(reason(error))}


def cited(session: Session, turn: int, number: int | None) -> Views:
    """The reader at a quotation of a turn; nothing when it has no such number."""
    answer = session.turns[turn].answer
    for citation in numbered(answer):
        if citation.number == number:
            return {"reader": reader_html(citation.document, answer, number, turn)}
    return {}
