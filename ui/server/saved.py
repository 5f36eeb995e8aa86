"""Saved answers that a tab opened: what became of their quotations in the documents it asks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from index import CitationError, Tabled
from rag.answers import Answer
from rag.proof import CurrentDocuments, is_saved, questions_of, renew, verify
from ui.page import frame, reader_html, saved_panel
from ui.server import limits
from ui.server.views import Views, refused
from ui.server.waiting_line import WaitingLine
from ui.show import CheckedFile, json_text, verdicts_html, verdicts_markdown

if TYPE_CHECKING:
    from rag import Engine
    from ui.server.session import Session


class OpenedAnswer:
    """A file of answers as it came, and what was last found of it; nothing in it is trusted."""

    def __init__(self, name: str, data: Mapping[str, Any]) -> None:
        self.name, self.data = name, data
        self.checked = CheckedFile(name, (), ())

    def check(self, engine: Engine) -> None:
        """Look for its quotations; raises CitationError where it is none, or has too many."""
        most = limits.SAVED_QUOTATIONS
        if _quotations(self.data) > most:
            raise CitationError(
                f"{self.name} has over {most:,} quotations; `ibid verify` takes more"
            )
        verdicts = verify(self.data, current_of(engine))
        self.checked = CheckedFile(self.name, questions_of(self.data), verdicts)


def recognized(name: str, data: bytes) -> OpenedAnswer | None:
    """The saved answers in the bytes of a file; None where it is another file."""
    if not name.lower().endswith(".json") or len(data) > limits.SAVED_BYTES:
        return None
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return OpenedAnswer(name, found) if is_saved(found) else None


def required(name: str, data: bytes) -> OpenedAnswer:
    """The same of a file that is opened as one; raises CitationError where it is none."""
    if found := recognized(name, data):
        return found
    raise CitationError(
        f"{name} is no saved answer; open what the page or `ibid ask --json` wrote, "
        f"up to {limits.SAVED_BYTES >> 20} MB"
    )


def current_of(engine: Engine) -> CurrentDocuments:
    """The documents that an engine asks."""
    retriever = engine.retriever
    table = retriever.passages if isinstance(retriever, Tabled) else None
    return CurrentDocuments(engine.documents, engine.failures, table)


def shown(session: Session, line: WaitingLine) -> Views:
    """The panel, its quotations looked for in the documents as they are now."""
    opened = session.saved
    if opened is None:
        return {}
    try:
        with line.place(session.token):
            opened.check(session.engine)
    except Exception as error:
        session.saved = None
        return {"table": saved_panel(None), **refused(error)}
    return {"table": saved_panel(opened.checked), "notice": ""}


def place(session: Session, number: int | None) -> Views:
    """The reader where a quotation stands now, or what is most like it; nothing for no number."""
    verdicts = session.saved.checked.verdicts if session.saved else ()
    now = dict(enumerate(v.now for v in verdicts)).get(-1 if number is None else number)
    if now is None:
        return {}
    return {"reader": reader_html(now.document, Answer("", (now,), (), 0.0), now.number)}


def parcel(session: Session, form: str) -> Views:
    """What still stands, cut anew, or a report, as a file for the browser to save."""
    opened = session.saved
    if opened is None:
        return {}
    if form == "md":
        return {"parcel": frame.parcel("checked.md", verdicts_markdown([opened.checked]))}
    if form == "html":
        return {"parcel": frame.parcel("checked.html", verdicts_html([opened.checked]))}
    made = renew(opened.data, current_of(session.engine))
    return {"parcel": frame.parcel("renewed.json", json_text(made.data))}


def _quotations(data: Any) -> int:
    """How many there are, counted where one could stand: nothing is known of the shape yet."""
    found, left = 0, [data]
    while left:
        one = left.pop()
        if isinstance(one, Mapping):
            found += "quote" in one
            left += one.values()
        elif isinstance(one, list):
            left += one
    return found
