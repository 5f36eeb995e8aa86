"""An Answer as a mail: what it quotes as text and as HTML, and its JSON, which proves it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ui.show.as_json import to_json
from ui.show.html import escape, to_html
from ui.show.plain import one_line
from ui.show.text import to_text
from ui.show.word import proof_of

if TYPE_CHECKING:
    from rag.answers import Answer

SENDER = "Ibid <ibid@localhost>"
WIDTH = 78
FIRST = datetime(2000, 1, 1, tzinfo=UTC)  # of a mail about documents of no known date
_STYLE = (Path(__file__).parents[1] / "page" / "export.css").read_text(encoding="utf-8")


def newest(changed: Mapping[str, datetime]) -> datetime:
    """When a mail about documents is of: when they last changed, not when it is made."""
    return max(changed.values(), default=FIRST)


def to_eml(answer: Answer, made: datetime) -> bytes:
    """The mail, to nobody yet: the same bytes for the same answer, `made` at the same time."""
    data = to_json(answer)
    digest = hashlib.sha256(data.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    mail = EmailMessage(SMTP)
    mail["From"], mail["Subject"] = SENDER, one_line(answer.question)[:200]
    mail["Date"] = format_datetime(made)
    mail["Message-ID"] = f"<{digest}@ibid.invalid>"
    mail.set_content(f"{to_text(answer, width=WIDTH)}\n", cte="quoted-printable")
    mail.add_alternative(_page(answer), subtype="html", cte="quoted-printable")
    mail.add_attachment(data.encode(), "application", "json", filename="answer.json")
    # else they are drawn by chance
    for number, part in enumerate(p for p in mail.walk() if p.is_multipart()):
        part.set_boundary(f"={number}={digest}")
    return mail.as_bytes()


def _page(answer: Answer) -> str:
    """Without the documents: each number leads to what proves its quotation."""
    proofs = "".join(
        f'<p id="cite-{c.number}" dir="auto">{escape(proof_of(c))}</p>' for c in answer.citations
    )
    title = escape(one_line(answer.question))
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{_STYLE}</style></head><body><main><h1>{title}</h1>{to_html(answer)}</main>"
        f"<footer>{proofs}</footer></body></html>\n"
    )
