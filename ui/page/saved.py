"""A saved answer that was opened: beside each quotation what became of it."""

from __future__ import annotations

from itertools import groupby

from ui.page.frame import button, fresh
from ui.show import CheckedFile, counted_verdicts, escape, one_line, verdict_html

_ABOUT = (
    "What was saved is held against the documents that are here now. Words that stand in none of "
    "them are shown as the file has them, and nothing proves that they ever stood there."
)


def saved_panel(file: CheckedFile | None) -> str:
    """Lies in the place of the conversation; of no file it says nothing."""
    if file is None:
        return ""
    downloads = " ".join(
        button("keep", words, label=label, form=form)
        for words, label, form in (
            ("renewed .json", "Download what still stands, cut anew", "json"),
            ("report .html", "Download a report as .html", "html"),
            ("report .md", "Download a report as .md", "md"),
        )
    )
    return (
        f'<section class="tabling saved" aria-label="Saved answer" data-view="{fresh()}" '
        f"data-opened><header><h2><bdi>{escape(one_line(file.name))}</bdi></h2>"
        f"{button('talk', 'Back to the conversation')}</header>"
        f'<p class="work" role="status">{counted_verdicts(file.verdicts)}.</p>'
        f'<p class="about">{_ABOUT}</p><p class="downloads">Download: {downloads}</p>'
        f"{_answers(file)}</section>"
    )


def _answers(file: CheckedFile) -> str:
    """Each question with its quotations; of a table each row's."""
    parts = []
    numbered = list(enumerate(file.verdicts))
    for (row, question), own in groupby(numbered, lambda one: (one[1].row, one[1].question)):
        asked = dict(enumerate(file.questions, 1)).get(question or 1, "")
        verdicts = list(own)
        source = f" <bdi>{escape(one_line(verdicts[0][1].source))}</bdi>" if row else ""
        items = "".join(
            verdict_html(v, button("state", "Show", label=f"Show quotation {v.name}", number=i))
            if v.now
            else verdict_html(v)
            for i, v in verdicts
        )
        parts.append(f'<h3 dir="auto">{escape(one_line(asked))}{source}</h3><ul>{items}</ul>')
    return "".join(parts) or f"<p>{counted_verdicts(())}.</p>"
