"""What all documents of a tab say: a brief, dates, names, questions; what is related to one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from index import QuestionError
from ui.page import (
    VIEWS,
    conversation_html,
    frame,
    gathered_panel,
    numbered,
    reader_html,
    related_panel,
)
from ui.server.views import Views, refused
from ui.server.waiting_line import WaitingLine

if TYPE_CHECKING:
    from rag import Answer, Engine
    from ui.server.event import Sent
    from ui.server.session import Session

SHOWN = 50  # quotations at once, and
NAMES = 20  # names, or
ASKED = 10  # questions, each of which is asked first


def look(session: Session, name: str, sent: Sent, line: WaitingLine) -> Views:
    """The panel of a view; what is asked of it takes a place in the line of questions."""
    view = VIEWS[name]
    asked = {field: sent.text(field).strip()[:200] for field, _, _ in view.fields}
    skip = sent.number("skip") or 0
    try:
        with line.place(session.token):
            answer = _ASKING[name](session.asking(), asked, skip)
    except Exception as error:  # whatever happens, the page stays and says so
        return {"table": gathered_panel(view, None, asked, 0, SHOWN), **refused(error)}
    session.gathered[name] = answer
    most = {"who": NAMES, "questions": ASKED}.get(name, SHOWN)
    return {"table": gathered_panel(view, answer, asked, skip, most), "notice": ""}


def _timeline(engine: Engine, asked: Mapping[str, str], skip: int) -> Answer:
    since, until = asked["since"], asked["until"]
    return engine.timeline(asked["topic"], since=since, until=until, skip=skip, most=SHOWN)


def _who(engine: Engine, asked: Mapping[str, str], skip: int) -> Answer:
    from rag import NameKind

    said = asked["kind"].casefold()
    kind = next((k for k in NameKind if said and k.value.startswith(said)), None)
    if said and kind is None:
        raise QuestionError(f"there are these kinds: {', '.join(k.value for k in NameKind)}")
    return engine.who(asked["name"], kind=kind, skip=skip, most=NAMES)


def _brief(engine: Engine, asked: Mapping[str, str], skip: int) -> Answer:
    said = asked["top"] or "10"
    top = int(said) if said.isascii() and said.isdecimal() else 0
    if not 1 <= top <= SHOWN:
        raise QuestionError(f"a brief has 1 to {SHOWN} statements")
    return engine.brief(asked["topic"], top=top, since=asked["since"].casefold())


def _questions(engine: Engine, asked: Mapping[str, str], skip: int) -> Answer:
    return engine.questions(asked["topic"], most=ASKED)


_ASKING: Mapping[str, Callable[[Engine, Mapping[str, str], int], Answer]] = {
    "brief": _brief,
    "timeline": _timeline,
    "who": _who,
    "questions": _questions,
}


def related(session: Session, sent: Sent, line: WaitingLine) -> Views:
    """What is related to a quotation of a turn or a view, to be shown under it."""
    turn, number = sent.text("turn"), sent.number("number")
    at = sent.number("turn", len(session.turns))
    answer = session.turns[at].answer if at is not None else session.gathered.get(turn)
    cited = next((c for c in numbered(answer) if c.number == number), None) if answer else None
    if cited is None:
        return {}
    with line.place(session.token):
        found = session.asking().related(cited)
    name = f"related-{turn}-{cited.number}"
    session.gathered[name] = found
    return {"aside": related_panel(found, name, turn, cited.number), "notice": ""}


def opened(session: Session, name: str, number: int | None) -> Views:
    """The reader at a quotation of a view; nothing where there is none."""
    answer = session.gathered.get(name)
    cited = next((c for c in answer.citations if c.number == number), None) if answer else None
    if cited is None:
        return {}
    return {"reader": reader_html(cited.document, answer, number, name)}


def parcel(session: Session, name: str, form: str) -> Views:
    """A view as it is shown, as a file for the browser to save."""
    from base64 import b64encode

    from ui import show

    answer = session.gathered.get(name)
    if answer is None or form not in VIEWS[name].forms:
        return {}
    file = f"{name}.{form}"
    match form:
        case "eml":
            mail = b64encode(show.to_eml(answer, show.newest(session.asking().changed))).decode()
            return {"parcel": frame.parcel(file, mail, encoded=True)}
        case "docx":
            data = b64encode(show.to_docx([answer])).decode()
            return {"parcel": frame.parcel(file, data, encoded=True)}
        case "html":
            return {"parcel": frame.parcel(file, conversation_html([answer], answer.question))}
        case "md":
            return {"parcel": frame.parcel(file, f"{show.to_markdown(answer)}\n")}
        case "json":
            return {"parcel": frame.parcel(file, f"{show.to_json(answer)}\n")}
    return {}
