"""Under a quotation: what is related to it elsewhere, opened and closed by a button."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ui.page.frame import attributes, fresh
from ui.show import (
    Under,
    abstention_lines,
    also_html,
    cite_link,
    context_of,
    escape,
    groups_of_answer,
    quoted_html,
    trail_of,
    visible,
)

if TYPE_CHECKING:
    from rag.answers import Answer
    from rag.citations import Citation


def relating(turn: int | str) -> Under:
    """The button under each quotation of a turn, or of a view by its name."""

    def under(citation: Citation) -> str:
        n = citation.number
        return (
            f'<button type="button" class="relating" data-do="related"'
            f'{attributes({"turn": turn, "number": n})} aria-expanded="false" '
            f'aria-label="Related to quotation {n}">Related</button>'
        )

    return under


def related_panel(answer: Answer, name: str, turn: str, number: int) -> str:
    """What is related to quotation `number` of a turn or view; `name` is its own in events."""
    said = "".join(
        f'<h4 class="label">{escape(label)}</h4>{_quotations(own)}'
        for label, own in groups_of_answer(answer)
        if own
    )
    return (
        f'<section class="related" aria-label="Related to quotation {number}" '
        f'data-view="{fresh()}"{attributes({"turn": name, "of": turn, "number": number})}>'
        f"{said or f'<p>{escape(abstention_lines(answer)[0])}</p>'}</section>"
    )


def _quotations(citations: Sequence[Citation]) -> str:
    return "".join(map(_quotation, citations))


def _quotation(citation: Citation) -> str:
    context = escape(context_of(citation))
    before = f'<p class="context" dir="auto">(before it: {context})</p>' if context else ""
    title, *headings = map(escape, trail_of(citation))
    trail = "".join(f"<bdi>{one}</bdi> · " for one in (title, *headings))
    return (
        f'<figure class="citation">{before}<blockquote dir="auto">{quoted_html(citation)} '
        f"{cite_link(citation, ', related,')}</blockquote>"
        f'<figcaption>{trail}<bdi class="place">{escape(visible(citation.place))}</bdi>'
        f"{also_html(citation)}</figcaption></figure>"
    )
