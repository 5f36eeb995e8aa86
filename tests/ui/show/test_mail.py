"""A mail holds the quotations as text and as HTML, and the JSON that proves them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from index import Span
from rag.answers import Answer
from rag.citations import Citation
from tests.doubles import document
from ui.show import newest, to_eml
from ui.show.mail import FIRST

OWN = document("The weir keeps the pond full. <b>\x1b[1m Nobody fishes there.", "pond.md")
MADE = datetime(2026, 5, 31, 6, 0, tzinfo=UTC)


def answer(question: str = "Brief") -> Answer:
    cited = Citation(OWN, 0, 29, None, 1.0, 1, sentences=(Span(0, 29),), is_new=True)
    return Answer(question, (cited,), (), 1.0)


def read(data: bytes) -> EmailMessage:
    return message_from_bytes(data, policy=default)


def test_the_same_answer_is_the_same_mail_and_another_is_another() -> None:
    assert to_eml(answer(), MADE) == to_eml(answer(), MADE)
    one, other = (read(to_eml(answer(q), MADE)) for q in ("Brief", "Brief: the weir"))
    assert one["Message-ID"] != other["Message-ID"]
    assert one["Date"].datetime == MADE


def test_it_is_of_the_day_on_which_the_newest_file_was_changed() -> None:
    assert newest({"a": MADE, "b": MADE.replace(year=2025)}) == MADE
    assert newest({}) == FIRST


def test_it_holds_text_html_and_json() -> None:
    mail = read(to_eml(answer(), MADE))
    text, page = (mail.get_body((kind,)) for kind in ("plain", "html"))
    assert text is not None
    assert page is not None
    assert "The weir keeps the pond full. [1]" in text.get_content()
    assert "    new" in text.get_content()
    html = page.get_content()
    assert 'href="#cite-1"' in html
    assert 'id="cite-1"' in html
    assert OWN.id in html
    (attached,) = mail.iter_attachments()
    assert json.loads(attached.get_content())["citations"][0]["quote"] == OWN.text[:29]


def test_no_header_can_be_added_by_what_is_asked() -> None:
    mail = read(to_eml(answer("Brief: a\r\nBcc: x@example.org \ud800"), MADE))
    assert mail["Bcc"] is None
    assert "Bcc: x@example.org" in mail["Subject"]
    assert mail["To"] is None
