"""The reader with a document's source guide above its text; each line of it leads to its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index import Document
from rag.answers import Answer
from rag.citations import Citation
from ui.page.frame import button
from ui.page.reader import reader_html
from ui.show import context_of, escape, groups_of_answer, shortened

LONGEST = 400  # characters of a line
_ACTIVE = ' class="active"'
NOTHING = "There is nothing to tell of this document by its own sentences."


def guided_html(document: Document, told: Answer, active: int | None) -> str:
    """The right pane: the guide `told`, and under it `document` with quotation `active` marked."""
    chosen = next((c for c in told.citations if c.number == active), None)
    alone = replace(told, citations=(chosen,), groups=()) if chosen is not None else None
    number = chosen.number if chosen is not None else None
    return reader_html(document, alone, number, guide=guide_html(document, told, number))


def guide_html(document: Document, told: Answer, active: int | None) -> str:
    """The labels, each with what stands under it."""
    groups = "".join(
        f"<h3>{escape(label)}</h3><ul>{_lines(document, own, active)}</ul>"
        for label, own in groups_of_answer(told)
        if own
    )
    return (
        '<section class="guide" id="guide" tabindex="0" aria-label="Guide">'
        f"{groups or f'<p>{NOTHING}</p>'}</section>"
    )


def _lines(document: Document, citations: Sequence[Citation], active: int | None) -> str:
    return "".join(
        f'<li dir="auto"{_ACTIVE if c.number == active else ""}>{_line(document, c)}</li>'
        for c in citations
    )


def _line(document: Document, citation: Citation) -> str:
    words = shortened(" ".join(citation.quote.split()), LONGEST)
    context = context_of(citation)
    before = f'<p class="about">(before it: {escape(context)})</p>' if context else ""
    return before + button("guide", words, document=document.id, number=citation.number)
