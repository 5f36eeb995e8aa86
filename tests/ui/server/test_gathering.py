"""A view of a tab: asked for, refused, opened at a quotation, saved."""

from __future__ import annotations

from types import SimpleNamespace

from index.generation.build import encode_documents
from rag import Engine
from rag.following import Following
from tests.doubles import FakeEncoder, document
from tests.scripted import Scripted
from ui.server import gathering
from ui.server.event import Sent
from ui.server.session import Session
from ui.server.waiting_line import WaitingLine

OWN = document("# The lock\n\nDr Ida Holm saw 12 eels at the lock in 1912.\n", "lock.md")


def session() -> Session:
    retriever = encode_documents([OWN], FakeEncoder()).retriever(FakeEncoder())
    return Session("token", Following(Engine(retriever, Scripted({}), [OWN])))


def look(own: Session, name: str, **data: str) -> dict[str, str]:
    return gathering.look(own, name, Sent(SimpleNamespace(**data)), WaitingLine(1, 1))


def test_what_is_shown_can_be_opened_and_saved() -> None:
    own = session()
    assert "1912" in look(own, "timeline")["table"]
    assert "lock.md" in gathering.opened(own, "timeline", 1)["reader"]
    assert gathering.opened(own, "timeline", 2) == gathering.opened(own, "who", 1) == {}
    assert "timeline.md" in gathering.parcel(own, "timeline", "md")["parcel"]
    assert gathering.parcel(own, "timeline", "exe") == gathering.parcel(own, "who", "md") == {}


def test_names_by_the_beginning_of_their_kind() -> None:
    own = session()
    assert "People: Dr Ida Holm" in look(own, "who", kind="people")["table"]
    assert "there are these kinds" in look(own, "who", kind="dragons")["notice"].casefold()


def test_what_cannot_be_asked_is_said_and_stays_in_the_form() -> None:
    shown = look(session(), "timeline", since="<soon>")
    assert "no date" in shown["notice"]
    assert "&#60;soon&#62;" in shown["table"]
