"""The reader: one whole document, with everything that an answer cites in it marked."""

from __future__ import annotations

from collections.abc import Sequence

from index import Document, text_id
from rag.answers import Answer
from rag.citations import Citation
from ui.page.frame import CLOSE, attributes, button, facts_html, fresh
from ui.show import count, document_html, escape, visible

EMPTY = (
    '<section class="sheet reader empty" aria-label="Source"><p>Sources open here.</p></section>'
)
_FIND_BOX = (
    '<div class="find" role="search"><input type="search" placeholder="Find in this document" '
    'aria-label="Find in this document"><span class="found" role="status"></span></div>'
)


def reader_html(
    document: Document,
    answer: Answer | None,
    active: int | None,
    turn: int | str = -1,
    *,
    guide: str = "",
) -> str:
    """The right pane: `document`, what `answer` cites of it marked, number `active` the clearest.

    `turn` is the answer's place in the conversation, or what else it is called on the page; -1
    where it is neither. `guide` is HTML that stands above the text.
    """
    cited = numbered(answer) if answer is not None else ()
    chosen = next((c for c in cited if c.number == active and c.document == document), None)
    about = facts_html([*known(document), document.source])
    title = escape(document.title)
    return (
        f'<section class="sheet reader" data-view="{fresh()}" aria-label="Source"'
        f"{attributes({'active': active}) if chosen else ''}><header>"
        f"{CLOSE}"
        f'<h2 dir="auto">{title}</h2><p class="about">{about}</p>'
        f'<div class="bar">{_steps(cited, chosen, turn)}{_disclosure(document, bool(guide))}'
        f"{_FIND_BOX}</div></header>{guide}"
        '<div class="page"><div class="text" role="document" tabindex="0" dir="auto" '
        f'aria-label="{title}">{document_html(document, cited, active)}</div>'
        '<div class="edge" aria-hidden="true"></div></div>'
        f"{_footer(document, chosen)}</section>"
    )


def _disclosure(document: Document, shown: bool) -> str:
    """Shows the guide, or takes it away."""
    return (
        f'<button type="button" class="disclose" data-do="{"open" if shown else "guide"}" '
        f'data-document="{document.id}" aria-expanded="{"true" if shown else "false"}">'
        "Guide</button>"
    )


def numbered(answer: Answer) -> tuple[Citation, ...]:
    """What has a number in an answer: its quotations, or the closest passages."""
    return answer.citations or answer.closest


def known(document: Document) -> list[str]:
    """Author, publisher and date; "" for what is not known."""
    return [document.meta.get(key, "") for key in ("author", "publisher", "date")]


def _steps(cited: Sequence[Citation], chosen: Citation | None, turn: int | str) -> str:
    """To the quotation before and after, in whatever document they stand."""
    if chosen is None or turn == -1:
        return ""
    at, last = chosen.number, len(cited)
    steps = [
        button("cite", words, label=label, turn=turn, number=n, key=key)
        for words, label, n, key in (
            ("‹", "Previous quotation", (at - 2) % last + 1, "p"),
            ("›", "Next quotation", at % last + 1, "n"),
        )
    ]
    inner = f"<span>Quotation {at} of {last}</span>"
    return f'<div class="steps">{steps[0]}{inner}{steps[1]}</div>'


def _footer(document: Document, chosen: Citation | None) -> str:
    """What proves the quotation, and a button that copies it with its reference."""
    if chosen is None:
        words = f"{count(len(document.text), 'character')} · text sha256 {document.id[:16]}…"
        return f'<footer><p title="{document.id}">{words}</p></footer>'
    copy = button("copy", "Copy quotation with reference", text=reference(chosen))
    page = f"<bdi>{escape(chosen.page)}</bdi> · " if chosen.page else ""
    return (
        f"<footer><p>{page}line {chosen.line:,} · characters {chosen.start:,}–{chosen.end:,} · "
        f'<span title="{document.id}">text sha256 {document.id[:12]}…</span> · '
        f'<span title="{text_id(chosen.quote)}">quotation sha256 '
        f"{text_id(chosen.quote)[:12]}…</span></p>{copy}</footer>"
    )


def reference(citation: Citation) -> str:
    """A quotation as one pastes it into a text: the words, then where they stand."""
    document = citation.document
    author, publisher, date = known(document)
    where = ", ".join(filter(None, [author, document.title, publisher, date]))
    words = " ".join(citation.quote.split())
    return visible(f"“{words}” ({where}; {citation.place})")
