"""The table: questions to type, how far it is, and what each document answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.page.frame import attributes, button, fresh
from ui.show import count, escape, table_html

if TYPE_CHECKING:
    from rag import AnswerTable
    from rag.citations import Citation

_PLACEHOLDER = "[date] When does it end?\n[yes/no] Does it renew automatically?\nWho pays?"
_HELP = (
    "One question a line. It is asked of each ticked document by itself. In front of one may stand "
    "what it asks for: [date], [amount], [party] or [yes/no]."
)


def table_panel(questions: str = "", table: AnswerTable | None = None, work: str = "") -> str:
    """Lies in the place of the conversation; `work` says how far it is while it is filled."""
    begin = '<button class="fill">Fill the table</button>'
    return (
        f'<section class="tabling" aria-label="Table" data-view="{fresh()}"'
        f"{' data-working' if work else ''}><header><h2>The same questions of each document</h2>"
        f"{button('talk', 'Back to the conversation')}</header>"
        f'<form class="questions"{attributes({"do": "fill"})}>'
        f'<label>{_HELP}<textarea name="questions" rows="5" placeholder="{escape(_PLACEHOLDER)}">'
        f"{escape(questions)}</textarea></label>"
        f"{button('unfill', 'Stop') if work else begin}</form>"
        f'<p class="work" role="status">{escape(work)}</p>{_made(table) if table else ""}</section>'
    )


def _made(table: AnswerTable) -> str:
    """The table, which scrolls by itself, and how it can be taken along."""
    downloads = " ".join(
        button("download", f".{form}", label=f"Download as .{form}", form=form)
        for form in ("xlsx", "docx", "csv", "html", "json")
    )
    asked = f"{count(len(table.columns), 'question')} of {count(len(table.rows), 'document')}"
    return (
        f'<p class="downloads">{asked}. Download: {downloads}</p>'
        '<div class="frame" tabindex="0" role="region" aria-label="Answers">'
        f"{table_html(table, _opening)}</div>"
    )


def _opening(row: int, column: int, cited: Citation) -> str:
    """A button that opens the document at the quotation."""
    return button("cell", cited.place, row=row, column=column, number=cited.number)
